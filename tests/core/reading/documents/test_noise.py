"""Page furniture is known by what it says and where it stands; the text itself never is."""

from __future__ import annotations

import pytest

from guantong.reading.documents import BlockKind, read_document

BODY = "会议强调，要推动科技创新和产业创新深度融合，加快建设现代化产业体系，努力完成全年目标任务。"
TITLE = "临江召开科技创新大会"


def rules(text: str) -> dict[str, str]:
    """Return the rule of every block by its text."""
    document = read_document(text.encode(), name="a.txt")
    return {block.span.of(document.text): block.rule for block in document.blocks}


def rule_of(line: str) -> str:
    """Return the rule that ``line`` meets below an article."""
    return rules(f"{TITLE}\n\n{BODY}\n\n{BODY}\n\n{line}\n")[line]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("首页 > 政务公开 > 要闻", "breadcrumb"),
        ("当前位置：首页 » 新闻中心", "breadcrumb"),
        ("【字号：大 中 小】", "controls"),
        ("打印本页 | 关闭窗口", "controls"),
        ("分享到：微信 微博 QQ空间", "controls"),
        ("阅读量：1.2万", "counter"),
        ("325人参与", "counter"),
        ("2026-01-08 10:16:15", "timestamp"),
        ("来源：临江日报", "metadata"),
        ("（来源：临江日报）", "metadata"),
        ("发布时间：2026-01-08", "metadata"),
        ("（上接第1版）", "jump"),
        ("（下转第三版）", "jump"),
        ("（紧接A02版）", "jump"),
        ("— 3 —", "page_number"),
        ("第 3 页 共 12 页", "page_number"),
        ("Page 3 of 12", "page_number"),
        ("图片来源/临江发布", "credit"),
        ("新华社发", "credit"),
        ("（王小明/摄）", "credit"),
        ("张三 摄", "credit"),
        ("本报记者 李四", "byline"),
        ("通讯员 王五 赵六", "byline"),
        ("文/李四", "byline"),
        ("（新华社北京1月30日电 记者李四 王五）", "byline"),
        ("责任编辑：李四", "editor"),
        ("编辑：李四 校对：王五", "editor"),
        ("［责编：李四］".replace("［", "[").replace("］", "]"), "editor"),
        ("扫一扫在手机打开当前页", "share"),
        ("长按识别二维码关注我们", "share"),
        ("版权所有 © 临江市人民政府 临ICP备0000号", "copyright"),
        ("未经授权不得转载", "copyright"),
        ("免责声明：本文由用户上传，平台仅提供信息存储服务。", "disclaimer"),
        ("Notice: The content above is uploaded by a user.", "disclaimer"),
        ("广告：临江好房盛大开盘", "advertisement"),
        ("加盟热线：400-123-4567", "advertisement"),
        ("点击下载临江新闻客户端", "advertisement"),
        ("- 园区规范提升要敢于“亮牌” 02版", "page_entry"),
    ],
)
def test_furniture_is_noise(line: str, rule: str) -> None:
    assert rule_of(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "全市高新技术企业达到500家。",
        "联系电话：0510-12345678",
        "受理时间：周一至周五上午9:00—12:00",
        "2026年3月5日",
        "临江市人民政府",
        "打印机产业园今年开工建设。",
        "下载速度提升到每秒10吉比特。",
        "“12345”热线全年服务诉求174万件。",
        "新华社记者的报道引起反响。",
        "一、健全广告监管机制",
        "1.编辑出版创新案例集",
        "该区发布的广告产业政策9.0版",
        "资料来源：本文数据来自公开统计，" + "其中部分指标按可比价格计算，与往年口径一致，" * 6,
        "附件：1.任务分工表",
        "校企合作责任明确",
        "审核：区科技局、区财政局",
        "审核：区科技行政主管部门对申报材料进行核查。",
        "食品安全二维码管理办法",
        "咨询热线：0510-12345678",
        "任何单位未经许可不得从事相关活动。",
        "监督举报电话：0510-12345678",
        "信息网络传播视听节目管理规定",
        "声明：本单位承诺材料真实有效。",
        "设计：完成初步设计并通过评审",
        "教育",
        "## 教育",
    ],
)
def test_the_text_itself_is_not_noise(line: str) -> None:
    assert rule_of(line) == ""


def test_a_list_of_links_ends_where_text_begins_again() -> None:
    text = (
        f"{TITLE}\n\n{BODY}\n\n相关推荐\n某地投资500亿元建厂\n某地投资500亿元建厂\n界面观察\n"
        f"2026-01-08 10:16:15\n球队0:5惨败\n\n# 另一场大会举行\n\n{BODY}\n"
    )
    found = rules(text)
    assert found["某地投资500亿元建厂"] == "related"
    assert found["界面观察"] == "related"
    assert found["球队0:5惨败"] == "related"
    assert found["# 另一场大会举行"] == ""
    assert found[BODY] == ""


def test_prose_after_a_list_of_links_is_text() -> None:
    found = rules(f"{TITLE}\n\n{BODY}\n\n相关报道：\n某地开工\n\n{BODY.replace('会议', '大会')}\n")
    assert found["某地开工"] == "related"
    assert found[BODY.replace("会议", "大会")] == ""


@pytest.mark.parametrize("line", ["时间：2026年3月5日", "来源：财政专项资金"])
def test_labels_between_paragraphs_are_text(line: str) -> None:
    assert rules(f"{TITLE}\n\n{BODY}\n\n{line}\n\n{BODY}\n")[line] == ""


def test_a_numbered_part_ends_a_list_of_links() -> None:
    found = rules(f"{TITLE}\n\n{BODY}\n\n相关链接\n某地开工\n一、政策背景\n{BODY}\n")
    assert found["某地开工"] == "related"
    assert found["一、政策背景"] == ""


def test_the_name_above_the_line_with_number_and_date_is_masthead() -> None:
    text = (
        "# 临江科技导报\n\nLINJIANG SCIENCE HERALD\n\n临江日报社主办 国内统一刊号CN00-0000 "
        f"2026年4月6日 第12期(总第64期) 今日16版\n\n## {TITLE}\n\n**本报讯** {BODY}\n"
    )
    found = rules(text)
    assert found["# 临江科技导报"] == "masthead"
    assert found["LINJIANG SCIENCE HERALD"] == "masthead"
    assert found[f"## {TITLE}"] == ""


def test_a_broken_breadcrumb_is_noise_to_its_last_word() -> None:
    found = rules(f"当前位置：\n首页\n>\n政务信息\n>\n临江要闻\n{TITLE}\n{BODY}\n")
    assert found["首页"] == "controls"
    assert found["政务信息"] == "breadcrumb"
    assert found["临江要闻"] == "breadcrumb"
    assert found[TITLE] == ""


def test_a_short_label_is_kept_where_no_furniture_is_near() -> None:
    assert rules(f"{TITLE}\n\n{BODY}\n\n临江新区\n\n{BODY}\n")["临江新区"] == ""


def test_a_jump_line_is_parted_from_the_sentence_it_stands_against() -> None:
    document = read_document(
        f"{TITLE}\n\n（上接第1版）{BODY}（下转第3版）\n".encode(), name="a.txt"
    )
    kinds = [(block.kind, block.clean) for block in document.blocks]
    assert kinds == [
        (BlockKind.TITLE, TITLE),
        (BlockKind.NOISE, "（上接第1版）"),
        (BlockKind.PARAGRAPH, BODY),
        (BlockKind.NOISE, "（下转第3版）"),
    ]


def test_every_rule_of_the_table_has_an_example_here() -> None:
    from guantong.reading.documents.noise import _rules

    tested = {
        value
        for mark in test_furniture_is_noise.pytestmark
        for _, value in mark.args[1]
        if mark.name == "parametrize"
    }
    named = {rule.name for rule in _rules().lines}
    assert named - tested == {"masthead", "font_size"}
