"""Which format a file has: by its first bytes, then by its name."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from guantong.errors import ConfigurationError, InputError
from guantong.reading.documents.containers import Archive, refuse_ole

if TYPE_CHECKING:
    from guantong.reading.documents.drafts import Reader, Source

GROUP = "guantong.readers"
# Named here as well, so that the readers are found where the package is not installed.
BUILT_IN = {
    "text": "guantong.reading.documents.readers.plain:PlainReader",
    "html": "guantong.reading.documents.readers.html:HtmlReader",
    "docx": "guantong.reading.documents.readers.docx:DocxReader",
    "pdf": "guantong.reading.documents.readers.pdf:PdfReader",
    "xlsx": "guantong.reading.documents.readers.sheets:SheetReader",
    "image": "guantong.reading.documents.readers.ocr:ImageReader",
}
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
_HTML_STARTS = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<meta", b"<div")
_REFUSED = {".ppt", ".pptx", ".wps", ".et", ".ofd", ".rtf", ".zip", ".rar", ".7z", ".epub", ".odt"}


def format_of(source: Source) -> str:
    """Return the name of the reader for ``source``; raise ``InputError`` where there is none."""
    data, suffix = source.data, PurePath(source.name).suffix.lower()
    refuse_ole(data, source.name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _format_of_archive(source)
    if data.startswith(_IMAGES):
        return "image"
    if suffix in _REFUSED:
        raise InputError("documents.unknown_format", file=source.name, suffix=suffix)
    if suffix in (".pdf", ".docx", ".xlsx", ".png", ".jpg", ".jpeg"):
        raise InputError("documents.damaged", file=source.name)
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix in (".html", ".htm", ".xhtml", ".shtml") or start.startswith(_HTML_STARTS):
        return "html"
    return suffix[1:] if suffix[1:] in _registered() else "text"


def _format_of_archive(source: Source) -> str:
    parts = Archive(source.data, source.name, source.limits).parts
    if "word/document.xml" in parts:
        return "docx"
    if "xl/workbook.xml" in parts or "xl/workbook.bin" in parts:
        return "xlsx"
    suffix = PurePath(source.name).suffix.lower()
    if suffix in (".docx", ".xlsx"):
        raise InputError("documents.damaged", file=source.name)
    raise InputError("documents.unknown_format", file=source.name, suffix=suffix or "zip")


@cache
def _registered() -> dict[str, EntryPoint]:
    """Return the readers of all installed packages; looking them up takes some milliseconds."""
    return {entry.name: entry for entry in entry_points(group=GROUP)}


def reader_named(name: str) -> Reader:
    """Return the reader registered under ``name``; an unknown one is a ``ConfigurationError``."""
    if name in _registered():
        return cast("Reader", _registered()[name].load()())
    if name not in BUILT_IN:
        raise ConfigurationError(
            "documents.no_reader", name=name, known=", ".join({**BUILT_IN, **_registered()})
        )
    module, _, attribute = BUILT_IN[name].partition(":")
    from importlib import import_module

    return cast("Reader", getattr(import_module(module), attribute)())
