"""A column of a kind: its names, what its cells hold and where that goes in the record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from guantong.messages import Language


class Part(StrEnum):
    """Which part of the searched text a column feeds."""

    TITLE = "title"
    KEYWORDS = "keywords"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class CellContext:
    """What a cell needs besides itself: the unit in its header and the day that 今年 refers to."""

    unit: str = ""
    today: date | None = None


class Codec(Protocol):
    """How a value is read from a cell and written to one.

    ``parse`` takes what a CSV, XLSX or JSON reader hands over and returns the value, or a false
    value for an empty cell; it raises :class:`~guantong.records.problems.CellError`. ``cell``
    and ``json`` return what ``parse`` reads back as the same value.
    """

    def parse(self, cell: object, context: CellContext) -> Any: ...  # noqa: D102
    def cell(self, value: Any, lang: Language) -> Any: ...  # noqa: D102
    def json(self, value: Any) -> Any: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a column offers; ``value`` is what is stored."""

    value: str
    zh: str
    en: str
    also: tuple[str, ...] = ()

    def label(self, lang: Language) -> str:
        """Return the word for it in ``lang``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Composite:
    """A field filled by several columns: ``build`` joins the parts, ``take`` returns one."""

    build: Callable[[Mapping[str, Any]], Any]
    take: Callable[[Any, str], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column under its key, its Chinese and English header and other accepted headers.

    ``field`` is the record's field (``key`` if empty) and ``piece`` the part of a composite field.
    ``lenient`` says that an unreadable cell does not cost the row: its text goes to ``extra``.
    ``personal`` marks restricted personal data; ``dropped`` columns are recognised and never read;
    ``closed`` says that nothing but ``choices`` may stand in it; ``rare`` columns are read and
    written but not shown in a template.
    """

    key: str
    zh: str
    en: str
    codec: Codec
    field: str = ""
    piece: str = ""
    composite: Composite | None = None
    also: tuple[str, ...] = ()
    help_zh: str = ""
    help_en: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    part: Part | None = None
    required: bool = False
    lenient: bool = True
    identifier: bool = False
    personal: bool = False
    dropped: bool = False
    closed: bool = False
    rare: bool = False
    width: int = 16

    @property
    def target(self) -> str:
        """Return the name of the record's field that this column fills."""
        return self.field or self.key

    def label(self, lang: Language) -> str:
        """Return the header, with the unit of its figures."""
        name = self.zh if lang == "zh" else self.en
        if not self.unit:
            return name
        return f"{name}（{self.unit}）" if lang == "zh" else f"{name} ({self.unit})"

    def help(self, lang: Language) -> str:
        """Return the note that a template shows for this column."""
        return self.help_zh if lang == "zh" else self.help_en

    def headers(self) -> tuple[str, ...]:
        """Return every header under which the column is recognised."""
        return (self.key, self.zh, self.en, *self.also)

    def value_of(self, record: object) -> Any:
        """Return what this column holds of ``record``, ``None`` for nothing."""
        value = getattr(record, self.target)
        if self.composite is None or value is None:
            return value
        return self.composite.take(value, self.piece)

    def cell_of(self, record: object, lang: Language) -> Any:
        """Return the cell of ``record`` in this column."""
        value = self.value_of(record)
        return "" if value is None else self.codec.cell(value, lang)

    def json_of(self, record: object) -> Any:
        """Return what stands for ``record`` under this column's key in a JSON object."""
        value = self.value_of(record)
        return None if value is None else self.codec.json(value)
