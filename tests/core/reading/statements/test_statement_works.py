"""Works, bodies and documents in lists: who vouches for whom, and what is no name at all."""

from __future__ import annotations

import pytest
from reading_of import ahead, past


def names(text: str, kind: str = "release") -> list[str]:
    return [record["name"] for record in past(text, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "建成投用云岭东站、清河至白沙高铁、南环快速路等28个市级重点项目。",
            ["云岭东站", "清河至白沙高铁", "南环快速路"],
        ),
        (
            "宏远特种纤维、长河第二套聚烯烃、天和碳纤维等120多个新项目开工。",
            ["宏远特种纤维", "长河第二套聚烯烃", "天和碳纤维"],
        ),
        ("高强玻璃布智能制造等项目投产。", ["高强玻璃布智能制造"]),
        ("清河、白沙等高速公路建成通车。", ["清河高速公路", "白沙高速公路"]),
        ("清河、白沙等数据中心建成。", ["清河数据中心", "白沙数据中心"]),
    ],
)
def test_works_in_a_list_vouch_for_each_other(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("沿江绿色廊道86公里全线贯通。", "沿江绿色廊道"),
        ("投资近百亿元、全长75公里的环湖旅游公路全线贯通。", "环湖旅游公路"),
        ("国家重点工程合芜高铁全线开通。", "合芜高铁"),
        ("国家种质资源库首个分库在皖落地。", "国家种质资源库首个分库"),
        ("城市水务治理大模型初步建成。", "城市水务治理大模型"),
        ("全球首套深海供电系统落地南港码头。", "全球首套深海供电系统"),
        ("出台建设创业友好城市若干措施。", "建设创业友好城市若干措施"),
        ("出台支持北部县城发展“16条”。", "支持北部县城发展“16条”"),
        ("启动管网更新三年行动计划。", "管网更新三年行动计划"),
        ("编制出台合肥市城市绿化专项规划。", "合肥市城市绿化专项规划"),
        ("合肥新港保税区封关运营。", "合肥新港保税区"),
        ("“皖江一号”货运走廊贯通运营。", "“皖江一号”货运走廊"),
        ("仅用60天建成“南园中心”并投入使用。", "南园中心"),
        ("设立城乡融合金融服务中心。", "城乡融合金融服务中心"),
        ("全球排水量最大的深海养殖平台正式交付。", "全球排水量最大的深海养殖平台"),
        ("金桥“双环”旅游公路［6］建成通车。", "金桥“双环”旅游公路"),
    ],
)
def test_a_name_goes_without_lengths_places_and_openings(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "推动“三稳”政策落地。",
        "推动专项债券、设备贷款等项目按时开工建设。",
        "首笔粮食订单融资落地。",
        "着力打造共建共治共享基层治理格局。",
        "全部县区建成全国节水型社会示范区。",
        "编制了《云岭省国民经济和社会发展规划纲要（草案）》。",
        "全面实施《云岭河保护法》。",
        "启动新一轮三年行动。",
        "推出城乡融合发展36项政策措施。",
        "建成国内A级、国际T3级数据中心。",
    ],
)
def test_means_drafts_honours_and_kinds_are_no_releases(text: str) -> None:
    assert past(text, "release") == []


def test_a_long_name_takes_no_head_from_its_neighbour() -> None:
    assert names("宏远新能源动力电池、合芜高铁、滨江大学三期等项目建成投用。") == [
        "宏远新能源动力电池",
        "合芜高铁",
        "滨江大学三期",
    ]


def test_what_is_only_planned_needs_a_name_of_its_own() -> None:
    assert ahead("发布适宜民间资本参与的重大项目清单。", "release") == []
    (record,) = ahead("建成清河高铁。", "release")
    assert (record["name"], record["action"]) == ("清河高铁", "planned")


def test_what_is_listed_with_a_title_is_read_too() -> None:
    assert names("会上发布《合肥市未来产业行动计划》和2031年度重大需求榜单。") == [
        "合肥市未来产业行动计划",
        "2031年度重大需求榜单",
    ]


class TestEvents:
    def test_a_noun_behind_the_list_makes_events_of_all_its_items(self) -> None:
        text = "成功举办数博会、中欧创新论坛、全球渔商大会、南亚企业合肥行等重大活动。"
        assert names(text, "event") == ["数博会", "中欧创新论坛", "全球渔商大会", "南亚企业合肥行"]

    def test_fairs_are_known_by_three_characters(self) -> None:
        assert names("成功举办2届渔博会。", "event") == ["渔博会"]

    def test_arts_festivals_follow_in_a_list(self) -> None:
        text = "成功举办长河文明论坛、华东艺术节，广受好评。"
        assert names(text, "event") == ["长河文明论坛", "华东艺术节"]

    @pytest.mark.parametrize(
        "text",
        [
            "逐季召开经济形势分析会议。",
            "举办群众性活动等工作扎实推进。",
        ],
    )
    def test_what_is_held_again_and_again_is_no_event(self, text: str) -> None:
        assert past(text, "event") == []

    def test_and_parts_only_what_is_an_event_by_itself(self) -> None:
        text = "举办渔博会、国际纺织机械和服装产品博览会、优品展等活动。"
        assert names(text, "event") == ["渔博会", "国际纺织机械和服装产品博览会"]

    def test_a_province_may_be_one_character(self) -> None:
        text = "全国山区农产品流通经验交流会在皖召开。"
        assert names(text, "event") == ["全国山区农产品流通经验交流会"]


class TestResults:
    def test_a_noun_of_results_makes_results_of_a_list(self) -> None:
        text = "薄带钢、深井蛟龙、K900碳丝等新技术新产品实现突破。"
        assert names(text, "achievement") == ["薄带钢", "深井蛟龙", "K900碳丝"]

    def test_prizes_name_results(self) -> None:
        text = "深海电缆组件、晶圆抛光工艺等4项技术获得省科技创新一等奖。"
        found = names(text, "achievement")
        assert [name[:4] for name in found] == ["深海电缆", "晶圆抛光"]

    def test_a_first_satellite_in_orbit_is_a_result(self) -> None:
        assert names("云岭首颗自主遥感卫星在酒泉成功升空。", "achievement") == ["首颗自主遥感卫星"]

    def test_three_things_in_one_list_are_results(self) -> None:
        text = "海河操作系统、长风高端芯片、纺织智能装备等打破国外垄断。"
        assert names(text, "achievement") == ["海河操作系统", "长风高端芯片", "纺织智能装备"]

    def test_a_quoted_phrase_in_progress_is_none(self) -> None:
        assert past("融入“一带一路”建设取得新突破。", "achievement") == []
