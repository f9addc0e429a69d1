from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from guantong.reading.documents import Block, BlockKind
from guantong.reading.exports.marks import Mark, Marks, marked_block, marked_span
from guantong.reading.statements import MentionFacts, Statement, StatementKind
from guantong.text.spans import Span


def statement(start, end, kind=StatementKind.INDICATOR):
    return Statement(
        kind=kind,
        quote="",
        span=Span(start, end),
        facts=MentionFacts(category="place", name="x", organisation=None),
        confidence=1,
        rule="x",
        block=0,
    )


def block(text, start=0, runs=None):
    clean = text if runs is None else "".join(text[low:high] for low, high in runs)
    offsets, total = [], 0
    for low, high in runs or [(0, len(text))]:
        offsets.append((total, start + low))
        total += high - low
    span = Span(start, start + len(text))
    return Block(kind=BlockKind.PARAGRAPH, span=span, clean=clean, runs=tuple(offsets))


def marks(*spans):
    return Marks([Mark(str(number), statement(*span)) for number, span in enumerate(spans, 1)])


def test_a_text_without_records_is_only_escaped():
    assert marked_block(block("a<b"), marks()) == "a&lt;b"


def test_a_record_becomes_a_link():
    shown = marked_block(block("增长5%。"), marks((0, 4)))
    assert shown == '<span class="at" id="q1"></span><a class="m indicator" href="#r1">增长5%</a>。'


def test_a_record_of_an_earlier_block_is_marked_and_not_anchored_again():
    shown = marked_block(block("后半句。", start=10), marks((4, 13)))
    assert shown == '<a class="m indicator" href="#r1">后半句</a>。'


def test_a_mended_line_break_does_not_shift_the_marks():
    text = "前面\n增长\n5%。"
    mended = block(text, runs=[(0, 2), (3, 5), (6, 9)])
    shown = marked_block(mended, marks((3, 8)))
    assert shown.startswith("前面<span")
    assert ">增长5%</a>。" in shown


def test_a_record_inside_another_parts_it_and_both_are_named():
    shown = marked_block(block("甲乙丙丁"), marks((0, 4), (1, 3)))
    assert shown.count("<a ") == 3
    assert '<a class="m indicator" href="#r2">乙丙</a>' in shown


def test_only_the_records_of_a_stretch_are_found():
    found = marks((0, 5), (5, 9), (9, 12)).within(Span(4, 9))
    assert [mark.anchor for mark in found] == ["1", "2"]


def test_a_cell_shows_only_its_own_part_of_a_record():
    shown = marked_span("甲乙丙丁", Span(2, 4), marks((1, 3)))
    assert shown == '<a class="m indicator" href="#r1">丙</a>丁'


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=8)


@given(SPANS, st.lists(st.integers(1, 29), unique=True, max_size=5))
def test_marking_never_loses_or_adds_a_character(spans, breaks):
    text = "".join(chr(0x4E00 + number) for number in range(30))
    cuts = [0, *sorted(breaks), 30]
    # Every break takes one character away, as a mended line break does.
    runs = [(low, high - 1) for low, high in pairwise(cuts) if low < high - 1] or [(0, 30)]
    shown_block = block(text, runs=runs)
    bounded = [(start, min(start + length, 30)) for start, length in spans if start < 30]
    shown = marked_block(shown_block, marks(*bounded))
    plain = "".join(piece.partition(">")[2] for piece in ("x>" + shown).split("<"))
    assert plain == shown_block.clean
    for number, (start, end) in enumerate(bounded, 1):
        visible = any(low < end and start < high for low, high in runs)
        assert shown.count(f'id="q{number}"') == visible
