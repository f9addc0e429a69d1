"""One hybrid query on one thread, ten offers with their reasons, beside libraries on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.clock import Times, in_turn
from benchmarks.frame import Run, Table, not_installed
from benchmarks.indexes import index_of
from benchmarks.material import NEEDS, PLAIN_NEEDS, Recombined, needs, offers, titles_as_needs
from benchmarks.peers import LanceHybrid, Query, TantivyAlone, UsearchAlone, material
from guantong.matching.index import Index
from guantong.matching.matcher import Matcher
from guantong.matching.reports.reasons import reasons

if TYPE_CHECKING:
    from collections.abc import Callable

    from guantong.records import Need

QUERIES = 300
OURS = "Guantong, ten offers with their reasons"


def measure(run: Run) -> list[Table]:
    """Ask with titles, and with needs in full, of everybody in turn."""
    source, count = Recombined(run), run.records
    name = f"{source.name}-{count}"
    built = index_of(run, name, lambda: source.records(count))
    systems, notes = _peers(run, name, source, count)
    every = run.size(QUERIES, 30)
    asked = {
        "titles as needs": titles_as_needs(offers(run), every),
        "needs in full": _spread(needs(run, PLAIN_NEEDS, NEEDS), every),
    }
    with Index.open(built.path) as index:
        matcher = Matcher(index)

        def with_sentences(query: Query) -> object:
            return [reasons(match) for match in matcher.offers_for(query.need)]

        systems[OURS] = lambda query: matcher.offers_for(query.need)
        systems["the same with every reason as a sentence"] = with_sentences
        return [
            _table(
                f"One query: {named}, {count:,} records",
                in_turn(systems, [Query.of(need) for need in wanted]),
                (f"{len(wanted)} queries, each system's blocks of 20 in turn", *notes),
            )
            for named, wanted in asked.items()
        ]


def _spread(found: list[Need], most: int) -> list[Need]:
    """Return at most so many, taken from the whole list."""
    step = max(len(found) / most, 1.0)
    return [found[int(at * step)] for at in range(min(most, len(found)))]


def _peers(
    run: Run, name: str, source: Recombined, count: int
) -> tuple[dict[str, Callable[[Query], object]], list[str]]:
    texts, _ = material(run, name, source.records(count))
    systems: dict[str, Callable[[Query], object]] = {
        "tantivy alone, ten ids": TantivyAlone(run, name, texts).search,
        "usearch alone, ten ids": UsearchAlone(run, name, texts).search,
    }
    notes = ["peers get the words and the vector ready made; ours starts from the need's text"]
    lance = run.peer("lancedb")
    if lance is None:
        notes.append(not_installed("lancedb"))
    else:
        systems["LanceDB hybrid, ten ids and titles"] = LanceHybrid(run, name, texts, lance).search
    return systems, notes


def _table(title: str, times: dict[str, Times], notes: tuple[str, ...]) -> Table:
    ours = times[OURS].p50
    rows = [
        (
            name,
            f"{found.p50:.2f}",
            f"{found.p99:.2f}",
            f"{found.busy:.2f}",
            f"{found.p50 / ours:.2f}",
        )
        for name, found in times.items()
    ]
    headers = ("who", "p50 ms", "p99 ms", "processor ms", "p50 to ours")
    return Table(title, headers, rows, notes)
