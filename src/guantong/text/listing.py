"""Figures that share a name, names that share a figure, and brackets that belong to a figure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from guantong.text.naming import is_measurable, leads_on, name_of
from guantong.text.quantities import Comparator, Quantity
from guantong.text.spans import Span
from guantong.text.units import lookup, normalise_unit

if TYPE_CHECKING:
    from guantong.text.indicators import Indicator

_AND = re.compile(r"[ ]?(?:[、和与及或]|以及)[ ]?")
_EACH_OF = re.compile(r"分别|依次|各自|均|都")
_BREAK = re.compile(r"[，。；;：:！？!?\n（(]")
_CODE = re.compile(r"[A-Za-z]{1,3}\d{0,3}")
_PREFIXED = re.compile(r"([一-鿿]{2,8})[A-Za-z]{1,3}\d{0,3}")
_BRACKET = re.compile(r"[ ]?[（(](?P<inner>[^（()）\n]{2,40})[)）]")
_SAYS_WHEN = re.compile(r"\d|[下时后]$|条件|[常高低室]温")
_LEADS_ON = re.compile(
    r"(?<=[^\W_])[ ]?[（(](?P<inner>[^（()）\n]{1,40})[)）]"
    r"(?=[ ]?(?:[应须需]|要求|控制|指标)?[ ]?"
    r"(?:[≥≤<>＜＞=＝:：±⩾⩽]|不[应得]?[低少小超高大]|[为达]到?|[大小高低优]于))"
)
_STATES = re.compile(r"[≥≤<>＜＞=＝⩾⩽±]|不[低少小超高大]|[为达]|^\s*\d+\s*$")
_HEAD = re.compile("(?:..率|含量|浓度|强度|硬度|温度|精度|误差|密度|厚度|寿命|时间)$")
_SHORT = 6
_OPEN = (Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.MORE, Comparator.LESS)


def conditions_in_brackets(text: str) -> list[tuple[int, int]]:
    """Return the brackets between a name and its figure: ``抗压强度（28d）≥50MPa``."""
    if "(" not in text and "（" not in text:
        return []
    return [
        match.span()
        for match in _LEADS_ON.finditer(text)
        if _SAYS_WHEN.search(match["inner"]) and not _STATES.search(match["inner"])
    ]


def bracket_after(text: str, span: Span | None) -> tuple[int, int] | None:
    """Return where the bracket stands that tells the condition of the figure at ``span``."""
    match = _BRACKET.match(text, span.end) if span else None
    if match is None or not _SAYS_WHEN.search(match["inner"]):
        return None
    return match.start() + (match[0][0] == " "), match.end()


def run_from(
    text: str, figures: list[tuple[Quantity, bool]], at: int
) -> list[tuple[Quantity, bool]]:
    """Return the figures from ``at`` on that are listed together: ``5%、15%和23%``."""
    run = [figures[at]]
    for quantity, bare in figures[at + 1 :]:
        last = run[-1][0]
        if not _AND.fullmatch(text, last.span.end, quantity.span.start):
            break
        if bare or quantity.vague or normalise_unit(quantity.unit) != normalise_unit(last.unit):
            break
        run.append((quantity, bare))
    return run


def spread(text: str, sentence: int, indicator: Indicator, run: list[Quantity]) -> list[Indicator]:
    """Return one indicator for each figure of a list, or for each name of one figure."""
    if indicator.span is None:
        return [indicator]
    names = _names(text, sentence, run[0].span.start, indicator.name)
    if len(run) == 1:
        together = len(names) > 1 and all(is_measurable(name) for name, _ in names)
        return [_named(text, indicator, *each) for each in names] if together else [indicator]
    found = [_member(text, indicator, quantity) for quantity in run]
    if found[-1].comparator in _OPEN and indicator.comparator is Comparator.EQUAL:
        found = [replace(each, comparator=found[-1].comparator) for each in found]
    settings = _settings(indicator.condition, len(found))
    if settings:
        found = [replace(each, condition=part) for each, part in zip(found, settings, strict=True)]
    if len(names) != len(found):
        return found
    found[0] = _named(text, found[0], *names[0])
    return [replace(each, name=name) for each, (name, _) in zip(found, names, strict=True)]


def _member(text: str, first: Indicator, quantity: Quantity) -> Indicator:
    if first.span is not None and quantity.span.start < first.span.end:
        return first
    stated = quantity.comparator is not Comparator.EQUAL
    return replace(
        first,
        comparator=quantity.comparator if stated else first.comparator,
        value=quantity.value,
        upper=quantity.upper,
        quote=quantity.span.of(text),
        span=quantity.span,
    )


def _settings(condition: str, count: int) -> list[str]:
    """Return the conditions of each figure where as many are listed: 25℃和60℃下."""
    parts = _AND.split(condition)
    figures = all(part[:1].isdigit() or part[:1] in "-−" for part in parts)
    return [part.rstrip("下时后的") for part in parts] if figures and len(parts) == count else []


def _named(text: str, indicator: Indicator, name: str, start: int) -> Indicator:
    end = indicator.span.end if indicator.span else start
    span = Span(start, end)
    return replace(indicator, name=name, quote=span.of(text), span=span)


def _names(text: str, sentence: int, figure: int, last_name: str) -> list[tuple[str, int]]:
    """Return the names listed before 分别 or 均, the last one as it was found by itself."""
    marks = _EACH_OF.search(text, max(sentence, figure - 10), figure)
    if marks is None or not last_name or not leads_on(text[marks.end() : figure]):
        return []
    end = marks.start()
    begin = max((m.end() for m in _BREAK.finditer(text, sentence, end)), default=sentence)
    pieces: list[tuple[str, int]] = []
    at = begin
    for joint in [*_AND.finditer(text, begin, end), None]:
        stop = joint.start() if joint else end
        name, start = name_of(text[at:stop])
        pieces.append((name, at + start))
        at = joint.end() if joint else end
    if len(pieces) < 2 or any(not name or name[0] in "-−0123456789" for name, _ in pieces):
        return []
    return _completed(pieces)


def _completed(pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Give each piece what it shares with its neighbours: 粒径D10、D50, 横向和纵向强度."""
    first, last = pieces[0][0], pieces[-1][0]
    prefix = _PREFIXED.fullmatch(first)
    if prefix and all(_CODE.fullmatch(name) for name, _ in pieces[1:]):
        return [(first, pieces[0][1])] + [(prefix[1] + name, at) for name, at in pieces[1:]]
    size = len(first)
    others = pieces[:-1]
    if is_measurable(last) and not any(is_measurable(name) for name, _ in others):
        head = _HEAD.search(last)
        if size < len(last) and all(name[-1] == last[size - 1] for name, _ in others):
            return [(name + last[size:], at) for name, at in others] + [pieces[-1]]
        if head and head.start() > 0 and max(len(name) for name, _ in others) <= _SHORT:
            return [(name + head[0], at) for name, at in others] + [pieces[-1]]
        return []
    known = all(is_measurable(name) or _CODE.fullmatch(name) for name, _ in pieces)
    return pieces if known and not lookup(first) else []
