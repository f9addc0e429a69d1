"""What the commands that match have in common: an index for the run, and a summary of it."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from guantong.cli.console import progress, say
from guantong.cli.service import endpoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guantong.cli.session import Session
    from guantong.matching.index import Index
    from guantong.matching.reports import MatchReport
    from guantong.records import Record


@contextmanager
def indexed(
    session: Session,
    offers: Iterable[Record],
    *,
    folder: Path | None = None,
    encoder: str | None = None,
    workers: int = 0,
) -> Iterator[Index]:
    """Open an index that holds ``offers``: the one in ``folder``, added to, or a temporary one."""
    from guantong.matching.index import Index, IndexBuilder

    with ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="guantong-"))) / "index"
        with (
            progress(session, "cli.indexing") as advance,
            IndexBuilder(folder, encoder=encoder, endpoint=endpoint(), workers=workers) as builder,
        ):
            builder.add(offers, progress=advance)
        yield stack.enter_context(Index.open(folder, encoder=encoder, endpoint=endpoint()))


def summarise(session: Session, report: MatchReport) -> None:
    """Tell how many needs were matched, and how well."""
    counts = report.level_counts()
    say(
        session,
        "cli.matched",
        needs=len(report.needs),
        matches=sum(len(each.answers) for each in report.needs),
        strong=counts[4],
        fair=counts[3],
        weak=counts[2],
        unmatched=len(report.unmatched()),
    )
    if report.expired:
        say(session, "cli.expired", count=len(report.expired))
    if report.withheld:
        say(session, "cli.withheld", count=report.withheld)
