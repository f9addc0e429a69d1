"""Many files at once: which there are to read, and each read or refused with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from guantong.errors import GuantongError, InputError, NotFoundError
from guantong.reading.documents import Limits, read_document
from guantong.reading.sources import Reading
from guantong.reading.statements import StatementKind, read_statements

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence


ENDINGS = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml"}
    | {".docx", ".pdf", ".xlsx", ".png", ".jpg", ".jpeg"}
)
"""The endings of files that are read from a folder; a file named outright is always tried."""

_DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Item:
    """A file to read: its path, the name it is shown by, and where its output belongs."""

    path: Path
    name: str
    output: Path


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not be read, and why."""

    item: Item
    error: GuantongError


def items_in(paths: Iterable[Path | str]) -> tuple[Item, ...]:
    """Return the files that ``paths`` stand for: files as they are, folders with all below.

    In a folder hidden files and formats that are not read are passed over. The output of
    ``NAME.txt`` is ``NAME``; of files that differ in their ending only the text file keeps that
    name and the others keep their ending (``NAME.pdf``). Raises ``NotFoundError`` for a path that
    is not there and ``InputError`` where there is nothing to read.
    """
    found: dict[Path, tuple[Path, str]] = {}
    given = [Path(path) for path in paths]
    for path in given:
        if path.is_dir():
            for file in _files_below(path):
                found.setdefault(file.resolve(), (file, file.relative_to(path).as_posix()))
        elif path.exists():
            found.setdefault(path.resolve(), (path, path.name))
        else:
            raise NotFoundError("documents.not_found", file=str(path))
    if not found:
        shown = ", ".join(str(path) for path in given)
        raise InputError("reading.error.nothing", path=shown, known=" ".join(sorted(ENDINGS)))
    return tuple(_named(list(found.values())))


def _files_below(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix.lower() in ENDINGS
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        # Word leaves such files beside an open document.
        and not file.name.startswith("~$")
    )


def _named(files: Sequence[tuple[Path, str]]) -> Iterator[Item]:
    stems = Counter(Path(name).with_suffix("") for _, name in files)
    names = Counter(name for _, name in files)
    used: set[Path] = set()
    for path, name in files:
        shown = name if names[name] == 1 else path.as_posix()
        output = Path(name).with_suffix("")
        if stems[output] > 1 and path.suffix.lower() != ".txt":
            output = Path(name)
        number = 1
        while output in used:
            number += 1
            output = Path(name).with_name(f"{Path(name).stem}-{number}")
        used.add(output)
        yield Item(path, shown, output)


def read_items(
    items: Iterable[Item],
    *,
    kinds: Collection[StatementKind | str] | None = None,
    reference_date: datetime.date | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    progress: Callable[[Item, int, int], None] | None = None,
) -> Iterator[tuple[Item, Reading | Refusal]]:
    """Read one file after the other; a file that cannot be read does not stop the rest.

    ``progress`` is told the file, its pages read and its pages in all, where it has pages.
    """
    for item in items:
        tell = partial(progress, item) if progress else None
        try:
            document = read_document(item.path, name=item.name, progress=tell, limits=limits)
        except GuantongError as error:
            yield item, Refusal(item, error)
            continue
        statements = read_statements(document, kinds=kinds, reference_date=reference_date)
        yield item, Reading(document=document, statements=tuple(statements))
