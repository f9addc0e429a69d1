"""From a file to a document: detect, read, drop the noise, recognise the parts, mend sentences."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from guantong.errors import ConfigurationError, InputError, NotFoundError
from guantong.reading.documents.articles import number_articles
from guantong.reading.documents.cleaning import clean
from guantong.reading.documents.detection import format_of, reader_named
from guantong.reading.documents.drafts import Draft, Piece, Source
from guantong.reading.documents.head import read_head
from guantong.reading.documents.levels import set_levels
from guantong.reading.documents.mending import mend
from guantong.reading.documents.model import (
    Article,
    Block,
    BlockKind,
    Document,
    DocumentKind,
    Limits,
    Remark,
)
from guantong.reading.documents.noise import mark_noise
from guantong.reading.documents.structure import recognise
from guantong.text.spans import Span

if TYPE_CHECKING:
    from guantong.reading.documents.drafts import Progress

_MEGABYTE = 1024 * 1024
_DEFAULT_LIMITS = Limits()


def read_document(
    file: Path | str | bytes,
    *,
    name: str | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    reader: str | None = None,
    progress: Progress | None = None,
) -> Document:
    """Read a file, or the bytes of one, into a document.

    ``name`` is shown in messages and decides between formats that look alike; ``reader`` forces a
    reader by name; ``progress`` is told (pages read, pages in all). Raises ``NotFoundError`` for a
    missing file, ``InputError`` for one that cannot be read and ``ConfigurationError`` where an
    optional part is missing. A document is returned whole or not at all.
    """
    source = _open(file, name, limits, progress)
    chosen = reader or format_of(source)
    try:
        draft = reader_named(chosen).read(source)
    except ModuleNotFoundError as error:
        missing = {"file": source.name, "name": error.name or ""}
        raise ConfigurationError("documents.part_missing", **missing) from error
    return assemble(draft, source, chosen)


def _open(
    file: Path | str | bytes, name: str | None, limits: Limits, progress: Progress | None
) -> Source:
    if isinstance(file, bytes):
        _check_size(len(file), name or "-", limits)
        return Source(name=name or "-", data=file, limits=limits, progress=progress)
    path = Path(file)
    shown = name or path.name
    try:
        _check_size(path.stat().st_size, shown, limits)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError("documents.not_found", file=str(path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError("documents.unreadable", file=shown, reason=reason) from error
    return Source(name=shown, data=data, limits=limits, path=path, progress=progress)


def _check_size(size: int, name: str, limits: Limits) -> None:
    if size == 0:
        raise InputError("documents.empty", file=name)
    if size > limits.file_bytes:
        raise InputError(
            "documents.too_large",
            file=name,
            size=-(-size // _MEGABYTE),
            limit=limits.file_bytes // _MEGABYTE,
        )


def assemble(draft: Draft, source: Source, read_as: str) -> Document:
    """Return the document that a draft becomes once its parts are recognised."""
    if not any(piece.text for piece in draft.pieces):
        raise InputError("documents.no_text", file=source.name)
    mark_noise(draft.pieces)
    recognise(draft)
    number_articles(draft.pieces)
    set_levels(draft.pieces)
    blocks = tuple(_block(draft.text, group) for group in mend(draft))
    articles = _articles(blocks)
    head = articles[0].head
    remarks = draft.remarks
    if head.language != "zh":
        remarks += (Remark("documents.other_language", {"file": source.name}),)
    return Document(
        name=source.name,
        text=draft.text,
        blocks=blocks,
        head=head,
        articles=articles,
        pages=draft.pages,
        format=read_as,
        sha256=hashlib.sha256(source.data).hexdigest(),
        remarks=remarks,
    )


def _block(text: str, group: list[Piece]) -> Block:
    first = group[0]
    kind = first.kind or BlockKind.PARAGRAPH
    span = Span(first.start, group[-1].end)
    cleaned, runs = clean(text, span.start, span.end, kind)
    return Block(
        kind=kind,
        span=span,
        clean=cleaned,
        runs=runs,
        level=first.level,
        page=first.page,
        article=first.article,
        rule=first.rule,
        cells=first.cells,
    )


def _articles(blocks: tuple[Block, ...]) -> tuple[Article, ...]:
    articles = []
    for number, members in groupby(blocks, key=lambda block: block.article):
        own = list(members)
        span = Span(own[0].span.start, own[-1].span.end)
        articles.append(Article(number=number, span=span, head=read_head(own)))
    if any(article.head.kind is DocumentKind.NEWS for article in articles):
        articles = [_as_news(article) for article in articles]
    return tuple(articles)


def _as_news(article: Article) -> Article:
    """Take an article that does not tell its kind, on a page with news, for news as well."""
    if article.head.kind is not DocumentKind.OTHER:
        return article
    return replace(article, head=replace(article.head, kind=DocumentKind.NEWS))
