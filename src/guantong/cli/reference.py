"""The reference of the command line as Markdown: ``python -m guantong.cli.reference FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guantong.cli.localised import help_text
from guantong.cli.root import guantong
from guantong.messages import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guantong.messages import Language

WIDTH = 88
NAMES: dict[Language, str] = {"en": "cli.md", "zh": "cli.zh-CN.md"}
"""The file of each language."""


def reference(lang: Language) -> str:
    """Return the help of every command, one section for each, and the exit codes."""
    parts = [f"# {render('reference.title', lang)}", render("reference.about", lang)]
    for path, command in _commands(guantong, "guantong"):
        parts.append(f"## {path}")
        parts.append(f"```text\n{help_text(command, path, lang, WIDTH)}```")
    parts += [f"## {render('reference.codes_head', lang)}", render("reference.codes", lang).strip()]
    return "\n\n".join(parts) + "\n"


def write(folder: Path) -> None:
    """Write the reference in every language."""
    for lang, name in NAMES.items():
        (folder / name).write_text(reference(lang), encoding="utf-8")


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            found = command.get_command(ctx, name)
            if found is not None:
                yield from _commands(found, f"{path} {name}")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
