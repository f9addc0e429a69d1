"""Changing an index directory: the SQLite transaction is the moment of truth."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from guantong.errors import StateError
from guantong.matching.store import tables, vectors
from guantong.matching.store.lexical import LexicalReader, LexicalWriter, spaced
from guantong.matching.store.lock import WriterLock
from guantong.matching.store.protocol import Entry, Side, checked
from guantong.matching.store.tables import storage_errors

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Iterable, Mapping
    from types import TracebackType

CHUNK = 1_000
AUTOCOMMIT = 50_000


class _Prepared(NamedTuple):
    entry: Entry
    texts: tuple[str, ...]


class IndexWriter:
    """The one who changes an index directory.

    Order of a commit: tantivy, the graph files, then SQLite. What an interrupted writer put into
    the first two is not in the third, so readers pass over it and the next writer removes it.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: WriterLock, threads: int
    ) -> None:
        self.path = path
        self.autocommit = AUTOCOMMIT
        self._connection = connection
        self._lock = lock
        self._threads = threads
        self._lexical: dict[Side, LexicalWriter] = {}
        self._clean = False
        self.dimensions = tables.read_state(connection)["dimensions"]

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        dimensions: int | None = None,
        settings: Mapping[str, str] | None = None,
        autocommit: int = AUTOCOMMIT,
        threads: int = 0,
    ) -> Self:
        """Open the index for writing; with ``dimensions`` it is made where there is none.

        Every ``autocommit`` changes are a commit of their own (0: never), so that a long building
        that is killed goes on where it was. ``threads`` build the graph; 0 means all cores.

        Raises LockedError while another writer is open, ConfigurationError where ``settings`` or
        ``dimensions`` are not those the index was made with, StateError for anything unusable.
        """
        directory = Path(path)
        with storage_errors(directory):
            tables.check_directory(directory)
            if dimensions is None and not (directory / tables.DATABASE).exists():
                raise StateError("store.not_an_index", path=str(directory))
            directory.mkdir(parents=True, exist_ok=True)
            lock = WriterLock(directory)
        try:
            with storage_errors(directory):
                connection = tables.connect_or_create(directory, dimensions, settings)
                writer = cls(directory, connection, lock, threads)
        except BaseException:
            lock.release()
            raise
        writer.autocommit = autocommit
        return writer

    @property
    def settings(self) -> Mapping[str, str]:
        """What the index was made with."""
        return tables.read_settings(self._begun())

    def text_hashes(self, side: Side, ids: Iterable[str]) -> dict[str, str]:
        """Return the text hash of those ids that are there, uncommitted changes included."""
        wanted = tables.json_list(ids)
        connection = self._begun()
        with storage_errors(self.path):
            return dict(
                connection.execute(
                    "SELECT id, text_hash FROM entry"
                    " WHERE side = ? AND id IN (SELECT value FROM json_each(?))",
                    (side.value, wanted),
                )
            )

    def add(self, entries: Iterable[Entry]) -> int:
        """Insert or replace entries by side and id; return how many were new or different.

        An entry that cannot be stored raises InputError; the thousand around it are not added.
        """
        changed = 0
        source = iter(entries)
        while chunk := [
            _Prepared(checked(entry, self.dimensions), spaced(entry))
            for entry in islice(source, CHUNK)
        ]:
            self._begun()
            for side in Side:
                # The last entry of an id counts, as if they had been added one by one.
                latest = {each.entry.id: each for each in chunk if each.entry.side is side}
                if latest:
                    with storage_errors(self.path):
                        changed += self._add(side, latest)
            if self.autocommit and self._changes >= self.autocommit:
                self._commit(building=True)
        return changed

    def _add(self, side: Side, entries: dict[str, _Prepared]) -> int:
        stored = self._connection.execute(
            "SELECT id, row, kind, text_hash, record FROM entry JOIN record USING (row)"
            " WHERE side = ? AND id IN (SELECT value FROM json_each(?))",
            (side.value, tables.json_list(entries)),
        ).fetchall()
        updated: list[tuple[int, Entry]] = []
        dead: list[tuple[int, str]] = []
        for id, row, kind, text_hash, record in stored:
            entry = entries[id].entry
            if (entry.text_hash, entry.kind) != (text_hash, kind):
                dead.append((row, kind))
                continue
            del entries[id]
            if entry.record != record:
                updated.append((row, entry))
        self._bury(side, dead)
        self._update(updated)
        self._insert(side, list(entries.values()))
        return len(entries) + len(updated)

    def _insert(self, side: Side, entries: list[_Prepared]) -> None:
        numbered = list(enumerate(entries, self._next_row))
        self._next_row += len(entries)
        self._changes += len(entries)
        self._tail[side] += sum(entry.vector is not None for entry, _ in entries)
        self._connection.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_columns(row, entry) for row, (entry, _) in numbered],
        )
        self._connection.executemany(
            "INSERT INTO record VALUES (?, ?)",
            [(row, entry.record) for row, (entry, _) in numbered],
        )
        self._tally.update((side.value, entry.kind) for entry, _ in entries)
        if numbered:
            lexical = self._lexical_writer(side)
            for row, (entry, texts) in numbered:
                lexical.add(row, entry.kind, texts)

    def _update(self, changed: list[tuple[int, Entry]]) -> None:
        """Change in place what is not text."""
        self._changes += len(changed)
        self._connection.executemany(
            "UPDATE record SET record = ? WHERE row = ?",
            [(entry.record, row) for row, entry in changed],
        )
        self._connection.executemany(
            "UPDATE entry SET valid_until = ?, disclosure = ?, organisation = ? WHERE row = ?",
            [(*_conditions(entry), row) for row, entry in changed],
        )

    def _bury(self, side: Side, dead: list[tuple[int, str]]) -> None:
        rows = [(row,) for row, _ in dead]
        self._changes += len(rows)
        self._tally.subtract((side.value, kind) for _, kind in dead)
        self._connection.executemany("DELETE FROM entry WHERE row = ?", rows)
        self._connection.executemany("DELETE FROM record WHERE row = ?", rows)
        generation = self._generations.get(side)
        covered = generation.covered if generation else 0
        self._connection.executemany(
            "INSERT INTO tombstone VALUES (?, ?, 1, ?)",
            [(row, side.value, row <= covered) for row, _ in dead],
        )

    def remove(self, side: Side, ids: Iterable[str]) -> int:
        """Remove entries; return how many were there."""
        wanted = tables.json_list(ids)
        connection = self._begun()
        with storage_errors(self.path):
            dead = connection.execute(
                "SELECT row, kind FROM entry"
                " WHERE side = ? AND id IN (SELECT value FROM json_each(?))",
                (side.value, wanted),
            ).fetchall()
            self._bury(side, dead)
        return len(dead)

    def _begun(self) -> sqlite3.Connection:
        """Return the connection inside a transaction."""
        if not self._lock.held:
            raise StateError("store.closed", path=str(self.path))
        if not self._connection.in_transaction:
            with storage_errors(self.path):
                self._begin()
        return self._connection

    def _begin(self) -> None:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        self._changes = 0
        self._tally: Counter[tuple[str, str]] = Counter()
        state = tables.read_state(connection)
        self._version = state["version"]
        self._next_row = state["next_row"]
        self._tail = {side: state[f"tail_{side}"] for side in Side}
        self._generations = tables.read_generations(connection)
        self._buried: dict[Side, list[int]] = {side: [] for side in Side}
        for side, row in connection.execute("SELECT side, row FROM tombstone WHERE in_lexical"):
            self._buried[Side(side)].append(row)
        if not self._clean:
            self._remove_leftovers()
            self._clean = True

    def _remove_leftovers(self) -> None:
        """Undo what a writer that was interrupted did before its SQLite commit."""
        known = {generation.file for generation in self._generations.values()}
        for stray in self.path.glob("vectors-*"):
            if stray.name not in known:
                stray.unlink()
        for side in Side:
            reader = LexicalReader.open(self._lexical_path(side))
            if reader is not None and reader.has_rows_from(self._next_row):
                self._lexical_writer(side).delete_from(self._next_row)

    def _lexical_path(self, side: Side) -> Path:
        return self.path / f"lexical-{side.value}"

    def _lexical_writer(self, side: Side) -> LexicalWriter:
        if side not in self._lexical:
            self._lexical[side] = LexicalWriter(self._lexical_path(side))
        return self._lexical[side]

    def commit(self) -> None:
        """Make every change so far last; without changes nothing happens."""
        self._begun()
        self._commit(building=False)

    def _commit(self, *, building: bool) -> None:
        try:
            with storage_errors(self.path):
                folding = [side for side in Side if self._wants_folding(side, building=building)]
                if self._changes or folding:
                    self._commit_lexical()
                    superseded = [file for side in folding for file in self._fold(side)]
                    self._commit_state()
                    for file in superseded:
                        (self.path / file).unlink(missing_ok=True)
        except BaseException:
            self._abandon()
            raise

    def _commit_lexical(self) -> None:
        for side, rows in self._buried.items():
            if rows:
                self._lexical_writer(side).delete(rows)
        for lexical in self._lexical.values():
            lexical.commit()

    def _wants_folding(self, side: Side, *, building: bool) -> bool:
        generation = self._generations.get(side)
        base = generation.vectors if generation else 0
        return self._too_many_dead(side) or vectors.wants_folding(
            base, self._tail[side], building=building
        )

    def _too_many_dead(self, side: Side) -> bool:
        generation = self._generations.get(side)
        if generation is None:
            return False
        (dead,) = self._connection.execute(
            "SELECT count(*) FROM tombstone WHERE in_graph AND side = ?", (side.value,)
        ).fetchone()
        return bool(dead > vectors.DEAD_SHARE * generation.vectors)

    def _fold(self, side: Side) -> list[str]:
        """Write the next graph of a side; return the files that it supersedes."""
        old = self._generations.get(side)
        afresh = self._too_many_dead(side)
        new = vectors.fold(
            self._connection,
            self.path,
            side,
            None if afresh else old,
            number=self._version + 1,
            dimensions=self.dimensions,
            threads=self._threads,
        )
        self._tail[side] = 0
        self._connection.execute("DELETE FROM generation WHERE side = ?", (side.value,))
        if new:
            self._connection.execute(
                "INSERT INTO generation VALUES (?, ?, ?, ?)",
                (side.value, new.file, new.covered, new.vectors),
            )
        if afresh:
            self._connection.execute(
                "UPDATE tombstone SET in_graph = 0 WHERE side = ?", (side.value,)
            )
        return [old.file] if old else []

    def _commit_state(self) -> None:
        connection = self._connection
        buried = [(row,) for rows in self._buried.values() for row in rows]
        connection.executemany("UPDATE tombstone SET in_lexical = 0 WHERE row = ?", buried)
        connection.execute("DELETE FROM tombstone WHERE NOT in_lexical AND NOT in_graph")
        connection.executemany(
            "INSERT INTO tally VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
            [(side, kind, change) for (side, kind), change in self._tally.items()],
        )
        connection.execute("DELETE FROM tally WHERE entries = 0")
        state = {"version": self._version + 1, "next_row": self._next_row}
        state |= {f"tail_{side}": tail for side, tail in self._tail.items()}
        connection.executemany(
            "UPDATE state SET value = ? WHERE name = ?",
            [(value, name) for name, value in state.items()],
        )
        connection.execute("COMMIT")

    def rollback(self) -> None:
        """Forget every change since the last commit."""
        self._begun()
        self._abandon()

    def _abandon(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._lexical.clear()
        self._clean = False

    def close(self) -> None:
        """Forget what is not committed and let others write."""
        if not self._lock.held:
            return
        try:
            with storage_errors(self.path):
                if self._connection.in_transaction:
                    self._abandon()
                for lexical in self._lexical.values():
                    lexical.close()
                self._lexical.clear()
                self._connection.close()
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()


def _conditions(entry: Entry) -> tuple[str | None, str, str]:
    until = entry.valid_until.isoformat() if entry.valid_until else None
    return until, entry.disclosure, entry.organisation


def _columns(row: int, entry: Entry) -> tuple[object, ...]:
    vector = None if entry.vector is None else entry.vector.tobytes()
    text = (row, entry.side.value, entry.id, entry.kind, entry.text_hash, entry.terms, vector)
    return (*text, *_conditions(entry))
