"""Pictures are left to the optional part; without it the message says what to install."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from document_makers import column, pdf, picture_pdf

from guantong.errors import ConfigurationError
from guantong.reading.documents import read_document
from guantong.reading.documents.readers import ocr
from guantong.reading.documents.readers.layout import Segment

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
LINES = ["关于组织申报的通知", "对新建中试平台，按总投资的30%、最高不超过1000", "万元给予补助。"]


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)


@pytest.fixture
def recognising(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put an engine in place that finds ``LINES`` on every picture."""

    def engine(picture: Any) -> SimpleNamespace:
        boxes = [
            [[100 if n else 200, 100 + 60 * n], [900, 0], [900, 0], [100, 140 + 60 * n]]
            for n in range(3)
        ]
        for n, box in enumerate(boxes):
            box[1] = [900 if n < 2 else 300, 100 + 60 * n]
            box[2] = [900 if n < 2 else 300, 140 + 60 * n]
        return SimpleNamespace(
            boxes=[*boxes, boxes[0]], txts=[*LINES, "污点"], scores=[0.99, 0.97, 0.98, 0.2]
        )

    monkeypatch.setattr(ocr, "find_spec", lambda name: object())
    monkeypatch.setattr(ocr, "_engine", lambda: engine)


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize(("data", "name"), [(PNG, "a.png"), (picture_pdf(), "a.pdf")])
def test_without_the_optional_part_the_message_names_it(data: bytes, name: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_document(data, name=name)
    assert refused.value.code == "documents.ocr_missing"
    assert refused.value.params["file"] == name


@pytest.mark.usefixtures("recognising")
def test_a_scanned_page_is_read_into_points_of_the_page() -> None:
    document = read_document(picture_pdf(), name="a.pdf")
    assert document.text.replace("\n", "") == "".join(LINES)
    assert document.remarks == ()


@pytest.mark.usefixtures("recognising")
def test_what_is_recognised_without_certainty_is_left_out() -> None:
    recognise = ocr.recogniser()
    assert recognise is not None
    found = recognise(object())
    assert [part.text for part in found] == LINES
    assert found[1] == Segment(LINES[1], 100.0, 900.0, 160.0, 200.0)


def test_a_page_with_text_needs_no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise AssertionError(name)

    monkeypatch.setattr(ocr, "find_spec", fail)
    text = "支持企业与高校院所共建联合实验室，开展关键核心技术攻关。"
    assert read_document(pdf([column(text, 80, 100, width=30)]), name="a.pdf").blocks
