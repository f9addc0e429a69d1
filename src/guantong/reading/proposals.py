"""What the records of a document propose for the registry; nothing enters without a person."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from guantong.errors import InputError, StateError
from guantong.messages import render
from guantong.reading.needs import place_in, read_needs
from guantong.reading.sources import Source
from guantong.reading.statements import (
    AchievementFacts,
    IndicatorFacts,
    Modality,
    ReleaseFacts,
    SupportFacts,
    TaskFacts,
)
from guantong.reading.wording import where
from guantong.records import Provenance, Side, kinds
from guantong.records.ids import derived_id
from guantong.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from guantong.messages import Language
    from guantong.reading.needs import AnnouncedNeed
    from guantong.reading.sources import Reading
    from guantong.reading.statements import Statement
    from guantong.records import Record


class ProposalKind(StrEnum):
    """What a proposal would become."""

    OFFER = "offer"
    NEED = "need"
    POLICY_CLAUSE = "policy_clause"
    TARGET = "target"
    TASK = "task"


class Status(StrEnum):
    """What a person made of a proposal."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    REFUSED = "refused"


FIELDS: Mapping[ProposalKind, tuple[str, ...]] = MappingProxyType(
    {
        ProposalKind.OFFER: ("record", "title", "organisation", "region", "summary"),
        ProposalKind.NEED: ("record", "title", "organisation", "region", "summary", "fields"),
        ProposalKind.POLICY_CLAUSE: (
            *("policy", "number", "beneficiary", "instrument"),
            *("rate", "base", "amount", "cap"),
        ),
        ProposalKind.TARGET: (
            *("indicator", "value", "value_max", "unit", "comparator"),
            *("change", "time", "place"),
        ),
        ProposalKind.TASK: ("text", "responsible", "deadline", "position"),
    }
)
"""The fields of each kind of proposal, in order; ``record`` names a kind of record."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Something that a document proposes for the registry (建议).

    ``id`` is the same each time the same file is read; ``fields`` hold plain values under the
    names of :data:`FIELDS`; ``proposer`` is ``rules`` or ``model``; ``reason`` is that of the
    person who decided.
    """

    id: str
    kind: ProposalKind
    fields: Mapping[str, Any]
    source: Source
    confidence: float
    rule: str
    proposer: str = "rules"
    status: Status = Status.PROPOSED
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the proposal as plain values."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "status": self.status.value,
            "reason": self.reason,
            "fields": dict(self.fields),
            "source": self.source.to_json(),
            "confidence": self.confidence,
            "rule": self.rule,
            "proposer": self.proposer,
        }


def propose(reading: Reading) -> list[Proposal]:
    """Return what the records of a document propose, in the order of its text.

    Results and finished platforms and products propose offers, announced needs (揭榜, 需求)
    needs, supports policy clauses, targets targets and tasks tasks.
    """
    found = [each for statement in reading.statements for each in _of_statement(reading, statement)]
    found += [_of_need(reading, need) for need in read_needs(reading.document)]
    distinct: dict[str, Proposal] = {}
    for proposal in found:
        distinct.setdefault(proposal.id, proposal)
    return sorted(distinct.values(), key=lambda each: (each.source.span.start, each.kind))


def _of_statement(reading: Reading, statement: Statement) -> Iterator[Proposal]:
    kind, values = _values(reading, statement)
    if kind is None:
        return
    source = reading.source(statement)
    yield Proposal(
        id=_id(source, kind, values),
        kind=kind,
        fields=MappingProxyType(values),
        source=source,
        confidence=statement.confidence,
        rule=statement.rule,
        proposer="model" if statement.rule.startswith("model.") else "rules",
    )


def _values(reading: Reading, statement: Statement) -> tuple[ProposalKind | None, dict[str, Any]]:
    facts, head = statement.facts, reading.document.head
    if isinstance(facts, AchievementFacts):
        organisation = "、".join(facts.holders)
        return ProposalKind.OFFER, _offer("achievement", facts.name, organisation, reading)
    if isinstance(facts, ReleaseFacts):
        record = _record_of_release(facts, statement.quote)
        if record is None:
            return None, {}
        return ProposalKind.OFFER, _offer(record, facts.name, "", reading)
    plain = statement.to_json()
    if isinstance(facts, SupportFacts):
        policy = {"policy": reading.title, "number": head.number}
        return ProposalKind.POLICY_CLAUSE, policy | _own(plain, ProposalKind.POLICY_CLAUSE)
    if isinstance(facts, IndicatorFacts) and facts.modality is Modality.TARGET:
        return ProposalKind.TARGET, _own(plain, ProposalKind.TARGET)
    if isinstance(facts, TaskFacts):
        return ProposalKind.TASK, _own(plain, ProposalKind.TASK)
    return None, {}


def _own(plain: Mapping[str, Any], kind: ProposalKind) -> dict[str, Any]:
    return {name: plain[name] for name in FIELDS[kind] if name in plain}


def _offer(record: str, title: str, organisation: str, reading: Reading) -> dict[str, Any]:
    return {
        "record": record,
        "title": title,
        "organisation": organisation,
        "region": place_in(organisation) or place_in(title) or reading.document.head.region,
        "summary": "",
    }


_PLATFORMS = (("中试", "pilot_platform"), ("概念验证", "proof_of_concept_centre"))


def _record_of_release(facts: ReleaseFacts, quote: str) -> str | None:
    """Return which kind of record a release could become; what is not there yet is no offer."""
    never, unfinished = _no_offers()
    if facts.action == "planned" or facts.name.endswith(never) or unfinished.search(quote):
        return None
    if facts.object == "product":
        return "achievement"
    if facts.object == "platform":
        return next((name for word, name in _PLATFORMS if word in facts.name), "public_platform")
    return None


@cache
def _no_offers() -> tuple[tuple[str, ...], re.Pattern[str]]:
    source = files("guantong.reading").joinpath("data/offers.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(source)
    return tuple(raw["never"]), re.compile("|".join(map(re.escape, raw["unfinished"])))


def _of_need(reading: Reading, need: AnnouncedNeed) -> Proposal:
    document = reading.document
    source = Source(
        document=document.name,
        sha256=document.sha256,
        page=document.blocks[need.block].page,
        block=need.block + 1,
        span=need.span,
        quote=need.span.of(document.text),
    )
    values = {
        "record": "technology",
        "title": need.title,
        "organisation": "",
        "region": need.region,
        "summary": "",
        "fields": [need.field] if need.field else [],
    }
    return Proposal(
        id=_id(source, ProposalKind.NEED, values),
        kind=ProposalKind.NEED,
        fields=MappingProxyType(values),
        source=source,
        confidence=need.confidence,
        rule="need.announced",
    )


def _id(source: Source, kind: ProposalKind, values: Mapping[str, Any]) -> str:
    said = json.dumps(values, ensure_ascii=False, sort_keys=True)
    place = f"{source.sha256}\0{source.span.start}\0{source.span.end}\0{said}"
    return f"{kind.value}-{blake2b(place.encode(), digest_size=8).hexdigest()}"


def decide(
    proposal: Proposal,
    decision: Status,
    reason: str = "",
    fields: Mapping[str, Any] | None = None,
) -> Proposal:
    """Return the proposal as a person decided it.

    A refusal needs a reason, a change the fields that change, an acceptance neither. Raises
    ``StateError`` for a proposal that is decided already and ``InputError`` for the rest.
    """
    if proposal.status is not Status.PROPOSED or decision is Status.PROPOSED:
        raise StateError("reading.error.decided_twice", status=proposal.status.value)
    if decision is Status.REFUSED and not reason.strip():
        raise InputError("reading.error.reason_needed")
    if decision is not Status.CHANGED and fields:
        raise InputError("reading.error.fields_unwanted")
    if decision is Status.CHANGED and not fields:
        raise InputError("reading.error.fields_needed")
    changed = dict(proposal.fields) | _known(proposal.kind, fields or {})
    return replace(
        proposal, status=decision, reason=reason.strip(), fields=MappingProxyType(changed)
    )


def _known(kind: ProposalKind, values: Mapping[str, Any]) -> dict[str, Any]:
    for name in values:
        if name not in FIELDS[kind]:
            known = " ".join(FIELDS[kind])
            raise InputError(
                "reading.error.unknown_field", kind=kind.value, field=name, known=known
            )
    return dict(values)


def accepted_records(proposals: Iterable[Proposal], *, lang: Language = "zh") -> list[Record]:
    """Return the offers and needs that were accepted or changed, as records that import.

    Where they were read stands in the column 出处 (``Source``). Of two that would get the same id
    the first stays. Raises ``InputError`` for one without a title.
    """
    records: dict[str, Record] = {}
    for proposal in proposals:
        decided = proposal.status in (Status.ACCEPTED, Status.CHANGED)
        if decided and proposal.kind in (ProposalKind.OFFER, ProposalKind.NEED):
            record = _record(proposal, lang)
            records.setdefault(record.id, record)
    return list(records.values())


def _record(proposal: Proposal, lang: Language) -> Record:
    values = proposal.fields
    title = str(values.get("title") or "").strip()
    if not title:
        raise InputError("reading.error.no_title")
    kind = kinds.get(str(values.get("record") or ""))
    side = Side.OFFER if proposal.kind is ProposalKind.OFFER else Side.NEED
    if kind.side is not side:
        known = " ".join(each.name for each in kinds.all_kinds() if each.side is side)
        raise InputError("kinds.unknown", kind=kind.name, known=known)
    organisation = str(values.get("organisation") or "")
    source = proposal.source
    told = render(
        "reading.proposal.held_source",
        lang,
        title=source.document,
        where=where(source, lang),
        quote=" ".join(source.quote.split()),
    )
    return kind.record(
        id=derived_id(kind.name, title, organisation),
        title=title,
        organisation=organisation,
        region=str(values.get("region") or ""),
        summary=str(values.get("summary") or ""),
        fields=tuple(values.get("fields") or ()),
        provenance=Provenance(file=source.document),
        extra={render("reading.page.held_source", lang): told},
    )


def proposal_lines(proposals: Iterable[Proposal]) -> Iterator[str]:
    """Yield one line of JSON for each proposal, without line breaks."""
    for proposal in proposals:
        yield json.dumps(proposal.to_json(), ensure_ascii=False)


def load_proposals(file: Path) -> list[Proposal]:
    """Read a file of proposals; a line that is none raises ``InputError``."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_from_json(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            reason = f"{type(error).__name__}: {error}"
            raise InputError(
                "reading.error.bad_proposal", file=file.name, line=number, reason=reason
            ) from error
    return found


_SOURCE_FIELDS = tuple(field.name for field in fields(Source) if field.name != "span")


def _from_json(value: dict[str, Any]) -> Proposal:
    source = value["source"]
    span = Span(int(source["start"]), int(source["end"]))
    kind = ProposalKind(value["kind"])
    return Proposal(
        id=str(value["id"]),
        kind=kind,
        fields=MappingProxyType(_known(kind, value["fields"])),
        source=Source(span=span, **{name: source[name] for name in _SOURCE_FIELDS}),
        confidence=float(value["confidence"]),
        rule=str(value["rule"]),
        proposer=str(value["proposer"]),
        status=Status(value["status"]),
        reason=str(value["reason"]),
    )
