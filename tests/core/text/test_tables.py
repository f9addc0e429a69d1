from __future__ import annotations

import pytest

from guantong.text.tables import read_table


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("regions.csv", ["code", "name"]),
        ("regions_changes.csv", ["code", "name", "until", "now"]),
        ("industries.csv", ["code", "name"]),
        ("organisations.csv", ["name", "province", "other_names"]),
    ],
)
def test_a_table_is_read_by_column_without_its_comments(name, columns):
    rows = read_table(name)
    assert list(rows[0]) == columns
    assert not any(value.startswith("#") for row in rows for value in row.values())
    assert all(None not in row for row in rows)


def test_a_missing_table_is_no_empty_one():
    with pytest.raises(FileNotFoundError):
        read_table("none-such.csv")
