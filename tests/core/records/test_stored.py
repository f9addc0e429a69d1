"""A record kept in an index comes back as it was, or with a clear word why not."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from record_strategies import differences, records_of

from guantong.errors import InputError, StateError
from guantong.messages import LANGUAGES, render
from guantong.records import Provenance, Record
from guantong.records.kinds import all_kinds
from guantong.records.kinds.achievement import Achievement
from guantong.records.stored import dump_record, load_record

RECORD = Achievement(id="a", title="示例成果", organisation="示例大学")


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_a_record_of_any_kind_comes_back_equal(kind):
    @given(records_of(kind))
    @settings(max_examples=25, deadline=None)
    def comes_back(record):
        assert differences([load_record(dump_record(record))], [record]) == []

    comes_back()


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_the_example_of_every_kind_comes_back_equal(kind):
    stored = dump_record(kind.example)
    assert load_record(stored) == kind.example
    assert dump_record(load_record(stored)) == stored


def test_what_is_stored_is_plain_json_with_the_kind():
    value = json.loads(dump_record(RECORD))
    assert value["kind"] == "achievement"
    assert (value["id"], value["title"]) == ("a", "示例成果")
    assert "示例成果".encode() in dump_record(RECORD)
    assert b"\n" not in dump_record(replace(RECORD, description="一\n二"))


def test_where_a_record_was_read_is_not_kept():
    placed = replace(RECORD, provenance=Provenance(file="a.csv", row=7))
    assert dump_record(placed) == dump_record(RECORD)


@pytest.mark.parametrize(
    "extra", [{"备注": "甲"}, {"extra": "甲"}, {"kind": "甲"}, {"title": "乙"}]
)
def test_further_columns_keep_their_names(extra):
    assert load_record(dump_record(replace(RECORD, extra=extra))).extra == extra


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (replace(RECORD, title=""), "stored.no_title"),
        (replace(RECORD, title=" \t"), "stored.no_title"),
        (replace(RECORD, description="\udc80"), "stored.bad_text"),
        (replace(RECORD, id="\ud83d"), "stored.bad_text"),
        (Record(id="r", title="无类"), "tables.record_without_kind"),
    ],
)
def test_a_record_that_could_not_be_read_back_is_not_kept(record, code):
    with pytest.raises(InputError) as caught:
        dump_record(record)
    assert caught.value.code == code
    for lang in LANGUAGES:
        assert render(code, lang, **caught.value.params).encode()


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b'"achievement"',
        b"{}",
        b"\xff\xfe",
        b'{"id": "a"}',
        b'{"kind": "achievement", "id": "a"}',
        b'{"kind": "achievement", "id": "a", "title": ""}',
        b'{"kind": "achievement", "id": "a", "title": "t", "trl": 12}',
    ],
)
def test_what_is_not_a_record_is_refused(stored):
    with pytest.raises(StateError) as caught:
        load_record(stored)
    assert caught.value.code == "stored.not_a_record"
    for lang in LANGUAGES:
        assert "{" not in render(caught.value.code, lang, value="x")


def test_a_record_of_a_kind_that_nobody_knows_names_the_kind():
    with pytest.raises(StateError) as caught:
        load_record(b'{"kind": "spaceship", "id": "a", "title": "t"}')
    assert (caught.value.code, caught.value.params) == (
        "stored.unknown_kind",
        {"kind": "spaceship"},
    )


def test_a_stored_value_that_is_hidden_from_tables_stays_the_same_twice():
    record = replace(RECORD, keywords=("密封；环", "a、b"), description=" 首尾 ".strip())
    assert load_record(dump_record(record)) == record
