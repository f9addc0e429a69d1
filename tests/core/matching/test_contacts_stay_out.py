"""What identifies a person is kept with the record and shown by no search, reason or report."""

import json
from dataclasses import replace

import openpyxl
import pytest
from builders import build_index, make_need, make_offer, reader

from guantong.matching.evidence import Prose
from guantong.matching.index import Index, entries_of
from guantong.matching.pairs import PairScorer
from guantong.matching.reports import Answer, MatchReport, NeedMatches, write_report
from guantong.matching.reports.objects import pair_object
from guantong.matching.store import Side
from guantong.records import Contact

NAME, PHONE, MOBILE, REMARK = "张三丰", "025-84310000", "13912345678", "私下备注"
PERSON = Contact(name=NAME, phone=PHONE, mobile=MOBILE)
SECRETS = (NAME, PHONE, MOBILE, REMARK)


@pytest.fixture(scope="module")
def need():
    return make_need(
        id="N1", theme="seal", contact=PERSON, rd_lead=PERSON, extra={"备注": f"{REMARK}{NAME}"}
    )


@pytest.fixture(scope="module")
def offer():
    return make_offer(id="A1", theme="seal", contact=PERSON, extra={"备注": f"{REMARK}{MOBILE}"})


@pytest.fixture(scope="module")
def match(need, offer):
    return PairScorer(reader()).explain(need, offer)


def assert_silent(text):
    assert [secret for secret in SECRETS if secret in text] == []


def test_nothing_personal_is_searched(need, offer):
    for entry in entries_of([need, offer], reader()):
        assert_silent(repr(replace(entry, record=b"")))
        assert NAME in entry.record.decode("utf-8")


def test_two_records_that_differ_in_their_contacts_only_have_one_text(need):
    same = replace(need, contact=None, rd_lead=None, extra={})
    first, second = entries_of([need, same], reader())
    assert first.text_hash == second.text_hash
    assert first.terms == second.terms
    assert (first.vector == second.vector).all()


def test_no_reason_quotes_a_contact(need, offer, match):
    assert_silent(repr(match))
    assert_silent(repr((Prose.of(need), Prose.of(offer))))
    assert_silent(json.dumps(pair_object(need, offer, match), ensure_ascii=False))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("ending", ["csv", "jsonl", "html"])
def test_no_report_names_a_contact(tmp_path, need, offer, match, ending, lang):
    path = tmp_path / f"report.{ending}"
    report = MatchReport((NeedMatches(need, (Answer(match, offer),)),), expired=(need,))
    write_report(path, report, lang=lang)
    assert_silent(path.read_text(encoding="utf-8-sig"))


def test_no_sheet_of_the_workbook_names_a_contact(tmp_path, need, offer, match):
    path = tmp_path / "report.xlsx"
    write_report(path, MatchReport((NeedMatches(need, (Answer(match, offer),)),)))
    for sheet in openpyxl.load_workbook(path):
        assert_silent(repr([list(row) for row in sheet.values]))


def test_no_word_of_a_contact_is_indexed(tmp_path, need, offer):
    words = reader().table.words_of(" ".join(SECRETS))
    with Index.open(build_index(tmp_path / "index", need, offer)) as index:
        for side in Side:
            assert set(index.store.document_frequency(words, side).values()) == {0}
            assert index.store.document_frequency(["密封"], side) == {"密封": 1}
