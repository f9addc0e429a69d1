"""Titles, headings, items, captions and articles are told apart by form, not by what they say."""

from __future__ import annotations

import pytest

from guantong.reading.documents import BlockKind, Document, outline, read_document

BODY = "会议强调，要推动科技创新和产业创新深度融合，加快建设现代化产业体系，努力完成全年目标任务。"
T, H, P, L, C, N = (
    BlockKind.TITLE,
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.CAPTION,
    BlockKind.NOISE,
)


def read(text: str) -> Document:
    return read_document(text.encode(), name="a.txt")


def kinds(text: str) -> list[tuple[BlockKind, int]]:
    return [(block.kind, block.level) for block in read(text).blocks]


def test_markdown_headings_have_their_depth() -> None:
    text = f"# 题目\n\n## 一节\n\n### 小节\n\n{BODY}\n\n## 二节\n\n{BODY}\n"
    assert kinds(text) == [(T, 1), (H, 1), (H, 2), (P, 0), (H, 1), (P, 0)]


def test_numbered_parts_lie_inside_each_other() -> None:
    text = (
        f"关于支持创新的意见\n{BODY}\n一、总体要求\n（一）指导思想\n{BODY}\n（二）目标\n1.到2027年\n"
        f"（1）建成10家。\n（2）服务20家。\n二、重点任务\n{BODY}\n"
    )
    assert kinds(text) == [
        (T, 1),
        (P, 0),
        (H, 1),
        (H, 2),
        (P, 0),
        (H, 2),
        (H, 3),
        (L, 4),
        (L, 4),
        (H, 1),
        (P, 0),
    ]


def test_chapters_lie_over_articles_and_their_items() -> None:
    text = (
        "临江市科技创新条例\n第一章 总 则\n第一条 为了促进创新，制定本条例。\n"
        "第二条 本条例适用于下列活动：\n（一）基础研究；\n（二）成果转化。\n"
        "第二章 附 则\n第三条 本条例自2026年起施行。\n"
    )
    assert kinds(text) == [(T, 1), (H, 1), (L, 2), (L, 2), (L, 3), (L, 3), (H, 1), (L, 2)]


def test_short_lines_over_paragraphs_are_headings_where_nothing_is_marked() -> None:
    text = "\n\n".join(
        ["临江忙开局", BODY, "科创领航:锚定未来赛道", BODY, "民生为本:办好小事", BODY]
    )
    assert kinds(text) == [(T, 1), (P, 0), (H, 1), (P, 0), (H, 1), (P, 0)]


def test_a_plain_heading_below_numbered_ones_lies_inside() -> None:
    text = (
        f"一、工作回顾\n{BODY}\n生态更美\n{BODY}\n二、工作安排\n{BODY}\n附件1\n实事清单\n{BODY}\n"
    )
    assert kinds(text) == [
        (H, 1), (P, 0), (H, 2), (P, 0), (H, 1), (P, 0), (H, 1), (H, 1), (P, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "各位代表：",
        "临江市市长 李明",
        "临江市科学技术局",
        "2026年3月5日",
        "联系电话：0510-12345678",
        "发文机关：临江市人民政府",
    ],
)
def test_lines_of_a_letter_are_no_headings(line: str) -> None:
    document = read(f"关于申报的通知\n\n{BODY}\n\n{line}\n\n{BODY}{BODY}\n")
    assert document.blocks[2].span.of(document.text) == line
    assert document.blocks[2].kind is P


def test_a_list_of_short_items_is_no_list_of_headings() -> None:
    text = f"一、申请材料\n1）资格证书\n2）立项材料\n3）审计报告\n二、受理时间\n{BODY}\n"
    assert kinds(text) == [(H, 1), (L, 2), (L, 2), (L, 2), (H, 1), (P, 0)]


@pytest.mark.parametrize(
    "line",
    [
        "图为企业车间内工人正在赶制订单",
        "图1 研发投入强度",
        "表2 主要指标",
        "▲展会现场",
        "省长李明作政府工作报告。本报记者 王五 摄",
        "游客在商店里挑选产品。新华社发",
    ],
)
def test_captions_are_set_apart(line: str) -> None:
    found = read(f"临江召开大会\n\n{BODY}\n\n{line}\n\n{BODY}\n").blocks
    assert found[2].kind is C


def test_a_sentence_left_alone_by_a_picture_is_its_caption() -> None:
    text = f"临江召开大会\n\n\n\n在临江会展中心展示的智能机器人产品。\n\n{BODY}\n"
    assert kinds(text)[1] == (C, 0)


def test_a_title_over_several_lines_is_one_block() -> None:
    document = read(f"各地拓展\n\n人工智能+ 拼抢新赛道！\n\n有何新动向？\n\n\n\n{BODY}\n")
    assert document.head.title == "各地拓展人工智能+ 拼抢新赛道！有何新动向？"
    assert document.blocks[0].kind is T


def test_a_table_of_markdown_has_its_cells() -> None:
    document = read(
        f"# 题目\n\n{BODY}\n\n| 级别 | 补助 |\n|---|---|\n| 国家级 | 100万元 |\n\n{BODY}\n"
    )
    table = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    cells = [[span.of(document.text).strip() for span in row] for row in table.cells]
    assert cells == [["级别", "补助"], ["国家级", "100万元"]]


def test_form_feeds_part_pages() -> None:
    document = read(f"题目在此\n\n{BODY}\n\f{BODY}\n")
    assert [block.page for block in document.blocks] == [1, 1, 2]
    assert len(document.pages) == 2
    assert document.pages[1].of(document.text).strip() == BODY


# Articles


def articles(text: str) -> list[tuple[str, int]]:
    document = read(text)
    return [
        (
            article.head.title,
            sum(b.article == article.number and b.kind is P for b in document.blocks),
        )
        for article in document.articles
    ]


def test_each_top_heading_of_markdown_opens_an_article() -> None:
    text = f"# 甲会召开\n\n{BODY}\n\n## 小节\n\n{BODY}\n\n# 乙会召开\n\n（上接第1版）\n\n{BODY}\n"
    assert articles(text) == [("甲会召开", 2), ("乙会召开", 1)]


def test_a_second_level_heading_over_a_dateline_opens_an_article() -> None:
    text = (
        f"# 甲会召开\n\n{BODY}\n\n## 乙地提速\n\n本报讯 记者李明报道：{BODY}\n\n## 小节\n\n{BODY}\n"
    )
    assert articles(text) == [("甲会召开", 1), ("乙地提速", 2)]


def test_headlines_over_datelines_open_articles_where_nothing_is_marked() -> None:
    text = (
        f"甲市召开大会\n\n{BODY}\n\n（新华社甲市1月30日电 记者李明）\n\n乙市签署协议\n\n"
        f"新华社乙市1月30日电（记者王五）{BODY}\n\n{BODY}\n\n丙市发放补贴\n\n据新华社丙市1月30日电{BODY}\n"
    )
    assert articles(text) == [("甲市召开大会", 1), ("乙市签署协议", 2), ("丙市发放补贴", 1)]


def test_a_headline_of_two_halves_opens_an_article_on_a_page_of_news() -> None:
    text = (
        f"甲市召开大会\n\n新华社甲市1月30日电{BODY}\n\n乙市签署协议\n\n新华社乙市1月30日电{BODY}\n\n"
        f"丙地民警宣传安全 护航平安回家之路\n\n{BODY}\n"
    )
    assert len(articles(text)) == 3


def test_numbered_sections_open_no_article() -> None:
    text = f"# 甲会召开\n\n{BODY}\n\n## 一、回顾\n\n{BODY}\n\n## 二、安排\n\n{BODY}\n"
    assert len(articles(text)) == 1


def test_every_block_knows_its_article_and_articles_cover_the_text_in_order() -> None:
    document = read(f"# 甲\n\n{BODY}\n\n# 乙\n\n{BODY}\n\n# 丙\n\n{BODY}\n")
    assert [block.article for block in document.blocks] == [0, 0, 1, 1, 2, 2]
    ends = [article.span.end for article in document.articles]
    assert ends == sorted(ends)
    for block in document.blocks:
        span = document.articles[block.article].span
        assert span.start <= block.span.start < block.span.end <= span.end


# Outline


def shape(text: str) -> list[tuple[int, str, int, str]]:
    tree = outline(read(text))
    return [(node.level, node.style, node.number, node.title) for node in tree.walk()][1:]


def test_the_outline_is_a_tree_down_to_marks_inside_paragraphs() -> None:
    text = (
        f"关于支持创新的意见\n{BODY}\n一、重点任务\n（一）强化投入。要抓好两项工作：一是加大财政支持；二是引导社会资本。\n"
        f"（二）引进人才。\n二、保障措施\n{BODY}\n"
    )
    assert shape(text) == [
        (1, "comma", 1, "重点任务"),
        (2, "bracket", 1, "强化投入"),
        (3, "is", 1, "加大财政支持"),
        (3, "is", 2, "引导社会资本"),
        (2, "bracket", 2, "引进人才"),
        (1, "comma", 2, "保障措施"),
    ]


def test_every_node_holds_its_children_and_begins_with_its_mark() -> None:
    document = read(
        f"意见\n一、甲任务\n{BODY}\n（一）子任务。一要学习；二要实干；三要清廉。\n{BODY}\n二、乙任务\n1.丙。\n2.丁。\n"
    )
    for node in outline(document).walk():
        assert node.head.of(document.text).startswith(node.label)
        ends = node.span.start
        for child in node.children:
            assert ends <= child.span.start <= child.span.end <= node.span.end
            ends = child.span.end


def test_a_part_reaches_to_the_next_of_its_kind() -> None:
    document = read(f"关于创新的意见\n一、甲任务\n{BODY}\n{BODY}\n二、乙任务\n{BODY}\n")
    first, second = outline(document).children
    assert first.span.of(document.text) == f"一、甲任务\n{BODY}\n{BODY}"
    assert second.span.of(document.text) == f"二、乙任务\n{BODY}"


def test_noise_is_in_no_part() -> None:
    document = read(f"关于创新的意见\n一、甲任务\n{BODY}\n相关推荐\n1.某地建厂\n2.某地投产\n")
    assert [node.title for node in outline(document).walk()][1:] == ["甲任务"]


def test_a_text_without_marks_has_no_parts() -> None:
    assert outline(read(f"{BODY}\n")).children == ()
