"""What the documentation shows is run: Python as it stands, commands with what they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from guantong.cli.root import guantong
from guantong.records.sample import judged_pairs_file, load_sample
from guantong.records.tables import write_records

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *ROOT.glob("README*.md"),
        *(page for page in ROOT.glob("docs/*.md") if page.name != "benchmarks.md"),
        *ROOT.glob("docs/howto/*.md"),
        *ROOT.glob("docs/reference/*.md"),
    ]
)
LANGUAGES = {"python", "console", "sh", "toml", "json", "text", "csv"}
# What a reader types before there is a guantong, or what takes a machine of its own.
NOT_RUN = re.compile(
    r"(make|git clone|cd|pip install|export) |guantong .* --encoder (onnx|openai):"
)


class Block(NamedTuple):
    """A fenced block: the line it begins at, its language, what is said beside it, its text."""

    line: int
    language: str
    beside: str
    text: str


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks(page: Path) -> Iterator[Block]:
    lines = page.read_text("utf-8").splitlines()
    start, told = 0, ""
    for number, line in enumerate(lines, 1):
        if not line.startswith("```"):
            continue
        if start:
            language, _, beside = told.partition(" ")
            yield Block(start, language, beside, "\n".join(lines[start : number - 1]) + "\n")
            start = 0
        else:
            start, told = number, line[3:].strip()
    assert not start, f"{named(page)}:{start} is not closed"


def pages_with(language: str) -> list[Path]:
    return [page for page in PAGES if any(block.language == language for block in blocks(page))]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the sample city as the two spreadsheets that the documentation speaks of."""
    folder, city = tmp_path_factory.mktemp("city"), load_sample()
    write_records(folder / "needs.xlsx", city.needs)
    write_records(folder / "offers.xlsx", city.offers)
    (folder / "judged.csv").write_bytes(judged_pairs_file().read_bytes())
    return folder


@pytest.fixture
def desk(tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for table in tables.iterdir():
        (tmp_path / table.name).write_bytes(table.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("page", pages_with("python"), ids=named)
def test_python_runs_as_it_is_written(page: Path) -> None:
    known: dict[str, object] = {"__name__": "snippet"}
    for block in blocks(page):
        if block.language == "python":
            source = "\n" * block.line + block.text
            exec(compile(source, str(page), "exec"), known)


@pytest.mark.parametrize("page", pages_with("console"), ids=named)
def test_commands_print_what_is_shown(
    page: Path,
    desk: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As the English pages tell their reader to do.
    monkeypatch.setenv("GUANTONG_LANG", "zh" if page.stem.endswith("zh-CN") else "en")
    monkeypatch.setenv("COLUMNS", "110")
    for block in blocks(page):
        if block.beside and block.language != "console":
            (desk / block.beside).write_text(block.text, "utf-8")
        if block.language != "console":
            continue
        # A block headed "console 1" shows a command that finishes with rejected rows.
        expected = int(block.beside or 0)
        for command, shown in sessions(block):
            code, printed = run(command, capsys)
            assert code == expected, f"{command}\n{printed}"
            assert looks_like(printed, shown), f"{command}\n{printed}"


def sessions(block: Block) -> Iterator[tuple[str, str]]:
    """Yield the commands of a block, each with the output shown below it."""
    assert block.text.startswith("$ ")
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.replace("\\\n", " ").partition("\n")
        yield command, shown


def run(command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run a command as the program would, and return its exit code and all it printed."""
    program, *words = shlex.split(command)
    assert program == "guantong", command
    code = guantong.run(words)
    return code, "".join(capsys.readouterr())


def looks_like(printed: str, shown: str) -> bool:
    """Say whether all that is shown is printed in this order; ``…`` stands for anything."""
    wanted = [re.escape(" ".join(line.split())) for line in shown.splitlines() if line.strip()]
    pattern = r".*\n".join(line.replace("…", r"[\s\S]*?") for line in wanted)
    lines = "\n".join(" ".join(line.split()) for line in printed.splitlines())
    return re.search(pattern, lines) is not None


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_block_says_what_it_is(page: Path) -> None:
    for block in blocks(page):
        assert block.language in LANGUAGES, f"{named(page)}:{block.line}"
        if block.language == "sh":
            lines = block.text.replace("\\\n", " ").splitlines()
            typed = [line for line in lines if line and not line.startswith("#")]
            assert [line for line in typed if not NOT_RUN.match(line)] == []


@pytest.mark.parametrize("page", sorted({*PAGES, *ROOT.glob("docs/**/*.md")}), ids=named)
def test_every_link_leads_to_a_file(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"!?\[[^\]]*\]\(([^)#\s]+)", text)
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []
