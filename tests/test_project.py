"""What holds for the project as a whole: its size, its imports, its sentences, its package."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest

import guantong
from guantong.messages import LANGUAGES, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "guantong"
MODULES = sorted(SOURCE.rglob("*.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
HEAVY = {"numpy", "scipy", "openpyxl", "pint", "tantivy", "usearch", "onnxruntime", "rjieba"}
MOST_LINES_OF_A_FILE = 600
MOST_LINES_OF_A_FUNCTION = 60
# What a CellError or a Problem knows of its place, without being told.
PLACE = {"file", "sheet", "row", "column", "value"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {named(path): path.read_bytes().count(b"\n") for path in MODULES}
    assert {name for name, lines in lengths.items() if lines > MOST_LINES_OF_A_FILE} == set()


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{named(path)}: {node.name}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_every_module_says_what_it_is() -> None:
    assert [named(path) for path in MODULES if not ast.get_docstring(tree(path))] == []


def test_every_module_can_be_imported() -> None:
    found = [
        module.name
        for module in walk_packages(guantong.__path__, "guantong.")
        if not module.name.endswith("__main__")
    ]
    assert len(found) > 100
    for name in found:
        import_module(name)


@pytest.mark.parametrize("module", ["guantong", "guantong.errors", "guantong.messages"])
def test_importing_the_package_loads_nothing_heavy(module: str) -> None:
    assert loaded_by(f"import {module}") & HEAVY == set()


def test_the_help_of_the_command_line_loads_nothing_heavy() -> None:
    run = "from guantong.cli.root import guantong\nassert guantong.run(['--help']) == 0"
    assert loaded_by(run) & HEAVY == set()


def loaded_by(statements: str) -> set[str]:
    listing = (
        "import sys; print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", f"{statements}\n{listing}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT / "src",
    )
    return set(ran.stderr.split())


@pytest.mark.parametrize(
    "order", ["usearch.index, onnxruntime", "onnxruntime, usearch.index", "tantivy, pypdfium2"]
)
def test_native_libraries_live_in_one_process(order: str) -> None:
    # usearch 2.26.2 to 2.26.6 end the process when onnxruntime is loaded after them.
    pytest.importorskip("onnxruntime")
    assert "sys" in loaded_by(f"import {order}")


def test_imports_point_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run(
        [linter, "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert ran.returncode == 0, ran.stdout


# Sentences


def placeholders(sentence: str) -> set[str]:
    return {field.split(".")[0] for _, field, _, _ in Formatter().parse(sentence) if field}


def raised(path: Path) -> Iterator[tuple[str, str, set[str] | None]]:
    """Yield place, code and the names of the parameters (``None``: not to be seen) of an error."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        keywords = {word.arg for word in node.keywords}
        if called.endswith("Error") and node.args:
            code = node.args[0]
        elif called == "Problem":
            code = next(word.value for word in node.keywords if word.arg == "code")
            keywords.add(None)
        elif called == "render" and isinstance(node.func, ast.Name) and node.args:
            code = node.args[0]
        else:
            continue
        if isinstance(code, ast.Constant) and isinstance(code.value, str) and "." in code.value:
            given = None if None in keywords else {word for word in keywords if word}
            if given is not None and called == "CellError":
                given |= PLACE
            yield f"{named(path)}:{node.lineno}", code.value, given


RAISED = [found for path in MODULES for found in raised(path)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_sentence(lang: Any) -> None:
    assert len(RAISED) > 100
    sentences = catalogue(lang)
    assert [(place, code) for place, code, _ in RAISED if code not in sentences] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_gets_the_parameters_it_names(lang: Any) -> None:
    sentences = catalogue(lang)
    lacking = [
        (place, code, missing)
        for place, code, given in RAISED
        if given is not None and (missing := placeholders(sentences.get(code, "")) - given)
    ]
    assert lacking == []


def test_both_languages_say_the_same() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert set(zh) ^ set(en) == set()
    assert {code for code in zh if placeholders(zh[code]) != placeholders(en[code])} == set()
    assert [code for code in zh if not zh[code].strip() or not en[code].strip()] == []


def test_no_sentence_is_left_over() -> None:
    whole, starts = set[str](), set[str]()
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                starts.add(str(node.values[0].value))
    prefixes = tuple(start for start in starts if re.fullmatch(r"[a-z_]+\.[a-z_.]*", start))
    unused = {code for code in catalogue("en") if code not in whole}
    # A rule's or a check's own name may be put behind its group at run time.
    assert {code for code in unused if not code.startswith(prefixes)} == set()


# The package and its locks


def settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_everything_beside_the_source_is_in_the_wheel() -> None:
    from hatchling.builders.wheel import WheelBuilder

    packed = {Path(file.path) for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    wanted = {
        path
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert {named(path) for path in wanted - packed} == set()
    kinds_of_file = {".csv", ".json", ".npz", ".py", ".toml", ".txt", ".typed"}
    assert kinds_of_file <= {path.suffix for path in packed}


def test_the_version_is_said_once_and_the_same() -> None:
    assert settings()["project"]["version"] == guantong.__version__
    assert f"## [{guantong.__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_entry_point_leads_to_something() -> None:
    groups = settings()["project"]["entry-points"]
    assert set(groups) == {"guantong.segmenters", "guantong.readers"}
    for group, entries in groups.items():
        for name, value in entries.items():
            assert callable(EntryPoint(name, value, group).load())


def test_the_readers_are_registered_as_the_code_lists_them() -> None:
    from guantong.reading.documents.detection import BUILT_IN

    assert settings()["project"]["entry-points"]["guantong.readers"] == BUILT_IN


def plain_name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def locked(path: Path) -> dict[str, str]:
    lines = path.read_text("utf-8").replace("\\\n", " ").splitlines()
    return {plain_name(line): line for line in lines if line.strip()}


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_a_lock_holds_names_versions_and_hashes_and_no_addresses(lock: Path) -> None:
    for line in locked(lock).values():
        assert re.match(
            r"[a-z0-9.-]+==[\w.+!-]+ ( *;[^\\]+?)?( +--hash=sha256:[0-9a-f]{64})+$", line
        )
    assert "://" not in lock.read_text("utf-8")


def test_the_locks_hold_what_the_project_asks_for() -> None:
    assert [lock.name for lock in LOCKS] == ["dev.txt", "runtime.txt"]
    dev, runtime = map(locked, LOCKS)
    project, groups = settings()["project"], settings()["dependency-groups"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["reading"], *groups["build"]]
    assert {plain_name(each) for each in needed} <= set(runtime)
    needed = [*extras["onnx"], *groups["test"], *groups["lint"]]
    assert {plain_name(each) for each in needed} <= set(dev)
    assert {name: line for name, line in runtime.items() if dev.get(name) != line} == {}


# What is written down


def written() -> Iterator[Path]:
    """Yield the files that people wrote: all but what .gitignore names, with or without git."""
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()}
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not ignored.intersection(parts) and parts[0] != ".git":
            yield path


def test_no_file_names_a_machine_or_a_host_of_its_own() -> None:
    machine = re.compile(r"(?<![\w.~-])/(?:root|home|work|Users)/\w")
    host = re.compile(r"https?://(?P<host>[\w.-]*\w)")
    fine = re.compile(
        r"localhost|127\.\d+\.\d+\.\d+|(?:.*\.)?(?:example(?:\.\w+)?|test|invalid)|a\.cn"
        r"|www\.apache\.org|schemas\.openxmlformats\.org|www\.w3\.org"
        r"|keepachangelog\.com|semver\.org"
    )
    found = []
    for path in written():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{named(path)}: {hit[0]}" for hit in machine.finditer(text)]
        hosts = (hit["host"] for hit in host.finditer(text))
        found += [f"{named(path)}: {each}" for each in hosts if not fine.fullmatch(each)]
    assert found == []
