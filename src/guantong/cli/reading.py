"""What the commands that read documents share: files in, refusals told, progress shown."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from guantong.cli.console import say
from guantong.cli.root import DONE, FAILED, REJECTED
from guantong.errors import ConfigurationError, InputError
from guantong.messages import LANGUAGES
from guantong.reading.folder import Refusal, items_in, read_items
from guantong.reading.statements import StatementKind
from guantong.reading.wording import kind_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from guantong.cli.session import Session
    from guantong.reading.folder import Item
    from guantong.reading.second_opinion import SecondOpinion
    from guantong.reading.sources import Reading

KEY_VARIABLE = "GUANTONG_MODEL_KEY"
"""The environment variable that holds the key of a model service."""


class ReadingRun:
    """Reads files one after the other; ``code`` is the exit code of what happened."""

    def __init__(self, session: Session, paths: Sequence[Path]) -> None:
        self.items = items_in(paths)
        self._session = session
        self._refused = 0
        self._incomplete = False

    def readings(
        self,
        *,
        kinds: frozenset[StatementKind] | None = None,
        reference_date: date | None = None,
        opinion: SecondOpinion | None = None,
    ) -> Iterator[tuple[Item, Reading]]:
        """Yield each file that could be read; the others are told with their reason."""
        with _progress(self._session, len(self.items)) as (tell, done):
            found = read_items(
                self.items, kinds=kinds, reference_date=reference_date, progress=tell
            )
            for item, result in found:
                done()
                if isinstance(result, Refusal):
                    self._refuse(result)
                    continue
                for remark in result.document.remarks:
                    sentence = self._session.render(remark.code, **remark.params)
                    say(self._session, "reading.command.remark", remark=sentence)
                yield item, self._with_opinion(result, opinion)

    def _refuse(self, refusal: Refusal) -> None:
        self._refused += 1
        error = refusal.error
        reason = self._session.render(error.code, **error.params)
        say(self._session, "reading.command.rejected", reason=reason)

    def _with_opinion(self, reading: Reading, opinion: SecondOpinion | None) -> Reading:
        if opinion is None:
            return reading
        try:
            added = opinion.on(reading)
        except ConfigurationError as error:
            self._incomplete = True
            sentence = self._session.render(error.code, **error.params)
            say(self._session, "reading.command.remark", remark=sentence)
            return reading
        kept = len(added.statements)
        say(self._session, "reading.command.opinion", kept=kept, dropped=added.dropped)
        merged = sorted((*reading.statements, *added.statements), key=lambda each: each.span.start)
        return replace(reading, statements=tuple(merged))

    @property
    def code(self) -> int:
        """0: all was read. 1: some files were not. 2: none was."""
        if self._refused == len(self.items):
            return FAILED
        if self._refused:
            say(self._session, "reading.command.some_rejected", count=self._refused)
        return REJECTED if self._refused or self._incomplete else DONE


@contextmanager
def _progress(
    session: Session, files: int
) -> Iterator[tuple[Callable[[Item, int, int], None] | None, Callable[[], None]]]:
    """Show the file and page that is being read, on a terminal only."""
    if not sys.stderr.isatty():
        yield None, lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=files)

        def tell(item: Item, done: int, total: int) -> None:
            code = "reading.command.pages" if total > 1 else "reading.command.reading"
            about = session.render(code, file=item.name, done=done, total=total)
            shown.update(task, description=about)

        yield tell, lambda: shown.advance(task)


def chosen_kinds(session: Session, names: str | None) -> frozenset[StatementKind] | None:
    """Return the kinds of record in a list between commas, in either language."""
    if names is None:
        return None
    by_name = {kind.value: kind for kind in StatementKind}
    for lang in LANGUAGES:
        by_name |= {kind_name(kind, lang).lower(): kind for kind in StatementKind}
    words = [word.strip().lower() for word in re.split("[,，、]", names)]
    for word in words:
        if word and word not in by_name:
            known = " ".join(StatementKind)
            raise InputError("reading.error.bad_kind", kind=word, known=known)
    return frozenset(by_name[word] for word in words if word) or None


def second_opinion(url: str | None, model: str | None) -> SecondOpinion | None:
    """Return the model that is asked as well, or nothing; its key comes from the environment."""
    if url is None and model is None:
        return None
    if not url or not model:
        raise InputError("reading.error.model_incomplete")
    from guantong.reading.second_opinion import SecondOpinion

    return SecondOpinion(url, model, api_key=os.environ.get(KEY_VARIABLE))


def put(text: str) -> None:
    """Write a result to stdout."""
    click.echo(text, nl=not text.endswith("\n"))
