"""A record as bytes for storage, and back: JSON, so that an index can be read without Guantong."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from guantong.errors import InputError, NotFoundError, StateError
from guantong.records import kinds
from guantong.records.tables.headers import layout
from guantong.records.tables.rows import RowReader
from guantong.records.tables.writing import record_object

if TYPE_CHECKING:
    from guantong.records.model import Record


def dump_record(record: Record) -> bytes:
    """Return a record as one JSON object in UTF-8; where it was read is not kept.

    Raises :class:`InputError` for one that could not be read back: without a kind, without a title
    or with characters that are no text.
    """
    if not record.title.strip():
        raise InputError("stored.no_title", id=record.id)
    text = json.dumps(record_object(record), ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        shown = record.id.encode(errors="replace").decode()
        raise InputError("stored.bad_text", id=shown) from error


def load_record(stored: bytes) -> Record:
    """Return the record that :func:`dump_record` wrote; raises :class:`StateError` otherwise."""
    try:
        value = json.loads(stored)
        reader = _reader(str(value["kind"]), tuple(value))
    except (ValueError, TypeError, KeyError) as error:
        shown = stored[:60].decode(errors="replace")
        raise StateError("stored.not_a_record", value=shown) from error
    except NotFoundError as error:
        raise StateError("stored.unknown_kind", kind=value["kind"]) from error
    record, problems = reader.read(tuple(value.values()), 0)
    if record is None:
        raise StateError("stored.not_a_record", value=str(problems[0].value))
    return record


@lru_cache(maxsize=4096)
def _reader(kind: str, keys: tuple[str, ...]) -> RowReader:
    return RowReader(layout(kinds.get(kind), keys), "", "", None, {})
