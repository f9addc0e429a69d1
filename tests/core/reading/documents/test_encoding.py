"""Every usual encoding is detected; a wrong one is refused, never turned into rubbish."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.reading.documents.encoding import decode

PROSE = "到2030年，全市规模以上工业总产值突破五千亿元，建成国家级制造业中试平台10家。\n"
SENTENCES = st.lists(
    st.sampled_from(
        ["推动科技创新", "建设中试平台", "增长12.5%", "，", "。", "\n", "（一）", "AI+"]
    ),
    min_size=12,
    max_size=80,
).map(lambda parts: PROSE + "".join(parts))


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "gb18030"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_each_encoding_is_told_from_the_others(encoding: str, found: str) -> None:
    assert decode(PROSE.encode(encoding), "a.txt") == (PROSE, found)


@settings(max_examples=60)
@given(SENTENCES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"]))
def test_text_comes_back_to_the_character_from_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt")[0] == text


def test_traditional_text_in_big5_is_read() -> None:
    text = "支持企業與高校共建聯合實驗室，推動科技成果轉化，總投資超過十億元。"
    assert decode(text.encode("big5"), "a.txt") == (text, "big5")


def test_big_endian_mark_is_no_part_of_the_text() -> None:
    data = codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be")
    assert decode(data, "a.txt") == (PROSE, "utf-16-be")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_among_many_figures(encoding: str) -> None:
    text = PROSE + "增长12.5%" * 10 + "（一）"
    assert decode(text.encode(encoding), "a.txt") == (text, encoding)


def test_plain_ascii_is_utf_8() -> None:
    assert decode(b"plain words\n", "a.txt") == ("plain words\n", "utf-8")


def test_line_breaks_are_kept_as_they_are() -> None:
    assert decode("一\r\n二\r三\n".encode(), "a.txt")[0] == "一\r\n二\r三\n"


@pytest.mark.parametrize(
    "data",
    [
        "Genève à côté de l'été déjà".encode("latin-1"),
        PROSE.encode()[:40] + b"\xff\xfe\xfd" + PROSE.encode()[40:],
        bytes(range(128, 256)) * 4,
    ],
    ids=["another country's bytes", "broken in the middle", "no text at all"],
)
def test_bytes_of_no_known_encoding_are_refused_with_the_place(data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        decode(data, "坏.txt")
    assert refused.value.code == "documents.encoding"
    assert refused.value.params["file"] == "坏.txt"
    assert isinstance(refused.value.params["offset"], int)


def test_the_place_of_the_first_bad_byte_is_told() -> None:
    good = PROSE.encode()
    with pytest.raises(InputError) as refused:
        decode(good + b"\xff" + good, "a.txt")
    assert refused.value.params["offset"] == len(good)


def test_binary_data_is_not_taken_for_text() -> None:
    with pytest.raises(InputError) as refused:
        decode(bytes(range(1, 32)) * 20 + b"some words", "a.txt")
    assert refused.value.code == "documents.not_text"


def test_half_a_character_of_utf_16_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        decode(codecs.BOM_UTF16_LE + PROSE.encode("utf-16-le")[:-1], "a.txt")
    assert refused.value.code == "documents.encoding"
