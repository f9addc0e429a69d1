"""What all pages share: the shell around them and their colours, in one file without scripts."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guantong.messages import Language

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def shell(title: str, body: Iterable[str], lang: Language, *, extra_css: str = "") -> Iterator[str]:
    """Yield a whole page around ``body``; it asks for nothing from anywhere."""
    yield f'<!doctype html><html lang="{"zh-CN" if lang == "zh" else "en"}"><head>'
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # What a document says is shown as text; should anything slip through, it still may not run.
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield f"<title>{escape(title)}</title><style>{styles()}{extra_css}</style></head><body>"
    yield from body
    yield "</body></html>\n"


@cache
def styles() -> str:
    """Return the style sheet of all pages."""
    return files("guantong.reading.exports").joinpath("styles.css").read_text(encoding="utf-8")


def element(tag: str, text: str, css: str = "") -> str:
    """Return an element that holds plain text."""
    marked = f' class="{escape(css)}"' if css else ""
    return f"<{tag}{marked}>{escape(text)}</{tag}>"
