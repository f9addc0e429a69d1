"""A sentence broken by a line, column or page is whole again; what ends is not run together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.reading.documents import BlockKind, read_document

TITLE = "# 临江召开大会"
LONG = (
    "会议强调，要坚持稳中求进工作总基调，统筹推进科技创新和产业创新，支持企业牵头组建创新联合体，"
    "加快建设中试平台，推动更多成果从实验室走向生产线，为高质量发展注入新动能。"
)


def cleaned(text: str) -> list[str]:
    document = read_document(text.encode(), name="a.txt")
    return [block.clean for block in document.body if block.kind is not BlockKind.TITLE]


@settings(max_examples=60)
@given(st.integers(20, len(LONG) - 2), st.sampled_from(["\n\n", "\n\n\n", "\n", "\r\n\r\n"]))
def test_a_sentence_broken_anywhere_is_mended(place: int, gap: str) -> None:
    assert cleaned(f"{TITLE}\n\n{LONG[:place]}{gap}{LONG[place:]}\n") == [LONG]


def test_a_paragraph_broken_several_times_is_one_block() -> None:
    parts = (LONG[:25], LONG[25:50], LONG[50:])
    assert cleaned(TITLE + "\n\n" + "\n\n".join(parts)) == [LONG]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LONG, LONG),
        ("会议指出，要抓好三件事：", "一是加大投入，扩大规模，提升效能。"),
        ("要加快建设，持续推进，形成合力", "一、强化组织领导"),
        ("要加快建设，持续推进，形成合力", "（一）强化组织领导"),
        ("要加快建设，持续推进，形成合力", "## 下一节"),
        ("发文机关：临江市人民政府、临江市科技局", "适用期：2026年至2028年"),
        ("他说，这项成果“填补了国内空白、达到领先水平”", "专家认为，下一步应当加快转化。"),
        ("推动创新发展，服务产业升级。 李明", "会议还研究了其他事项。"),
    ],
    ids=["sentence", "colon", "comma mark", "bracket mark", "heading", "keys", "quote", "name"],
)
def test_two_paragraphs_stay_two(first: str, second: str) -> None:
    found = cleaned(f"{TITLE}\n\n{first}\n\n{second}\n\n{LONG}\n")
    assert found[0] == first
    assert found[1].endswith(second.removeprefix("## "))


def test_text_that_goes_on_with_a_stop_belongs_to_the_line_above() -> None:
    assert cleaned(f"{TITLE}\n\n准确把握新形势、新要求和新任\n\n，在培育主体上下功夫。\n") == [
        "准确把握新形势、新要求和新任，在培育主体上下功夫。"
    ]


def test_a_figure_on_a_line_of_its_own_belongs_to_its_sentence() -> None:
    lines = ["森林覆盖率达53.4%，空气质量持续改善，PM", "2.5", "年平均浓度保持在20微克左右。"]
    assert cleaned("\n".join([TITLE, *lines])) == ["".join(lines)]


def test_lines_wrapped_at_one_width_become_paragraphs_again() -> None:
    width = 20
    paragraphs = [LONG, LONG.replace("会议", "大会"), LONG.replace("会议", "全会")]
    lines = []
    for paragraph in paragraphs:
        indented = "　　" + paragraph
        lines += [indented[at : at + width] for at in range(0, len(indented), width)]
    assert cleaned("\n".join(lines)) == paragraphs


def test_a_sentence_is_not_mended_across_noise_or_articles() -> None:
    half = "要坚持稳中求进工作总基调，统筹推进科技创新，支持企业"
    text = f"{TITLE}\n\n{half}\n\n（下转第3版）\n\n# 另一场会议\n\n{LONG}\n"
    assert cleaned(text) == [half, LONG]


def test_the_span_of_a_mended_block_covers_both_halves() -> None:
    text = f"{TITLE}\n\n{LONG[:30]}\n\n{LONG[30:]}"
    document = read_document(text.encode(), name="a.txt")
    block = document.blocks[-1]
    quote = block.original_span(28, 33).of(document.text)
    assert quote == f"{LONG[28:30]}\n\n{LONG[30:33]}"
