"""HTML as it is seen: hidden parts left out, navigation and furniture marked as noise."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from guantong.errors import InputError
from guantong.reading.documents.drafts import Draft, DraftWriter, Source
from guantong.reading.documents.encoding import decode
from guantong.reading.documents.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_KEPT_LINK = re.compile(r"附件|附表|\.(?:docx?|pdf|xlsx?|wps|zip)$")
_MOSTLY = 0.5
# Measuring how much text a part holds takes long on pages made to do harm.
_MOST_MEASURED = 500
_TITLE_PARTS = re.compile(r"\s*[_|｜—]\s*|\s+-\s+")


@dataclass(frozen=True, slots=True)
class _Elements:
    unseen: frozenset[str]
    blocks: frozenset[str]
    furniture_tags: frozenset[str]
    furniture_roles: frozenset[str]
    furniture_names: frozenset[str]


@cache
def _elements() -> _Elements:
    text = files("guantong.reading.documents").joinpath("data/html.toml").read_text("utf-8")
    return _Elements(**{name: frozenset(words) for name, words in tomllib.loads(text).items()})


@dataclass(slots=True)
class _State:
    """Where the walk through the page is."""

    writer: DraftWriter
    titles: frozenset[str]
    body_length: int
    buffer: list[str] = field(default_factory=list)
    linked: int = 0
    tag: str = "p"
    rule: str = ""
    gap: int = 1
    prefix: str = ""
    measured: int = 0


class HtmlReader:
    """Reads HTML pages."""

    def read(self, source: Source) -> Draft:
        """Return what a reader sees of the page, furniture as noise."""
        from selectolax.lexbor import LexborHTMLParser

        text, _ = decode(source.data, source.name)
        try:
            tree = LexborHTMLParser(text)
        except (RuntimeError, ValueError) as error:
            raise InputError("documents.damaged", file=source.name) from error
        body: Any = tree.body
        if body is None:
            raise InputError("documents.no_text", file=source.name)
        state = _State(
            writer=DraftWriter(source),
            titles=_titles(tree),
            body_length=len(body.text(deep=True)),
        )
        _walk(body, state)
        _flush(state)
        return state.writer.draft()


def _titles(tree: Any) -> frozenset[str]:
    """Return what the page calls itself, to know its title by."""
    found = set()
    for node in tree.css("title, meta[name='ArticleTitle'], meta[property='og:title']"):
        value = node.attributes.get("content") or node.text(deep=True)
        found.add(_squeezed(value))
        found.update(_squeezed(part) for part in _TITLE_PARTS.split(value)[:1])
    return frozenset(title for title in found if len(title) >= 4)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _walk(body: Any, state: _State) -> None:
    """Visit the page in order; without recursion, so that no depth of nesting overflows."""
    pending: list[tuple[Any, tuple[str, str] | None]] = [(body, None)]
    while pending:
        node, outside = pending.pop()
        if outside is not None:
            _flush(state)
            state.tag, state.rule = outside
            state.gap = 1
        elif _goes_inside(node, state):
            if node.tag in _elements().blocks:
                pending.append((node, _enter_block(node, state)))
            pending += [(child, None) for child in reversed(list(node.iter(include_text=True)))]


def _enter_block(node: Any, state: _State) -> tuple[str, str]:
    """Begin a block; return what held outside it."""
    _flush(state)
    outside = state.tag, state.rule
    state.tag, state.rule, state.gap = node.tag, state.rule or _furniture(node, state), 1
    if node.tag == "li":
        state.prefix = _number(node)
    return outside


def _goes_inside(node: Any, state: _State) -> bool:
    """Take up a node; return whether its children are to be visited."""
    tag = node.tag
    if tag == "-text":
        _take_text(node, state)
    elif tag == "br":
        _flush(state)
        state.gap = 0
    elif tag in _elements().unseen or tag.startswith(("-", "!")) or _is_hidden(node):
        return False
    elif tag == "table" and not state.rule and (rows := _rows(node)):
        _flush(state)
        if (caption := node.css_first("caption")) is not None:
            state.writer.add(caption.text(deep=True), kind=BlockKind.CAPTION, gap=1)
        state.writer.add_table(rows)
    else:
        return True
    return False


def _take_text(node: Any, state: _State) -> None:
    text = _SPACE.sub(" ", node.text_content or "")
    state.buffer.append(text)
    length = len(text.strip())
    parent, depth = node.parent, 0
    while parent is not None and parent.tag not in _elements().blocks and depth < 12:
        if parent.tag == "a":
            target = text + (parent.attributes.get("href") or "")
            state.linked += 0 if _KEPT_LINK.search(target) else length
        parent, depth = parent.parent, depth + 1


def _flush(state: _State) -> None:
    """Write what was gathered as one piece."""
    text = "".join(state.buffer).strip()
    if text:
        kind, level, rule = _kind(text, state)
        state.writer.add(state.prefix + text, kind=kind, level=level, rule=rule, gap=state.gap)
        state.prefix = ""
    state.buffer, state.linked = [], 0


def _kind(text: str, state: _State) -> tuple[BlockKind | None, int, str]:
    if state.rule:
        return BlockKind.NOISE, 0, state.rule
    if _squeezed(text) in state.titles:
        return BlockKind.TITLE, 1, ""
    if re.fullmatch(r"h[1-6]", state.tag):
        return BlockKind.HEADING, int(state.tag[1]), ""
    if state.tag in ("figcaption", "caption"):
        return BlockKind.CAPTION, 0, ""
    if state.linked > 0.8 * len(text) and len(text) <= 60:
        return BlockKind.NOISE, 0, "html_link"
    if state.tag == "li":
        return BlockKind.LIST_ITEM, 0, ""
    return None, 0, ""


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return _HIDING.search(attributes.get("style") or "") is not None


def _furniture(node: Any, state: _State) -> str:
    """Return the rule by which a part is furniture; what holds most of the text never is."""
    elements, attributes = _elements(), node.attributes
    if node.tag in ("body", "html", "main", "article"):
        return ""
    named = node.tag in elements.furniture_tags
    if not named and attributes:
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        words = {word.lower() for word in _WORDS.findall(names)}
        role = (attributes.get("role") or "") in elements.furniture_roles
        named = role or not words.isdisjoint(elements.furniture_names)
    if not named or state.measured >= _MOST_MEASURED:
        return ""
    state.measured += 1
    return "html_furniture" if len(node.text(deep=True)) < _MOSTLY * state.body_length else ""


def _number(node: Any) -> str:
    """Return the number that an item of an ordered list is shown with."""
    parent = node.parent
    if parent is None or parent.tag != "ol":
        return ""
    position, sibling = 1, node.prev
    while sibling is not None:
        position += sibling.tag == "li"
        sibling = sibling.prev
    return f"{position}. "


def _rows(table: Any) -> list[list[str]]:
    """Return the cells of a table; nothing for one that only lays out the page."""
    if table.css_first("table table, td p + p + p, td h1, td h2") is not None:
        return []
    rows = [list(_cells(row)) for row in table.css("tr")]
    if len(rows) < 2 or max(map(len, rows), default=0) < 2:
        return []
    longest = max(len(cell) for row in rows for cell in row)
    return rows if longest <= 600 else []


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iter():
        if cell.tag in ("td", "th"):
            yield cell.text(deep=True, separator=" ")
            span = cell.attributes.get("colspan") or "1"
            yield from [""] * (min(int(span), 50) - 1 if span.isdigit() else 0)
