"""Texts without line breaks or sentences: cut into stretches, so that cost grows as length does."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.reading.statements import read_statements
from guantong.reading.statements.figures import Figure
from guantong.reading.statements.indicators import unmasked
from guantong.reading.statements.known import KnownNames
from guantong.reading.statements.passages import plain_blocks, plain_passages

LONGEST = 6000
SENTENCE = "海川市规上工业产值突破{}亿元，新增高新技术企业{}家。"


def sentences(count: int) -> str:
    return "".join(SENTENCE.format(number + 2, number + 5) for number in range(count))


@pytest.mark.parametrize("mark", ["。", "；", "，", "、", ""])
def test_a_very_long_paragraph_is_read_in_stretches_that_lose_nothing(mark: str) -> None:
    text = f"产值突破5亿元{mark}" * 2500
    found = plain_passages(text)
    assert "".join(passage.text for passage in found) == text
    assert len(found) > 1
    assert all(len(passage.text) <= LONGEST for passage in found)
    assert {passage.number for passage in found} == {0}


def test_a_stretch_ends_behind_a_sentence_where_there_is_one() -> None:
    for passage in plain_passages(sentences(600)):
        assert passage.text.endswith("。")


def test_a_paragraph_of_common_length_stays_whole() -> None:
    (passage,) = plain_passages(sentences(100))
    assert passage.offset == 0


def test_quotes_of_a_very_long_paragraph_are_found_in_the_original() -> None:
    text = sentences(600)
    found = read_statements(text, kinds=["indicator"])
    assert len(found) == 1200
    for record in found:
        assert text[record.span.start : record.span.end] == record.quote
    values = [record.to_json()["value"] for record in found]
    assert values[::2] == [(number + 2) * 10**8 for number in range(600)]
    assert values[1::2] == [number + 5 for number in range(600)]


def test_lines_that_break_off_are_mended_however_many_there_are() -> None:
    line = "建设海川产业园区并且持续完善相关的配套设施服务体系同时引进更多规模以上企业和科研团队"
    (block,) = plain_blocks("\n".join([line] * 400) + "。")
    assert block.clean == line * 400 + "。"
    assert block.original_span(len(line), len(line) + 2).start == len(line) + 1


def test_a_line_goes_on_only_where_the_one_before_is_unfinished() -> None:
    whole = "海川市科技成果转化大会在会展中心隆重召开，来自全国各地的专家学者齐聚一堂共商发展。"
    assert len(plain_blocks(f"{whole}\n产值突破五亿元的企业增加了许多。")) == 2
    assert len(plain_blocks(f"{whole[:-1]}\n产值突破五亿元的企业增加了许多。")) == 1


def test_a_title_that_is_never_closed_hides_no_year() -> None:
    text = "《海川（" * 500 + "\n2031年，新增高新技术企业20家。"
    (record,) = (each.to_json() for each in read_statements(text, kinds=["indicator"]))
    assert (record["value"], record["time"]) == (20, "2031")


def figure(position: int) -> Figure:
    return Figure(position, position, position + 2, Decimal(1), "家", "count", "=")


@given(
    st.lists(st.integers(0, 60), unique=True).map(sorted),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))),
)
@settings(max_examples=150)
def test_masked_figures_are_those_in_one_of_the_stretches(
    places: list[int], stretches: list[tuple[int, int]]
) -> None:
    kept = unmasked([figure(place) for place in places], iter(stretches))
    assert [each.digits for each in kept] == [
        place for place in places if not any(low <= place < high for low, high in stretches)
    ]


names = st.text("海川渔博会", min_size=1, max_size=6)


@given(st.lists(names, max_size=14))
@settings(max_examples=150)
def test_a_known_name_holds_another_or_is_held(listed: list[str]) -> None:
    known, plain = KnownNames(), list[str]()
    for name in listed:
        alike = [place for place, other in enumerate(plain) if name in other or other in name]
        assert (known.like(name) is not None) == bool(alike)
        assert known.like(name) in (alike or [None])
        if not alike:
            known.add(name, len(plain))
            plain.append(name)


def test_each_of_many_events_and_releases_is_kept_once() -> None:
    lines = [
        f"海川市举办第{number}届渔业博览会，会上发布《第{number}号规划》。"
        for number in range(1, 60)
    ]
    found = read_statements("\n".join(lines + lines), kinds=["event", "release"])
    shown = [str(record.to_json()["name"]) for record in found]
    assert len(shown) == len(set(shown))
    assert sum(re.fullmatch(r"第\d+号规划", name) is not None for name in shown) == 59
