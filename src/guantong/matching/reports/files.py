"""Writing a file so that it is there as a whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from guantong.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def check_target(path: Path, endings: Sequence[str]) -> str:
    """Return which of ``endings`` a file to be written has; refuse it where it cannot be written.

    Called before long work, so that nobody waits for a result that has no place to go.
    """
    ending = next((each for each in endings if path.name.lower().endswith(each)), None)
    if ending is None:
        raise InputError("report.unknown_ending", file=str(path), known=" ".join(endings))
    if path.is_dir():
        raise InputError("report.is_directory", file=str(path))
    folder = path.resolve().parent
    if not folder.is_dir():
        raise InputError("report.no_folder", file=str(path), folder=str(path.parent))
    if not os.access(folder, os.W_OK):
        raise _unwritable(path, os.strerror(13))
    return ending


@contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Give a temporary path beside ``path`` that takes its place once the block is done.

    Where the block fails, ``path`` stays as it was and the temporary file goes. A device or a
    pipe is written to as it is.
    """
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        yield target
        return
    ending = "".join(target.suffixes[-2:])
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}{ending}")
    try:
        yield temporary
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except OSError as error:
        raise _unwritable(Path(path), error.strerror or str(error)) from error
    except InputError as error:
        # The error of a writer below names the temporary file; people know only their own.
        if error.params.get("file") == str(temporary):
            raise InputError(error.code, **{**error.params, "file": str(path)}) from error
        raise
    finally:
        temporary.unlink(missing_ok=True)


def _unwritable(path: Path, reason: str) -> InputError:
    return InputError("tables.unwritable", file=str(path), reason=reason)
