"""A document as a page, its records coloured in the text and listed beside it."""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from guantong.messages import render
from guantong.reading.documents import BlockKind
from guantong.reading.exports.marks import Mark, Marks, marked_block, marked_span
from guantong.reading.exports.markup import element, shell
from guantong.reading.statements import StatementKind, explain
from guantong.reading.wording import details, headline, kind_name, where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guantong.messages import Language
    from guantong.reading.documents import Block, Document
    from guantong.reading.sources import Reading

_QUIET = StatementKind.MENTION
_HEAD = ("issuer", "number", "date", "region", "source")


def reading_page(
    readings: Sequence[Reading], lang: Language = "zh", *, explained: bool = False
) -> Iterator[str]:
    """Yield the page of one or more documents; it works without scripts and without a network."""
    title = readings[0].title if len(readings) == 1 else render("reading.page.documents", lang)
    body = _body(readings, lang, explained=explained)
    yield from shell(title, body, lang, extra_css=_filters())


def _filters() -> str:
    """Return the rules by which an unticked box takes the colours and cards of its kind away."""
    rules = []
    for kind in StatementKind:
        off = f"#f-{kind.value}:not(:checked) ~"
        focused = f"#f-{kind.value}:focus-visible ~ .chips label.{kind.value}"
        rules.append(
            f"{off} main .text {{ --{kind.value}: transparent }} "
            f"{off} main .card.{kind.value}:not(:target) {{ display: none }} "
            f"{off} .chips label.{kind.value} {{ opacity: .45; text-decoration: line-through }} "
            f"{focused} {{ border-color: var(--accent) }}"
        )
    return "".join(rules)


def _body(readings: Sequence[Reading], lang: Language, *, explained: bool) -> Iterator[str]:
    counts = Counter(each.kind for reading in readings for each in reading.statements)
    shown = [kind for kind in StatementKind if counts[kind]]
    for kind in shown:
        ticked = "" if kind is _QUIET and len(shown) > 1 else " checked"
        about = f'id="f-{kind.value}" aria-label="{escape(kind_name(kind, lang))}"'
        yield f'<input type="checkbox" class="hidden" {about}{ticked}>'
    yield "<header>"
    if len(readings) > 1:
        yield from _contents(readings, lang)
    else:
        yield element("h1", readings[0].title)
        yield _head(readings[0].document, lang)
    total = sum(counts.values())
    summary = render("reading.page.summary", lang, documents=len(readings), records=total)
    hint = render("reading.page.hint" if total else "reading.page.nothing", lang)
    yield f'<p class="soft hint">{escape(summary)} {escape(hint)}</p></header>'
    label = escape(render("reading.page.show", lang))
    yield f'<div class="chips" role="group" aria-label="{label}">'
    for kind in shown:
        name = escape(kind_name(kind, lang))
        yield f'<label class="{kind.value}" for="f-{kind.value}">{name} {counts[kind]}</label>'
    yield "</div><main>"
    for number, reading in enumerate(readings, 1):
        yield from _reading(reading, f"{number}-", lang, titled=len(readings) > 1, why=explained)
    yield "</main>"


def _contents(readings: Sequence[Reading], lang: Language) -> Iterator[str]:
    yield element("h1", render("reading.page.documents", lang))
    yield '<nav class="documents"><ol>'
    for number, reading in enumerate(readings, 1):
        yield f'<li><a href="#d{number}">{escape(reading.title)}</a></li>'
    yield "</ol></nav>"


def _head(document: Document, lang: Language) -> str:
    facts = [
        (name, str(value))
        for name in _HEAD
        if (value := getattr(document.head, name)) and str(value) != document.head.title
    ]
    items = (
        element("li", render("reading.labelled", lang, label=_label(name, lang), value=value))
        for name, value in (*facts, ("file", document.name))
    )
    return f'<ul class="head soft">{"".join(items)}</ul>'


def _label(name: str, lang: Language) -> str:
    code = "reading.field.document" if name == "file" else f"reading.page.{name}"
    return render(code, lang)


def _reading(
    reading: Reading, prefix: str, lang: Language, *, titled: bool, why: bool
) -> Iterator[str]:
    marks = [
        Mark(f"{prefix}{number}", statement)
        for number, statement in enumerate(reading.statements, 1)
    ]
    yield f'<section class="reading" id="d{prefix[:-1]}">'
    if titled:
        yield element("h2", reading.title, "name")
    yield '<article class="text">'
    if titled:
        yield _head(reading.document, lang)
    yield from _text(reading.document, Marks(marks), lang)
    label = escape(render("reading.page.records", lang))
    yield f'</article><aside class="records" aria-label="{label}">'
    for mark in marks:
        yield from _card(reading, mark, lang, why=why)
    yield "</aside></section>"


def _text(document: Document, marks: Marks, lang: Language) -> Iterator[str]:
    numbered = enumerate(document.blocks, 1)
    for noise, group in groupby(numbered, key=lambda pair: pair[1].kind is BlockKind.NOISE):
        blocks = list(group)
        if not noise:
            for number, block in blocks:
                yield _block(document, number, block, marks)
            continue
        summary = render("reading.page.noise", lang, count=len(blocks))
        yield f'<details class="noise"><summary>{escape(summary)}</summary>'
        for _, block in blocks:
            yield element("p", block.clean)
        yield "</details>"


_TAGS = {
    BlockKind.PARAGRAPH: ("p", ""),
    BlockKind.LIST_ITEM: ("p", ' class="item"'),
    BlockKind.CAPTION: ("p", ' class="caption"'),
    BlockKind.TITLE: ("h2", ""),
}


def _block(document: Document, number: int, block: Block, marks: Marks) -> str:
    if block.kind is BlockKind.TABLE and block.cells:
        return _table(document, block, marks)
    tag, css = _TAGS.get(block.kind, ("h3" if block.level <= 1 else "h4", ""))
    shown = f'<span class="number" aria-hidden="true">{number}</span>'
    return f"<{tag}{css}>{shown}{marked_block(block, marks)}</{tag}>"


def _table(document: Document, block: Block, marks: Marks) -> str:
    rows = (
        "<tr>"
        + "".join(f"<td>{marked_span(document.text, cell, marks)}</td>" for cell in row)
        + "</tr>"
        for row in block.cells
    )
    return f'<div class="scroll"><table>{"".join(rows)}</table></div>'


def _card(reading: Reading, mark: Mark, lang: Language, *, why: bool) -> Iterator[str]:
    statement = mark.statement
    source = reading.source(statement)
    yield f'<article class="card {statement.kind.value}" id="r{mark.anchor}">'
    yield element("span", kind_name(statement.kind, lang), f"chip {statement.kind.value}")
    place = where(source, lang, paged=reading.paged)
    confidence = f"{render('reading.field.confidence', lang)} {statement.confidence:.0%}"
    yield element("span", f" {place} · {confidence}", "soft")
    yield element("h4", headline(statement, lang))
    if pairs := details(statement, lang):
        told = "".join(
            f"<div>{element('dt', key)}{element('dd', value)}</div>" for key, value in pairs
        )
        yield f"<dl>{told}</dl>"
    if why:
        between = "" if lang == "zh" else " "
        yield element("p", between.join(explain(statement, lang)), "soft why")
    back, close = render("reading.page.back", lang), render("reading.page.close", lang)
    link = f'<a href="#q{mark.anchor}">'
    yield f'<div class="links">{link}↩ {escape(back)}</a><a class="close" href="#q{mark.anchor}">'
    yield f"{escape(close)} ✕</a></div></article>"
