"""Duplicates: same id, same title and organisation, nearly the same text."""

import random
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.records import kinds
from guantong.records.duplicates import Likeness, find_duplicates
from guantong.records.kinds.achievement import Achievement
from guantong.records.kinds.technology import TechnologyNeed

TEXT = (
    "通过粉体级配和助烧剂设计，在常压下得到致密碳化硅密封环，已完成中试并装机考核，"
    "适用于高温高压泵阀，寿命比进口产品提高一倍以上，成本下降三成，可承接批量订货。"
)


def offer(identity, title, organisation="", description=""):
    return Achievement(id=identity, title=title, organisation=organisation, description=description)


def ids(groups):
    return [[record.id for record in group.records] for group in groups]


def test_nothing_in_common_gives_no_group():
    assert find_duplicates([offer("1", "陶瓷密封环"), offer("2", "智能算法平台")]) == ()
    assert find_duplicates([]) == ()


def test_the_same_id_is_a_group():
    [group] = find_duplicates([offer("1", "甲"), offer("2", "乙"), offer("1", "丙")])
    assert [record.title for record in group.records] == ["甲", "丙"]
    assert group.likenesses == (Likeness.SAME_ID,)
    assert group.similarity == 1.0


def test_the_same_title_and_organisation_are_a_group_whatever_the_spelling():
    [group] = find_duplicates([offer("1", "ＡＢ 陶瓷", "甲校"), offer("2", "ab陶瓷", "甲 校")])
    assert group.likenesses[0] is Likeness.SAME_TITLE


def test_one_title_at_two_organisations_is_no_group():
    assert find_duplicates([offer("1", "陶瓷", "甲校"), offer("2", "陶瓷", "乙校")]) == ()


def test_a_text_with_a_few_changes_is_near():
    changed = TEXT.replace("三成", "两成").replace("订货", "订购")
    first, second = offer("1", "陶瓷", "甲", TEXT), offer("2", "陶瓷环", "乙", changed)
    [group] = find_duplicates([first, second])
    assert group.likenesses == (Likeness.NEAR_TEXT,)
    assert 0.8 <= group.similarity < 1


def test_the_threshold_is_the_callers():
    first, second = offer("1", "陶瓷", "甲", TEXT), offer("2", "陶瓷", "乙", TEXT[:60])
    assert find_duplicates([first, second]) == ()
    assert len(find_duplicates([first, second], threshold=0.5)) == 1


def test_groups_run_through_several_reasons():
    chain = [
        offer("1", "甲", "校", "x"),
        offer("1", "乙", "院", TEXT),
        offer("3", "丙", "所", TEXT),
        offer("4", "丙", "所", "y"),
    ]
    [group] = find_duplicates(chain)
    assert ids([group]) == [["1", "1", "3", "4"]]
    assert group.likenesses == (Likeness.SAME_ID, Likeness.SAME_TITLE, Likeness.NEAR_TEXT)


def test_kinds_are_never_mixed():
    need = TechnologyNeed(id="1", title="陶瓷", description=TEXT)
    assert find_duplicates([offer("1", "陶瓷", "", TEXT), need]) == ()


def test_groups_come_in_the_order_of_their_first_records():
    groups = find_duplicates(
        [offer("1", "甲"), offer("2", "乙"), offer("3", "乙"), offer("4", "甲")]
    )
    assert ids(groups) == [["1", "4"], ["2", "3"]]


def test_every_copy_is_found_in_a_crowd():
    drawn = random.Random(7)
    letters = string.ascii_lowercase + "的一是在不了有和人这中大为上个国"

    def text():
        return "".join(drawn.choice(letters) for _ in range(200))

    originals = [offer(f"a{n}", f"{n}", "甲", text()) for n in range(400)]
    copies = [
        offer(f"b{n}", f"{n}号", "乙", original.description[:-4] + "改动之处")
        for n, original in enumerate(originals[:100])
    ]
    groups = find_duplicates(originals + copies)
    assert ids(groups) == [[f"a{n}", f"b{n}"] for n in range(100)]


def test_many_equal_texts_make_one_group():
    copies = [offer(str(n), f"题{n}", "", TEXT) for n in range(60)]
    [group] = find_duplicates(copies)
    assert len(group.records) == 60


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from("123"), st.sampled_from("甲乙"), st.sampled_from("校院")))
)
def test_groups_never_overlap_and_hold_two_records_at_least(rows):
    records = [offer(*row) for row in rows]
    groups = find_duplicates(records)
    grouped = [id(record) for group in groups for record in group.records]
    assert len(grouped) == len(set(grouped))
    assert all(len(group.records) > 1 for group in groups)


def test_the_examples_of_the_kinds_are_all_different():
    assert find_duplicates(kind.example for kind in kinds.all_kinds()) == ()
