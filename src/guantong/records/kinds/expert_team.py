"""Expert teams (专家团队) that work on other people's problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guantong.records import common
from guantong.records.codecs import CountCodec
from guantong.records.columns import Column, Part
from guantong.records.kind import Kind
from guantong.records.model import Offer


@dataclass(frozen=True, kw_only=True)
class ExpertTeam(Offer):
    """A team; ``organisation`` is the university or institute that it belongs to."""

    kind: ClassVar[str] = "expert_team"

    leader: str = ""
    size: int | None = None
    expertise: tuple[str, ...] = ()
    representative_achievements: str = ""
    publisher: str = ""


KIND = Kind(
    name="expert_team",
    record=ExpertTeam,
    zh="专家团队",
    en="Expert team",
    also=("团队", "专家", "专家团队库", "expert teams", "experts"),
    matched_with=("technology",),
    columns=(
        common.identity("团队编号"),
        common.title("团队名称", "Team", "expert_team_name", "专家团队名称"),
        common.organisation(
            "所属高校", "Institution", "affiliated_university", "所属单位", "所属院校", "依托单位"
        ),
        common.region(),
        common.text("leader", "团队负责人", "Leader", "team_leader", "负责人", "带头人"),
        Column(
            key="size",
            zh="团队人数",
            en="Team size",
            codec=CountCodec(),
            also=("team_size", "人数", "团队规模"),
        ),
        *common.technology_fields(),
        *common.industries(),
        common.words(
            "expertise",
            "擅长领域",
            "Expertise",
            "expertise_areas",
            "研究方向",
            "研究领域",
            "专业领域",
            part=Part.KEYWORDS,
        ),
        common.keywords(),
        common.summary("团队简介摘要", "Summary"),
        common.description("团队介绍", "Introduction", "team_introduction", "团队简介"),
        common.text(
            "representative_achievements",
            "代表性成果",
            "Representative results",
            "代表成果",
            part=Part.BODY,
            width=40,
        ),
        common.indicators(),
        *common.rare(*common.maturity()),
        common.modes(),
        *common.money("服务报价", "Fee", "费用"),
        common.patents(),
        common.text("publisher", "发布单位", "Publisher", "发布人"),
        *common.rare(*common.english(), common.carbon()),
        common.validity(),
        common.disclosure("是否公开", "is_public"),
        *common.contact(),
        common.reviewed(),
    ),
    example=ExpertTeam(
        id="demo-expert_team-1",
        title="先进陶瓷与密封技术团队",
        organisation="示例大学",
        region="江苏省南京市",
        size=12,
        fields=("新材料", "先进陶瓷"),
        expertise=("结构陶瓷", "摩擦学", "密封设计"),
        description="长期从事结构陶瓷的成型、烧结和摩擦学研究，服务泵阀和化工装备企业。",
        representative_achievements="碳化硅密封环中试线；高温摩擦试验方法。",
        modes=("技术服务", "委托开发"),
    ),
)
