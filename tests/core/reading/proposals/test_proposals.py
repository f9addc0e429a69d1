import json
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.errors import InputError, NotFoundError, StateError
from guantong.reading.proposals import (
    FIELDS,
    ProposalKind,
    Status,
    accepted_records,
    decide,
    load_proposals,
    proposal_lines,
    propose,
)
from guantong.records import kinds
from guantong.records.tables import read_records, write_records


def of_kind(reading, kind):
    return [each for each in propose(reading) if each.kind == kind]


def titles(reading, kind=ProposalKind.OFFER):
    return [each.fields["title"] for each in of_kind(reading, kind)]


def test_results_with_their_holders_propose_offers(news):
    offers = {each.fields["title"]: each.fields for each in of_kind(news, ProposalKind.OFFER)}
    assert offers["山地急救转运舱"]["organisation"] == "遵义医科大学"
    assert offers["山地急救转运舱"]["record"] == "achievement"


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("贵阳概念验证中心", "proof_of_concept_centre"),
        ("山地装备中试基地", "pilot_platform"),
        ("黔中智能检测平台", "public_platform"),
    ],
)
def test_a_platform_becomes_the_kind_of_record_it_is(news, name, record):
    offers = {each.fields["title"]: each.fields["record"] for each in of_kind(news, "offer")}
    assert offers[name] == record
    assert kinds.find(record) is not None


def test_a_museum_and_a_building_site_are_no_offers(news):
    assert not [title for title in titles(news) if "博物馆" in title or "清水江" in title]


def test_what_is_only_planned_is_no_offer(read_text):
    reading = read_text(
        "2026年贵州省政府工作报告\n\n二、2026年工作安排\n规划建设黔中量子测量公共服务平台。\n"
    )
    assert titles(reading) == []


def test_announced_needs_propose_needs(news):
    fields = [each.fields["fields"] for each in of_kind(news, ProposalKind.NEED)]
    assert fields == [["新能源电池"], ["山地农机"], ["航空发动机叶片"]]


def test_supports_propose_clauses_of_their_policy(measures):
    first, second = of_kind(measures, ProposalKind.POLICY_CLAUSE)
    assert first.fields["policy"] == "示例区促进科技创新若干措施"
    assert first.fields["amount"] == 300000
    assert (second.fields["rate"], second.fields["cap"]) == (0.3, 5000000)


def test_only_figures_that_are_aimed_at_propose_targets(guizhou):
    targets = of_kind(guizhou, ProposalKind.TARGET)
    assert {each.fields["time"] for each in targets} == {"2026"}
    assert 5.3 not in [each.fields["value"] for each in targets]


def test_tasks_propose_tasks_with_who_is_responsible(guizhou):
    assert ["省科技厅"] in [each.fields["responsible"] for each in of_kind(guizhou, "task")]


def test_every_proposal_carries_its_source(guizhou, news, measures):
    for reading in (guizhou, news, measures):
        for each in propose(reading):
            assert each.source.span.of(reading.document.text) == each.source.quote
            assert each.source.sha256 == reading.document.sha256
            assert each.status is Status.PROPOSED
            assert set(each.fields) <= set(FIELDS[each.kind])


def test_the_same_file_proposes_the_same_again(news):
    assert propose(news) == propose(news)
    assert len({each.id for each in propose(news)}) == len(propose(news))


def test_nothing_enters_without_a_person(news, guizhou):
    assert accepted_records(propose(news)) == []
    assert accepted_records(propose(guizhou)) == []


def test_a_proposal_cannot_be_changed_in_place(news):
    proposal = propose(news)[0]
    with pytest.raises(FrozenInstanceError):
        proposal.status = Status.ACCEPTED
    with pytest.raises(TypeError):
        proposal.fields["title"] = "x"


def test_accepting_leaves_the_proposal_itself_alone(news):
    proposal = propose(news)[0]
    accepted = decide(proposal, Status.ACCEPTED)
    assert (proposal.status, accepted.status) == (Status.PROPOSED, Status.ACCEPTED)
    assert accepted.fields == proposal.fields


def test_a_change_changes_only_what_it_names(news):
    proposal = of_kind(news, ProposalKind.OFFER)[0]
    changed = decide(proposal, Status.CHANGED, "名称不全", {"summary": "光伏背板用的材料"})
    assert changed.fields == {**proposal.fields, "summary": "光伏背板用的材料"}
    assert changed.reason == "名称不全"
    assert changed.source == proposal.source


@pytest.mark.parametrize(
    ("decision", "reason", "fields", "code"),
    [
        (Status.REFUSED, "", None, "reading.error.reason_needed"),
        (Status.REFUSED, "  ", None, "reading.error.reason_needed"),
        (Status.REFUSED, "不是成果", {"title": "x"}, "reading.error.fields_unwanted"),
        (Status.ACCEPTED, "", {"title": "x"}, "reading.error.fields_unwanted"),
        (Status.CHANGED, "", None, "reading.error.fields_needed"),
        (Status.CHANGED, "", {"price": 1}, "reading.error.unknown_field"),
    ],
)
def test_a_decision_that_is_not_complete_is_refused(news, decision, reason, fields, code):
    with pytest.raises(InputError) as caught:
        decide(of_kind(news, ProposalKind.OFFER)[0], decision, reason, fields)
    assert caught.value.code == code


@pytest.mark.parametrize("decision", list(Status))
def test_a_decision_is_taken_once(news, decision):
    refused = decide(propose(news)[0], Status.REFUSED, "重复")
    with pytest.raises(StateError) as caught:
        decide(refused, decision, "再来", {"title": "x"})
    assert caught.value.code == "reading.error.decided_twice"


def test_to_propose_again_is_no_decision(news):
    with pytest.raises(StateError):
        decide(propose(news)[0], Status.PROPOSED)


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".jsonl"])
def test_accepted_offers_and_needs_import(news, tmp_path, ending):
    decided = [decide(each, Status.ACCEPTED) for each in propose(news)]
    records = accepted_records(decided)
    file = tmp_path / f"accepted{ending}"
    write_records(file, records)
    found = read_records(file)
    assert found.problems == ()
    assert sorted(found.records, key=lambda each: each.id) == sorted(
        records, key=lambda each: each.id
    )


def test_refused_proposals_do_not_enter(news):
    offers = of_kind(news, ProposalKind.OFFER)
    decided = [decide(offers[0], Status.REFUSED, "不是供给"), decide(offers[1], Status.ACCEPTED)]
    assert [record.title for record in accepted_records(decided)] == [offers[1].fields["title"]]


def test_targets_tasks_and_clauses_are_no_records_of_offers_and_needs(guizhou, measures):
    decided = [
        decide(each, Status.ACCEPTED)
        for reading in (guizhou, measures)
        for each in propose(reading)
        if each.kind is not ProposalKind.OFFER
    ]
    assert decided
    assert accepted_records(decided) == []


def test_a_record_tells_where_it_was_read(news):
    record = accepted_records([decide(of_kind(news, "offer")[0], Status.ACCEPTED)])[0]
    assert record.provenance.file == "news.txt"
    assert "“耐候型光伏背板材料”" in record.extra["出处"]


def test_the_source_is_told_in_english_too(news):
    record = accepted_records([decide(of_kind(news, "offer")[0], Status.ACCEPTED)], lang="en")[0]
    assert record.extra["Source"].startswith("Read in “news.txt”, block 2")


def test_the_same_offer_read_twice_is_one_record(news):
    accepted = [decide(each, Status.ACCEPTED) for each in of_kind(news, "offer")]
    assert len(accepted_records(accepted * 2)) == len(accepted)


def test_an_offer_can_be_changed_into_another_kind_of_offer(news):
    changed = decide(of_kind(news, "offer")[0], Status.CHANGED, "", {"record": "pilot_platform"})
    assert accepted_records([changed])[0].kind == "pilot_platform"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "reading.error.no_title"),
        ({"record": "technology"}, "kinds.unknown"),
        ({"record": "spaceship"}, "kinds.unknown"),
    ],
)
def test_a_change_that_makes_no_record_is_told(news, fields, code):
    changed = decide(of_kind(news, "offer")[0], Status.CHANGED, "", fields)
    with pytest.raises((InputError, NotFoundError)) as caught:
        accepted_records([changed])
    assert caught.value.code == code


def test_proposals_come_back_from_their_file(news, guizhou, tmp_path):
    proposals = [*propose(news), decide(propose(guizhou)[0], Status.REFUSED, "重复")]
    file = tmp_path / "proposals.jsonl"
    file.write_text("\n\n".join(proposal_lines(proposals)), encoding="utf-8")
    assert load_proposals(file) == proposals


@pytest.mark.parametrize(
    "line",
    ["no json", "[]", "{}", '{"kind": "offer"}', '{"kind": "planet", "source": {}}'],
)
def test_a_line_that_is_no_proposal_is_told_with_its_number(news, tmp_path, line):
    file = tmp_path / "proposals.jsonl"
    good = next(iter(proposal_lines(propose(news))))
    file.write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_proposals(file)
    assert caught.value.code == "reading.error.bad_proposal"
    assert (caught.value.params["file"], caught.value.params["line"]) == ("proposals.jsonl", 2)


def test_a_proposal_with_a_field_of_another_kind_is_told(news, tmp_path):
    value = json.loads(next(iter(proposal_lines(propose(news)))))
    value["fields"]["wings"] = 2
    file = tmp_path / "proposals.jsonl"
    file.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_proposals(file)
    assert caught.value.code == "reading.error.unknown_field"


@given(title=st.text(min_size=1).filter(str.strip), summary=st.text())
def test_whatever_a_person_writes_stays_as_written(news, title, summary):
    proposal = of_kind(news, ProposalKind.OFFER)[0]
    changed = decide(proposal, Status.CHANGED, "", {"title": title, "summary": summary})
    record = accepted_records([changed])[0]
    assert (record.title, record.summary) == (title.strip(), summary)
    line = next(proposal_lines([changed]))
    assert json.loads(line)["fields"]["title"] == title
