import pytest

from guantong.reading.digest import PAGE, ROOM, Part, digest
from guantong.reading.exports import digests_as
from guantong.reading.statements import IndicatorFacts, Modality, TaskFacts


def section(found, part):
    return next((each for each in found.sections if each.part is part), None)


def names(found, part):
    return [line.statement.to_json().get("indicator") for line in section(found, part).lines]


def test_targets_and_what_was_reached_are_parts_of_their_own(guizhou):
    found = digest(guizhou)
    assert names(found, Part.TARGETS)[:3] == ["地区生产总值", "城镇新增就业", "居民消费价格"]
    for line in section(found, Part.REACHED).lines:
        assert isinstance(line.statement.facts, IndicatorFacts)
        assert line.statement.facts.modality is Modality.ACTUAL


def test_parts_of_which_nothing_is_said_are_left_out(measures):
    assert [each.part for each in digest(measures).sections] == [Part.SUPPORTS]


def test_supports_say_who_gets_what(measures):
    text = digests_as("txt", [digest(measures)])
    assert "新认定的高新技术企业：奖励，30万元" in text
    assert "新建中试平台：补助，设备投资的30%，最高500万元" in text


def test_every_line_has_its_source(guizhou, news, measures):
    for reading in (guizhou, news, measures):
        for part in digest(reading).sections:
            for line in part.lines:
                assert line.source.span.of(reading.document.text) == line.source.quote
                assert (
                    reading.document.blocks[line.source.block - 1].span.start
                    <= line.source.span.start
                )


def test_tasks_show_who_is_responsible(guizhou):
    tasks = [line.statement.facts for line in section(digest(guizhou), Part.TASKS).lines]
    assert all(isinstance(task, TaskFacts) for task in tasks)
    assert ("省科技厅",) in [task.responsible for task in tasks]


def long_report(targets, tasks):
    lines = [f"新增第{'甲乙丙丁戊己庚辛壬癸'[n % 10]}型试验车间{n + 2}个。" for n in range(targets)]
    items = [
        f"（{'一二三四五六七八九'[n // 9]}）加快建设{n + 3}号科创走廊示范段。" for n in range(tasks)
    ]
    head = "2026年贵州省政府工作报告\n\n一、2025年工作回顾\n过去一年，地区生产总值增长5.3%。\n\n"
    return head + "二、2026年工作安排\n" + "\n".join(lines + items) + "\n地区生产总值增长5%。\n"


def test_a_long_report_still_fits_on_a_page(read_text):
    found = digest(read_text(long_report(90, 80)))
    assert sum(len(each.lines) for each in found.sections) <= PAGE
    tasks = section(found, Part.TASKS)
    assert len(tasks.lines) == ROOM[Part.TASKS]
    assert tasks.left_out >= 80 - len(tasks.lines)


def test_a_headline_figure_is_never_crowded_out(read_text):
    found = digest(read_text(long_report(90, 0)))
    assert names(found, Part.TARGETS)[0] == "地区生产总值"


def test_room_that_is_not_needed_goes_to_the_supports(read_text):
    articles = [f"第{n}条 对示例类型{n}企业，给予{n + 10}万元奖励。" for n in range(1, 31)]
    found = digest(read_text("示例区若干措施\n\n" + "\n".join(articles) + "\n"))
    assert len(section(found, Part.SUPPORTS).lines) == 30 > ROOM[Part.SUPPORTS]


def test_each_section_has_a_task_before_any_has_a_second(read_text):
    found = digest(read_text(long_report(0, 81)))
    sections = [line.statement.facts.position for line in section(found, Part.TASKS).lines]
    assert {place[:4] for place in sections} == {f"二（{n}）" for n in "一二三四五六七八九"}


def test_the_same_statement_twice_takes_one_line(read_text):
    head = "2026年贵州省政府工作报告\n\n二、2026年工作安排\n"
    text = head + "新增绿色工厂50家。\n再说一遍，新增绿色工厂50家。\n"
    assert len(section(digest(read_text(text)), Part.TARGETS).lines) == 1


def test_a_text_that_says_nothing_is_told_so(read_text):
    reading = read_text("关于放假的通知\n\n各位同事：\n明天休息，祝大家愉快。\n")
    assert digest(reading).sections == ()
    assert "没有读到目标" in digests_as("txt", [digest(reading)])
    assert "No targets" in digests_as("txt", [digest(reading)], lang="en")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_names_document_and_place(guizhou, lang):
    text = digests_as("txt", [digest(guizhou)], lang=lang)
    assert "guizhou.txt" in text
    place = (
        "第8段「地区生产总值增长5.5%左右」"
        if lang == "zh"
        else "block 8 “地区生产总值增长5.5%左右”"
    )
    assert place in text


def test_several_digests_follow_one_another(guizhou, measures):
    text = digests_as("txt", [digest(guizhou), digest(measures)])
    assert text.index("贵州省政府工作报告") < text.index("示例区促进科技创新若干措施")
