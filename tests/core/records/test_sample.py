"""The sample city: complete, clean, marked, and with needs that are met, half met and unmet."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from guantong.records.model import Disclosure
from guantong.records.privacy import find_personal_numbers
from guantong.records.sample import judged_pairs_file, load_sample, sample_files
from guantong.records.tables import read_records
from guantong.text.indicators import extract_indicators

TODAY = date(2026, 11, 22)
LEAST = {
    "achievement": 45,
    "expert_team": 10,
    "proof_of_concept_centre": 6,
    "pilot_platform": 12,
    "instrument": 10,
    "public_platform": 8,
    "technology": 45,
    "organisation": 34,
}
DEMAND = re.compile(r"[≥≤]|不低于|不超过")


@pytest.fixture(scope="module")
def sample():
    return load_sample()


@pytest.fixture(scope="module")
def everything(sample):
    return (*sample.offers, *sample.needs, *sample.organisations)


@pytest.fixture(scope="module")
def judged():
    with judged_pairs_file().open(encoding="utf-8", newline="") as file:
        return [
            (row["need_id"], row["offer_id"], int(row["level"])) for row in csv.DictReader(file)
        ]


def rows_of(kind):
    with sample_files()[kind].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def demands(need):
    """What a need asks for in figures: entered as indicators or written in its text."""
    return (*need.indicators, *extract_indicators(need.description))


def test_there_is_one_table_for_each_kind_offers_first():
    assert set(sample_files()) == set(LEAST)
    assert list(sample_files())[-2:] == ["technology", "organisation"]


@pytest.mark.parametrize("kind", LEAST)
def test_every_kind_has_enough_records(kind, everything):
    assert Counter(record.kind for record in everything)[kind] >= LEAST[kind]


def test_at_least_ninety_offers_of_six_kinds(sample):
    assert len(sample.offers) >= 90
    assert len({offer.kind for offer in sample.offers}) >= 6


@pytest.mark.parametrize("kind", LEAST)
def test_a_table_imports_without_a_single_problem(kind):
    result = read_records(sample_files()[kind], kind=kind)
    assert [problem.render("zh") for problem in result.problems] == []
    assert len(result.records) == len(rows_of(kind))


@pytest.mark.parametrize("kind", LEAST)
def test_the_kind_of_a_table_is_found_from_its_headers(kind):
    assert read_records(sample_files()[kind]).counts() == {kind: len(rows_of(kind))}


@pytest.mark.parametrize("kind", LEAST)
def test_only_the_marks_and_the_partner_are_left_over_from_the_columns(kind):
    left = set()
    for record in read_records(sample_files()[kind], kind=kind).records:
        left |= set(record.extra)
    assert left <= {"性质", "来源", "合作单位"}


def test_loading_gives_the_same_records_each_time(sample):
    assert load_sample() == sample


def test_no_two_records_share_an_id(everything):
    counts = Counter(record.id for record in everything)
    assert [identity for identity, count in counts.items() if count > 1] == []


def test_ids_tell_city_and_kind(everything):
    letters = {
        "achievement": "A",
        "expert_team": "T",
        "proof_of_concept_centre": "C",
        "pilot_platform": "P",
        "instrument": "I",
        "public_platform": "S",
        "technology": "N",
        "organisation": "O",
    }
    for record in everything:
        assert re.fullmatch(rf"[A-Z]{{2,3}}-{letters[record.kind]}\d{{3}}", record.id)


def test_every_record_says_whether_it_is_fact_and_from_where(everything):
    for record in everything:
        assert record.extra["性质"] in {"事实", "示例"}, record.id
        assert record.extra["来源"], record.id


def test_facts_name_a_dated_report(sample):
    facts = [each for each in (*sample.offers, *sample.needs) if each.extra["性质"] == "事实"]
    assert len(facts) >= 30
    for record in facts:
        assert "2026" in record.extra["来源"], record.id


def test_an_invented_organisation_is_called_so(sample):
    for organisation in sample.organisations:
        invented = organisation.extra["性质"] == "示例"
        assert organisation.title.startswith("示例") is invented, organisation.id


def test_an_invented_offer_or_need_belongs_to_an_invented_organisation(sample):
    for record in (*sample.offers, *sample.needs):
        invented = record.extra["性质"] == "示例"
        assert record.organisation.startswith("示例") is invented, record.id


def test_invented_patents_cannot_be_taken_for_real_ones(sample):
    patents = [patent for offer in sample.offers for patent in offer.patents]
    assert len(patents) >= 40
    assert all(patent.number.startswith("示例专利") for patent in patents)


def test_facts_carry_no_invented_patent_or_price(sample):
    for offer in sample.offers:
        if offer.extra["性质"] == "事实":
            assert not offer.patents
            assert offer.money is None or offer.money.low is offer.money.high is None


def test_nanjings_ten_results_of_the_year_are_there(sample):
    ten = [offer for offer in sample.offers if "南京市十大科技成果" in offer.extra["来源"]]
    assert len(ten) == 10
    assert len({offer.organisation for offer in ten}) == 10


def test_the_seven_bounty_directions_each_have_a_need(sample):
    directions = {"生物医药", "人工智能", "工业母机", "新材料", "具身智能", "低空经济", "智能电网"}
    wanted = {name for need in sample.needs for name in need.key_industries}
    assert directions <= wanted | {need.fields[0] for need in sample.needs}


def test_no_cell_holds_a_citizen_id_or_a_mobile_number():
    for kind in sample_files():
        for row in rows_of(kind):
            for header, cell in row.items():
                assert find_personal_numbers(cell) == [], (kind, header)


def test_nobody_is_named_as_contact(everything):
    assert all(record.contact is None for record in everything)


def test_every_organisation_that_a_record_names_exists(sample):
    known = {organisation.title for organisation in sample.organisations}
    for record in (*sample.offers, *sample.needs):
        partner = record.extra.get("合作单位", "")
        named = {record.organisation, getattr(record, "publisher", ""), partner} - {""}
        assert named, record.id
        assert named <= known, record.id


def test_every_need_that_states_figures_yields_indicators(sample):
    stating = [need for need in sample.needs if demands(need)]
    assert len(stating) >= 55
    for need in rows_of("technology"):
        asked = DEMAND.findall(need["指标要求"] + need["需求描述"])
        found = next(demands(each) for each in sample.needs if each.id == need["编号"])
        # A price target (单价≤3万元) is no technical indicator, so one in three may be missing.
        assert len(found) >= len(asked) * 2 / 3, need["编号"]


def test_figures_entered_as_indicators_are_read_one_for_one(sample):
    by_id = {need.id: need for need in sample.needs}
    for row in rows_of("technology"):
        pieces = [piece for piece in row["指标要求"].split("；") if piece]
        names = {indicator.name for indicator in by_id[row["编号"]].indicators}
        assert len(by_id[row["编号"]].indicators) >= len(pieces), row["编号"]
        assert all(names), row["编号"]


def test_a_need_has_a_budget_a_deadline_and_modes_or_is_an_announced_fact(sample):
    for need in sample.needs:
        assert need.deadline is not None, need.id
        assert need.deadline > TODAY, need.id
        assert need.modes, need.id
        assert need.money is not None or need.extra["性质"] == "事实", need.id


def test_every_offer_is_valid_into_2027_or_2028(sample):
    assert {offer.valid_until.year for offer in sample.offers} == {2027, 2028}


def test_most_offers_are_public_and_some_are_not(sample):
    counts = Counter(offer.disclosure for offer in sample.offers)
    assert counts[Disclosure.PUBLIC] > len(sample.offers) * 0.8
    assert counts[Disclosure.REGISTERED] >= 3
    assert counts[Disclosure.NAMED] >= 1


def test_a_stated_readiness_rests_on_evidence(sample):
    stated = [offer for offer in sample.offers if offer.maturity is not None]
    assert len(stated) >= 40
    assert all(offer.maturity.evidence for offer in stated)


def test_many_technology_fields_and_places_take_part(sample):
    assert len({record.fields[0] for record in (*sample.offers, *sample.needs)}) >= 15
    assert len({need.region[:3] for need in sample.needs}) >= 12


def test_some_offers_are_written_in_english_only(sample):
    english = [offer for offer in sample.offers if re.fullmatch(r"[\x20-\x7e]+", offer.title)]
    written = [offer for offer in english if not re.search(r"[一-鿿]", offer.description)]
    assert len(written) >= 3


def test_judged_pairs_name_known_records_once(sample, judged):
    needs, offers = {need.id for need in sample.needs}, {offer.id for offer in sample.offers}
    assert {need for need, _, _ in judged} == needs
    assert {offer for _, offer, _ in judged} <= offers
    assert len({(need, offer) for need, offer, _ in judged}) == len(judged)
    assert {level for _, _, level in judged} == {1, 2, 3, 4}


def test_thirty_needs_have_a_strong_offer_and_some_have_a_weak_one_or_none(judged):
    best = defaultdict(int)
    for need, _, level in judged:
        best[need] = max(best[need], level)
    counts = Counter(best.values())
    assert counts[4] >= 30
    assert counts[3] + counts[2] >= 8
    assert counts[1] >= 4


def test_a_strong_offer_shares_a_field_with_its_need(sample, judged):
    records = {record.id: record for record in (*sample.offers, *sample.needs)}
    for need, offer, level in judged:
        if level == 4:
            assert set(records[need].fields) & set(records[offer].fields), (need, offer)
