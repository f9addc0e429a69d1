"""The reference pages say what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reference_pages import PAGES, REFERENCE

ROOT = Path(__file__).parents[2]
VARIABLE = re.compile(r"GUANTONG_[A-Z][A-Z_]*[A-Z]")


@pytest.mark.parametrize("name", PAGES)
def test_a_written_page_is_up_to_date(name: str) -> None:
    assert (REFERENCE / name).read_text("utf-8") == PAGES[name](), "run: make docs"


def test_every_setting_is_described_and_exists() -> None:
    sources = [path for top in ("src", "benchmarks") for path in ROOT.joinpath(top).rglob("*.py")]
    used = {name for path in sources for name in VARIABLE.findall(path.read_text("utf-8"))}
    told = set(VARIABLE.findall((REFERENCE / "settings.md").read_text("utf-8")))
    assert told == used


def test_the_readmes_keep_step() -> None:
    english, chinese = (ROOT / name for name in ("README.md", "README.zh-CN.md"))
    assert outline(english) == outline(chinese)


def outline(page: Path) -> list[str]:
    """Return headings by depth, code blocks, pictures and commands, whatever the language."""
    text = page.read_text("utf-8")
    fences = re.findall(r"^```(\w+)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    code = [f"{language}: {commands(body)}" for language, body in fences]
    plain = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^(#+) ", plain, flags=re.MULTILINE)
    return [*heads, *code, *re.findall(r"!\[[^\]]*\]\(([^)]+)\)", plain)]


def commands(body: str) -> list[str]:
    lines = [line.split("#")[0].replace("--lang en", "").split() for line in body.splitlines()]
    return [" ".join(line) for line in lines if line and line[0] in ("$", "make", "from", "for")]
