"""Organisations (机构): enterprises, universities, institutes and whoever else acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from guantong.records import common
from guantong.records.amounts import MoneyCodec
from guantong.records.codecs import DateCodec
from guantong.records.codes import CreditCodeCodec
from guantong.records.columns import Column, Part
from guantong.records.kind import Kind
from guantong.records.model import Money, Record


@dataclass(frozen=True, kw_only=True)
class Organisation(Record):
    """An organisation under its full registered name; ``organisation`` is the body above it.

    ``credit_code`` is a checked GB 32100 code, ``chain_segment`` a place in an industrial chain
    (产业链环节), ``identity`` the role that the publishing platform gives it.
    """

    kind: ClassVar[str] = "organisation"

    credit_code: str = ""
    short_names: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    evaluation_grade: str = ""
    chain_segment: str = ""
    legal_representative: str = ""
    registered_capital: Money | None = None
    established: date | None = None
    address: str = ""
    website: str = ""
    business_scope: str = ""
    identity: str = ""
    patent_applications: str = ""


KIND = Kind(
    name="organisation",
    record=Organisation,
    zh="机构",
    en="Organisation",
    also=("企业", "企业库", "机构库", "单位", "organizations", "companies", "company"),
    columns=(
        common.identity(),
        common.title(
            "机构名称", "Organisation", "company_name", "企业名称", "单位名称", "公司名称"
        ),
        Column(
            key="credit_code",
            zh="统一社会信用代码",
            en="Unified social credit code",
            codec=CreditCodeCodec(),
            also=("unified_social_credit_code", "信用代码", "社会信用代码", "USCC"),
            lenient=False,
            identifier=True,
            width=22,
            help_zh="18 位，按 GB 32100 校验。",
            help_en="18 characters, checked by GB 32100.",
        ),
        common.words("short_names", "简称和曾用名", "Short and former names", "简称", "曾用名"),
        common.region("district", "所在区", "所属区"),
        common.fields_in_one(
            "industry_field", "产业领域", "Industry field", "行业领域", "所属行业"
        ),
        *common.industries(),
        common.text("chain_segment", "产业链环节", "Chain segment", "industry_chain_segment"),
        common.words("qualifications", "资质", "Qualifications", "企业资质", "资质荣誉"),
        common.text("evaluation_grade", "评价等级", "Grade", "企业评价等级"),
        common.description(
            "机构简介", "Introduction", "company_introduction", "企业简介", "公司简介"
        ),
        common.text("business_scope", "经营范围", "Business scope", part=Part.BODY, width=40),
        common.keywords(),
        common.text("legal_representative", "法定代表人", "Legal representative", "法人代表"),
        Column(
            key="registered_capital",
            zh="注册资本",
            en="Registered capital",
            codec=MoneyCodec(),
            also=("注册资金",),
            unit="万元",
        ),
        Column(
            key="established",
            zh="成立日期",
            en="Established",
            codec=DateCodec(),
            also=("establishment_date", "成立时间", "注册日期"),
        ),
        common.text("address", "地址", "Address", "注册地址", "企业地址", "单位地址"),
        common.text("website", "网址", "Website", "company_website", "官网", "企业网站"),
        common.text("identity", "身份", "Role", "企业身份"),
        common.text("patent_applications", "专利申请", "Patent applications", "专利申请情况"),
        *common.rare(
            Column(
                key="parent",
                zh="上级单位",
                en="Parent organisation",
                codec=common.TEXT,
                field="organisation",
            ),
            common.summary("机构摘要", "Summary"),
            *common.english(),
            common.indicators(),
            *common.maturity(),
            common.modes(),
            *common.money("金额", "Amount"),
            common.validity(),
            common.carbon(),
        ),
        common.disclosure("是否公开", "is_public"),
        *common.contact(phone=("contact_info",)),
        common.reviewed(),
    ),
    example=Organisation(
        id="demo-organisation-1",
        title="示例泵业有限公司",
        short_names=("示例泵业",),
        region="江苏省常州市",
        fields=("高端装备",),
        industries=("3441",),
        qualifications=("高新技术企业", "省级专精特新"),
        chain_segment="整机制造",
        description="生产石化和核电用高温高压泵。",
        business_scope="泵及真空设备制造、销售。",
        registered_capital=Money(low=Decimal(50000000), high=Decimal(50000000)),
        established=date(2010, 5, 1),
        address="江苏省常州市示例路 1 号",
    ),
)
