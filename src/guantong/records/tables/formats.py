"""Which format a file is in, and what makes a file unusable before a row is read."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from typing import TYPE_CHECKING

from guantong.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from guantong.records.tables.grid import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Format(StrEnum):
    """A table format."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


_ENDINGS = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".txt": Format.CSV,
    ".xlsx": Format.XLSX,
    ".xlsm": Format.XLSX,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSONL,
    ".jsonl.gz": Format.JSONL,
    ".ndjson.gz": Format.JSONL,
    ".json.gz": Format.JSONL,
}


def format_of_name(path: Path) -> Format:
    """Return the format that the file's name promises."""
    name = path.name.lower()
    for ending, known in _ENDINGS.items():
        if name.endswith(ending):
            return known
    if name.endswith((".xls", ".et")):
        raise InputError("tables.old_workbook", file=path.name)
    known_endings = ".csv .tsv .xlsx .jsonl .jsonl.gz .json"
    raise InputError("tables.unknown_format", file=path.name, known=known_endings)


def checked_format(path: Path, limits: Limits) -> Format:
    """Return the format of an existing file after the checks that need no parsing."""
    try:
        if path.is_dir():
            raise InputError("tables.is_directory", file=str(path))
        if not path.exists():
            raise InputError("tables.no_file", file=str(path))
        found = format_of_name(path)
        with path.open("rb") as source:
            start = source.read(8)
    except OSError as error:
        raise InputError("tables.unreadable", file=str(path), reason=error.strerror) from error
    if not start:
        raise InputError("tables.empty_file", file=path.name)
    _check_content(path, found, start)
    if found is Format.XLSX:
        _check_workbook(path, limits)
    return found


def _check_content(path: Path, found: Format, start: bytes) -> None:
    """Refuse a file whose content is of another format than its name says."""
    workbook = start.startswith((b"PK\x03\x04", _OLE))
    if found is Format.XLSX and start.startswith(_OLE):
        code = "tables.password" if _mentions(path, _ENCRYPTED) else "tables.old_workbook"
        raise InputError(code, file=path.name)
    if found is Format.XLSX and not workbook:
        raise InputError("tables.broken_workbook", file=path.name)
    if found is not Format.XLSX and workbook:
        raise InputError("tables.other_content", file=path.name, format="XLSX")


def _mentions(path: Path, words: bytes) -> bool:
    with path.open("rb") as source:
        tail = b""
        while chunk := source.read(1 << 20):
            if words in tail + chunk:
                return True
            tail = chunk[-len(words) :]
    return False


def _check_workbook(path: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            encrypted = any(entry.flag_bits & 1 for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise InputError("tables.broken_workbook", file=path.name) from error
    if unpacked > limits.workbook_bytes:
        raise InputError("tables.too_large", file=path.name)
    if encrypted:
        raise InputError("tables.password", file=path.name)
