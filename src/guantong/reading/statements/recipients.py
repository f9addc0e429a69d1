"""Who a benefit is promised to, as the clause words it."""

from __future__ import annotations

import re

RECIPIENT = re.compile(
    r"(?:^|[，：]|条\s?|\s)对于?(?P<who>[^，。；]{2,80}?)(?=，|给予|予以|按|分别|奖励\d|补助\d|资助\d|补贴\d|再奖励|实行|进行|一次性|每年|每家|采用|在区内|，|$)"
)
_SUBJECT = re.compile(
    r"^(?P<who>[^，。；：]{0,40}?(?:企业|机构|单位|公司|基地|平台|项目|团队|个人|人才|孵化器|服务商|法人组织|自然人|基金|院所|园区|商))(?=，|的，|通过|在|于|每|分别|奖励|给予|按|可|年度|其|申领)"
)
_BACKED = re.compile(
    r"(?:支持|鼓励|引导)(?P<who>[^，。；\d]{0,16}?(?:企业|机构|单位|公司|孵化器|园区|个人|平台|高校|院所))(?=参加|开展|建设|购买|申报|引进|与|在|实施|加大|设立|承担|牵头|主导)"
)
_GIVEN = re.compile(
    r"(?:给予|为)(?:每家|该|其|相关|符合条件的)?(?P<who>[^，。；\d]{2,20}?(?:企业|机构|单位|公司|孵化器|园区|个人))"
)


def recipient_of(segment: str) -> str | None:
    """Return who gets a benefit, as worded, or nothing where nobody is named."""
    for shape in (RECIPIENT, _GIVEN, _SUBJECT, _BACKED):
        for found in shape.finditer(segment):
            who = found["who"].strip("的")
            who = re.sub(r"^每(?:家|个|户|名|位)", "", who)
            if not who.startswith("每") and not who.endswith(
                ("费", "费用", "资金", "金额", "部分", "投入", "贷款")
            ):
                return who
    return None
