"""Records as a list to read on a terminal: by kind, each with its place and quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guantong.messages import render
from guantong.reading.statements import StatementKind, explain
from guantong.reading.wording import cut_inside, details, headline, kind_name, where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guantong.messages import Language
    from guantong.reading.sources import Reading
    from guantong.reading.statements import Statement

_LONGEST_LINE = 60
_LONGEST_QUOTE = 40


def listing(
    readings: Sequence[Reading], lang: Language = "zh", *, explained: bool = False
) -> Iterator[str]:
    """Yield the lines of a list; ``explained`` adds the rules below each record."""
    for place, reading in enumerate(readings):
        if place:
            yield ""
        yield reading.title
        if not reading.statements:
            yield "  " + render("reading.page.nothing", lang)
        for kind in StatementKind:
            if not (found := reading.of_kind(kind)):
                continue
            yield ""
            yield f"{kind_name(kind, lang)} {len(found)}"
            for statement in found:
                yield from _lines(reading, statement, lang, explained)


def _lines(
    reading: Reading, statement: Statement, lang: Language, explained: bool
) -> Iterator[str]:
    about = render("reading.between", lang).join(value for _, value in details(statement, lang))
    shown = headline(statement, lang, longest=_LONGEST_LINE)
    yield f"  • {shown} [{about}]" if about else f"  • {shown}"
    source = reading.source(statement)
    quote = cut_inside(statement.quote, _LONGEST_QUOTE)
    place = where(source, lang, paged=reading.paged)
    yield "      " + render("reading.source", lang, where=place, quote=quote)
    if explained:
        for rule in explain(statement, lang):
            yield f"      - {rule}"
