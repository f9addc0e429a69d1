"""JSONL: keys as they are in the wild, wrong lines, gzip, arrays, and limits."""

import gzip
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.records import Money, Need, Offer, Severity, Side, kinds
from guantong.records.tables import Limits, read_records, record_object, write_records


def lines(*objects):
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)


def test_bare_needs_and_offers_are_what_the_caller_says(table):
    path = table(lines({"id": "N1", "title": "防爆电池", "description": "安全"}), "needs.jsonl")
    [need] = read_records(path, side=Side.NEED).records
    assert isinstance(need, Need)
    assert (need.id, need.title, need.description) == ("N1", "防爆电池", "安全")
    path = table(lines({"id": "A1", "title": "电池粘结剂"}), "achievements.jsonl")
    [offer] = read_records(path, side=Side.OFFER).records
    assert isinstance(offer, Offer)


def test_the_name_of_the_file_may_say_what_bare_lines_are(table):
    content = lines({"id": "1", "title": "电池"})
    assert read_records(table(content, "needs.jsonl")).counts() == {"technology": 1}
    assert read_records(table(content, "achievements.jsonl")).counts() == {"achievement": 1}


def test_bare_lines_of_unknown_side_are_an_error_that_names_the_choice(table):
    with pytest.raises(InputError, match="kind_unclear") as failure:
        read_records(table(lines({"id": "1", "title": "电池"}), "data.jsonl"))
    assert "achievement" in failure.value.params["kinds"]


def test_a_bare_line_among_lines_of_known_kind_is_only_rejected(table):
    content = lines({"kind": "instrument", "title": "电镜"}, {"id": "1", "title": "电池"})
    result = read_records(table(content, "data.jsonl"))
    assert result.counts() == {"instrument": 1}
    assert [each.code for each in result.problems] == ["tables.kind_unclear"]


def test_paper_and_patent_keys_are_accepted(table):
    path = table(
        lines(
            {"id": "cx-1", "title": "甲", "abstract": "摘要", "keywords": "一；二", "clc": "TB3"},
            {
                "id": "csl-1",
                "title": "乙",
                "abstract": "文",
                "keywords": ["a", "b"],
                "discipline": "工学",
            },
            {"id": "pt-1", "title": "丙", "abstract": "文", "assignee": "某公司", "clc": ""},
            {
                "id": "zh-1",
                "title": "丁",
                "abstract": "文",
                "en_abstract": "text",
                "en_keywords": "x; y",
            },
        ),
        "results.jsonl",
    )
    result = read_records(path, side=Side.OFFER)
    assert result.problems == ()
    paper, journal, patent, pair = result.records
    assert (paper.description, paper.keywords, paper.clc) == ("摘要", ("一", "二"), ("TB3",))
    assert (journal.keywords, journal.fields) == (("a", "b"), ("工学",))
    assert patent.organisation == "某公司"
    assert (pair.description_en, pair.keywords_en) == ("text", ("x", "y"))
    assert not any(record.extra for record in result.records)


def test_chinese_keys_and_library_keys_are_accepted(table):
    path = table(
        lines(
            {"成果名称": "陶瓷", "意向金额(万元)": 500},
            {"achievement_name": "密封", "maturity_level": "中试"},
        ),
        "a.jsonl",
    )
    first, second = read_records(path).records
    assert first.money == Money(low=Decimal(5_000_000), high=Decimal(5_000_000))
    assert second.maturity.level == 6


def test_unknown_keys_are_kept_as_text(table):
    path = table(lines({"title": "陶瓷", "n": 5, "deep": {"a": [1]}, "none": None}), "a.jsonl")
    [record] = read_records(path, side=Side.OFFER).records
    assert record.extra == {"n": "5", "deep": '{"a": [1]}'}


def test_each_line_may_name_its_kind(table):
    path = table(
        lines(
            {"kind": "instrument", "title": "电镜"},
            {"kind": "需求", "title": "求购"},
            {"kind": "火箭", "title": "丙"},
        ),
        "a.jsonl",
    )
    result = read_records(path)
    assert result.counts() == {"instrument": 1, "technology": 1}
    assert [(each.code, each.row) for each in result.problems] == [("row.unknown_kind", 3)]


def test_a_line_of_the_other_side_is_rejected(table):
    path = table(lines({"kind": "technology", "title": "求购"}), "a.jsonl")
    assert [each.code for each in read_records(path, side=Side.OFFER).problems] == ["row.not_offer"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"title": "半', "row.not_json"),
        ("完全不是", "row.not_json"),
        ("[" * 100_000, "row.not_json"),
        ('["表"]', "row.not_an_object"),
        ("5", "row.not_an_object"),
        ('{"id": "1"}', "row.no_title"),
        ('{"title": {"zh": "题"}}', "cell.not_text"),
        ('{"title": ""}', "row.no_title"),
    ],
)
def test_a_wrong_line_is_reported_and_good_lines_go_on(table, line, code):
    path = table(f'{{"title": "甲"}}\n{line}\n\n{{"title": "乙"}}\n', "a.jsonl")
    result = read_records(path, side=Side.OFFER)
    assert [record.title for record in result.records] == ["甲", "乙"]
    assert result.rejected == 1
    assert result.problems[0].code == code
    assert result.problems[0].row == 2
    assert result.problems[0].severity is Severity.ERROR
    with pytest.raises(InputError):
        read_records(path, side=Side.OFFER, strict=True)


def test_rows_are_lines(table):
    path = table('\n{"title": "甲"}\n\n{"title": "乙"}\n', "a.jsonl")
    rows = [record.provenance.row for record in read_records(path, side=Side.OFFER).records]
    assert rows == [2, 4]


def test_a_json_array_is_read_as_well(table):
    path = table('[{"title": "甲"},\n {"title": "乙"}, 5]', "a.json")
    result = read_records(path, side=Side.OFFER)
    assert [record.title for record in result.records] == ["甲", "乙"]
    assert [each.code for each in result.problems] == ["row.not_an_object"]
    broken = read_records(table('[{"title": "甲"},', "b.json"), side=Side.OFFER)
    assert [each.code for each in broken.problems] == ["row.not_json"]


def test_gzip_is_known_by_content_and_a_mark_is_skipped(table):
    content = lines({"title": "甲"}).encode("utf-8-sig")
    for name, data in [("a.jsonl", content), ("a.jsonl.gz", gzip.compress(content, mtime=0))]:
        [record] = read_records(table(data, name), side=Side.OFFER).records
        assert record.title == "甲"
    packed = table(gzip.compress(content, mtime=0), "b.jsonl")
    [record] = read_records(packed, side=Side.OFFER).records
    assert record.title == "甲"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (gzip.compress(lines({"title": "甲"}).encode() * 500, mtime=0)[:-30], "tables.broken_gzip"),
        (b"\x1f\x8b\x08\x00garbage garbage", "tables.broken_gzip"),
        (lines({"title": "甲"}).encode("gb18030"), "tables.not_utf8"),
        (b"", "tables.empty_file"),
    ],
)
def test_unusable_files_say_why(table, content, code):
    with pytest.raises(InputError) as failure:
        read_records(table(content, "a.jsonl.gz"), side=Side.OFFER)
    assert failure.value.code == code


def test_a_file_that_unpacks_to_too_much_is_refused(table):
    bomb = gzip.compress(lines({"title": "甲" * 1000}).encode() * 2000)
    assert len(bomb) < 50_000
    with pytest.raises(InputError, match="too_large"):
        read_records(
            table(bomb, "a.jsonl.gz"), side=Side.OFFER, limits=Limits(unpacked_bytes=10**6)
        )


def test_objects_hold_the_filled_columns_only_under_their_keys():
    record = kinds.get("achievement").record(
        id="1", title="陶瓷", money=Money(low=Decimal("5.5")), extra={"栏": "值"}
    )
    assert record_object(record) == {
        "kind": "achievement",
        "id": "1",
        "title": "陶瓷",
        "amount": {"low": "5.5"},
        "disclosure": "public",
        "extra": {"栏": "值"},
    }


def test_a_record_without_a_kind_cannot_be_written(tmp_path):
    for name in ("a.jsonl", "a.csv", "a.xlsx"):
        with pytest.raises(InputError, match="record_without_kind"):
            write_records(tmp_path / name, [Offer(id="1", title="甲")])


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.xlsx"])
def test_a_folder_that_is_not_there_is_an_error(tmp_path, name):
    with pytest.raises(InputError, match="unwritable"):
        write_records(tmp_path / "none" / name, [kinds.get("technology").example])


def test_the_same_records_make_the_same_gzip(tmp_path):
    first, second = tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"
    for path in (first, second):
        write_records(path, [kind.example for kind in kinds.all_kinds()])
    assert first.read_bytes() == second.read_bytes()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [key for kind in kinds.all_kinds() for column in kind.columns for key in column.headers()]
    + ["kind", "extra", "", "x"]
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, JSON, max_size=6))
def test_no_object_whatever_breaks_the_reading(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    path.write_text(lines(value), encoding="utf-8", errors="replace")
    result = read_records(path, kind="achievement")
    assert len(result.records) + result.rejected == 1
