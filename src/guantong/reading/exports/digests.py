"""A digest as text, as a page and as JSON: every line with where it was read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from guantong.messages import render
from guantong.reading.digest import Part
from guantong.reading.exports.markup import element, shell
from guantong.reading.statements import IndicatorFacts, StatementKind
from guantong.reading.wording import cut_inside, details, headline, where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guantong.messages import Language
    from guantong.reading.digest import Digest, Line, Section

_LONGEST_LINE = 72
_LONGEST_NAME = 36
_LONGEST_QUOTE = 48
_SHORT = (Part.TARGETS, Part.REACHED, Part.ACHIEVEMENTS, Part.EVENTS)
_HEAD = ("issuer", "number", "date", "region")


def digest_text(digests: Sequence[Digest], lang: Language = "zh") -> Iterator[str]:
    """Yield the lines of digests as plain text, each followed by its source."""
    for place, each in enumerate(digests):
        if place:
            yield ""
        yield each.reading.title
        if about := _about(each, lang):
            yield about
        if not each.sections:
            yield render("reading.digest.none", lang)
        for section in each.sections:
            yield ""
            yield _heading(section, lang)
            for line in section.lines:
                yield f"  • {_line(each, line, lang)}"
                yield f"      {_source(each, line, lang)}"


def _about(each: Digest, lang: Language) -> str:
    head = each.reading.document.head
    told = [
        render(
            "reading.labelled", lang, label=render(f"reading.page.{name}", lang), value=str(value)
        )
        for name in _HEAD
        if (value := getattr(head, name))
    ]
    file = render("reading.field.document", lang)
    told.append(render("reading.labelled", lang, label=file, value=each.reading.document.name))
    return " · ".join(told)


def _heading(section: Section, lang: Language) -> str:
    name = render(f"reading.digest.{section.part.value}", lang)
    if not section.left_out:
        return name
    more = render("reading.digest.more_short", lang, count=section.left_out)
    return f"{name} ({more})" if lang == "en" else f"{name}（{more}）"


def _line(each: Digest, line: Line, lang: Language) -> str:
    supported = line.statement.kind is StatementKind.SUPPORT
    text = headline(line.statement, lang, longest=_LONGEST_NAME if supported else _LONGEST_LINE)
    about = _details(each, line, lang)
    return f"{text} [{about}]" if about else text


def _details(each: Digest, line: Line, lang: Language) -> str:
    pairs = details(line.statement, lang)
    facts = line.statement.facts
    if isinstance(facts, IndicatorFacts):
        # The part it stands in says already whether it is a target, the head whose figures.
        region = each.reading.document.head.region
        own = facts.place if facts.place and facts.place in region else None
        pairs = [(label, value) for label, value in pairs[1:] if value != own]
    return render("reading.between", lang).join(value for _, value in pairs)


def _source(each: Digest, line: Line, lang: Language) -> str:
    place = where(line.source, lang, paged=each.reading.paged)
    quote = cut_inside(line.source.quote, _LONGEST_QUOTE)
    return render("reading.source", lang, where=place, quote=quote)


def digest_page(digests: Sequence[Digest], lang: Language = "zh") -> Iterator[str]:
    """Yield a page of digests; the quote of a line opens under it."""
    title = render("reading.digest.title", lang)
    if len(digests) == 1:
        title = f"{digests[0].reading.title} · {title}"
    yield from shell(title, _page(digests, lang), lang)


def _page(digests: Sequence[Digest], lang: Language) -> Iterator[str]:
    yield '<main class="page">'
    for each in digests:
        yield f"<section>{element('h1', each.reading.title)}"
        yield element("p", _about(each, lang), "soft")
        if not each.sections:
            yield element("p", render("reading.digest.none", lang))
        for section in each.sections:
            yield element("h2", _heading(section, lang))
            yield f'<ul class="lines{" two" if section.part in _SHORT else ""}">'
            for line in section.lines:
                yield _item(each, line, lang)
            yield "</ul>"
        yield "</section>"
    yield "</main>"


def _item(each: Digest, line: Line, lang: Language) -> str:
    text = escape(" ".join(headline(line.statement, lang).split()))
    place = where(line.source, lang, paged=each.reading.paged)
    about = " · ".join(part for part in (_details(each, line, lang), place) if part)
    quote = element("blockquote", line.source.quote)
    return (
        f"<li><details><summary>{text}</summary>{quote}</details>"
        f"{element('span', about, 'about')}</li>"
    )


def digest_object(each: Digest) -> dict[str, object]:
    """Return a digest as plain values."""
    head = each.reading.document.head
    return {
        "document": each.reading.document.name,
        "title": each.reading.title,
        "issuer": head.issuer or None,
        "number": head.number or None,
        "date": head.date.isoformat() if head.date else None,
        "region": head.region or None,
        "sections": [
            {
                "part": section.part.value,
                "left_out": section.left_out,
                "lines": [
                    {
                        "text": headline(line.statement),
                        "record": line.statement.to_json(),
                        "source": line.source.to_json(),
                    }
                    for line in section.lines
                ],
            }
            for section in each.sections
        ],
    }
