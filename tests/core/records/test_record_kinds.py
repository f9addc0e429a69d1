"""Every kind: complete columns, unambiguous headers, an example, a searched text without people."""

from dataclasses import dataclass, fields, replace
from importlib.metadata import EntryPoint

import pytest

from guantong.errors import ConfigurationError, NotFoundError
from guantong.records import Contact, Need, Offer, kinds
from guantong.records.columns import CellContext, Part
from guantong.records.kind import Kind, Side
from guantong.records.kinds.achievement import Achievement
from guantong.records.kinds.public_platform import PublicPlatform
from guantong.records.tables.headers import plain_header
from guantong.text.indicators import Indicator
from guantong.text.quantities import Comparator

EVERY_KIND = pytest.mark.parametrize("kind", kinds.all_kinds(), ids=lambda kind: kind.name)

# The keys of the open libraries that city assistants publish; policies are no records of this kind.
LIBRARY_KEYS = {
    "achievement": """serial_no achievement_name achievement_contributors research_team_leader_type
        primary_technology_field secondary_technology_field nanjing_key_industry_field
        commercialization_method maturity_level achievement_ownership rights_ownership_type
        individual_name individual_id_number rights_holding_organization_name
        intended_amount_10k_cny achievement_brief achievement_overview
        publishing_organization_name contact_name contact_phone related_expert_team
        is_carbon_peaking_neutrality_related review_time""",
    "technology": """requirement_name requirement_type cooperation_method deadline contact_name
        contact_info organization_name rd_lead_name rd_lead_phone affiliated_organization region
        is_carbon_peaking_related is_public primary_technology_field secondary_technology_field
        nanjing_key_industry_field intended_investment_10k_cny requirement_description
        existing_foundation review_time serial_no""",
    "expert_team": """expert_team_name team_leader team_size team_introduction expertise_areas
        primary_technology_field secondary_technology_field affiliated_university
        representative_achievements publisher serial_no""",
    "organisation": """company_name qualifications unified_social_credit_code evaluation_grade
        industry_field industry_chain_segment legal_representative registered_capital
        establishment_date district contact_info address company_website company_introduction
        business_scope identity patent_applications""",
    "proof_of_concept_centre": """center_name responsible_organization district center_type
        service_field level contact_name contact_phone organization_address service_content
        responsible_organization_introduction serial_no""",
    "pilot_platform": """platform_name operating_entity platform_introduction industry_category
        service_content address contact_name contact_phone serial_no""",
    "instrument": """equipment_name specification_model operating_status manufacturer
        key_technical_specifications main_functions managing_organization_name
        internal_department installation_address equipment_contact landline_phone mobile_phone
        service_field service_price service_price_unit other_service_price service_cycle
        service_item_product sample_requirements serial_no""",
    "public_platform": """platform_name overview responsible_organization province city district
        construction_address functions industry_field contact_name_required
        contact_info_required serial_no""",
}


def test_every_kind_of_this_release_is_found():
    assert {kind.name for kind in kinds.all_kinds()} >= set(LIBRARY_KEYS)


@EVERY_KIND
def test_every_field_has_a_column_and_every_column_a_field(kind):
    filled = {column.target for column in kind.columns if not column.dropped}
    held = {field.name for field in fields(kind.record)} - {"provenance", "extra"}
    assert filled == held


@EVERY_KIND
def test_no_header_means_two_columns(kind):
    owners = {}
    for column in kind.columns:
        for header in column.headers():
            assert owners.setdefault(plain_header(header), column.key) == column.key, header


@EVERY_KIND
def test_keys_are_unique_and_labels_stand_in_both_languages(kind):
    keys = [column.key for column in kind.columns]
    assert len(keys) == len(set(keys))
    for lang in ("zh", "en"):
        labels = [column.label(lang) for column in kind.columns]
        assert all(labels)
        assert len(labels) == len(set(labels))
    assert kind.label("zh") != kind.label("en")


@pytest.mark.parametrize("name", LIBRARY_KEYS)
def test_every_column_of_the_city_libraries_is_recognised(name):
    known = {plain_header(header) for c in kinds.get(name).columns for header in c.headers()}
    missing = [key for key in LIBRARY_KEYS[name].split() if plain_header(key) not in known]
    assert missing == []


@EVERY_KIND
def test_one_column_at_least_is_searched_as_title_and_as_body(kind):
    parts = {column.part for column in kind.columns}
    assert {Part.TITLE, Part.BODY, Part.KEYWORDS} <= parts


@EVERY_KIND
def test_the_title_alone_is_required(kind):
    assert [column.key for column in kind.columns if column.required] == ["title"]


@EVERY_KIND
def test_choices_are_read_in_both_languages(kind):
    for column in kind.columns:
        if not column.closed:
            continue
        for choice in column.choices:
            chinese = column.codec.parse(choice.zh, CellContext())
            assert chinese == column.codec.parse(choice.en, CellContext())
            assert column.codec.cell(chinese, "en") == choice.en


@EVERY_KIND
def test_the_example_is_of_its_kind_and_names_nobody(kind):
    example = kind.example
    assert type(example) is kind.record
    assert example.kind == kind.name
    assert example.contact is None
    assert "示例" in example.organisation + example.title + getattr(example, "publisher", "")


@EVERY_KIND
def test_contacts_are_personal_and_never_searched(kind):
    secret = Contact(name="某联系人", phone="02500000000", mobile="联系手机")
    parts = kind.search_parts(replace(kind.example, contact=secret))
    searched = "".join((parts.title, *parts.keywords, parts.body))
    assert not any(piece in searched for piece in (secret.name, secret.phone, secret.mobile))
    for column in kind.columns:
        if column.target in {"contact", "rd_lead"}:
            assert column.personal
            assert column.part is None


def test_the_citizen_id_column_is_known_and_dropped():
    column = kinds.get("achievement").by_key["individual_id_number"]
    assert column.dropped
    assert column.personal


def test_sides_follow_from_the_record():
    assert kinds.get("achievement").side is Side.OFFER
    assert kinds.get("technology").side is Side.NEED
    assert kinds.get("organisation").side is Side.ORGANISATION


def test_offers_say_which_needs_they_may_answer():
    names = {kind.name for kind in kinds.offers_for("technology")}
    assert {"achievement", "expert_team", "pilot_platform", "instrument"} <= names
    assert "organisation" not in names
    assert kinds.offers_for("no such need") == ()


@pytest.mark.parametrize(
    "name", ["achievement", "科技成果", "成果", "Research result", " ACHIEVEMENT "]
)
def test_a_kind_answers_to_its_name_and_labels(name):
    assert kinds.get(name).name == "achievement"


def test_an_unknown_kind_is_an_error_that_lists_the_known_ones():
    with pytest.raises(NotFoundError) as failure:
        kinds.get("policy")
    assert failure.value.code == "kinds.unknown"
    assert "achievement" in failure.value.params["known"]


def test_search_parts_hold_title_keywords_and_texts_in_both_languages():
    record = Achievement(
        id="1",
        title="密封环",
        title_en="Seal ring",
        keywords=("陶瓷", "密封"),
        fields=("新材料", "陶瓷"),
        summary="简介",
        description="正文",
        description_en="English text",
        indicators=(Indicator("抗弯强度", Comparator.AT_LEAST, 400, "MPa"),),
    )
    parts = kinds.search_parts(record)
    assert parts.title == "密封环\nSeal ring"
    assert set(parts.keywords) == {"陶瓷", "密封", "新材料"}
    assert parts.body.splitlines() == ["简介", "正文", "抗弯强度 MPa", "English text"]


def test_search_parts_of_a_record_without_a_kind_use_the_common_fields():
    parts = kinds.search_parts(Offer(id="1", title="甲", keywords=("乙",), description="丙"))
    assert (parts.title, parts.keywords, parts.body) == ("甲", ("乙",), "丙")
    assert kinds.search_parts(Need(id="1", title="丁")).body == ""


def test_a_public_platform_joins_its_region():
    platform = PublicPlatform(
        id="1", title="平台", province="江苏省", city="南京市", district="玄武区"
    )
    assert platform.region == "江苏省南京市玄武区"
    assert PublicPlatform(id="1", title="平台", region="南京", city="南京市").region == "南京"


@dataclass(frozen=True, kw_only=True)
class Compute(Offer):
    kind = "compute"


PLUGIN = Kind(
    name="compute",
    record=Compute,
    zh="算力",
    en="Compute",
    columns=kinds.get("achievement").columns[:3],
    example=Compute(id="1", title="示例算力"),
    matched_with=("technology",),
)
NOT_A_KIND = "something else"


def _install(monkeypatch, target):
    entry = EntryPoint("compute", f"{__name__}:{target}", kinds.ENTRY_POINTS)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [entry])
    for cached in (kinds.all_kinds, kinds._by_name):
        cached.cache_clear()


@pytest.fixture
def fresh_registry():
    yield
    for cached in (kinds.all_kinds, kinds._by_name):
        cached.cache_clear()


def test_an_installed_package_adds_a_kind(monkeypatch, fresh_registry):
    _install(monkeypatch, "PLUGIN")
    assert kinds.get("算力") is PLUGIN
    assert PLUGIN in kinds.offers_for("technology")


def test_an_entry_point_that_is_no_kind_is_an_error(monkeypatch, fresh_registry):
    _install(monkeypatch, "NOT_A_KIND")
    with pytest.raises(ConfigurationError, match="unusable_plugin"):
        kinds.all_kinds()
