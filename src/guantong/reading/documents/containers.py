"""Archives opened with care: what they unpack to is limited, XML may declare nothing."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.parsers import expat

from guantong.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from guantong.reading.documents.model import Limits

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 18
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def refuse_ole(data: bytes, name: str) -> None:
    """Refuse an OLE file: an encrypted DOCX or XLSX, or the format of Office before 2007."""
    if data.startswith(OLE_MAGIC):
        locked = _ENCRYPTED in data
        raise InputError("documents.password" if locked else "documents.old_office", file=name)


class Archive:
    """A ZIP file whose parts are read within limits."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
            raise self._damaged() from error
        entries = self._zip.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise InputError("documents.password", file=name)
        declared = sum(entry.file_size for entry in entries)
        largest = max((entry.file_size for entry in entries), default=0)
        if declared > limits.unpacked_bytes or largest > limits.part_bytes:
            raise self._too_large(limits)
        self.parts = frozenset(entry.filename for entry in entries)

    def read(self, part: str) -> bytes:
        """Return one part; what it really unpacks to is counted, whatever it declares."""
        received = bytearray()
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    received += chunk
                    self._unpacked += len(chunk)
                    if self._unpacked > self._limits.unpacked_bytes:
                        raise self._too_large(self._limits)
                    if len(received) > self._limits.part_bytes:
                        raise self._too_large(self._limits)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError) as error:
            raise self._damaged() from error
        except (OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise self._damaged() from error
        except _zlib_error() as error:
            raise self._damaged() from error
        return bytes(received)

    def check(self) -> None:
        """Unpack every part once and throw it away, for libraries that unpack by themselves."""
        for part in sorted(self.parts):
            if not part.endswith("/"):
                self.read(part)

    def _damaged(self) -> InputError:
        return InputError("documents.damaged", file=self._name)

    def _too_large(self, limits: Limits) -> InputError:
        megabytes = limits.unpacked_bytes // (1024 * 1024)
        return InputError("documents.unpacks_too_large", file=self._name, limit=megabytes)


def _zlib_error() -> type[Exception]:
    import zlib

    return zlib.error


def parse_xml(
    data: bytes,
    name: str,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk through an XML part; names come as ``namespace}tag``; a DOCTYPE is refused.

    Without a DOCTYPE there is neither an external nor a multiplying entity.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.buffer_text = True
    if text is not None:
        parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise InputError("documents.doctype", file=name)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError("documents.damaged", file=name) from error
