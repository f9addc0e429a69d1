"""What a document says about itself is read from where official texts say it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.reading.documents import Document, DocumentKind, read_document
from guantong.text.dates import render_date

BODY = "为深入实施创新驱动发展战略，加快科技成果向现实生产力转化，结合本市实际，制定本措施。"
NOTICE = f"""临江市人民政府文件

临政发〔2026〕3号

临江市人民政府关于印发《临江市支持中试平台建设若干措施》的通知

各县（市、区）人民政府，市政府各部门：

{BODY}{BODY}{BODY}

附件：1.申报指南
2.任务分工表

临江市人民政府
2026年3月5日
"""


def read(text: str) -> Document:
    return read_document(text.encode(), name="a.txt")


def test_a_notice_tells_everything() -> None:
    document = read(NOTICE)
    head = document.head
    assert head.title == "临江市人民政府关于印发《临江市支持中试平台建设若干措施》的通知"
    assert head.issuer == "临江市人民政府"
    assert head.number == "临政发〔2026〕3号"
    assert head.date == datetime.date(2026, 3, 5)
    assert head.published is None
    assert head.region == "临江市"
    assert head.kind is DocumentKind.MEASURES
    assert head.language == "zh"
    assert document.attachments == ("申报指南", "任务分工表")


def test_every_field_leads_to_where_it_was_read() -> None:
    document = read(NOTICE)
    spans = document.head.spans
    assert spans["number"].of(document.text) == "临政发〔2026〕3号"
    assert spans["issuer"].of(document.text) == "临江市人民政府"
    assert spans["date"].of(document.text) == "2026年3月5日"
    assert spans["title"].of(document.text) == document.head.title


def test_a_work_report_was_delivered_on_the_day_in_its_subtitle() -> None:
    head = read(
        "下载\n打印\n2026年临江省政府工作报告\n——2026年1月26日在临江省第十四届\n人民代表大会第五次会议上\n"
        f"来源：临江日报\n时间：2026-02-02\n临江省省长 李明\n各位代表：\n"
        f"现在，我代表省人民政府向大会报告工作，请予审议。\n一、2025年工作回顾\n{BODY}{BODY}\n"
    ).head
    assert head.title == "2026年临江省政府工作报告"
    assert head.subtitle == "2026年1月26日在临江省第十四届人民代表大会第五次会议上"
    assert head.date == datetime.date(2026, 1, 26)
    assert head.published == datetime.date(2026, 2, 2)
    assert (head.region, head.issuer, head.source) == ("临江省", "临江省人民政府", "临江日报")
    assert head.kind is DocumentKind.REPORT


def test_lines_with_labels_are_read() -> None:
    head = read(
        "临江新区促进科技创新扶持办法\n解释机关：临江新区科技局\n文号：临开管办〔2017〕1号\n"
        f"发布日期：2017-10-13\n{BODY}{BODY}{BODY}\n第一条 对新认定的企业，给予奖励。\n"
    ).head
    assert head.issuer == "临江新区科技局"
    assert head.number == "临开管办〔2017〕1号"
    assert head.date == datetime.date(2017, 10, 13)
    assert head.region == "临江新区"


def test_several_labels_on_one_line_are_told_apart() -> None:
    head = read(
        f"关于组织申报的通知\n来源：临江科技局 发布时间：2026-03-05 10:00\n\n{BODY}{BODY}\n"
    ).head
    assert head.source == "临江科技局"
    assert head.published == datetime.date(2026, 3, 5)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2026年政府工作报告", "report"),
        ("关于开展2026年度中试平台申报工作的通知", "notice"),
        ("关于印发《临江市人工智能行动计划》的通知", "plan"),
        ("临江市人民政府办公室关于转发市科技局科技金融实施细则的通知", "measures"),
        ("临江市支持科技成果转化若干措施（试行）", "measures"),
        ("临江市科技创新促进条例", "law"),
        ("扶持办法", "measures"),
        ("关于加快发展新质生产力的意见", "opinions"),
        ("临江市“十五五”科技创新规划", "plan"),
        ("2026年工作要点", "plan"),
        ("专利质押融资贴息办事指南", "guide"),
        ("第三批制造业中试平台名单", "list"),
        ("关于首批概念验证中心名单的公示", "announcement"),
        ("关于设立实验室的批复", "letter"),
        ("《若干措施》政策解读", "interpretation"),
        ("在全市科技大会上的讲话", "speech"),
        ("临江这样建设创新高地", "other"),
    ],
)
def test_the_kind_is_read_off_the_title(title: str, kind: str) -> None:
    assert read(f"{title}\n\n{BODY}{BODY}{BODY}\n").head.kind == kind


@pytest.mark.parametrize(
    "mark", ["本报讯（记者 李明）", "新华社临江1月30日电（记者 李明）", "据临江日报1月30日报道电"]
)
def test_news_is_known_by_how_it_opens(mark: str) -> None:
    kind = read(f"临江这样建设创新高地\n\n{mark}{BODY}\n").head.kind
    assert kind is (DocumentKind.NEWS if "报道" not in mark else DocumentKind.OTHER)


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("优化营商环境行动方案9.0版", "9.0版"),
        ("临江人才政策2.0", "2.0"),
        ("重点新材料目录（2026年版）", "2026年版"),
        ("第三批中试平台名单", "第三批"),
        ("2026年重点工作安排", ""),
    ],
)
def test_the_series_stands_in_the_title(title: str, series: str) -> None:
    assert read(f"{title}\n\n{BODY}\n").head.series == series


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("临江市支持若干措施", "临江市"),
        ("江南省临江市河东区人民政府关于支持创新的意见", "江南省临江市河东区"),
        ("临江市推进园区建设行动方案", "临江市"),
        ("关于印发《临江县奖励办法》的通知", "临江县"),
        ("2026年临江自治州工作要点", "临江自治州"),
        ("关于加强市场监管的意见", ""),
        ("推进AI+制造行动方案", ""),
        ("河西州建设示范区方案", ""),
    ],
)
def test_the_region_opens_the_title(title: str, region: str) -> None:
    assert read(f"{title}\n\n{BODY}\n").head.region == region


@pytest.mark.parametrize(
    "number",
    ["临政发〔2026〕3号", "临府办函[2026]12号", "临科规（2025）1号", "临工信发﹝2024﹞101 号"],
)
def test_document_numbers_are_read_in_every_usual_bracket(number: str) -> None:
    text = f"关于组织申报的通知\n{number}\n\n{BODY}\n"
    assert read(text).head.number == number.replace(" ", "")


def test_a_number_that_is_only_cited_is_not_the_documents_own() -> None:
    text = f"扶持办法\n\n根据《国务院关于改革的意见》（国发〔2017〕7号）的精神，{BODY}\n"
    assert read(text).head.number == ""


@given(
    st.dates(datetime.date(2000, 1, 1), datetime.date(2035, 12, 31)),
    st.sampled_from(["iso", "dots", "chinese", "numerals"]),
)
def test_the_day_of_the_signature_is_read_in_every_form(day: datetime.date, style: str) -> None:
    shown = render_date(day, style)  # type: ignore[arg-type]
    head = read(f"关于组织申报的通知\n\n{BODY}{BODY}\n\n临江市科学技术局\n{shown}\n").head
    assert head.date == day
    assert head.issuer == "临江市科学技术局"


def test_a_day_that_never_was_is_no_date() -> None:
    head = read(f"关于组织申报的通知\n\n{BODY}{BODY}\n\n临江市科学技术局\n2026年2月30日\n").head
    assert head.date is None


def test_the_date_of_related_news_is_not_the_documents_own() -> None:
    text = f"临江召开大会\n\n{BODY}{BODY}{BODY}\n\n相关推荐\n某地建厂\n2026-01-08 10:16:15\n"
    assert read(text).head.date is None


def test_parts_headed_as_attachments_are_attachments() -> None:
    text = f"政府工作报告\n\n{BODY}\n\n附件1\n2026年十件实事\n{BODY}\n\n附件2\n名词解释\n{BODY}\n"
    assert read(text).attachments == ("2026年十件实事", "名词解释")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "zh"),
        ("The city will support pilot plants with grants of up to ten million yuan. " * 3, "en"),
        (
            "市は、研究成果の実用化を支援するため、企業に対して補助金を交付することとしている。"
            * 3,
            "other",
        ),
        ("Город поддержит предприятия и институты." * 3, "other"),
    ],
)
def test_the_language_is_told_and_reported(text: str, language: str) -> None:
    document = read(text)
    assert document.head.language == language
    codes = [remark.code for remark in document.remarks]
    assert codes == ([] if language == "zh" else ["documents.other_language"])
