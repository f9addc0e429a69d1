"""What was read as files: JSON lines, workbooks and pages, each whole or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from guantong.reading.exports.lines import record_lines
from guantong.records.output import check_target, replacing, write_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from guantong.messages import Language
    from guantong.reading.comparison import Comparison
    from guantong.reading.digest import Digest
    from guantong.reading.sources import Reading

__all__ = [
    "COMPARISON_ENDINGS",
    "DIGEST_ENDINGS",
    "READING_ENDINGS",
    "comparison_as",
    "digests_as",
    "record_lines",
    "write_comparison",
    "write_digests",
    "write_readings",
]

READING_ENDINGS = (".jsonl", ".xlsx", ".html")
"""The endings of the files that records can be written to."""
DIGEST_ENDINGS = (".txt", ".html", ".json")
"""The endings of the files that a digest can be written to."""
COMPARISON_ENDINGS = (".txt", ".html", ".xlsx", ".json")
"""The endings of the files that a comparison can be written to."""


def write_readings(
    target: Path, readings: Sequence[Reading], *, lang: Language = "zh", explained: bool = False
) -> None:
    """Write records as JSON lines, as a workbook or as a page, as the ending says."""
    ending = check_target(target, READING_ENDINGS)
    if ending == ".jsonl":
        lines = record_lines(readings, lang=lang, explained=explained)
        write_text(target, "".join(f"{line}\n" for line in lines))
    elif ending == ".xlsx":
        from guantong.reading.exports import workbook

        with replacing(target) as temporary:
            workbook.write_readings(temporary, readings, lang, explained=explained)
    else:
        from guantong.reading.exports.page import reading_page

        write_text(target, "\n".join(reading_page(readings, lang, explained=explained)))


def write_digests(target: Path, digests: Sequence[Digest], *, lang: Language = "zh") -> None:
    """Write digests as text, as a page or as JSON, as the ending says."""
    write_text(target, digests_as(check_target(target, DIGEST_ENDINGS)[1:], digests, lang=lang))


def digests_as(form: str, digests: Sequence[Digest], *, lang: Language = "zh") -> str:
    """Return digests as ``txt``, ``html`` or ``json``."""
    from guantong.reading.exports.digests import digest_object, digest_page, digest_text

    if form == "json":
        values = [digest_object(each) for each in digests]
        return json.dumps(values, ensure_ascii=False, indent=1) + "\n"
    make = digest_page if form == "html" else digest_text
    return "\n".join(make(digests, lang)) + "\n"


def write_comparison(target: Path, found: Comparison, *, lang: Language = "zh") -> None:
    """Write a comparison as text, page, workbook or JSON, as the ending says."""
    ending = check_target(target, COMPARISON_ENDINGS)
    if ending != ".xlsx":
        write_text(target, comparison_as(ending[1:], found, lang=lang))
        return
    from guantong.reading.exports import workbook

    with replacing(target) as temporary:
        workbook.write_comparison(temporary, found, lang)


def comparison_as(form: str, found: Comparison, *, lang: Language = "zh") -> str:
    """Return a comparison as ``txt``, ``html`` or ``json``."""
    from guantong.reading.exports.comparisons import (
        comparison_object,
        comparison_page,
        comparison_text,
    )

    if form == "json":
        return json.dumps(comparison_object(found), ensure_ascii=False, indent=1) + "\n"
    make = comparison_page if form == "html" else comparison_text
    return "\n".join(make(found, lang)) + "\n"
