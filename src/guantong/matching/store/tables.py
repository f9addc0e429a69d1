"""The SQLite file of an index: its tables, and opening it with clear errors."""

from __future__ import annotations

import errno
import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from guantong.errors import ConfigurationError, StateError
from guantong.matching.store.lock import LOCK
from guantong.matching.store.protocol import Side
from guantong.matching.store.vectors import Generation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

DATABASE = "index.sqlite"
FORMAT = 1
APPLICATION = 0x47544958
"""The application id in the header of the file: GTIX."""

SCHEMA = """
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
    row INTEGER PRIMARY KEY,
    side TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    terms BLOB NOT NULL,
    vector BLOB,
    valid_until TEXT,
    disclosure TEXT NOT NULL,
    organisation TEXT NOT NULL
);
CREATE UNIQUE INDEX entry_id ON entry (side, id);
CREATE INDEX entry_kind ON entry (side, kind);
CREATE TABLE record (row INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE tally (
    side TEXT NOT NULL, kind TEXT NOT NULL, entries INTEGER NOT NULL, PRIMARY KEY (side, kind)
) WITHOUT ROWID;
CREATE TABLE tombstone (
    row INTEGER PRIMARY KEY,
    side TEXT NOT NULL,
    in_lexical INTEGER NOT NULL,
    in_graph INTEGER NOT NULL
);
CREATE TABLE generation (
    side TEXT PRIMARY KEY, file TEXT NOT NULL, covered INTEGER NOT NULL, vectors INTEGER NOT NULL
) WITHOUT ROWID;
"""
# Records stand apart so that the rows ranking reads by the hundred lie close together;
# a tombstone is a dead row that the lexical index or the graph may still return.


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what the back-ends raise into errors that say what is the matter with ``path``."""
    try:
        yield
    except (sqlite3.OperationalError, OSError, ValueError) as error:
        raise _explained(path, error) from error
    except sqlite3.DatabaseError as error:
        raise StateError("store.damaged", path=str(path), reason=str(error)) from error


def _explained(path: Path, error: Exception) -> StateError:
    reason = str(error)
    lowered = reason.lower()
    if isinstance(error, PermissionError) or "permission denied" in lowered:
        return StateError("store.not_writable", path=str(path), reason=reason)
    if any(words in lowered for words in ("readonly", "read-only", "unable to open")):
        return StateError("store.not_writable", path=str(path), reason=reason)
    full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    if full or any(words in lowered for words in ("full", "no space", "i/o error", "ioerror")):
        return StateError("store.write_failed", path=str(path), reason=reason)
    return StateError("store.damaged", path=str(path), reason=reason)


def connect(path: Path) -> sqlite3.Connection:
    """Open the SQLite file of the index directory ``path`` without checking what it is."""
    connection = sqlite3.connect(
        path / DATABASE, isolation_level=None, check_same_thread=False, timeout=30.0
    )
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA journal_size_limit = 67108864")
    return connection


def check_directory(path: Path) -> None:
    """Refuse a path where an index neither is nor may be made."""
    if not path.exists() or (path / DATABASE).exists():
        return
    if not path.is_dir():
        raise StateError("store.not_a_directory", path=str(path))
    strangers = sorted(entry.name for entry in path.iterdir() if entry.name != LOCK)
    if strangers:
        raise StateError("store.foreign_directory", path=str(path), found=strangers[0])


def is_blank(connection: sqlite3.Connection) -> bool:
    """Return whether the file holds nothing yet, as after a creation that was interrupted."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(tables == 0 and application == 0)


def create(connection: sqlite3.Connection, dimensions: int, settings: Mapping[str, str]) -> None:
    """Write the tables of a new index in one transaction."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    for statement in SCHEMA.split(";\n"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.executemany("INSERT INTO setting VALUES (?, ?)", settings.items())
    state = {"version": 0, "next_row": 1, "dimensions": dimensions}
    state |= {f"tail_{side}": 0 for side in Side}
    connection.executemany("INSERT INTO state VALUES (?, ?)", state.items())
    connection.execute("COMMIT")


def check(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a file that is no index or has another format."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise StateError("store.not_an_index", path=str(path))
    if found != FORMAT:
        raise StateError("store.format", path=str(path), found=found, expected=FORMAT)


def read_state(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the counters of the index: version, next_row, dimensions, tail_<side>."""
    return dict(connection.execute("SELECT name, value FROM state"))


def read_generations(connection: sqlite3.Connection) -> dict[Side, Generation]:
    """Return the graph file of each side that has one."""
    rows = connection.execute("SELECT side, file, covered, vectors FROM generation")
    return {Side(side): Generation(*rest) for side, *rest in rows}


def read_settings(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what the index was made with."""
    return dict(connection.execute("SELECT name, value FROM setting ORDER BY name"))


def check_settings(
    path: Path, stored: Mapping[str, object], given: Mapping[str, object] | None
) -> None:
    """Refuse settings that differ from those the index was made with."""
    for name, value in sorted((given or {}).items()):
        if stored.get(name) != value:
            raise ConfigurationError(
                "store.settings",
                path=str(path),
                name=name,
                stored=stored.get(name, "–"),
                given=value,
            )


def connect_or_create(
    path: Path, dimensions: int | None, settings: Mapping[str, str] | None
) -> sqlite3.Connection:
    """Open the SQLite file for writing; with ``dimensions`` its tables are made where missing."""
    connection = connect(path)
    try:
        if dimensions is not None and is_blank(connection):
            create(connection, dimensions, settings or {})
        check(path, connection)
        stored: dict[str, object] = dict(read_settings(connection))
        stored["dimensions"] = read_state(connection)["dimensions"]
        given: dict[str, object] = dict(settings or {})
        if dimensions is not None:
            given["dimensions"] = dimensions
        check_settings(path, stored, given)
    except BaseException:
        connection.close()
        raise
    return connection


def json_list(values: Iterable[object]) -> str:
    """Return ``values`` as the argument of json_each, which takes lists of any length."""
    return json.dumps(list(values))
