"""One writer at a time: a lock file that its owner's death sets free."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from guantong.errors import LockedError

if TYPE_CHECKING:
    from pathlib import Path

LOCK = "writer.lock"


class WriterLock:
    """The right to write into an index directory, held until :meth:`release`."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(self._descriptor, 32).decode("ascii", "replace").strip() or "?"
            os.close(self._descriptor)
            raise LockedError("store.locked", path=str(path), pid=owner) from None
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode("ascii"), 0)

    @property
    def held(self) -> bool:
        """Whether the right is still held."""
        return self._descriptor >= 0

    def release(self) -> None:
        """Let the next writer in; the file stays, since removing it would race with them."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
