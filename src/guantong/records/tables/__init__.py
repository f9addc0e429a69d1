"""Tables in and out: CSV, XLSX and JSONL, by one call each way."""

from __future__ import annotations

from guantong.records.tables.grid import DEFAULT_LIMITS, Limits
from guantong.records.tables.reading import ReadResult, read_records, stream_records
from guantong.records.tables.template import write_template
from guantong.records.tables.writing import record_object, write_records

__all__ = [
    "DEFAULT_LIMITS",
    "Limits",
    "ReadResult",
    "read_records",
    "record_object",
    "stream_records",
    "write_records",
    "write_template",
]
