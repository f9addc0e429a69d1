"""Columns that several kinds share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guantong.records.amounts import MONEY, MoneyCodec
from guantong.records.codecs import (
    ChoiceCodec,
    DateCodec,
    FlagCodec,
    ListCodec,
    MomentCodec,
    TextCodec,
)
from guantong.records.columns import Choice, Column, Part
from guantong.records.industries import IndustriesCodec
from guantong.records.maturity import MATURITY, LevelCodec
from guantong.records.model import Disclosure, PriceMode
from guantong.records.structured import CONTACT, FIELDS, IndicatorsCodec, PatentsCodec

if TYPE_CHECKING:
    from guantong.records.columns import Composite

TEXT, LIST, FLAG = TextCodec(), ListCodec(), FlagCodec()

MODES = (
    Choice("技术转让", "技术转让", "technology transfer"),
    Choice("技术许可", "技术许可", "licence"),
    Choice("作价入股", "作价入股", "equity for technology"),
    Choice("合作开发", "合作开发", "joint development"),
    Choice("委托开发", "委托开发", "commissioned development"),
    Choice("技术咨询", "技术咨询", "consulting"),
    Choice("技术服务", "技术服务", "technical service"),
    Choice("其他", "其他", "other"),
)
STAGES = tuple(
    Choice(word, word, english)
    for word, english in (
        ("基础研究", "basic research"),
        ("概念验证", "proof of concept"),
        ("小试", "laboratory"),
        ("中试", "pilot"),
        ("示范应用", "demonstration"),
        ("小批量", "small batch"),
        ("产业化", "mass production"),
    )
)
PRICE_MODES = (
    Choice(PriceMode.NEGOTIATED, "协议定价", "negotiated", ("协议", "面议", "协商", "协商定价")),
    Choice(PriceMode.LISTED, "挂牌交易", "listed", ("挂牌",)),
    Choice(PriceMode.AUCTION, "拍卖", "auction", ("竞价", "竞拍")),
    Choice(PriceMode.FIXED, "固定价格", "fixed", ("一口价", "固定价")),
    Choice(PriceMode.FREE, "免费", "free", ("无偿", "先使用后付费")),
)
DISCLOSURES = (
    Choice(Disclosure.PUBLIC, "公开", "public", ("是", "完全公开", "true", "yes")),
    Choice(Disclosure.REGISTERED, "注册可见", "registered users", ("半公开", "部分公开")),
    Choice(Disclosure.NAMED, "指定可见", "named parties", ("否", "不公开", "保密", "false", "no")),
)
FLAGS = (Choice("true", "是", "yes"), Choice("false", "否", "no"))


def text(
    key: str, zh: str, en: str, *also: str, part: Part | None = None, width: int = 20
) -> Column:
    """Return a column of plain text."""
    return Column(key=key, zh=zh, en=en, codec=TEXT, also=also, part=part, width=width)


def words(key: str, zh: str, en: str, *also: str, part: Part | None = None) -> Column:
    """Return a column of several values in one cell."""
    return Column(key=key, zh=zh, en=en, codec=LIST, also=also, part=part, width=24)


def rare(*columns: Column) -> tuple[Column, ...]:
    """Return columns that a kind hardly ever fills: read and written, not shown in its template."""
    return tuple(replace(column, rare=True) for column in columns)


def identity(*also: str) -> Column:
    """Return the column of the persistent id."""
    return Column(
        key="id",
        zh="编号",
        en="ID",
        codec=TEXT,
        also=("serial_no", "序号", "serial number", "No.", *also),
        identifier=True,
        help_zh="可不填：系统按类别、名称和单位生成，同一行再次导入编号不变。",
        help_en="May be left empty: derived from kind, title and organisation, and stable.",
    )


def title(zh: str, en: str, *also: str) -> Column:
    """Return the column of the record's name, the one that every row must fill."""
    return Column(
        key="title",
        zh=zh,
        en=en,
        codec=TEXT,
        also=("名称", "标题", "题目", "name", *also),
        part=Part.TITLE,
        required=True,
        lenient=False,
        width=36,
        help_zh="必填。",
        help_en="Required.",
    )


def organisation(zh: str, en: str, *also: str) -> Column:
    """Return the column of the organisation that offers or wants."""
    return Column(
        key="organisation",
        zh=zh,
        en=en,
        codec=TEXT,
        also=("单位", "organization", *also),
        width=28,
        help_zh="填写登记的全称。",
        help_en="The full registered name.",
    )


def region(*also: str) -> Column:
    """Return the column of the place."""
    return Column(
        key="region",
        zh="所在地区",
        en="Region",
        codec=TEXT,
        also=("地区", "区域", "所属区域", "所在区域", "所属地区", *also),
    )


def technology_fields() -> tuple[Column, Column]:
    """Return the columns of the first and second level of technology fields."""
    primary = Column(
        key="primary_field",
        zh="一级技术领域",
        en="Primary technology field",
        codec=LIST,
        field="fields",
        piece="primary",
        composite=FIELDS,
        also=("primary_technology_field", "技术领域", "所属领域", "领域", "field", "discipline"),
        part=Part.KEYWORDS,
    )
    secondary = Column(
        key="secondary_field",
        zh="二级技术领域",
        en="Secondary technology field",
        codec=LIST,
        field="fields",
        piece="secondary",
        composite=FIELDS,
        also=("secondary_technology_field", "细分领域", "subfield"),
        part=Part.KEYWORDS,
    )
    return primary, secondary


def fields_in_one(key: str, zh: str, en: str, *also: str) -> Column:
    """Return the column of a kind that names all its fields in one cell."""
    return Column(key=key, zh=zh, en=en, codec=LIST, field="fields", also=also, part=Part.KEYWORDS)


def industries() -> tuple[Column, Column]:
    """Return the columns of GB/T 4754 industries and of the city's own priority industries."""
    national = Column(
        key="industries",
        zh="国民经济行业",
        en="Industry (GB/T 4754)",
        codec=IndustriesCodec(),
        also=("行业代码", "国民经济行业代码", "industry code", "GB/T 4754"),
        width=20,
        help_zh="GB/T 4754-2017 代码或名称，如 3670 或 汽车零部件及配件制造；多个用“；”隔开。",
        help_en="Codes or names of GB/T 4754-2017, for example 3670; several between semicolons.",
    )
    city = Column(
        key="key_industries",
        zh="重点产业领域",
        en="Priority industry",
        codec=LIST,
        also=("nanjing_key_industry_field", "南京重点产业", "南京市重点产业领域", "重点产业"),
        part=Part.KEYWORDS,
        width=20,
    )
    return national, city


def keywords() -> Column:
    """Return the column of key words."""
    return words("keywords", "关键词", "Keywords", "关键字", "标签", "tags", part=Part.KEYWORDS)


def summary(zh: str, en: str, *also: str) -> Column:
    """Return the column of the short description."""
    return text("summary", zh, en, "简介", "摘要简介", *also, part=Part.BODY, width=40)


def description(zh: str, en: str, *also: str) -> Column:
    """Return the column of the full description."""
    names = ("详细介绍", "描述", "说明", "内容", "摘要", "abstract", *also)
    return text("description", zh, en, *names, part=Part.BODY, width=60)


def english() -> tuple[Column, Column, Column]:
    """Return the columns of the English title, key words and text."""
    return (
        text("title_en", "英文名称", "English title", "en_title", "英文标题", part=Part.TITLE),
        words("keywords_en", "英文关键词", "English keywords", "en_keywords", part=Part.KEYWORDS),
        text(
            "description_en", "英文介绍", "English text", "en_abstract", "英文摘要", part=Part.BODY
        ),
    )


def modes(*also: str) -> Column:
    """Return the column of the ways of cooperation."""
    return Column(
        key="modes",
        zh="合作方式",
        en="Modes of cooperation",
        codec=LIST,
        also=("转化方式", "转让方式", "commercialization_method", "cooperation_method", *also),
        choices=MODES,
        help_zh="可多选，用“；”隔开。",
        help_en="Several are possible, between semicolons.",
    )


def money(zh: str, en: str, *also: str) -> tuple[Column, Column]:
    """Return the columns of the amount and of how the price is found."""
    amount = Column(
        key="amount",
        zh=zh,
        en=en,
        codec=MoneyCodec(),
        field="money",
        piece="amount",
        composite=MONEY,
        also=also,
        unit="万元",
        lenient=False,
        help_zh="万元：500、500-800、≤500、≥500 或 面议；写明“亿元”“元”的按所写单位。",
        help_en="In 万元 (10,000 yuan): 500, 500-800, ≤500, ≥500; other units where written.",
    )
    mode = Column(
        key="price_mode",
        zh="定价方式",
        en="Price mode",
        codec=ChoiceCodec(PriceMode, PRICE_MODES),
        field="money",
        piece="mode",
        composite=MONEY,
        also=("交易方式", "价格方式"),
        choices=PRICE_MODES,
        closed=True,
    )
    return amount, mode


def maturity(*also: str) -> tuple[Column, Column, Column]:
    """Return the columns of stage, TRL and what the TRL rests on."""
    return (
        _maturity("maturity_stage", "成熟度", "Maturity", "stage", "maturity_level", "阶段", *also),
        _maturity("trl", "TRL等级", "TRL", "level", "技术成熟度等级", "技术就绪度", "trl_level"),
        _maturity("trl_evidence", "TRL依据", "TRL evidence", "evidence", "成熟度依据", "评估依据"),
    )


def _maturity(key: str, zh: str, en: str, piece: str, *also: str) -> Column:
    level = piece == "level"
    return Column(
        key=key,
        zh=zh,
        en=en,
        codec=LevelCodec() if level else TEXT,
        field="maturity",
        piece=piece,
        composite=_MATURITY_PIECES,
        also=also,
        choices=STAGES if piece == "stage" else (),
        lenient=not level,
        help_zh="1 至 9（GB/T 22900）；不填则由成熟度推定，并注明“推定”。" if level else "",
        help_en="1 to 9 (GB/T 22900); if empty, derived from the stage and marked so."
        if level
        else "",
    )


_MATURITY_PIECES: Composite = MATURITY


def indicators(zh: str = "技术指标", en: str = "Technical indicators", *also: str) -> Column:
    """Return the column of measurable promises or demands."""
    return Column(
        key="indicators",
        zh=zh,
        en=en,
        codec=IndicatorsCodec(),
        also=("指标", "主要指标", "indicator", *also),
        part=Part.BODY,
        width=40,
        help_zh="每项写明名称、比较、数值和单位，用“；”隔开，如：剪切强度≥15MPa；误差≤0.1mm。",
        help_en="Name, comparison, figure and unit of each, between semicolons: 剪切强度≥15MPa.",
    )


def patents() -> Column:
    """Return the column of patents."""
    return Column(
        key="patents",
        zh="专利",
        en="Patents",
        codec=PatentsCodec(),
        also=("专利号", "专利情况", "知识产权", "patent", "patent_number"),
        width=40,
        help_zh="专利号，可加说明：ZL202010000001.2（发明，有效，2040-01-01）；多件用“；”隔开。",
        help_en="Numbers, with notes in brackets: ZL202010000001.2（发明，有效，2040-01-01）.",
    )


def validity() -> Column:
    """Return the column of the last day on which the record stands."""
    return Column(
        key="valid_until",
        zh="有效期至",
        en="Valid until",
        codec=DateCodec(end=True),
        also=("有效期", "截止有效期", "expiry", "validity"),
        lenient=False,
        help_zh="如 2027-12-31；长期有效可不填。",
        help_en="For example 2027-12-31; empty for no end.",
    )


def disclosure(*also: str) -> Column:
    """Return the column of who may read the record."""
    return Column(
        key="disclosure",
        zh="公开范围",
        en="Disclosure",
        codec=ChoiceCodec(Disclosure, DISCLOSURES),
        also=(*also, "披露级别", "公开级别", "disclosure level"),
        choices=DISCLOSURES,
        closed=True,
        lenient=False,
    )


def carbon() -> Column:
    """Return the column that says whether it serves the carbon goals (双碳)."""
    return Column(
        key="carbon_related",
        zh="是否涉及双碳",
        en="Carbon related",
        codec=FLAG,
        also=(
            "is_carbon_peaking_neutrality_related",
            "is_carbon_peaking_related",
            "双碳",
            "是否双碳",
            "是否涉及碳达峰",
            "是否涉及碳达峰碳中和",
        ),
        choices=FLAGS,
        closed=True,
    )


def reviewed() -> Column:
    """Return the column of the time of review."""
    return Column(
        key="reviewed_at",
        zh="审核时间",
        en="Reviewed at",
        codec=MomentCodec(),
        also=("review_time",),
    )


def contact(
    name: tuple[str, ...] = (), phone: tuple[str, ...] = (), mobile: tuple[str, ...] = ()
) -> tuple[Column, ...]:
    """Return the columns of the business contact; each tuple holds further headers."""
    return (
        person(
            "contact_name",
            "联系人",
            "Contact name",
            "contact",
            "name",
            "contact",
            "联系人姓名",
            *name,
        ),
        person(
            "contact_phone",
            "联系电话",
            "Contact phone",
            "contact",
            "phone",
            "电话",
            "联系人电话",
            "联系方式",
            *phone,
        ),
        person(
            "contact_mobile",
            "手机",
            "Contact mobile",
            "contact",
            "mobile",
            "手机号",
            "联系人手机",
            *mobile,
        ),
    )


def person(key: str, zh: str, en: str, field: str, piece: str, *also: str) -> Column:
    """Return a column of a contact: restricted personal data."""
    return Column(
        key=key,
        zh=zh,
        en=en,
        codec=TEXT,
        field=field,
        piece=piece,
        composite=CONTACT,
        also=also,
        personal=True,
        help_zh="仅作业务联系，不参与检索和匹配。",
        help_en="For business contact only; never searched or matched.",
    )


def citizen_id() -> Column:
    """Return the column of citizen ID numbers, which is recognised and never read."""
    return Column(
        key="individual_id_number",
        zh="个人身份证号",
        en="Citizen ID number",
        codec=TEXT,
        also=(
            "身份证号",
            "身份证号码",
            "公民身份号码",
            "身份证",
            "证件号码",
            "个人身份证号码",
            "证件号",
            "居民身份证号",
            "id card",
        ),
        personal=True,
        dropped=True,
    )
