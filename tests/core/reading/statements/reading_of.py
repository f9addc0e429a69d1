"""Short ways to read a sentence in a test: as news, as a report's section, as measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guantong.reading.statements import read_statements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guantong.reading.statements import Statement

REPORT_PAST = "一、2031年工作回顾\n"
REPORT_PERIOD = "一、“十五五”时期工作回顾\n"
REPORT_NEXT = "三、2032年重点工作\n"
MEASURES = "关于支持成果转化的若干措施\n"
YEAR = "\n四、2032年重点工作\n再接再厉。"


def read(text: str, kind: str) -> list[dict[str, Any]]:
    """Return the records of one kind as plain values."""
    return [statement.to_json() for statement in read_statements(text, kinds=[kind])]


def statements(text: str, kind: str) -> list[Statement]:
    return read_statements(text, kinds=[kind])


def past(text: str, kind: str = "indicator") -> list[dict[str, Any]]:
    """Read a paragraph of a report's part on the year that is over (2031)."""
    return read(REPORT_PAST + text + YEAR, kind)


def period(text: str, kind: str = "indicator") -> list[dict[str, Any]]:
    """Read a paragraph of a report's part on the plan that is over (2026-2030)."""
    return read("一、“十五五”时期工作回顾\n" + text + "\n三、2031年重点工作\n再接再厉。", kind)


def ahead(text: str, kind: str = "indicator") -> list[dict[str, Any]]:
    """Read a paragraph of a report's part on the year to come (2032)."""
    return read(REPORT_NEXT + text, kind)


def measures(text: str) -> list[dict[str, Any]]:
    """Read an article of funding measures."""
    return read(MEASURES + text, "support")


def triples(records: Sequence[dict[str, Any]]) -> list[tuple[str, float, str]]:
    return [(record["indicator"], record["value"], record["unit"]) for record in records]


def money(records: Sequence[dict[str, Any]]) -> list[tuple[float | None, ...]]:
    return [(record["rate"], record["amount"], record["cap"]) for record in records]
