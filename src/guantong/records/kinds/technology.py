"""Technology needs (技术需求) of enterprises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from guantong.records import common
from guantong.records.codecs import DateCodec
from guantong.records.columns import Column, Part
from guantong.records.kind import Kind
from guantong.records.model import Contact, Maturity, Money, Need
from guantong.text.indicators import Indicator
from guantong.text.quantities import Comparator


@dataclass(frozen=True, kw_only=True)
class TechnologyNeed(Need):
    """A technology that an enterprise looks for; ``maturity`` is the least that it asks for.

    ``affiliation`` is the body the enterprise belongs to; ``existing_foundation`` is what it has
    done already; ``rd_lead`` is restricted personal data like ``contact``.
    """

    kind: ClassVar[str] = "technology"

    need_type: str = ""
    affiliation: str = ""
    existing_foundation: str = ""
    rd_lead: Contact | None = None


KIND = Kind(
    name="technology",
    record=TechnologyNeed,
    zh="技术需求",
    en="Technology need",
    also=("需求", "需求库", "技术需求库", "企业需求", "needs", "technology needs", "requirements"),
    columns=(
        common.identity("需求编号"),
        common.title("需求名称", "Need", "requirement_name", "技术需求名称", "需求标题"),
        common.organisation(
            "需求单位",
            "Enterprise",
            "organization_name",
            "企业名称",
            "机构名称",
            "需求方",
            "company",
        ),
        common.region(),
        *common.technology_fields(),
        *common.industries(),
        common.keywords(),
        common.summary("需求简介", "Summary"),
        common.description(
            "需求描述",
            "Description",
            "requirement_description",
            "需求内容",
            "技术需求描述",
            "需求说明",
        ),
        common.text(
            "existing_foundation",
            "已有基础",
            "Existing foundation",
            "现有基础",
            part=Part.BODY,
            width=40,
        ),
        common.indicators("指标要求", "Required indicators", "技术指标", "技术指标要求"),
        *common.maturity("要求成熟度"),
        common.modes(),
        *common.money(
            "意向投入",
            "Intended investment",
            "intended_investment_10k_cny",
            "意向投入金额",
            "意向投资金额",
            "意向投资",
            "预算",
            "budget",
        ),
        Column(
            key="deadline",
            zh="截止日期",
            en="Deadline",
            codec=DateCodec(end=True),
            also=("截止时间", "需求截止日期", "需求截止时间", "期限"),
            lenient=False,
        ),
        common.text("need_type", "需求类型", "Type of need", "requirement_type"),
        common.text(
            "affiliation", "所属机构", "Affiliation", "affiliated_organization", "所属单位"
        ),
        common.words(
            "excluded_organisations", "排除单位", "Excluded organisations", "不合作单位", "回避单位"
        ),
        *common.english(),
        common.carbon(),
        common.validity(),
        common.disclosure("是否公开", "is_public"),
        *common.contact(phone=("contact_info",)),
        common.person(
            "rd_lead_name", "研发负责人", "R&D lead", "rd_lead", "name", "研发负责人姓名"
        ),
        common.person(
            "rd_lead_phone",
            "研发负责人电话",
            "R&D lead phone",
            "rd_lead",
            "phone",
            "研发负责人联系方式",
        ),
        *common.rare(
            common.person(
                "rd_lead_mobile", "研发负责人手机", "R&D lead mobile", "rd_lead", "mobile"
            )
        ),
        common.reviewed(),
    ),
    example=TechnologyNeed(
        id="demo-technology-1",
        title="高温泵用耐磨密封材料",
        organisation="示例泵业有限公司",
        region="江苏省常州市",
        fields=("新材料",),
        industries=("3441",),
        keywords=("机械密封", "耐磨"),
        description="现有密封环在350℃介质中寿命不足半年，寻求耐高温耐磨的替代材料和成套工艺。",
        existing_foundation="已有密封件试验台和两条装配线。",
        indicators=(Indicator("抗弯强度", Comparator.AT_LEAST, Decimal(350), "MPa"),),
        maturity=Maturity(level=6, stage="中试", derived=True),
        modes=("合作开发", "技术转让"),
        money=Money(high=Decimal(5000000)),
        deadline=date(2027, 6, 30),
        need_type="关键技术攻关",
    ),
)
