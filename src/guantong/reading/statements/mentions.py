"""Mentions (提及): organisations, places, programmes, policies in 《》 and products by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guantong.reading.statements.draft import Draft
from guantong.reading.statements.model import MentionFacts, StatementKind
from guantong.text.organisations import find_organisations
from guantong.text.regions import find_regions

if TYPE_CHECKING:
    from collections.abc import Iterator

_POLICY = re.compile(r"《([^《》\n]{2,80}(?:《[^》\n]*》[^《》\n]*)?)》")
_SHORT = re.compile(r"^(?:条例|办法|意见|方案|措施|规划|纲要|通知|建议|规定)$")
_PROGRAMME = re.compile(
    r"“(?P<quoted>[^“”\n]{2,24})”(?P<tail>(?:专项|提升|三年)?(?:行动计划|行动|计划|工程|专项|试点|示范))"
)
_PRODUCT = re.compile(
    r"“(?P<quoted>[^“”\n]{1,12}号)”|(?P<code>(?<![A-Za-z0-9])[A-Z][A-Za-z]{1,11}(?:-[A-Z]?\d+[A-Za-z]*|\d+(?:\.\d+)+))"
)


def read_mentions(text: str) -> list[Draft]:
    """Return who and what one passage names; each name once."""
    found: list[Draft] = []
    taken: list[tuple[int, int]] = []
    seen: set[tuple[str, str]] = set()
    for draft in (
        *_policies(text),
        *_programmes(text),
        *_products(text),
        *_organisations(text),
        *_places(text),
    ):
        facts = draft.facts
        if not isinstance(facts, MentionFacts) or (facts.category, facts.name) in seen:
            continue
        if any(low < draft.end and draft.start < high for low, high in taken):
            continue
        seen.add((facts.category, facts.name))
        taken.append((draft.start, draft.end))
        found.append(draft)
    return sorted(found, key=lambda draft: draft.start)


def _policies(text: str) -> Iterator[Draft]:
    for match in _POLICY.finditer(text):
        if not _SHORT.match(match[1]):
            yield _mention("policy", match[1], match.start(), match.end(), 0.95)


def _programmes(text: str) -> Iterator[Draft]:
    for match in _PROGRAMME.finditer(text):
        yield _mention(
            "programme", match["quoted"] + match["tail"], match.start(), match.end(), 0.85
        )


def _products(text: str) -> Iterator[Draft]:
    for match in _PRODUCT.finditer(text):
        name = match["quoted"] or match["code"]
        yield _mention("product", name, match.start(), match.end(), 0.75)


def _organisations(text: str) -> Iterator[Draft]:
    for match in find_organisations(text):
        confidence = 0.95 if match.known else 0.75
        linked = match.organisation if match.known else None
        shown = match.span.of(text)
        yield _mention("organisation", shown, match.span.start, match.span.end, confidence, linked)


def _places(text: str) -> Iterator[Draft]:
    for match in find_regions(text):
        yield _mention("place", match.span.of(text), match.span.start, match.span.end, 0.85)


def _mention(
    category: str, name: str, start: int, end: int, confidence: float, linked: str | None = None
) -> Draft:
    facts = MentionFacts(category=category, name=name, organisation=linked)
    return Draft(
        kind=StatementKind.MENTION, start=start, end=end, facts=facts, confidence=confidence,
        rule=f"mention.{category}",
    )  # fmt: skip
