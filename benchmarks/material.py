"""Records and needs to measure on: real ones, the sample city's, and many made from either."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from benchmarks.frame import MissingDataError, Run
from guantong.records import Need, Offer, Side, kinds
from guantong.records.sample import load_sample as read_sample
from guantong.records.tables import read_records
from guantong.text.segment import default_segmenter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SEED = 20260101
load_sample = cache(read_sample)
RESULTS = "data/research_results.jsonl.gz"
NEEDS = "eval/matching/needs.jsonl"
PLAIN_NEEDS = "eval/matching/plain_needs.jsonl"
_SENTENCE_END = re.compile(r"(?<=[。；;！？])|(?<=\.)\s+")


def offers(run: Run) -> list[Offer]:
    """Return the real research results, or in a quick run without data the sample city's offers."""
    try:
        file = run.file(RESULTS)
    except MissingDataError:
        if run.quick:
            return list(load_sample().offers)
        raise
    return cast("list[Offer]", list(read_records(file, side=Side.OFFER).records))


def needs(run: Run, *names: str) -> list[Need]:
    """Return the real needs of some files, or in a quick run without data the sample city's."""
    try:
        files = [run.file(name) for name in names]
    except MissingDataError:
        if run.quick:
            return list(load_sample().needs)
        raise
    return [
        cast("Need", record)
        for file in files
        for record in read_records(file, side=Side.NEED).records
    ]


def titles_as_needs(records: Sequence[Offer], count: int) -> list[Need]:
    """Return needs that are nothing but the titles of some records."""
    chosen = random.Random(SEED).sample(records, min(count, len(records)))
    kind = kinds.get("technology")
    return [
        cast("Need", kind.record(id=f"title-{at}", title=each.title))
        for at, each in enumerate(chosen)
    ]


@dataclass(frozen=True, slots=True)
class _Source:
    """A real record taken apart."""

    title: tuple[str, ...]
    sentences: tuple[str, ...]
    keywords: tuple[str, ...]


class Recombined:
    """Any number of records made of the sentences and title words of real ones.

    A record begins as a real one does and goes on with sentences of two others of the same field,
    until it has as many as the first; so lengths, words and topics stay real. Record ``i`` is the
    same in every run.
    """

    def __init__(self, run: Run) -> None:
        self._groups = [group for group in _groups(run) if len(group) > 1]
        self._weights = [len(group) for group in self._groups]
        self.name = hashlib.blake2b(repr(self._groups).encode(), digest_size=6).hexdigest()

    def row(self, number: int) -> dict[str, Any]:
        """Return record ``number`` as an object of a JSONL table."""
        draw = random.Random(SEED * 10_000_019 + number)
        group = draw.choices(self._groups, self._weights)[0]
        first, second, third = (draw.choice(group) for _ in range(3))
        kept = (len(first.sentences) + 1) // 2
        others = [*second.sentences, *third.sentences]
        added = draw.sample(others, min(len(first.sentences) - kept, len(others)))
        words = (len(first.title) + 1) // 2
        return {
            "id": f"r{number:07d}",
            "title": "".join(first.title[:words] + second.title[len(second.title) // 2 :]),
            "abstract": "".join((*first.sentences[:kept], *added)),
            "keywords": list(first.keywords[:2] + second.keywords[:2]),
        }

    def records(self, count: int) -> Iterator[Offer]:
        """Yield the first ``count`` records."""
        make = kinds.get("achievement").record
        for number in range(count):
            row = self.row(number)
            yield cast(
                "Offer",
                make(
                    id=row["id"],
                    title=row["title"],
                    description=row["abstract"],
                    keywords=tuple(row["keywords"]),
                ),
            )

    def table(self, run: Run, count: int) -> Path:
        """Return a JSONL table of the first ``count`` records, made where it is not there yet."""
        path = run.work / "tables" / f"{self.name}-{count}.jsonl"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            with part.open("w", encoding="utf-8") as lines:
                for number in range(count):
                    lines.write(json.dumps(self.row(number), ensure_ascii=False) + "\n")
            part.rename(path)
        return path


def _groups(run: Run) -> list[list[_Source]]:
    """Return the sources by field: discipline, class of the library, or patents."""
    groups: dict[str, list[_Source]] = defaultdict(list)
    segmenter = default_segmenter()
    for row in _rows(run):
        field = row.get("discipline") or str(row.get("clc") or "")[:2] or "patents"
        source = _Source(
            title=tuple(segmenter.cut(row["title"])),
            sentences=tuple(filter(str.strip, _SENTENCE_END.split(row["abstract"]))),
            keywords=tuple(row["keywords"]) if isinstance(row.get("keywords"), list) else (),
        )
        if source.sentences:
            groups[field].append(source)
    return [groups[field] for field in sorted(groups)]


def _rows(run: Run) -> Iterator[dict[str, Any]]:
    try:
        file = run.file(RESULTS)
    except MissingDataError:
        if not run.quick:
            raise
        for offer in load_sample().offers:
            yield {
                "discipline": offer.kind,
                "title": offer.title,
                "abstract": offer.summary + offer.description,
                "keywords": list(offer.keywords),
            }
        return
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
