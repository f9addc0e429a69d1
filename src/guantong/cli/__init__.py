"""The command line: one file for each command, no logic of its own."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line as the program ``guantong``."""
    from guantong.cli.root import guantong

    for stream in (sys.stdout, sys.stderr):
        # A terminal with an older encoding shows a question mark where it lacks a character.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    guantong.main(prog_name="guantong")
