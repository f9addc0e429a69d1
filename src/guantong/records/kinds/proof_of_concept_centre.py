"""Proof-of-concept centres (概念验证中心), which show whether a result can become a product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guantong.records import common
from guantong.records.columns import Part
from guantong.records.kind import Kind
from guantong.records.model import Offer


@dataclass(frozen=True, kw_only=True)
class ProofOfConceptCentre(Offer):
    """A centre; ``organisation`` is responsible for it and ``level`` is its official rank."""

    kind: ClassVar[str] = "proof_of_concept_centre"

    centre_type: str = ""
    level: str = ""
    address: str = ""
    organisation_introduction: str = ""


KIND = Kind(
    name="proof_of_concept_centre",
    record=ProofOfConceptCentre,
    zh="概念验证中心",
    en="Proof-of-concept centre",
    also=("概念验证中心库", "proof of concept centre", "proof-of-concept center", "概念验证"),
    matched_with=("technology",),
    columns=(
        common.identity("中心编号"),
        common.title("中心名称", "Centre", "center_name", "概念验证中心名称"),
        common.organisation(
            "承担单位",
            "Responsible organisation",
            "responsible_organization",
            "建设单位",
            "依托单位",
        ),
        common.region("district", "所在区", "所属区"),
        common.text("centre_type", "中心类型", "Type of centre", "center_type"),
        common.fields_in_one("service_field", "服务领域", "Service field", "技术领域"),
        *common.industries(),
        common.text("level", "级别", "Level", "中心级别"),
        common.keywords(),
        common.summary("中心简介", "Summary"),
        common.description("服务内容", "Services", "service_content"),
        common.text(
            "organisation_introduction",
            "承担单位简介",
            "About the organisation",
            "responsible_organization_introduction",
            part=Part.BODY,
            width=40,
        ),
        common.indicators(),
        *common.rare(*common.maturity()),
        common.modes(),
        *common.money("服务报价", "Fee", "收费"),
        common.text("address", "单位地址", "Address", "organization_address", "地址"),
        common.patents(),
        *common.rare(*common.english(), common.carbon()),
        common.validity(),
        common.disclosure("是否公开", "is_public"),
        *common.contact(),
        common.reviewed(),
    ),
    example=ProofOfConceptCentre(
        id="demo-proof_of_concept_centre-1",
        title="示例新材料概念验证中心",
        organisation="示例大学",
        region="江苏省南京市",
        centre_type="高校院所类",
        fields=("新材料",),
        level="市级",
        description="为材料类成果提供技术可行性验证、样品试制、市场评估和知识产权布局。",
        address="江苏省南京市示例路 2 号",
    ),
)
