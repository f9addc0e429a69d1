"""A document that was read, and where each of its records stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guantong.reading.documents import Document
    from guantong.reading.statements import Statement, StatementKind
    from guantong.text.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something was read (出处): document, page, block and characters, with the words.

    ``page`` and ``block`` count from 1; ``sha256`` is that of the file.
    """

    document: str
    sha256: str
    page: int
    block: int
    span: Span
    quote: str

    def to_json(self) -> dict[str, object]:
        """Return the source as plain values."""
        return {
            "document": self.document,
            "sha256": self.sha256,
            "page": self.page,
            "block": self.block,
            "start": self.span.start,
            "end": self.span.end,
            "quote": self.quote,
        }


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A document with the records read out of it, in the order of its text."""

    document: Document
    statements: tuple[Statement, ...]

    def source(self, statement: Statement) -> Source:
        """Return where one of the records stands."""
        block = self.document.block_at(statement.span.start)
        return Source(
            document=self.document.name,
            sha256=self.document.sha256,
            page=block.page if block else 1,
            block=statement.block + 1,
            span=statement.span,
            quote=statement.quote,
        )

    def of_kind(self, kind: StatementKind) -> tuple[Statement, ...]:
        """Return the records of one kind."""
        return tuple(each for each in self.statements if each.kind is kind)

    @property
    def title(self) -> str:
        """What to call the document: its title, else the file's name without its ending."""
        return self.document.head.title or PurePath(self.document.name).stem

    @property
    def year(self) -> int | None:
        """The year in which the document was issued or published, where it says so."""
        day = self.document.head.date or self.document.head.published
        return day.year if day else None

    @cached_property
    def paged(self) -> bool:
        """Whether the document has pages that a person could turn to."""
        return len(self.document.pages) > 1


def labels(readings: tuple[Reading, ...]) -> tuple[str, ...]:
    """Return a short name for each document, no two alike: place and year, else the title."""
    short = [_label(reading) for reading in readings]
    twice = {label for label in short if short.count(label) > 1}
    named = [
        f"{label} · {PurePath(reading.document.name).stem}" if label in twice else label
        for label, reading in zip(short, readings, strict=True)
    ]
    return tuple(
        f"{label} ({named[:place].count(label) + 1})" if label in named[:place] else label
        for place, label in enumerate(named)
    )


def _label(reading: Reading) -> str:
    region = reading.document.head.region
    if not region:
        return reading.title
    return f"{region} {reading.year}" if reading.year else region
