"""Writes the pages that come out of the code: ``python tests/docs/reference_pages.py``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guantong.records import kinds

if TYPE_CHECKING:
    from guantong.records import Kind
    from guantong.records.columns import Column

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
HEAD = """\
# Records and their columns 记录与列

<!-- Written by tests/docs/reference_pages.py; edit src/guantong/records/kinds instead. -->

Every kind of record is one table. A column is recognised by its Chinese header, its English
header or its key, upper or lower case, with or without the unit, and by the other names that are
listed. A column that nobody knows is kept with the record under its own name.
每一类记录就是一张表。列名写中文、英文或键名都认得，别名也认得；不认识的列按原名随记录保留。

Marks 标记：

| mark | meaning | 含义 |
|---|---|---|
| ! | must be filled | 必填 |
| m | several values in one cell, parted by 、；;， | 一格可填多个 |
| p | personal data, never searched | 个人信息，不参与检索 |
| x | recognised and never read | 只识别，不读取 |
| r | read and written, not in the template | 能读写，模板中不出现 |
"""


def records_page() -> str:
    """Return the page of all kinds and their columns."""
    shipped = [kind for kind in kinds.all_kinds() if kind.record.__module__.startswith("guantong.")]
    overview = [
        "| kind 类别 | 中文 | English | side 方 | answers 可匹配 |",
        "|---|---|---|---|---|",
        *(
            f"| [`{kind.name}`](#{kind.name}) | {kind.zh} | {kind.en} | {kind.side} | "
            f"{', '.join(f'`{name}`' for name in kind.matched_with)} |"
            for kind in shipped
        ),
    ]
    return "\n".join([HEAD, *overview, "", *("\n".join(_section(kind)) for kind in shipped)])


def _section(kind: Kind) -> list[str]:
    rows = [_row(column) for column in kind.columns]
    head = [
        "| key 键 | 中文列名 | English header | marks | also, choices 别名、可选值 |",
        "|---|---|---|---|---|",
    ]
    return [f'## <a id="{kind.name}"></a>{kind.zh} `{kind.name}`', "", *head, *rows, ""]


def _row(column: Column) -> str:
    marks = {
        "!": column.required,
        "m": type(column.codec).__name__ in ("ListCodec", "IndustriesCodec"),
        "p": column.personal,
        "x": column.dropped,
        "r": column.rare,
    }
    shown = "".join(mark for mark, is_so in marks.items() if is_so)
    notes = "、".join(column.also)
    if column.choices:
        choices = " / ".join(dict.fromkeys(choice.zh for choice in column.choices))
        notes = f"{notes}<br>" * bool(notes) + choices
    cells = (f"`{column.key}`", column.label("zh"), column.label("en"), shown, notes)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


PAGES = {"records.md": records_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
