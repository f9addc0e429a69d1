"""Writing an output so that it is there as a whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from guantong.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path


def check_target(target: Path, endings: Sequence[str], inputs: Collection[Path] = ()) -> str:
    """Return which of ``endings`` an output has; refuse it where it cannot be written.

    Called before long work. An output that would overwrite one of ``inputs`` is refused too.
    """
    ending = next((each for each in endings if target.name.lower().endswith(each)), None)
    if target.is_dir():
        raise InputError("reading.error.is_folder", file=str(target))
    if ending is None:
        known = " ".join(endings)
        raise InputError("reading.error.unknown_ending", file=str(target), known=known)
    folder = target.resolve().parent
    if not folder.is_dir():
        raise InputError("reading.error.no_folder", file=str(target), folder=str(target.parent))
    if not os.access(folder, os.W_OK):
        raise _unwritable(target, os.strerror(13))
    if target.resolve() in {path.resolve() for path in inputs}:
        raise InputError("reading.error.is_input", file=str(target))
    return ending


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary path beside ``target`` that takes its place once the block is done.

    Where the block fails, ``target`` stays as it was. A device or a pipe is written to as it is.
    """
    if target.exists() and not target.is_file():
        yield target
        return
    real = target.resolve()
    temporary = real.with_name(f".{secrets.token_hex(4)}.{real.name}"[:200])
    try:
        yield temporary
        if real.exists():
            temporary.chmod(real.stat().st_mode & 0o777)
        temporary.replace(real)
    except OSError as error:
        raise _unwritable(target, error.strerror or str(error)) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_text(target: Path, text: str) -> None:
    """Write a text in UTF-8 as a whole or not at all."""
    with replacing(target) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def make_folder(folder: Path) -> None:
    """Create a folder for outputs, with those above it, unless it is there."""
    if folder.exists() and not folder.is_dir():
        raise InputError("reading.error.is_file", file=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from error


def _unwritable(path: Path, reason: str) -> InputError:
    return InputError("reading.error.unwritable", file=str(path), reason=reason)
