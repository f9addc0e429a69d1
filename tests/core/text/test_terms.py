from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.text.normalize import normalize
from guantong.text.segment import stop_words
from guantong.text.spans import Span
from guantong.text.terms import DocumentFrequencies, key_terms, officialese, sentences

NEED = (
    "我公司拟研发高镍三元正极材料的包覆技术，解决循环寿命短的问题，提高企业经济效益。"
    "目前采用湿法包覆，包覆层不均匀，希望与高校合作实现产业化。"
)


def texts_of(terms):
    return [term.text for term in terms]


def test_key_terms_say_what_it_is_about_and_not_that_it_is_a_project():
    found = texts_of(key_terms(NEED, title="高镍三元正极材料包覆技术"))
    assert any("包覆" in text for text in found)
    assert any("三元正极" in text for text in found)
    assert not {"我公司", "技术", "产业化", "经济效益", "高校", "合作", "研发"} & set(found)


def test_the_best_term_weighs_one_and_the_rest_follow_in_order():
    weights = [term.weight for term in key_terms(NEED)]
    assert weights[0] == 1.0
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 for weight in weights)


def test_the_title_counts_more_than_the_text():
    text = "采用磁控溅射和激光熔覆两种路线。"
    assert texts_of(key_terms(text, title="激光熔覆"))[0] == "激光熔覆"
    assert texts_of(key_terms(text, title="磁控溅射"))[0] == "磁控溅射"


def test_case_is_kept_for_display():
    assert "SiC" in texts_of(key_terms("ＳｉＣ，以及其他", limit=3))


def test_adjacent_latin_words_keep_their_space():
    found = texts_of(key_terms("A solid electrolyte. The solid electrolyte is thin."))
    assert found[0] == "solid electrolyte"


def test_document_frequencies_decide_where_they_are_given():
    text = "轴承，齿轮"
    rare_gear = DocumentFrequencies(1000, {"轴承": 900, "齿轮": 2})
    rare_bearing = DocumentFrequencies(1000, {"轴承": 2, "齿轮": 900})
    assert texts_of(key_terms(text, frequencies=rare_gear))[0] == "齿轮"
    assert texts_of(key_terms(text, frequencies=rare_bearing))[0] == "轴承"


@pytest.mark.parametrize("text", ["", "。，", "的和在", "研发技术，提高企业效益", "12.5 2020"])
def test_a_text_about_nothing_has_no_key_terms(text):
    assert key_terms(text) == []


@given(
    st.text(alphabet="锂电池隔膜涂覆陶瓷浆料技术研发的，。 SiC3.5\n", max_size=80),
    st.integers(1, 8),
)
@settings(max_examples=150, deadline=None)
def test_key_terms_are_few_distinct_and_none_inside_another(text, limit):
    found = [text.lower() for text in texts_of(key_terms(text, limit=limit))]
    assert len(found) <= limit
    for place, term in enumerate(found):
        assert term not in stop_words() | officialese()
        assert all(term not in other for other in found[:place] + found[place + 1 :])


@given(st.text(alphabet="锂电池。！？；;\n \u3000（1）2、3.ab①", max_size=60))
@settings(max_examples=300, deadline=None)
def test_sentences_cover_all_words_in_order_without_overlap(text):
    spans = sentences(text)
    ends = [0, *(span.end for span in spans)]
    assert all(end <= span.start < span.end for end, span in zip(ends, spans, strict=False))
    left_out = "".join(
        text[end:start]
        for end, start in zip(ends, [*(span.start for span in spans), len(text)], strict=True)
    )
    assert not any(char.isalnum() and char != "①" for char in left_out)
    assert all(span.of(text) == span.of(text).strip() for span in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("温度高。压力大！可行？", ["温度高。", "压力大！", "可行？"]),
        ("精度0.5mm；重量3.2kg", ["精度0.5mm；", "重量3.2kg"]),
        ("他说“可以。”然后", ["他说“可以。”", "然后"]),
        ("标题\n\n  正文", ["标题", "正文"]),
        ("要求：（1）耐磨（2）防腐", ["要求：", "（1）耐磨", "（2）防腐"]),
        ("指标：1、强度2、硬度", ["指标：", "1、强度", "2、硬度"]),
        ("目标①耐磨②防腐", ["目标", "①耐磨", "②防腐"]),
        ("It works. The cell is thin. 3.5 V", ["It works.", "The cell is thin. 3.5 V"]),
        ("", []),
        ("。。。", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert [span.of(text) for span in sentences(text)] == expected


def test_a_sentence_span_points_into_the_original_text():
    assert sentences("  甲乙。 丙丁") == [Span(2, 5), Span(6, 8)]


def test_the_officialese_list_is_normalised_and_apart_from_the_vocabulary_of_things():
    things = {
        "锂离子电池",
        "机器人",
        "催化剂",
        "传感器",
        "轴承",
        "涂层",
        "发酵",
        "芯片",
        "焊接",
        "数据",
    }
    assert len(officialese()) > 500
    assert not things & officialese()
    assert all(normalize(word) == word for word in officialese())


@pytest.mark.parametrize(
    "title",
    [
        "钙钛矿太阳能电池封装技术研究",
        "关于钙钛矿太阳能电池封装的关键技术研发及产业化项目",
        "钙钛矿太阳能电池封装工艺的改进与应用",
    ],
)
def test_the_dress_of_a_title_does_not_change_its_best_terms(title):
    best = "".join(texts_of(key_terms("", title=title, limit=2)))
    assert "钙钛矿太阳能电池" in best
    assert "封装" in best


def test_a_term_said_often_outweighs_one_said_once():
    text = "轴承磨损。轴承润滑。轴承失效。齿轮也有。"
    found = texts_of(key_terms(text))
    assert found.index(next(term for term in found if "轴承" in term)) == 0


def test_the_same_text_always_has_the_same_terms():
    assert key_terms(NEED) == key_terms(NEED)
