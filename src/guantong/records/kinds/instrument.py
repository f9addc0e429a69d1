"""Large instruments (大型仪器) that are shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guantong.records import common
from guantong.records.columns import Part
from guantong.records.kind import Kind
from guantong.records.model import Offer


@dataclass(frozen=True, kw_only=True)
class Instrument(Offer):
    """An instrument; ``organisation`` manages it. Prices are kept as worded, with their unit."""

    kind: ClassVar[str] = "instrument"

    model: str = ""
    status: str = ""
    manufacturer: str = ""
    specifications: str = ""
    department: str = ""
    address: str = ""
    price: str = ""
    price_unit: str = ""
    other_price: str = ""
    service_cycle: str = ""
    service_items: str = ""
    sample_requirements: str = ""


KIND = Kind(
    name="instrument",
    record=Instrument,
    zh="大型仪器",
    en="Instrument",
    also=("仪器", "仪器设备", "大型仪器库", "instruments", "equipment"),
    matched_with=("technology",),
    columns=(
        common.identity("仪器编号", "设备编号"),
        common.title("仪器名称", "Instrument", "equipment_name", "设备名称", "仪器设备名称"),
        common.text(
            "model", "规格型号", "Model", "specification_model", "型号", part=Part.KEYWORDS
        ),
        common.text("status", "运行状态", "Status", "operating_status", "使用状态", "仪器状态"),
        common.text("manufacturer", "生产厂家", "Manufacturer", "制造商", "生产厂商"),
        common.text(
            "specifications",
            "主要技术参数",
            "Key specifications",
            "key_technical_specifications",
            "主要技术指标",
            "关键技术指标",
            part=Part.BODY,
            width=40,
        ),
        common.description("主要功能", "Main functions", "main_functions", "功能", "应用范围"),
        common.organisation(
            "管理单位", "Managing organisation", "managing_organization_name", "所属单位"
        ),
        common.text("department", "内部部门", "Department", "internal_department", "所属部门"),
        common.region(),
        common.text("address", "安放地址", "Address", "installation_address", "安装地址", "地址"),
        common.fields_in_one("service_field", "服务领域", "Service field", "技术领域"),
        *common.industries(),
        common.keywords(),
        common.summary("仪器简介", "Summary"),
        common.indicators("量化指标", "Indicators", "技术指标"),
        *common.rare(*common.maturity()),
        common.modes(),
        *common.money("设备原值", "Value of the instrument", "原值"),
        common.text("price", "服务价格", "Service price", "service_price", "收费标准"),
        common.text(
            "price_unit", "服务价格单位", "Unit of price", "service_price_unit", "计价单位"
        ),
        common.text("other_price", "其他服务价格", "Other prices", "other_service_price"),
        common.text("service_cycle", "服务周期", "Service cycle"),
        common.text(
            "service_items",
            "服务项目产品",
            "Services",
            "service_item_product",
            "服务项目",
            part=Part.BODY,
        ),
        common.text("sample_requirements", "样品要求", "Sample requirements"),
        common.patents(),
        *common.rare(*common.english(), common.carbon()),
        common.validity(),
        common.disclosure("是否公开", "is_public"),
        *common.contact(
            name=("equipment_contact", "设备联系人", "仪器联系人"),
            phone=("landline_phone", "landline", "固定电话", "座机"),
            mobile=("mobile_phone", "移动电话", "手机号码"),
        ),
        common.reviewed(),
    ),
    example=Instrument(
        id="demo-instrument-1",
        title="场发射扫描电子显微镜",
        model="示例-3000",
        status="正常",
        manufacturer="示例仪器厂",
        specifications="分辨率1.0nm；加速电压0.1~30kV",
        description="材料表面形貌观察和微区成分分析。",
        organisation="示例大学分析测试中心",
        region="江苏省南京市",
        fields=("材料检测",),
        price="300",
        price_unit="元/小时",
        service_cycle="3个工作日",
        service_items="形貌观察；能谱分析",
        sample_requirements="干燥、无磁性的块状或粉末样品",
    ),
)
