"""Writing a file so that it is there as a whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from guantong.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


def check_target(path: Path, endings: Sequence[str], inputs: Collection[Path] = ()) -> str:
    """Return which of ``endings`` a file to be written has; refuse it where it cannot be written.

    Called before long work, so that nobody waits for a result that has no place to go. A target
    that would overwrite one of ``inputs`` is refused too.
    """
    if path.is_dir():
        raise InputError("output.is_directory", file=str(path))
    ending = next((each for each in endings if path.name.lower().endswith(each)), None)
    if ending is None:
        raise InputError("output.unknown_ending", file=str(path), known=" ".join(endings))
    folder = path.resolve().parent
    if not folder.is_dir():
        raise InputError("output.no_folder", file=str(path), folder=str(path.parent))
    if not os.access(folder, os.W_OK):
        raise _unwritable(path, os.strerror(13))
    if path.resolve() in {each.resolve() for each in inputs}:
        raise InputError("output.is_input", file=str(path))
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


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8 as a whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def make_folder(folder: Path) -> None:
    """Create a folder for outputs, with those above it, unless it is there."""
    if folder.exists() and not folder.is_dir():
        raise InputError("output.is_file", file=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from error


def _unwritable(path: Path, reason: str) -> InputError:
    return InputError("output.unwritable", file=str(path), reason=reason)
