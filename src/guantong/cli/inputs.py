"""What a command reads: needs, offers and pairs, their problems kept for the end of the run."""

from __future__ import annotations

from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast

from guantong.cli.console import ProblemLog
from guantong.cli.root import DONE, REJECTED
from guantong.errors import InputError, NotFoundError
from guantong.records import Problem, Severity, Side, kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from guantong.cli.session import Session
    from guantong.matching.reports.pair_table import PairTable
    from guantong.records import Need, Offer, Record


class Inputs:
    """Reads tables for one run; ``finish`` tells their problems and returns the exit code."""

    def __init__(
        self,
        session: Session,
        *,
        strict: bool = False,
        today: date | None = None,
        problems: Path | None = None,
    ) -> None:
        self.today = today or datetime.now().astimezone().date()
        self.log = ProblemLog(session)
        self._strict = strict
        self._file = problems
        if problems is not None:
            from guantong.records.output import check_target

            check_target(problems, (".csv",))

    def needs(self, path: Path) -> list[Need]:
        """Return the needs in a table; at least one must be usable."""
        found = cast("list[Need]", list(self.stream(path, side=Side.NEED)))
        if not found:
            self._give_up("matching.no_needs", path)
        return found

    def offers(self, path: Path) -> list[Offer]:
        """Return the offers in a table; at least one must be usable."""
        found = cast("list[Offer]", list(self.stream(path, side=Side.OFFER)))
        if not found:
            self._give_up("matching.no_offers", path)
        return found

    def stream(
        self, path: Path, *, side: Side | None = None, kind: str | None = None
    ) -> Iterator[Record]:
        """Yield the records of a table, taking note of problems on the way."""
        from guantong.records.tables import stream_records

        items = stream_records(path, side=side, kind=kind, strict=self._strict, today=self.today)
        for item in items:
            if isinstance(item, Problem):
                self.log.add([item])
            else:
                yield item

    def pairs(
        self, path: Path, needs: Mapping[str, Need], offers: Mapping[str, Offer], *wanted: str
    ) -> PairTable:
        """Return the pairs in a table whose ids are known."""
        from guantong.matching.reports.pair_table import read_pairs

        return self._kept(read_pairs(path, wanted=wanted).known(needs, offers))

    def bare_pairs(self, path: Path, *wanted: str) -> PairTable:
        """Return the pairs in a table whoever has their ids."""
        from guantong.matching.reports.pair_table import read_pairs

        return self._kept(read_pairs(path, wanted=wanted))

    def finish(self) -> int:
        """Tell the problems and return 0, or 1 where rows were not taken."""
        self.log.tell(self._file)
        return REJECTED if self.log.rejected else DONE

    def _kept(self, table: PairTable) -> PairTable:
        self.log.add(table.problems)
        wrong = next((each for each in table.problems if each.severity is Severity.ERROR), None)
        if self._strict and wrong is not None:
            raise wrong.as_error()
        return table

    def _give_up(self, code: str, path: Path) -> None:
        self.log.tell(self._file)
        raise InputError(code, file=str(path))


def offer_kinds(session: Session, names: str | None) -> frozenset[str] | None:
    """Return the kinds of offer in a list between commas, ``None`` for no list."""
    return chosen_kinds(session, names, Side.OFFER)


def chosen_kinds(session: Session, names: str | None, side: Side) -> frozenset[str] | None:
    """Return the kinds of one side in a list between commas, ``None`` for no list."""
    if names is None:
        return None
    words = [word.strip() for word in names.replace("，", ",").split(",") if word.strip()]
    found = [kinds.get(word) for word in words]
    for word, kind in zip(words, found, strict=True):
        if kind.side != side:
            known = ", ".join(each.name for each in kinds.all_kinds() if each.side == side)
            where = session.render(f"side.{side.value}")
            raise InputError("cli.wrong_side", name=word, side=where, known=known)
    return frozenset(kind.name for kind in found)


def by_id(records: Sequence[Record], id: str, code: str, path: Path, session: Session) -> Record:
    """Return the record with an id; raises :class:`NotFoundError` with ids close to it."""
    known = {record.id: record for record in records}
    if id in known:
        return known[id]
    near = get_close_matches(id, list(known), n=3, cutoff=0.6)
    hint = session.render("matching.near", ids=" ".join(near)) if near else ""
    raise NotFoundError(code, file=path.name, id=id, near=hint)
