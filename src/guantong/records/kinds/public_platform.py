"""Public service platforms (公共服务平台)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guantong.records import common
from guantong.records.columns import Part
from guantong.records.kind import Kind
from guantong.records.model import Offer


@dataclass(frozen=True, kw_only=True)
class PublicPlatform(Offer):
    """A platform; its ``region`` is joined from province, city and district where none is given."""

    kind: ClassVar[str] = "public_platform"

    province: str = ""
    city: str = ""
    district: str = ""
    address: str = ""
    functions: str = ""

    def __post_init__(self) -> None:
        if not self.region:
            object.__setattr__(self, "region", self.province + self.city + self.district)


KIND = Kind(
    name="public_platform",
    record=PublicPlatform,
    zh="公共服务平台",
    en="Public service platform",
    also=("公共服务平台库", "服务平台", "public platforms", "public platform"),
    matched_with=("technology",),
    columns=(
        common.identity("平台编号"),
        common.title(
            "平台名称", "Platform", "platform_name", "platform_name_required", "公共服务平台名称"
        ),
        common.organisation(
            "承担单位",
            "Responsible organisation",
            "responsible_organization",
            "responsible_organization_required",
            "建设单位",
        ),
        common.text("province", "省", "Province", "province_required", "省份", "所在省"),
        common.text("city", "市", "City", "city_required", "城市", "设区市", "所在市"),
        common.text("district", "区", "District", "district_required", "区县", "县区", "所在区"),
        common.region(),
        common.text(
            "address",
            "建设地址",
            "Address",
            "construction_address",
            "construction_address_required",
            "地址",
        ),
        common.fields_in_one(
            "industry_field", "产业领域", "Industry field", "industry_field_required", "行业领域"
        ),
        *common.industries(),
        common.keywords(),
        common.summary("平台摘要", "Summary"),
        common.description(
            "平台概述", "Overview", "overview", "overview_required", "平台简介", "概述"
        ),
        common.text(
            "functions",
            "平台功能",
            "Functions",
            "functions_required",
            "功能",
            "主要功能",
            part=Part.BODY,
            width=40,
        ),
        common.indicators(),
        *common.rare(*common.maturity()),
        common.modes(),
        *common.money("服务报价", "Fee", "收费"),
        common.patents(),
        *common.rare(*common.english(), common.carbon()),
        common.validity(),
        common.disclosure("是否公开", "is_public"),
        *common.contact(
            name=("contact_name_required",),
            phone=("contact_info", "contact_info_required"),
        ),
        common.reviewed(),
    ),
    example=PublicPlatform(
        id="demo-public_platform-1",
        title="示例材料检测公共服务平台",
        organisation="示例检测研究院",
        province="江苏省",
        city="南京市",
        district="示例区",
        address="江苏省南京市示例路 4 号",
        fields=("新材料",),
        description="面向中小企业开放的材料检测和失效分析平台。",
        functions="力学、成分和老化检测，失效分析，标准咨询。",
    ),
)
