"""What the rules of releases share: the record itself, its tense, names that are clauses."""

from __future__ import annotations

import re

from guantong.reading.statements.draft import Draft, Setting
from guantong.reading.statements.model import ReleaseFacts, StatementKind
from guantong.reading.statements.named import Name, kind_of_object

_FOOTNOTE = re.compile(r"［\d+］")
_AHEAD = re.compile(r"将|拟|计划|筹备|即将|争取|力争|确保")


def planned_or(before: str, setting: Setting, action: str) -> str:
    """Return ``planned`` where the sentence or section looks ahead, else ``action``."""
    if setting.target is True:
        return "planned"
    found = list(_AHEAD.finditer(before[-30:]))
    return "planned" if found and setting.target is None else action


def release_of(
    name: str, start: int, end: int, action: str, rule: str, confidence: float, forced: str = ""
) -> Draft:
    """Return a release; its kind follows from the name unless ``forced``."""
    whole = re.fullmatch(r"“([^“”]+)”", name)
    shown = whole[1] if whole else name
    shown = _FOOTNOTE.sub("", shown)
    if shown.count("“") != shown.count("”"):
        shown = re.sub(r"[“”]", "", shown)
    facts = ReleaseFacts(object=forced or kind_of_object(shown), name=shown, action=action)
    return Draft(
        kind=StatementKind.RELEASE, start=start, end=end, facts=facts,
        confidence=confidence, rule=rule,
    )  # fmt: skip


def worded(name: Name) -> str:
    """Return a name without 全国首个 and makers; a quoted …号 stands for the whole."""
    quoted = re.search(r"“([^“”]{2,12}号)”$", name.text)
    if quoted:
        return quoted[1]
    return re.sub(
        r"^(?:由[^，]{2,20}?(?:的|建设|打造)|(?:国家|全省)?(?:重点|重大|标志性)工程(?=.{4})|(?:全国|我国|全[省区市]|国内)首[个家座条支])",
        "",
        name.text,
    ).strip()


def is_clause(name: str) -> bool:
    """A clause with a verb of its own is no name: ``推动企业``, ``坚持…``."""
    if re.search(
        r"进行|围绕|面向|要求|表示|强调|指出|作为|成为|获评|入选|荣获|以及时|正在|已经|共同|累计",
        name,
    ):
        return True
    return (
        re.match(
            r"(?:推动|支持|坚持|完善|优化|加强|强化|深化|提升|实施|开展|持续|进一步|打造|形成|帮助|鼓励|引导|做好|抓好|统筹|围绕|聚焦|通过|建立|健全|发挥|争取|保障|带动|完成|新增|增加|扩大|减少|全力|积极|着力|大力|有序|稳步|扎实|深入|全面)",
            name,
        )
        is not None
    )
