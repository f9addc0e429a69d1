"""A report into a file of the format that the file's ending names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guantong.matching.reports.objects import write_objects
from guantong.matching.reports.page import write_page
from guantong.matching.reports.rows import write_csv_rows
from guantong.records.output import check_target, replacing

if TYPE_CHECKING:
    from guantong.matching.reports.model import MatchReport
    from guantong.messages import Language

ENDINGS = (".xlsx", ".csv", ".jsonl", ".html")
"""The endings of the files that a report can be written to."""


def write_report(path: Path | str, report: MatchReport, *, lang: Language = "zh") -> None:
    """Write a report in the format that the file's ending names, as a whole or not at all.

    Raises :class:`InputError` for another ending and for a place that cannot be written to.
    """
    target = Path(path)
    ending = check_target(target, ENDINGS)
    with replacing(target) as temporary:
        if ending == ".xlsx":
            from guantong.matching.reports.workbook import write_workbook

            write_workbook(temporary, report, lang)
        else:
            _write_text(temporary, ending, report, lang)


def _write_text(path: Path, ending: str, report: MatchReport, lang: Language) -> None:
    # Excel takes a CSV without the mark for the local encoding and shows scrambled characters.
    encoding = "utf-8-sig" if ending == ".csv" else "utf-8"
    newline = "" if ending == ".csv" else "\n"
    writer = {".csv": write_csv_rows, ".jsonl": write_objects, ".html": write_page}[ending]
    with path.open("w", encoding=encoding, newline=newline) as target:
        writer(target, report, lang)
