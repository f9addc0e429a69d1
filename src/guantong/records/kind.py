"""A kind of offer or need: its record, its columns, what is searched and what it may meet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from guantong.records.columns import Part
from guantong.records.model import Need, Offer

if TYPE_CHECKING:
    from guantong.messages import Language
    from guantong.records.columns import Column
    from guantong.records.model import Record


class Side(StrEnum):
    """On which side of a match a kind stands."""

    OFFER = "offer"
    NEED = "need"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class SearchParts:
    """The text of a record that is searched, from weighty to long."""

    title: str
    keywords: tuple[str, ...]
    body: str


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of record.

    ``matched_with`` names the kinds of need that an offer of this kind may answer. ``example`` is
    an illustrative record; a template shows it and reads it back unchanged.
    """

    name: str
    record: type[Record]
    zh: str
    en: str
    columns: tuple[Column, ...]
    example: Record
    also: tuple[str, ...] = ()
    matched_with: tuple[str, ...] = ()

    @property
    def side(self) -> Side:
        """Return on which side of a match the kind stands."""
        if issubclass(self.record, Offer):
            return Side.OFFER
        return Side.NEED if issubclass(self.record, Need) else Side.ORGANISATION

    def label(self, lang: Language) -> str:
        """Return the kind's name for people."""
        return self.zh if lang == "zh" else self.en

    def names(self) -> tuple[str, ...]:
        """Return every word that stands for the kind."""
        return (self.name, self.zh, self.en, *self.also)

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """Return the columns by key."""
        return {column.key: column for column in self.columns}

    def search_parts(self, record: Record) -> SearchParts:
        """Return the searched text of ``record``; contact and other personal data never are."""
        title, keywords, body = self._searched
        return SearchParts(
            title="\n".join(_texts(record, title)),
            keywords=tuple(dict.fromkeys(_texts(record, keywords))),
            body="\n".join(_texts(record, body)),
        )

    @cached_property
    def _searched(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        fields: dict[Part, dict[str, None]] = {part: {} for part in Part}
        for column in self.columns:
            if column.part is not None and not column.personal:
                fields[column.part][column.target] = None
        return tuple(fields[Part.TITLE]), tuple(fields[Part.KEYWORDS]), tuple(fields[Part.BODY])


def _texts(record: Record, fields: tuple[str, ...]) -> list[str]:
    texts: list[str] = []
    for name in fields:
        value: Any = getattr(record, name)
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, tuple):
            texts.extend(_wording(item) for item in value)
    return [text for text in texts if text]


def _wording(item: Any) -> str:
    return item if isinstance(item, str) else f"{item.name} {item.unit}".strip()


def plain_search_parts(record: Record) -> SearchParts:
    """Return the searched text of a record that belongs to no kind."""
    return SearchParts(
        title="\n".join(_texts(record, ("title", "title_en"))),
        keywords=tuple(_texts(record, ("keywords", "keywords_en", "fields"))),
        body="\n".join(_texts(record, ("summary", "description", "description_en", "indicators"))),
    )
