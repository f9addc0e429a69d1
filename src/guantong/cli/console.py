"""What a run shows: sentences, tables, progress on a terminal, and the problems of its input."""

from __future__ import annotations

import sys
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from guantong.records.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.table import Table

    from guantong.cli.session import Session
    from guantong.records import Problem

PIPE_WIDTH = 110
_SHOWN_EACH = 3
_SHOWN_KINDS = 12


def say(session: Session, code: str, **params: object) -> None:
    """Tell a sentence beside the results: on stderr."""
    click.echo(session.render(code, **params), err=True)


def show(items: Iterable[Any]) -> None:
    """Print tables and texts: in colour on a terminal, in lines of fixed width elsewhere."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    width = None if terminal else PIPE_WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)
    for item in items:
        if terminal:
            console.print(item)
            continue
        with console.capture() as captured:
            console.print(item)
        # The blanks that fill up a line are of no use in a file.
        for line in captured.get().splitlines():
            click.echo(line.rstrip())


def table(session: Session, *columns: str, title: str = "") -> Table:
    """Return an empty table with headers."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, title=title or None)
    made.title_justify = "left"
    for key in columns:
        made.add_column(session.render(f"table.{key}"), overflow="fold")
    return made


@contextmanager
def progress(
    session: Session, code: str, total: int | None = None
) -> Iterator[Callable[[int], None]]:
    """Show how far something is, on a terminal only; the block gets a function to tell it."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(session.render(code), total=total)
        yield lambda done: shown.update(task, completed=done)


class ProblemLog:
    """The problems of a run's input, told at its end: grouped, the first few of each."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.problems: list[Problem] = []

    def add(self, problems: Iterable[Problem]) -> None:
        """Take note of problems."""
        self.problems.extend(problems)

    @property
    def rejected(self) -> int:
        """Return how many rows were not taken."""
        return len(
            {
                (each.file, each.sheet, each.row)
                for each in self.problems
                if each.severity is Severity.ERROR
            }
        )

    def tell(self, file: Path | None = None) -> None:
        """Print the problems on stderr, and write all of them to ``file`` if there is one."""
        if file is not None:
            self._write(file)
        if not self.problems:
            return
        session = self._session
        warnings = sum(each.severity is Severity.WARNING for each in self.problems)
        say(session, "cli.problems_head", rejected=self.rejected, warnings=warnings)
        groups = self._groups()
        for group in groups[:_SHOWN_KINDS]:
            self._tell_group(group)
        if len(groups) > _SHOWN_KINDS:
            say(session, "cli.problems_kinds", count=len(groups) - _SHOWN_KINDS)
        shortened = len(groups) > _SHOWN_KINDS or any(len(each) > _SHOWN_EACH for each in groups)
        if file is not None:
            say(session, "cli.problems_all", file=file)
        elif shortened:
            say(session, "cli.problems_hint")

    def _groups(self) -> list[list[Problem]]:
        """Return the problems by code, those that cost a row first."""
        found: dict[tuple[bool, str], list[Problem]] = defaultdict(list)
        for each in self.problems:
            found[each.severity is Severity.WARNING, each.code].append(each)
        return [members for (_, _), members in sorted(found.items(), key=lambda item: item[0][0])]

    def _tell_group(self, group: Sequence[Problem]) -> None:
        session = self._session
        mark = session.render(f"cli.{group[0].severity.value}_mark")
        for each in group[:_SHOWN_EACH]:
            click.echo(f"  [{mark}] {each.render(session.lang)}", err=True)
        if len(group) > _SHOWN_EACH:
            more = session.render("cli.problems_more", count=len(group) - _SHOWN_EACH)
            click.echo(f"  {more}", err=True)

    def _write(self, file: Path) -> None:
        from guantong.records.output import check_target, replacing
        from guantong.records.tables.csv_file import write_csv

        check_target(file, (".csv",))
        names = ("severity", "file", "sheet", "row", "column", "content", "problem", "code")
        rows = (
            (
                self._session.render(f"cli.{each.severity.value}_mark"),
                each.file,
                each.sheet,
                each.row or "",
                each.column,
                each.value,
                each.sentence(self._session.lang),
                each.code,
            )
            for each in self.problems
        )
        with replacing(file) as temporary:
            write_csv(temporary, [self._session.render(f"table.{name}") for name in names], rows)
