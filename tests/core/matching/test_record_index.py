"""Records go into an index and come back; what happens to it is seen by those who look."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from builders import (
    THEMES,
    build_index,
    make_need,
    make_offer,
    make_organisation,
    many_offers,
    reader,
)

import guantong
from guantong.errors import ConfigurationError, InputError, LockedError, NotFoundError, StateError
from guantong.matching import index as index_module
from guantong.matching.encoders.static import SHIPPED
from guantong.matching.index import (
    Index,
    IndexBuilder,
    entries_of,
    settings_of,
    side_of,
    text_reader,
)
from guantong.matching.matcher import Matcher
from guantong.matching.store import Side
from guantong.records import Disclosure, Provenance, SearchParts

SCRIPT = Path(__file__).with_name("indexing_process.py")
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(guantong.__file__).parents[1])}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index"


def contents(path):
    with Index.open(path) as index:
        return {side: list(index.records(side)) for side in Side}


def answers(path, limit=5):
    with Index.open(path) as index:
        matcher = Matcher(index)
        return [
            matcher.offers_for(make_need(id=theme, theme=theme), limit=limit) for theme in THEMES
        ]


def test_records_come_back_as_they_went_in(path):
    offers, needs = list(many_offers(5)), [make_need(theme="seal", deadline=None)]
    build_index(path, *offers, *needs)
    assert contents(path) == {Side.OFFER: offers, Side.NEED: needs}
    with Index.open(path) as index:
        assert index.record(Side.OFFER, offers[3].id) == offers[3]
        assert (index.count(Side.OFFER), index.count(Side.NEED)) == (5, 1)
        assert index.info().kinds[Side.OFFER] == {"achievement": 5}
        assert index.info().settings == settings_of(reader())


def test_an_id_that_nobody_has_is_not_found(path):
    build_index(path, make_offer(id="o"))
    with Index.open(path) as index, pytest.raises(NotFoundError):
        index.record(Side.NEED, "o")


def test_only_what_is_new_or_different_is_counted(path):
    offer, need = make_offer(id="o", theme="seal"), make_need(id="n", theme="seal")
    with IndexBuilder(path) as builder:
        assert builder.add([offer, need]) == 2
    with IndexBuilder(path) as builder:
        assert builder.add([offer, replace(need, region="南京市")]) == 1
        assert builder.add([]) == 0
        assert builder.remove(Side.OFFER, ["o", "nobody"]) == 1
    assert contents(path) == {Side.OFFER: [], Side.NEED: [replace(need, region="南京市")]}


def test_where_a_record_was_read_is_no_difference(path):
    offer = make_offer(id="o", provenance=Provenance(file="a.csv", row=3))
    with IndexBuilder(path) as builder:
        assert builder.add([offer]) == 1
        assert builder.add([replace(offer, provenance=Provenance(file="b.csv", row=9))]) == 0


def test_text_moved_from_key_words_into_the_body_is_a_change(path):
    before = make_offer(id="o", title="泵", keywords=("密封", "耐磨"), description="材料")
    after = replace(before, keywords=("密封",), description="耐磨材料")
    [one], [other] = (entries_of([each], reader()) for each in (before, after))
    assert one.text_hash != other.text_hash
    assert one.keywords != other.keywords


def test_progress_counts_the_records_read(path, monkeypatch):
    monkeypatch.setattr(index_module, "BATCH", 4)
    seen = []
    with IndexBuilder(path) as builder:
        builder.add(many_offers(10), progress=seen.append)
        builder.add([], progress=seen.append)
    assert seen == [4, 8, 10]


def test_an_open_matcher_sees_changes_after_a_refresh_and_not_before(path):
    old, new = make_offer(id="old", theme="rice"), make_offer(id="new", theme="seal")
    need = make_need(theme="seal")
    build_index(path, old)
    with Index.open(path) as index:
        matcher = Matcher(index)

        def ids():
            return [match.offer_id for match in matcher.offers_for(need)]

        assert not index.refresh()
        build_index(path, new)
        assert ids() == ["old"]
        assert index.refresh()
        assert ids() == ["new", "old"]
        build_index(
            path, replace(new, title="水稻", description="育种"), replace(old, region="南京")
        )
        index.refresh()
        assert index.record(Side.OFFER, "old").region == "南京"
        assert ids()[0] == "new" or index.record(Side.OFFER, "new").title == "水稻"
        with IndexBuilder(path) as builder:
            builder.remove(Side.OFFER, ["new"])
        index.refresh()
        assert ids() == ["old"]
        assert index.count(Side.OFFER) == 1


def test_a_changed_text_is_found_by_its_new_words_only(path):
    offer = make_offer(id="o", theme="seal")
    build_index(path, offer, make_offer(id="other", theme="chip"))
    build_index(path, make_offer(id="o", theme="rice"))
    with Index.open(path) as index:
        assert Matcher(index).search("盐碱地水稻")[0].id == "o"
        assert Matcher(index).search("密封环")[0].score < Matcher(index).search("水稻")[0].score


def test_a_condition_changed_without_the_text_counts_at_once(path):
    offer = make_offer(id="o", theme="seal")
    build_index(path, offer)
    build_index(path, replace(offer, disclosure=Disclosure.NAMED))
    with Index.open(path) as index:
        found = index.store.fetch([index.store.row(Side.OFFER, "o")])
    assert list(found.disclosures) == ["named"]


def test_an_error_leaves_the_index_as_it_was(path):
    build_index(path, make_offer(id="o"))
    with pytest.raises(InputError) as caught, IndexBuilder(path) as builder:
        builder.add([make_offer(id="p"), make_organisation(id="org")])
    assert caught.value.code == "matching.not_matched"
    assert caught.value.params["id"] == "org"
    assert [offer.id for offer in contents(path)[Side.OFFER]] == ["o"]


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (make_offer(id="o", title=""), "stored.no_title"),
        (make_offer(id="o", title=" \n"), "stored.no_title"),
        (make_offer(id="o", description="half \ud800 a character"), "stored.bad_text"),
        (make_offer(id="\ud800"), "stored.bad_text"),
        (make_offer(id=""), "store.no_id"),
    ],
)
def test_a_record_that_could_not_be_read_back_is_refused(path, record, code):
    with pytest.raises(InputError) as caught, IndexBuilder(path) as builder:
        builder.add([record])
    assert caught.value.code == code


def test_sides_are_told_apart():
    assert side_of(make_offer()) is Side.OFFER
    assert side_of(make_need()) is Side.NEED
    with pytest.raises(InputError) as caught:
        side_of(make_organisation(id="org"))
    assert caught.value.params == {"id": "org", "kind": "organisation"}


def test_an_offer_and_a_need_may_share_an_id(path):
    build_index(path, make_offer(id="1", theme="seal"), make_need(id="1", theme="rice"))
    with Index.open(path) as index:
        assert index.record(Side.OFFER, "1").title != index.record(Side.NEED, "1").title
        [match] = Matcher(index).offers_for(index.record(Side.NEED, "1"))
        assert (match.need_id, match.offer_id) == ("1", "1")


def test_workers_write_the_same_index_as_one_process(path, tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "BATCH", 16)
    offers = list(many_offers(80))
    build_index(path, *offers)
    seen = []
    with IndexBuilder(tmp_path / "workers", workers=2) as builder:
        assert builder.add(offers, progress=seen.append) == 80
        with pytest.raises(InputError) as caught:
            builder.add([*many_offers(3, 80), make_organisation()])
        assert caught.value.code == "matching.not_matched"
    assert seen == [16, 32, 48, 64, 80]
    assert contents(tmp_path / "workers") == contents(path)
    assert answers(tmp_path / "workers") == answers(path)


@pytest.fixture
def other_encoder(tmp_path):
    """Return the name of an encoder that is like the shipped one but for its name."""
    folder = tmp_path / "encoder"
    folder.mkdir()
    for file in SHIPPED.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    config = (folder / "config.json").read_text(encoding="utf-8")
    changed = config.replace(reader().table.name, "another")
    (folder / "config.json").write_text(changed, encoding="utf-8")
    yield f"static:{folder}"
    text_reader.cache_clear()


def test_an_index_made_with_another_encoder_is_refused(path, other_encoder):
    shared = reader()
    build_index(path, make_offer(theme="seal"), encoder=other_encoder)
    for use in (Index.open, IndexBuilder):
        with pytest.raises(ConfigurationError) as caught:
            use(path)
        assert caught.value.code == "store.settings"
        assert (caught.value.params["stored"], caught.value.params["given"]) == (
            "another",
            shared.encoder.name,
        )
    with Index.open(path, encoder=other_encoder) as index:
        assert Matcher(index).offers_for(make_need(theme="seal"))


def test_an_encoder_that_nobody_knows_is_refused(path):
    with pytest.raises(ConfigurationError):
        IndexBuilder(path, encoder="no such encoder")
    assert not path.exists()


def test_where_there_is_no_index_none_is_opened_or_made_unasked(path):
    with pytest.raises(StateError) as caught:
        Index.open(path)
    assert caught.value.code == "store.not_an_index"
    with pytest.raises(StateError):
        IndexBuilder(path, create=False)


def test_a_second_builder_is_told_who_writes(path):
    with IndexBuilder(path) as builder:
        builder.add([make_offer()])
        with pytest.raises(LockedError) as caught:
            IndexBuilder(path)
        assert caught.value.params["pid"] == str(os.getpid())


def test_the_reader_of_texts_is_shared():
    assert text_reader() is text_reader()
    assert text_reader().read(SearchParts("密封", (), "")).title_words > 0


def killed_building(path, after, every):
    """Start a building of many records and kill it when it has read ``after`` of them."""
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(path), "3000", str(every)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process.stdout as output:
        for line in output:
            assert line.strip() != "finished"
            if int(line) >= after:
                break
        process.kill()
    process.wait(timeout=60)
    return process.returncode


@pytest.mark.parametrize("every", [0, 100])
def test_a_building_that_was_killed_opens_and_is_finished_by_the_next(path, every):
    build_index(path, make_need(id="n", theme="seal"))
    assert killed_building(path, 350, every) == -9
    with Index.open(path) as index:
        there = index.count(Side.OFFER)
        assert index.record(Side.NEED, "n").id == "n"
        assert len(Matcher(index).search("密封", limit=3)) == min(there, 3)
    assert there == 0 if every == 0 else 300 <= there < 3000
    with IndexBuilder(path) as builder:
        assert builder.add(many_offers(600)) == max(0, 600 - there)
    found = {offer.id for offer in contents(path)[Side.OFFER]}
    assert {offer.id for offer in many_offers(600)} <= found
    with Index.open(path) as index:
        [match] = Matcher(index).offers_for(make_need(theme="seal"), limit=1)
        assert int(match.offer_id.removeprefix("many-")) % len(THEMES) == 0
