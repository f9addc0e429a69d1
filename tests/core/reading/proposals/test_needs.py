import pytest

from guantong.reading.documents import read_document
from guantong.reading.needs import place_in, read_needs


def needs(text):
    return read_needs(read_document(text.encode(), name="n.txt"))


def titles(text):
    return [need.title for need in needs(text)]


def test_each_field_of_a_bounty_list_is_a_need(news):
    found = read_needs(news.document)
    assert [need.field for need in found] == ["新能源电池", "山地农机", "航空发动机叶片"]
    assert found[0].title == "贵阳市揭榜挂帅关键技术攻关需求（新能源电池方向）"


def test_a_need_stands_at_its_sentence(news):
    for need in read_needs(news.document):
        quote = need.span.of(news.document.text)
        assert quote.startswith("大会还发布了")
        assert need.field in quote
        assert need.span.start >= news.document.blocks[need.block].span.start


def test_the_place_of_a_need_is_the_one_it_names(news):
    assert {need.region for need in read_needs(news.document)} == {"贵州省贵阳市"}


def test_a_list_without_fields_is_one_need():
    assert titles("会上，遵义市白酒酿造揭榜挂帅需求清单正式发布。") == [
        "遵义市白酒酿造揭榜挂帅需求清单"
    ]


def test_how_many_there_are_is_no_part_of_the_name():
    assert titles("会议发布了25项黔中城市群关键技术攻关需求。") == ["黔中城市群关键技术攻关需求"]


def test_only_the_last_of_a_list_of_things_is_the_need():
    text = "会议发布政策汇编、应用案例和黔南州茶产业技术需求清单。"
    assert titles(text) == ["黔南州茶产业技术需求清单"]


def test_what_belongs_to_the_first_field_is_left_out():
    text = "现场发布企业技术难题，聚焦我市“三大千亿”产业集群的精密铸造、智能仓储和绿色染整等领域。"
    text = text.replace("企业技术难题", "六盘水市企业技术难题")
    assert [need.field for need in needs(text)] == ["精密铸造", "智能仓储", "绿色染整"]


@pytest.mark.parametrize(
    "text",
    [
        "完善“揭榜挂帅”机制，实施100项重大专项。",
        "通过“揭榜挂帅”等方式开展关键技术攻关。",
        "用好重大科技任务“揭榜挂帅”机制，创新科技金融服务。",
        "第9次入围最具吸引力城市榜单前十强，发布了新的目标。",
        "技术需求超600项，科技成果信息超5000项。",
        "企业有技术需求，可以拨打电话咨询。",
        "市场需求持续回升，发布了一批新政策。",
    ],
)
def test_a_sentence_that_announces_nothing_is_no_need(text):
    assert titles(text) == []


def test_noise_announces_nothing(news):
    assert all(need.block < len(news.document.blocks) for need in read_needs(news.document))


def test_the_same_need_twice_is_one():
    text = "会议发布了黔中城市群关键技术攻关需求。\n\n晚间，再次发布黔中城市群关键技术攻关需求。"
    assert len(titles(text)) == 1


def test_a_text_that_names_no_place_has_none():
    assert place_in("关键技术攻关需求") == ""
    assert place_in("贵阳市关键技术攻关需求") == "贵州省贵阳市"
