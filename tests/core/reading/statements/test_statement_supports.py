"""Supports: rates, sums, ceilings, tiers, thresholds, recipients and instruments."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_of import MEASURES, measures, money, past, read

WAN = 10_000
YI = 100_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对首次认定的高新技术企业，一次性奖励20万元。", [(None, 20 * WAN, None)]),
        ("对新升规企业给予10万元奖励。", [(None, 10 * WAN, None)]),
        ("对获评示范平台的，给予补助资金80万元。", [(None, 80 * WAN, None)]),
        ("企业通过贯标认证后，予以资助5000元。", [(None, 5000, None)]),
        ("对符合条件的项目给予最高500万元的资助。", [(None, None, 500 * WAN)]),
        ("每个联合体给予不超过1000万元经费支持。", [(None, None, 1000 * WAN)]),
        ("银行可为企业提供最高3000万元信用贷款。", [(None, None, 3000 * WAN)]),
        ("对种子期企业给予最高600万元的股权投资。", [(None, None, 600 * WAN)]),
        ("对企业按设备投资额的12%给予补助。", [(0.12, None, None)]),
        ("按年度服务收入的20%予以奖励，每家最高300万元。", [(0.2, None, 300 * WAN)]),
        ("按总投资30%、最高不超过2亿元予以补助。", [(0.3, None, 2 * YI)]),
        ("按照不超过项目总投资的20%给予支持，最高500万元。", [(0.2, None, 500 * WAN)]),
        ("按国拨经费的10%—20%给予配套，单个项目不超过500万元。", [(0.1, None, 500 * WAN)]),
        ("按贷款利率的50%给予贴息，单家企业贴息不超过90万元。", [(0.5, None, 90 * WAN)]),
        ("对上缴部分予以全额奖励。", [(1, None, None)]),
        ("入孵企业享受房租全免优惠。", [(1, None, None)]),
        ("给予上级资金相同额度资金奖励，最高100万元。", [(1, None, 100 * WAN)]),
        ("补助比例在原有基础上再提高2个百分点。", [(0.02, None, None)]),
        ("可享受房租减免，第一年全免，第二年减半。", [(1, None, None), (0.5, None, None)]),
    ],
)
def test_each_form_of_promise_is_read(text: str, expected: list[tuple[float | None, ...]]) -> None:
    assert money(measures(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对国家级、省级、市级中心分别给予300万元、200万元、100万元奖励。",
         [(None, 300 * WAN, None), (None, 200 * WAN, None), (None, 100 * WAN, None)]),
        ("对获得金奖、银奖的项目，分别给予15万元和10万元的奖励。",
         [(None, 15 * WAN, None), (None, 10 * WAN, None)]),
        ("分别给予最高100万元、50万元、20万元的一次性奖励。",
         [(None, None, 100 * WAN), (None, None, 50 * WAN), (None, None, 20 * WAN)]),
        ("分别按投资额的5%、6%、8%给予补助，最高不超过60万元。",
         [(0.05, None, 60 * WAN), (0.06, None, 60 * WAN), (0.08, None, 60 * WAN)]),
        ("成功创建国家级、省级中心的，补助比例分别提高3、2个百分点。",
         [(0.03, None, None), (0.02, None, None)]),
        ("给予最高1亿元的项目资助和最高800万元的安家补贴。",
         [(None, None, YI), (None, None, 800 * WAN)]),
        ("按展位费80%给予补贴，省内、省外展位补贴不超过5000元、8000元。",
         [(0.8, None, 5000), (0.8, None, 8000)]),
    ],
)  # fmt: skip
def test_every_tier_is_a_support_of_its_own(
    text: str, expected: list[tuple[float | None, ...]]
) -> None:
    assert money(measures(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("研发费用达到500万元以上的，按增量的10%给予补助，最高200万元。",
         [(0.1, None, 200 * WAN)]),
        ("对年度主营业务收入达到200万元（含）以上的机构，给予20万元奖励。",
         [(None, 20 * WAN, None)]),
        ("上云费用达1万元、5万元、10万元以上的分别给予奖励2000元、5000元、8000元。",
         [(None, 2000, None), (None, 5000, None), (None, 8000, None)]),
        ("总投资在50万元以上至100万元以下、100万元以上的项目，分别给予6%、8%的补助。",
         [(0.06, None, None), (0.08, None, None)]),
        ("连续两年产值增长20%以上的，再给予10万元奖励。", [(None, 10 * WAN, None)]),
        ("对增长超过8%以上的增长部分，给予100%奖励。", [(1, None, None)]),
    ],
)  # fmt: skip
def test_thresholds_are_no_benefits(text: str, expected: list[tuple[float | None, ...]]) -> None:
    assert money(measures(text)) == expected


def test_a_ceiling_in_the_next_sentence_holds_for_all_before() -> None:
    text = "对省级项目给予70%配套；对市级项目给予50%配套。原则上单个项目最高配套额度为500万元。"
    assert money(measures(text)) == [(0.7, None, 500 * WAN), (0.5, None, 500 * WAN)]


def test_a_ceiling_stays_with_its_own_tier() -> None:
    text = "对国家级的给予100%的资金配套，最高500万元；对省级的给予70%的资金配套，最高300万元。"
    assert money(measures(text)) == [(1, None, 500 * WAN), (0.7, None, 300 * WAN)]


def test_a_ceiling_named_first_holds_for_what_follows() -> None:
    text = (
        "同一企业申领创新券不超过3万元，低于5000元的服务可全额抵用，"
        "其余抵用50%，全年合计不超过5万元。"
    )
    assert money(measures(text)) == [(1, None, 5 * WAN), (0.5, None, 5 * WAN)]


def test_the_highest_of_several_ceilings_is_the_ceiling() -> None:
    text = "按投资额的5%给予奖励，单个项目不超过100万元，单家机构累计不超过300万元。"
    assert money(measures(text)) == [(0.05, None, 300 * WAN)]


def test_a_share_of_the_cost_may_cap_a_fixed_sum() -> None:
    (record,) = measures("对创建成功的基地，每家奖励50万元，不高于其建设投入资金的50%。")
    assert (record["amount"], record["rate"]) == (50 * WAN, 0.5)


def test_an_allotment_gives_least_and_most() -> None:
    text = (
        "重点项目财政经费安排额度分别为工业类20万元以上30万元以下；"
        "农业类10万元以上；软科学类3万元以下。"
    )
    assert money(measures(text)) == [
        (None, 20 * WAN, 30 * WAN),
        (None, 10 * WAN, None),
        (None, None, 3 * WAN),
    ]


@pytest.mark.parametrize(
    ("text", "amount", "base"),
    [
        ("按每平方米800元的标准给予补贴。", 800, "每平方米"),
        ("发明专利每件资助3万元。", 3 * WAN, "每件"),
        ("实用新型专利授权后资助1000元/件。", 1000, "件"),
        ("按3元/平方米·月给予租金补助。", 3, "平方米·月"),
        ("按每平方米每月最高40元给予补贴。", 40, "每平方米每月"),
        ("博士每人每月给予补贴3000元。", 3000, "每人每月"),
    ],
)
def test_a_standard_per_unit_is_a_sum_with_its_unit(text: str, amount: int, base: str) -> None:
    (record,) = measures(text)
    assert (record["amount"], record["base"]) == (amount, base)


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("对企业给予10万元奖励。", "奖励"),
        ("对企业给予10万元补贴。", "补助"),
        ("对项目给予100%资金配套。", "补助"),
        ("对贷款企业按利率的50%给予贴息。", "贴息"),
        ("为企业提供最高500万元信用贷款。", "贷款"),
        ("对企业给予最高500万元股权投资。", "基金"),
        ("入驻企业享受租金全免优惠。", "减免"),
        ("企业可用创新券抵用50%服务费用。", "券"),
    ],
)
def test_the_instrument_is_named_by_the_benefit_word(text: str, instrument: str) -> None:
    assert measures(text)[0]["instrument"] == instrument


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("对新落户的科技企业，给予50万元奖励。", "新落户的科技企业"),
        ("对于被认定为服务商的，给予5万元奖励。", "被认定为服务商"),
        ("云服务商年度服务企业达标的，给予2万元奖励。", "云服务商"),
        ("给予每家参展企业展位费80%的奖励。", "参展企业"),
    ],
)
def test_who_gets_it_is_kept_as_worded(text: str, who: str) -> None:
    assert measures(text)[0]["beneficiary"] == who


def test_items_below_an_article_go_on_with_its_recipient() -> None:
    text = (
        "第八条 对新型研发机构，分期投入最高1亿元的建设运行费，包括：\n"
        "（一）最高2000万元落户奖励；\n（二）最高3000万元条件建设补助。"
    )
    records = measures(text)
    assert money(records) == [(None, None, YI), (None, None, 2000 * WAN), (None, None, 3000 * WAN)]
    assert {record["beneficiary"] for record in records} == {"新型研发机构"}


@pytest.mark.parametrize(
    "text",
    [
        "对举办大赛的，经审定后给予一定额度的补助。",
        "属于重大项目的，可采取“一事一议”方式给予支持。",
        "获得上级立项的，按照本办法第七条的规定予以配套。",
        "对拟上市企业，优先安排用地指标。",
    ],
)
def test_a_promise_without_figures_is_kept_without_them(text: str) -> None:
    (record,) = measures(text)
    assert (record["rate"], record["amount"], record["cap"]) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "对重复申报的企业不予补助。",
        "企业不再享受本条50万元奖励。",
        "市级财政每年安排2亿元专项资金。",
        "引导基金占股比例不超过20%。",
        "本办法有效期3年。",
        "同一事项按就高不重复原则执行。",
        "申报单位上年度营业收入不超过4亿元。",
    ],
)
def test_refusals_budgets_and_conditions_are_no_supports(text: str) -> None:
    assert measures(text) == []


def test_a_report_gives_totals_and_growth_no_supports() -> None:
    text = "发放稳岗补贴10亿元，惠企支持力度加大，出口增长7%。"
    assert past(text, "support") == []


def test_news_of_a_measure_is_a_support() -> None:
    text = "本报讯 《措施》提出，对新建项目按总投资30%、最高不超过1亿元予以补助。"
    assert money(read(text, "support")) == [(0.3, None, YI)]


def test_vouchers_are_supports_wherever_they_are_told() -> None:
    (record,) = read("本报讯 通过“算力券”补贴等形式，为中小企业提供普惠算力服务。", "support")
    assert (record["instrument"], record["beneficiary"]) == ("券", "中小企业")


SUMS = st.integers(1, 9000)


@settings(max_examples=60, deadline=None)
@given(rate=st.integers(1, 100), cap=SUMS, word=st.sampled_from(["补助", "奖励", "资助", "补贴"]))
def test_a_rendered_rate_with_ceiling_is_read_back(rate: int, cap: int, word: str) -> None:
    text = f"{MEASURES}对符合条件的企业，按实际投入的{rate}%给予{word}，最高不超过{cap}万元。"
    assert money(read(text, "support")) == [(float(Decimal(rate) / 100), None, cap * WAN)]


@settings(max_examples=60, deadline=None)
@given(sums=st.lists(SUMS, min_size=1, max_size=4, unique=True))
def test_rendered_tiers_are_read_back_in_order(sums: list[int]) -> None:
    shown = "、".join(f"{each}万元" for each in sums)
    text = f"{MEASURES}对获评各级示范的企业，分别给予{shown}奖励。"
    assert [record["amount"] for record in read(text, "support")] == [each * WAN for each in sums]


def test_a_support_begins_at_its_recipient_and_leaves_the_rest_to_indicators() -> None:
    text = "云岭市中试行动计划\n建设智算中心2个，降低使用成本，对企业按合同金额的50%给予资助。"
    (record,) = read(text, "support")
    assert record["quote"].startswith("对企业")
    (indicator,) = read(text, "indicator")
    assert (indicator["value"], indicator["modality"]) == (2, "target")


def test_a_ceiling_of_the_whole_programme_is_not_that_of_a_recipient() -> None:
    text = "每年发放最高5亿元算力券，对企业按合同金额的50%给予资助，最高1000万元。"
    assert money(measures(text)) == [(None, None, 5 * YI), (0.5, None, 1000 * WAN)]


class TestPartsOfAClause:
    def test_the_bounds_of_a_tier_are_no_sums(self) -> None:
        text = (
            "第五条 对技术转移机构，按年度实到额分档给予奖励：500万元（含）至2000万元的，"
            "奖励10万元；2000万元（含）至5000万元的，奖励25万元；5000万元及以上的，奖励50万元。"
        )
        assert money(measures(text)) == [
            (None, 100000, None),
            (None, 250000, None),
            (None, 500000, None),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "第九条 每个项目资助300万元，立项后拨付60%，验收合格后拨付40%。",
            "第九条 每个项目资助300万元，资金分三期按40%、40%、20%比例拨付。",
        ],
    )
    def test_instalments_are_no_rates(self, text: str) -> None:
        assert money(measures(text)) == [(None, 3_000_000, None)]

    @pytest.mark.parametrize(
        ("text", "rate"),
        [
            ("第八条 对入驻基地的科技企业，首年免收租金。", 1),
            ("第八条 对承租国有房产的小微企业，免收3个月租金。", 1),
            ("第八条 对领军人才，市财政按上级资助1:1给予配套。", 1),
            ("第八条 对领军人才，按上级资助等比例给予配套。", 1),
        ],
    )
    def test_free_rent_and_equal_shares_are_given_in_full(self, text: str, rate: float) -> None:
        (record,) = measures(text)
        assert record["rate"] == rate

    @pytest.mark.parametrize(
        "text",
        [
            "第二条 转化资金由市级财政预算安排，其中2032年安排1.8亿元。",
            "第二条 连续三年每年安排不少于2亿元专项资金支持基础研究。",
            "第二条 对弄虚作假的，追回资金，并处以10万元罚款。",
            "第二条 设立总规模20亿元的产业基金，支持企业发展。",
        ],
    )
    def test_budgets_fines_and_sizes_of_funds_are_no_supports(self, text: str) -> None:
        assert measures(text) == []

    def test_what_a_fund_may_invest_at_most_is_a_ceiling(self) -> None:
        text = "六、设立总规模20亿元的产业基金，对初创企业单个项目投资不超过1000万元。"
        (record,) = measures(text)
        assert (record["instrument"], record["cap"]) == ("基金", 10_000_000)

    def test_a_ceiling_per_piece_behind_a_rate_is_a_ceiling(self) -> None:
        text = "四、消费者购买节能家电，按成交价的20%享受立减补贴，每件不超过2000元。"
        assert money(measures(text)) == [(0.2, None, 2000)]

    def test_a_voucher_states_its_rate_behind_its_ceiling(self) -> None:
        text = "第七条 企业可申领创新券，每家企业每年最高10万元，用于抵扣不超过50%的检测费用。"
        assert money(measures(text)) == [(0.5, None, 100000)]

    def test_a_ratio_between_budgets_is_no_rate(self) -> None:
        text = "第三条 对牵头单位给予300万元经费支持，由市、区两级财政按1:1分担。"
        assert money(measures(text)) == [(None, 3_000_000, None)]
