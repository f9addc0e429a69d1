"""Pilot platforms (中试平台), which carry a result from the bench to small production."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guantong.records import common
from guantong.records.columns import Choice, Column, Part
from guantong.records.kind import Kind
from guantong.records.maturity import TrlCodec
from guantong.records.model import Offer

# 工信厅科函〔2025〕456号 names these five services of pilot platforms.
SERVICE_TYPES = (
    Choice("设计验证", "设计验证", "design verification"),
    Choice("功能性能验证", "功能性能验证", "functional verification"),
    Choice("工艺验证", "工艺验证", "process verification"),
    Choice("适配验证", "适配验证", "compatibility verification"),
    Choice("生产验证", "生产验证", "production verification"),
)


@dataclass(frozen=True, kw_only=True)
class PilotPlatform(Offer):
    """A platform; it takes results at ``trl_in`` and brings them to ``trl_out``."""

    kind: ClassVar[str] = "pilot_platform"

    service_types: tuple[str, ...] = ()
    service_content: str = ""
    trl_in: int | None = None
    trl_out: int | None = None
    batch_size: str = ""
    equipment: tuple[str, ...] = ()
    permits: tuple[str, ...] = ()
    lead_time: str = ""
    recognition: str = ""
    address: str = ""


KIND = Kind(
    name="pilot_platform",
    record=PilotPlatform,
    zh="中试平台",
    en="Pilot platform",
    also=("中试平台库", "中试基地", "pilot platforms", "pilot plant"),
    matched_with=("technology",),
    columns=(
        common.identity("平台编号"),
        common.title("平台名称", "Platform", "platform_name", "中试平台名称"),
        common.organisation("运营主体", "Operator", "operating_entity", "运营单位", "建设单位"),
        common.region(),
        common.fields_in_one("industry_category", "产业类别", "Industry category", "行业类别"),
        *common.industries(),
        common.keywords(),
        common.summary("平台摘要", "Summary"),
        common.description("平台介绍", "Introduction", "platform_introduction", "平台简介"),
        common.text(
            "service_content", "服务内容", "Services", "服务能力", part=Part.BODY, width=40
        ),
        Column(
            key="service_types",
            zh="服务类型",
            en="Types of service",
            codec=common.LIST,
            choices=SERVICE_TYPES,
            part=Part.KEYWORDS,
        ),
        Column(key="trl_in", zh="接入TRL", en="TRL in", codec=TrlCodec(), also=("承接成熟度",)),
        Column(key="trl_out", zh="产出TRL", en="TRL out", codec=TrlCodec(), also=("交付成熟度",)),
        common.text("batch_size", "批量范围", "Batch size", "中试规模", "产能", part=Part.BODY),
        common.words("equipment", "主要设备", "Equipment", "设备清单", part=Part.BODY),
        common.words("permits", "环评安评手续", "Permits", "安全环保手续"),
        common.text("lead_time", "排期", "Lead time", "服务周期"),
        common.text("recognition", "认定级别", "Recognition", "认定情况"),
        common.indicators(),
        *common.rare(*common.maturity()),
        common.modes(),
        *common.money("服务报价", "Fee", "收费"),
        common.text("address", "地址", "Address", "平台地址"),
        common.patents(),
        *common.rare(*common.english(), common.carbon()),
        common.validity(),
        common.disclosure("是否公开", "is_public"),
        *common.contact(),
        common.reviewed(),
    ),
    example=PilotPlatform(
        id="demo-pilot_platform-1",
        title="示例精细陶瓷中试平台",
        organisation="示例新材料研究院",
        region="江苏省常州市",
        fields=("新材料",),
        industries=("3073",),
        description="拥有喷雾造粒、等静压和气氛烧结中试线，可承接百公斤级试制。",
        service_content="工艺放大、小批量试制、检测。",
        service_types=("工艺验证", "生产验证"),
        trl_in=4,
        trl_out=7,
        batch_size="10-500公斤/批",
        equipment=("喷雾造粒机", "冷等静压机", "气氛烧结炉"),
        recognition="省级中试基地",
        address="江苏省常州市示例路 3 号",
    ),
)
