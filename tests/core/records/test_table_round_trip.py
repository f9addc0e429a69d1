"""What is written to a table reads back equal, whatever the kind, the format and the content."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_strategies import differences, records_of

from guantong.records import kinds
from guantong.records.problems import Severity
from guantong.records.tables import read_records, write_records

KINDS = [kind.name for kind in kinds.all_kinds()]
FORMATS = ["csv", "xlsx", "jsonl", "jsonl.gz"]


@pytest.mark.parametrize("ending", FORMATS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_record_reads_back_equal(tmp_path, ending, data):
    kind = kinds.get(data.draw(st.sampled_from(KINDS)))
    lang = data.draw(st.sampled_from(["zh", "en"]))
    records = data.draw(st.lists(records_of(kind), min_size=1, max_size=3))
    path = tmp_path / f"records.{ending}"
    write_records(path, records, lang=lang)
    result = read_records(path, kind=kind.name)
    assert [p.render("en") for p in result.problems if p.severity is Severity.ERROR] == []
    assert differences(result.records, records) == []


@pytest.mark.parametrize("ending", FORMATS)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_records_of_several_kinds_share_one_file(tmp_path, ending, data):
    records = [data.draw(records_of(kind)) for kind in kinds.all_kinds()]
    path = tmp_path / f"mixed.{ending}"
    write_records(path, records)
    result = read_records(path)
    assert result.rejected == 0
    assert differences(result.records, records) == []


@pytest.mark.parametrize("ending", FORMATS)
def test_written_files_are_the_same_byte_for_byte_where_the_format_allows(tmp_path, ending):
    records = [kind.example for kind in kinds.all_kinds()]
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    write_records(first, records)
    write_records(second, records)
    if ending == "xlsx":
        assert read_records(first).records == read_records(second).records
    else:
        assert first.read_bytes() == second.read_bytes()
