"""Research results (科技成果) that their holders offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from guantong.records import common
from guantong.records.kind import Kind
from guantong.records.model import Maturity, Money, Offer, Patent, PriceMode
from guantong.text.indicators import Indicator
from guantong.text.quantities import Comparator


@dataclass(frozen=True, kw_only=True)
class Achievement(Offer):
    """A research result; ``organisation`` holds the rights, ``publisher`` put it up.

    ``individual_holder`` is set where a person holds the rights; ``clc`` are classes of the
    Chinese Library Classification.
    """

    kind: ClassVar[str] = "achievement"

    contributors: tuple[str, ...] = ()
    leader_type: str = ""
    ownership: str = ""
    rights_type: str = ""
    individual_holder: str = ""
    publisher: str = ""
    expert_team: str = ""
    clc: tuple[str, ...] = ()


KIND = Kind(
    name="achievement",
    record=Achievement,
    zh="科技成果",
    en="Research result",
    also=("成果", "成果库", "科技成果库", "achievements", "results"),
    matched_with=("technology",),
    columns=(
        common.identity("成果编号"),
        common.title("成果名称", "Result", "achievement_name", "科技成果名称", "项目名称"),
        common.organisation(
            "权利人单位",
            "Rights holder",
            "rights_holding_organization_name",
            "权属单位",
            "权属单位名称",
            "权利单位",
            "完成单位",
            "成果持有单位",
            "专利权人",
            "assignee",
        ),
        common.region(),
        *common.technology_fields(),
        *common.industries(),
        common.keywords(),
        common.summary("成果简介", "Summary", "achievement_brief"),
        common.description(
            "成果概述", "Description", "achievement_overview", "成果介绍", "成果描述"
        ),
        common.indicators(),
        *common.maturity(),
        common.modes(),
        *common.money(
            "意向金额", "Intended amount", "intended_amount_10k_cny", "意向价格", "转让价格", "报价"
        ),
        common.patents(),
        common.words(
            "contributors",
            "完成人",
            "Contributors",
            "achievement_contributors",
            "成果完成人",
            "主要完成人",
        ),
        common.text(
            "leader_type",
            "负责人类型",
            "Type of leader",
            "research_team_leader_type",
            "团队负责人类型",
            "科研团队负责人类型",
        ),
        common.text("ownership", "权属", "Ownership", "achievement_ownership", "成果权属"),
        common.text("rights_type", "权属类型", "Type of ownership", "rights_ownership_type"),
        common.text(
            "individual_holder",
            "权利人个人",
            "Individual holder",
            "individual_name",
            "个人名称",
            "权利人姓名",
            "个人姓名",
        ),
        common.citizen_id(),
        common.text(
            "publisher",
            "发布单位",
            "Publisher",
            "publishing_organization_name",
            "发布单位名称",
            "发布机构",
        ),
        common.text(
            "expert_team",
            "相关专家团队",
            "Related expert team",
            "related_expert_team",
            "关联专家团队",
            "所属专家团队",
        ),
        common.words("clc", "中图分类号", "CLC", part=None),
        *common.english(),
        common.carbon(),
        common.validity(),
        common.disclosure("是否公开", "is_public"),
        *common.contact(),
        common.reviewed(),
    ),
    example=Achievement(
        id="demo-achievement-1",
        title="耐高温高压陶瓷密封环制备技术",
        organisation="示例大学",
        region="江苏省南京市",
        fields=("新材料", "先进陶瓷"),
        industries=("3073",),
        keywords=("碳化硅", "密封环", "无压烧结"),
        summary="用无压烧结制成的碳化硅密封环，适用于高温高压泵阀。",
        description="通过粉体级配和助烧剂设计，在常压下得到致密碳化硅密封环，已完成中试并装机考核。",
        indicators=(
            Indicator("抗弯强度", Comparator.AT_LEAST, Decimal(400), "MPa"),
            Indicator("气孔率", Comparator.AT_MOST, Decimal("0.5"), "%"),
        ),
        maturity=Maturity(level=6, stage="中试", evidence="中试线连续运行报告"),
        modes=("技术许可", "合作开发"),
        money=Money(low=Decimal(3000000), high=Decimal(5000000), mode=PriceMode.NEGOTIATED),
        patents=(
            Patent(number="ZL202010000001.2", kind="发明", status="有效", expiry=date(2040, 1, 1)),
        ),
        ownership="独占",
        rights_type="单位",
        publisher="示例大学技术转移中心",
        valid_until=date(2027, 12, 31),
    ),
)
