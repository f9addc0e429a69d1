"""Documents in the official style, all of them invented."""

import pytest

from guantong.reading.documents import read_document
from guantong.reading.sources import Reading
from guantong.reading.statements import read_statements

GUIZHOU = """2026年贵州省政府工作报告
——2026年1月20日在贵州省第十四届人民代表大会第四次会议上

各位代表：
现在，我代表省人民政府，向大会报告工作，请予审议。

一、2025年工作回顾
过去一年，地区生产总值增长5.3%，一般公共预算收入达到2200亿元、增长3%。高新技术企业达2500家。山地算力调度平台上线运行。

二、2026年工作安排
今年主要预期目标是：地区生产总值增长5.5%左右，城镇新增就业60万人以上，居民消费价格涨幅2%左右。
（一）推进科技创新。加快建设山地算力枢纽，新增高新技术企业300家。（责任单位：省科技厅）
（二）扩大有效投资。年底前完成老旧小区改造500个，建设充电桩2万个。（责任单位：省住房城乡建设厅）
"""
YUNNAN = """2026年云南省政府工作报告
——2026年1月22日在云南省第十四届人民代表大会第四次会议上

各位代表：
现在，我代表省人民政府，向大会报告工作，请予审议。

一、2025年工作回顾
一年来，GDP增长4.8%，地方一般公共预算收入增长2%。

二、2026年工作安排
今年发展主要预期目标是：生产总值增长5%左右，新增城镇就业50万人，新建高原湖泊监测站80个。
（一）促进城乡协调。城镇老旧小区改造800个，农村公路里程达到3万公里。
"""
MEASURES = """示例区促进科技创新若干措施

第一条 对新认定的高新技术企业，给予30万元奖励。
第二条 对新建中试平台，按设备投资的30%给予补助，最高不超过500万元。
第三条 本措施自2026年3月1日起施行，有效期三年。
"""
NEWS = """贵阳举行科技创新大会 多项成果集中发布

3月8日，贵阳市科技创新大会举行。贵州大学的“耐候型光伏背板材料”、遵义医科大学的“山地急救转运舱”等成果发布。

大会还发布了贵阳市“揭榜挂帅”关键技术攻关需求，共12项，重点涉及新能源电池、山地农机、航空发动机叶片等3个方向，总投入2亿元。

贵阳概念验证中心正式揭牌，山地装备中试基地投入运行，黔中智能检测平台上线，花溪博物馆建成开放，清水江实验平台开工建设。
"""


def reading_of(text, name="report.txt", **options):
    """Read a text as a file of that name would be read."""
    document = read_document(text.encode(), name=name)
    return Reading(document=document, statements=tuple(read_statements(document, **options)))


@pytest.fixture(scope="session")
def read_text():
    return reading_of


@pytest.fixture(scope="session")
def guizhou():
    return reading_of(GUIZHOU, "guizhou.txt")


@pytest.fixture(scope="session")
def yunnan():
    return reading_of(YUNNAN, "yunnan.txt")


@pytest.fixture(scope="session")
def measures():
    return reading_of(MEASURES, "measures.txt")


@pytest.fixture(scope="session")
def news():
    return reading_of(NEWS, "news.txt")
