"""Whole documents in the official style, read as a person would mark them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guantong.reading.statements import StatementKind, read_statements

FOLDER = Path(__file__).parents[3] / "golden" / "reading"
KINDS = [kind for kind in StatementKind if kind is not StatementKind.MENTION]


def reading(name: str) -> list[dict[str, object]]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    records = [statement.to_json() for statement in read_statements(text, kinds=KINDS)]
    for record in records:
        for field in ("start", "end", "confidence", "block"):
            record.pop(field)
    return records


DOCUMENTS = [path.stem for path in sorted(FOLDER.glob("*.txt"))]


def test_there_are_documents_of_each_kind() -> None:
    kinds = {name.split("_")[0] for name in DOCUMENTS}
    assert kinds == {"news", "report", "measures", "notice"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_as_recorded(name: str) -> None:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert reading(name) == [json.loads(line) for line in lines]
