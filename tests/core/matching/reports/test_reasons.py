from dataclasses import replace

import pytest
from match_makers import AMOUNTS, FACTS, TERMS, match, told

from guantong.matching.evidence import SharedTerm
from guantong.matching.explain import JudgedBefore
from guantong.matching.facts import FactGap
from guantong.matching.model import Precedent
from guantong.matching.reports.gaps import gap_counts, gap_lines, gap_summary
from guantong.matching.reports.reasons import near_words, reasons, same_words, sentences, summed
from guantong.messages import LANGUAGES, catalogue
from guantong.text.gap import Verdict


def texts(made=None, lang="zh"):
    return {reason.part: reason.text for reason in reasons(made or match(), lang)}


def with_fact(gap, amount=0.02):
    return match(explanation=told({"base": 0.3, gap.fact: amount}, gaps=(gap,), precedents=()))


def test_the_weightiest_reason_comes_first():
    amounts = [abs(reason.amount) for reason in reasons(match())]
    assert amounts == sorted(amounts, reverse=True)


def test_shared_words_are_told_as_same_and_near():
    assert texts()["words"] == "都提到：负极；说法相近：硅≈silicon"
    assert texts(lang="en")["words"] == "both mention 负极; close in wording: 硅≈silicon"


def test_a_character_inside_another_word_and_two_bare_characters_are_not_shown():
    assert "极" not in same_words(TERMS)
    assert near_words(TERMS) == ["硅≈silicon"]


def test_words_without_any_shown_term_are_told_in_general():
    made = match(explanation=told(terms=(SharedTerm("窑", "锂", 0.5, 0.1),)))
    assert texts(made)["words"] == "用词有相同之处"


def test_few_words_in_common_speak_against_a_match():
    made = match(explanation=told({"base": 0.3, "characters": -0.1}))
    assert texts(made)["words"].startswith("共同的词很少")


def test_meaning_quotes_both_sides_without_their_full_stops():
    assert texts()["meaning"] == (
        "意思相近：需求说“首次效率不稳，极片反弹大，循环掉得厉害”，"
        "供给说“往孔里沉积纳米硅，膨胀被碳骨架吸收”"
    )


@pytest.mark.parametrize("sentence", ["", "mAh/g"])
def test_meaning_without_a_real_sentence_quotes_nothing(sentence):
    made = match(explanation=told(need_sentence=sentence))
    assert texts(made)["meaning"] == "意思相近"


def test_a_meaning_that_costs_points_is_far_apart():
    made = match(explanation=told({"base": 0.3, "meaning": -0.1}))
    assert texts(made)["meaning"] == "整体意思相距较远"


def test_indicators_are_counted_by_verdict_with_names_and_shortfall():
    assert texts()["indicators"] == (
        "技术指标共 3 项，满足 1 项（比容量）；不足 1 项（单批产量差 0.9 t）；未说明 1 项（膨胀率）"
    )
    assert texts(lang="en")["indicators"] == (
        "3 indicator(s): 1 met (比容量); 1 short (单批产量 by 0.9 t); 1 not stated (膨胀率)"
    )


def test_indicators_without_a_row_are_no_reason():
    made = match(explanation=told({"base": 0.3, "indicators": -0.1}, indicators=()))
    assert "indicators" not in texts(made)


def test_facts_say_by_how_much():
    told_ = texts()
    assert told_["maturity"] == "成熟度为 TRL 6，比要求的 TRL 7 低 1 级"
    assert told_["region"] == "同省或相邻：需求方在南京市，供给方在苏州市"
    assert told_["mode"] == "合作方式不同：需求方希望合作开发，供给方愿意技术许可、作价入股"
    assert told_["money"] == "报价 500 万元至800 万元，比预算的 300 万元高 200 万元"
    assert told_["time"] == "供给有效期至 2028-06-30，不早于需求期限 2027-09-30"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("fact", ["maturity", "region", "mode", "money", "time"])
@pytest.mark.parametrize("verdict", [Verdict.MET, Verdict.SHORT])
def test_every_fact_has_a_sentence_for_met_and_short(fact, verdict, lang):
    figures = {"money": ("100", "200"), "mode": ("甲", "乙")}
    wanted, offered = figures.get(fact, ("a", "b"))
    shown = texts(with_fact(FactGap(fact, wanted, offered, verdict)), lang)
    assert f"reason.{fact}_{verdict.value}" in catalogue(lang)
    assert "reason." not in shown[fact]


def test_the_same_place_is_named_once():
    made = with_fact(FactGap("region", "南京市", "南京市", Verdict.MET))
    assert texts(made)["region"] == "同在南京市"


def test_of_modes_only_the_shared_ones_are_told():
    made = with_fact(FactGap("mode", "合作开发、技术转让", "技术转让、技术许可", Verdict.MET))
    assert texts(made)["mode"] == "合作方式一致：技术转让"
    assert texts(made, "en")["mode"] == "agree on cooperation: technology transfer"


def test_a_shortened_mode_that_counts_as_shared_is_told():
    made = with_fact(FactGap("mode", "转让、作价入股", "技术转让", Verdict.MET))
    assert texts(made)["mode"] == "合作方式一致：转让"


def test_what_is_free_is_told_with_its_price():
    made = with_fact(FactGap("money", "500", "0", Verdict.MET))
    assert texts(made)["money"] == "报价 0 元，不超过预算 500 元"


def test_an_unknown_fact_is_no_reason_even_if_a_model_weighs_it():
    made = with_fact(FactGap("region", "南京市", "", Verdict.UNKNOWN), amount=-0.1)
    assert "region" not in texts(made)
    assert summed(made).rest == pytest.approx(-0.1)


@pytest.mark.parametrize(
    ("amount", "value", "shown"),
    [
        (0.05, 1.0, "技术领域相同"),
        (0.05, 0.4, "技术领域相近（相似度 0.40）"),
        (-0.05, 0.0, "技术领域不同，或有一方没有写明"),
    ],
)
def test_fields_are_the_same_near_or_apart(amount, value, shown):
    made = match(explanation=told({"base": 0.3, "field": amount}))
    parts = tuple(
        replace(part, value=value) if part.part == "field" else part
        for part in made.explanation.contributions
    )
    made = replace(made, explanation=replace(made.explanation, contributions=parts))
    assert texts(made)["field"] == shown


@pytest.mark.parametrize(
    ("ids", "shown"),
    [
        (("N9", "A9"), "类似的“钠电负极”与“硬碳”曾被评为 4 级（强）"),
        (("N1", "A9"), "同一需求与“硬碳”曾被评为 4 级（强）"),
        (("N1", "A1"), "这一对曾被评为 4 级（强）"),
    ],
)
def test_precedents_say_what_was_judged_before(ids, shown):
    before = JudgedBefore(Precedent(ids[0], "钠电负极", ids[1], "硬碳", 4, (0.1,)), 0.06)
    assert texts(match(explanation=told(precedents=(before,))))["precedents"] == shown


def test_a_sentence_ends_with_what_it_adds():
    shown = sentences(match())
    assert shown[0].endswith("（+0.35）")
    assert "（-0.02）" in next(each for each in shown if each.startswith("成熟度"))
    assert sentences(match(), "en")[0].endswith("(+0.35)")


def test_the_steps_of_a_sum_add_up_to_the_score():
    cut_off = AMOUNTS | {"characters": 0.9, "bounds": -0.53, "money": -0.03}
    for made in (match(), match(explanation=told(cut_off))):
        steps = summed(made).steps()
        assert sum(step.amount for step in steps) == pytest.approx(made.score)
        assert steps[0].part == "base"


def test_what_no_reason_tells_is_shown_as_the_rest():
    made = match(explanation=told(precedents=()))
    assert summed(made).rest == pytest.approx(AMOUNTS["precedents"])
    assert summed(match()).rest == 0


def test_the_gap_table_has_indicators_first_and_then_the_facts():
    lines = gap_lines(match().explanation)
    assert [line.row for line in lines] == ["indicator"] * 3 + [gap.fact for gap in FACTS]
    batch = lines[1]
    assert (batch.wanted, batch.offered, batch.verdict_name, batch.missing) == (
        "≥1 t",
        "100 kg",
        "不足",
        "0.9 t",
    )


def test_different_conditions_and_missing_promises_are_marked():
    lines = gap_lines(match().explanation)
    assert lines[0].note == "测试条件不同，请核对"
    assert (lines[2].offered, lines[2].verdict_name, lines[2].missing) == ("", "未说明", "")


def test_money_in_the_gap_table_is_in_wan():
    money = next(line for line in gap_lines(match().explanation) if line.row == "money")
    assert (money.wanted, money.offered, money.missing) == (
        "300 万元",
        "500 万元至800 万元",
        "200 万元",
    )
    assert (int(money.shortfall), money.unit) == (2000000, "元")


def test_wishes_are_counted_over_indicators_and_facts():
    assert gap_counts(match().explanation) == {
        Verdict.MET: 2,
        Verdict.SHORT: 4,
        Verdict.PARTLY: 1,
        Verdict.UNKNOWN: 1,
    }
    assert gap_summary(match().explanation) == "2 项满足，4 项不足，1 项部分满足，1 项未说明"
    assert gap_summary(told(indicators=(), gaps=())) == ""
