"""CSV: encodings, delimiters, headers under titles, every kind of wrong row."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.messages import LANGUAGES
from guantong.records import Contact, Disclosure, Maturity, Money, PriceMode, Severity, Side, kinds
from guantong.records.privacy import REMOVED
from guantong.records.tables import Limits, read_records, stream_records, write_records
from guantong.records.tables.csv_file import encoding_of, guarded, unguarded

SMALL = "成果名称,权利人单位\n陶瓷,甲校\n密封,乙校\n"

LIBRARY = """serial_no,achievement_name,achievement_contributors,research_team_leader_type,\
primary_technology_field,secondary_technology_field,nanjing_key_industry_field,\
commercialization_method,maturity_level,achievement_ownership,rights_ownership_type,\
individual_name,individual_id_number,rights_holding_organization_name,intended_amount_10k_cny,\
achievement_brief,achievement_overview,publishing_organization_name,contact_name,contact_phone,\
related_expert_team,is_carbon_peaking_neutrality_related,review_time
12,陶瓷环,"甲某,乙某",教授,新材料,先进陶瓷,新材料产业,"技术转让,作价入股",小试,独占,单位,丙某,\
110101199003070070,示例大学,500,简介,概述,转移中心,丁某,025-1234567,陶瓷团队,是,2025-06-01 10:20:30
"""


def codes(result):
    return [problem.code for problem in result.problems]


def titles(result):
    return [record.title for record in result.records]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_every_usual_encoding_is_read(table, encoding):
    result = read_records(table(SMALL, encoding=encoding))
    assert titles(result) == ["陶瓷", "密封"]
    assert result.problems == ()


def test_an_encoding_beyond_gb2312_is_found_in_the_middle_of_a_large_file(table):
    content = SMALL + "".join(f"题{n},校\n" for n in range(200_000)) + "㐂𠀀,末\n"
    path = table(content, encoding="gb18030")
    assert encoding_of(path) == "gb18030"
    *_, last = stream_records(path)
    assert last.title == "㐂𠀀"


@pytest.mark.parametrize(
    "content", [b"\xff\x00\xff\xfe\x81", b"\x00\x01\x02abc", b"\xa1\xff\xff,1\n", b"\xff\xfea"]
)
def test_an_unknown_encoding_is_an_error(table, content):
    with pytest.raises(InputError, match="unknown_encoding"):
        read_records(table(content))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(table, delimiter):
    content = SMALL.replace(",", delimiter)
    assert titles(read_records(table(content))) == ["陶瓷", "密封"]


def test_delimiters_inside_quotes_do_not_count(table):
    content = '成果名称;关键词\n陶瓷;"a,b,c,d"\n密封;"e,f,g,h"\n'
    assert next(r.keywords for r in read_records(table(content)).records) == ("a", "b", "c", "d")


def test_a_table_of_one_column_is_read(table):
    assert titles(read_records(table("成果名称\n陶瓷\n密封\n"))) == ["陶瓷", "密封"]


def test_headers_are_found_under_title_rows(table):
    content = "某市科技成果汇总表,,\n填报日期：2026-03-01,,\n\n" + SMALL
    result = read_records(table(content))
    assert titles(result) == ["陶瓷", "密封"]
    assert [record.provenance.row for record in result.records] == [5, 6]


def test_provenance_is_the_row_a_spreadsheet_shows(table):
    result = read_records(table('成果名称,成果概述\n陶瓷,"多\n行"\n\n密封,\n'))
    assert [record.provenance.row for record in result.records] == [2, 4]
    assert {record.provenance.file for record in result.records} == {"table.csv"}


def test_empty_rows_and_repeated_headers_are_skipped(table):
    result = read_records(table("成果名称,权利人单位\n陶瓷,甲\n,\n成果名称,权利人单位\n密封,乙\n"))
    assert titles(result) == ["陶瓷", "密封"]
    assert result.problems == ()


@pytest.mark.parametrize(
    "header",
    [
        "成果名称",
        "成果名称*",
        "＊成果名称：",
        " 成果 名称 ",
        "Achievement_Name",
        "achievement name",
        "RESULT",
        "title",
        "名称",
        "成果名称（必填）",
    ],
)
def test_headers_vary_as_people_write_them(table, header):
    assert titles(read_records(table(f"{header},x\n陶瓷,1\n"), kind="achievement")) == ["陶瓷"]


def test_a_library_table_is_read_without_loss(table):
    result = read_records(table(LIBRARY))
    [record] = result.records
    assert codes(result) == ["privacy.column_dropped"]
    assert record.extra == {}
    assert record.id == "12"
    assert record.fields == ("新材料", "先进陶瓷")
    assert record.key_industries == ("新材料产业",)
    assert record.contributors == ("甲某", "乙某")
    assert record.modes == ("技术转让", "作价入股")
    assert record.maturity == Maturity(level=4, stage="小试", derived=True)
    assert record.money == Money(low=Decimal(5_000_000), high=Decimal(5_000_000))
    assert record.contact == Contact(name="丁某", phone="025-1234567")
    assert record.carbon_related is True
    assert record.reviewed_at.isoformat() == "2025-06-01T10:20:30"
    assert (record.ownership, record.rights_type, record.leader_type) == ("独占", "单位", "教授")
    assert (record.individual_holder, record.expert_team) == ("丙某", "陶瓷团队")
    assert (record.summary, record.description, record.publisher) == ("简介", "概述", "转移中心")


def test_a_citizen_id_is_nowhere_in_what_was_read(table):
    result = read_records(table(LIBRARY))
    assert "110101199003070070" not in repr(result)


@pytest.mark.parametrize(
    ("header", "cell", "yuan"),
    [
        ("意向金额（万元）", "500", 5_000_000),
        ("意向金额(元)", "500", 500),
        ("意向金额（亿元）", "1.5", 150_000_000),
        ("intended_amount_10k_cny", "500", 5_000_000),
        ("意向金额（万元）", "0.5亿", 50_000_000),
    ],
)
def test_the_unit_of_the_header_holds_for_bare_figures(table, header, cell, yuan):
    [record] = read_records(table(f"成果名称,{header}\n陶瓷,{cell}\n")).records
    assert record.money == Money(low=Decimal(yuan), high=Decimal(yuan))


def test_an_amount_without_any_unit_is_read_as_wan_and_said_so(table):
    result = read_records(table("成果名称,意向金额\n陶瓷,500\n"))
    assert codes(result) == ["header.unit_assumed"]
    assert result.records[0].money.low == 5_000_000


def test_price_mode_and_amount_go_together(table):
    path = table("成果名称,意向金额(万元),定价方式\n陶瓷,面议,\n密封,100-200,挂牌\n")
    first, second = read_records(path).records
    assert first.money == Money(mode=PriceMode.NEGOTIATED)
    assert second.money == Money(
        low=Decimal(1_000_000), high=Decimal(2_000_000), mode=PriceMode.LISTED
    )


def test_a_need_is_read_with_deadline_and_disclosure(table):
    path = table(
        "需求名称,需求单位,截止日期,是否公开,意向投入（万元）,研发负责人\n"
        "耐磨件,某厂,2026年底,否,≤300,某人\n"
    )
    [need] = read_records(path).records
    assert need.kind == "technology"
    assert need.deadline == date(2026, 12, 31)
    assert need.disclosure is Disclosure.NAMED
    assert need.money == Money(high=Decimal(3_000_000))
    assert need.rd_lead == Contact(name="某人")


def test_this_year_needs_a_reference_day(table):
    path = table("需求名称,截止日期\n耐磨件,今年底\n")
    assert codes(read_records(path)) == ["cell.not_a_date"]
    [need] = read_records(path, today=date(2026, 11, 22)).records
    assert need.deadline == date(2026, 12, 31)


def test_a_near_miss_is_suggested_and_its_cells_are_kept(table):
    result = read_records(table("成果名称,权利人单为,意向金额（万元）\n陶瓷,甲校,5\n"))
    [problem] = result.problems
    assert problem.code == "header.near_miss"
    assert problem.params["label"] == "权利人单位"
    assert "权利人单位" in problem.render("zh")
    assert result.records[0].extra == {"权利人单为": "甲校"}


def test_unknown_columns_are_kept_without_a_remark(table):
    result = read_records(table("成果名称,颜色\n陶瓷,蓝\n"))
    assert result.problems == ()
    assert result.records[0].extra == {"颜色": "蓝"}


def test_of_two_columns_for_one_field_the_first_stands_and_the_second_is_kept(table):
    result = read_records(table("成果名称,成果概述,摘要\n陶瓷,概述,摘要文\n"))
    assert "header.twice" in codes(result)
    [record] = result.records
    assert record.description == "概述"
    assert record.extra == {"摘要": "摘要文"}


def test_columns_of_one_name_are_kept_apart(table):
    path = table("title,title,备注,备注\n陶瓷,又名,一,二\n")
    [record] = read_records(path, kind="achievement").records
    assert record.title == "陶瓷"
    assert record.extra == {"title": "又名", "备注": "一", "备注 2": "二"}


BAD_CELLS = [
    ("意向金额（万元）", "很多", "cell.not_an_amount"),
    ("意向金额（万元）", "10万美元", "cell.foreign_currency"),
    ("TRL等级", "12", "cell.not_a_level"),
    ("有效期至", "2026-02-31", "cell.not_a_date"),
    ("公开范围", "看情况", "cell.not_a_choice"),
]
ODD_CELLS = [
    ("成熟度", "很成熟", "cell.unknown_stage", "原成熟度"),
    ("双碳", "也许", "cell.not_yes_no", "原是否涉及双碳"),
    ("技术指标", "性能优异", "cell.not_an_indicator", "原技术指标"),
    ("国民经济行业", "造车", "cell.unknown_industry", "原国民经济行业"),
    ("定价方式", "随缘", "cell.not_a_choice", "原定价方式"),
    ("审核时间", "去年夏天", "cell.not_a_date", "原审核时间"),
]


@pytest.mark.parametrize(("header", "cell", "code"), BAD_CELLS)
def test_a_wrong_cell_costs_its_row_and_good_rows_go_on(table, header, cell, code):
    result = read_records(table(f"成果名称,{header}\n陶瓷,\n坏行,{cell}\n密封,\n"))
    assert titles(result) == ["陶瓷", "密封"]
    assert result.rejected == 1
    [problem] = result.problems
    assert (problem.code, problem.severity) == (code, Severity.ERROR)
    assert (problem.file, problem.row, problem.column) == ("table.csv", 3, header)
    assert problem.value == cell
    for lang in LANGUAGES:
        assert cell in problem.render(lang)
        assert "3" in problem.place(lang)


@pytest.mark.parametrize(("header", "cell", "code", "kept"), ODD_CELLS)
def test_an_odd_cell_is_kept_as_text_and_reported(table, header, cell, code, kept):
    result = read_records(table(f"成果名称,{header}\n陶瓷,{cell}\n"))
    [record] = result.records
    assert record.extra == {kept: cell}
    assert codes(result) == [code]
    assert result.problems[0].severity is Severity.WARNING
    assert result.rejected == 0


@pytest.mark.parametrize(("header", "cell", "code"), BAD_CELLS)
def test_strict_reading_stops_at_the_first_wrong_row(table, header, cell, code):
    path = table(f"成果名称,{header}\n陶瓷,\n坏行,{cell}\n")
    with pytest.raises(InputError) as failure:
        read_records(path, strict=True)
    assert failure.value.code == code
    assert failure.value.params["row"] == 3


def test_remarks_do_not_stop_strict_reading(table):
    result = read_records(table("成果名称,成熟度\n陶瓷,很成熟\n"), strict=True)
    assert len(result.records) == 1


def test_a_row_without_a_name_is_rejected(table):
    result = read_records(table("成果名称,权利人单位\n,甲校\n密封,乙校\n"))
    assert codes(result) == ["row.no_title"]
    assert titles(result) == ["密封"]


def test_cells_beyond_the_headers_are_reported(table):
    result = read_records(table("成果名称,权利人单位\n陶瓷,甲校,多余\n"))
    assert codes(result) == ["row.too_many_cells"]
    assert result.problems[0].value == "多余"
    assert titles(result) == ["陶瓷"]


def test_a_short_row_is_fine(table):
    result = read_records(table("成果名称,权利人单位,关键词\n陶瓷\n密封,乙校\n"))
    assert titles(result) == ["陶瓷", "密封"]
    assert result.problems == ()


def test_personal_numbers_in_free_text_are_dropped_and_reported(table):
    path = table(
        "成果名称,成果概述,联系电话,备注\n陶瓷,证号110101199003070070,13912345678,电13812345678\n"
    )
    result = read_records(path)
    [record] = result.records
    assert record.description == f"证号{REMOVED}"
    assert record.extra == {"备注": f"电{REMOVED}"}
    assert record.contact.phone == "13912345678"
    assert codes(result) == ["privacy.citizen_id", "privacy.mobile"]
    assert "110101199003070070" not in repr(result)
    assert "13812345678" not in repr(result)


@pytest.mark.parametrize("broken", ['"密封,乙校', '"密封"坏,乙校'])
def test_a_row_of_unclosed_quotes_is_reported_and_the_next_line_is_read(table, broken):
    content = f'成果名称,权利人单位\n陶瓷,甲校\n{broken}\n轴承,"丙\n校"\n刀具,丁校\n'
    result = read_records(table(content))
    assert titles(result) == ["陶瓷", "轴承", "刀具"]
    assert [(problem.code, problem.row) for problem in result.problems] == [
        ("row.broken_quotes", 3)
    ]
    assert result.rejected == 1


def test_a_quote_inside_a_bare_cell_is_only_a_character(table):
    assert titles(read_records(table('成果名称,权利人单位\n5" 管,甲校\n'))) == ['5" 管']


def test_a_file_of_nothing_but_broken_quotes_is_an_error(table):
    content = "成果名称,权利人单位\n" + '"密封"坏,乙校\n' * 200
    with pytest.raises(InputError, match="broken_csv"):
        read_records(table(content))


def test_a_text_too_long_for_a_cell_is_an_error_that_names_it(tmp_path):
    record = kinds.get("achievement").record(id="1", title="题", description="长" * 200_000)
    with pytest.raises(InputError) as failure:
        write_records(tmp_path / "out.csv", [record])
    assert failure.value.code == "tables.cell_too_long"
    assert failure.value.params["column"] == "成果概述"


def test_a_file_of_more_rows_than_allowed_is_refused(table):
    with pytest.raises(InputError, match="too_large"):
        read_records(table(SMALL), limits=Limits(rows=2))


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("成果名称,成熟度", "achievement"),
        ("需求名称,需求描述", "technology"),
        ("专家团队名称,团队负责人", "expert_team"),
        ("团队名称,所属高校", "expert_team"),
        ("企业名称,统一社会信用代码,经营范围", "organisation"),
        ("中心名称,服务内容", "proof_of_concept_centre"),
        ("平台名称,运营主体,平台介绍", "pilot_platform"),
        ("平台名称,省,市,区,建设地址,平台功能", "public_platform"),
        ("仪器名称,规格型号", "instrument"),
        ("equipment_name,manufacturer", "instrument"),
    ],
)
def test_the_kind_is_found_from_the_headers(table, headers, kind):
    row = ",".join("某物" if not h.startswith("统一") else "" for h in headers.split(","))
    result = read_records(table(f"{headers}\n{row}\n"))
    assert result.counts() == {kind: 1}


def test_the_name_of_the_file_settles_what_headers_leave_open(table):
    content = "平台名称,地址\n某平台,某路\n"
    assert read_records(table(content, "中试平台.csv")).counts() == {"pilot_platform": 1}
    assert read_records(table(content, "公共服务平台.csv")).counts() == {"public_platform": 1}
    with pytest.raises(InputError) as failure:
        read_records(table(content, "list.csv"))
    assert failure.value.code == "tables.kind_unclear"
    assert "pilot_platform" in failure.value.params["kinds"]


def test_bare_titles_are_what_the_caller_says(table):
    path = table("名称,内容\n陶瓷,正文\n")
    assert read_records(path, side=Side.OFFER).counts() == {"achievement": 1}
    assert read_records(path, side=Side.NEED).counts() == {"technology": 1}
    assert read_records(path, kind="instrument").counts() == {"instrument": 1}
    assert read_records(path, kind="auto", side=Side.NEED).counts() == {"technology": 1}


def test_swapped_files_are_noticed(table):
    offers = table("成果名称,成熟度,权利人单位,转化方式\n陶瓷,小试,甲校,许可\n")
    with pytest.raises(InputError) as failure:
        read_records(offers, side=Side.NEED)
    assert failure.value.code == "tables.not_need"


def test_a_column_of_kinds_tells_the_rows_apart(table):
    path = table("kind,title,organisation\nachievement,陶瓷,甲\n大型仪器,电镜,乙\n火箭,丙,丁\n")
    result = read_records(path)
    assert result.counts() == {"achievement": 1, "instrument": 1}
    assert codes(result) == ["row.unknown_kind"]
    assert result.problems[0].row == 4


def test_a_row_of_the_other_side_is_rejected(table):
    path = table("kind,title\nachievement,陶瓷\ntechnology,求购\n")
    result = read_records(path, side=Side.OFFER)
    assert titles(result) == ["陶瓷"]
    assert codes(result) == ["row.not_offer"]


def test_no_header_is_an_error_that_shows_what_was_seen(table):
    with pytest.raises(InputError) as failure:
        read_records(table("甲,乙\n1,2\n"))
    assert failure.value.code == "tables.no_header"
    assert "甲" in failure.value.params["seen"]


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+86", "-40℃", "@某", "\t=1", "\n=1", "＝1+1", "＠SUM", "'=1", "''=1", "'引号", "文"],
)
def test_no_written_cell_is_a_formula(cell):
    assert guarded(cell)[0] not in "=+-@\t\r\n＝＋－＠"
    assert unguarded(guarded(cell)) == cell


@given(st.text())
def test_guarding_is_undone_by_reading(text):
    assert unguarded(guarded(text)) == text


def test_formulas_in_a_file_are_written_as_text(tmp_path):
    record = kinds.get("achievement").record(id="=2", title='=HYPERLINK("x")', extra={"=a": "@b"})
    path = tmp_path / "out.csv"
    write_records(path, [record])
    cells = path.read_text(encoding="utf-8-sig").replace("\n", ",").split(",")
    assert not [cell for cell in cells if cell.strip('"').startswith(("=", "@", "+", "-"))]
    assert read_records(path).records == (record,)


def test_english_headers_on_request(tmp_path):
    path = tmp_path / "out.csv"
    write_records(path, [kinds.get("technology").example], lang="en")
    assert path.read_text(encoding="utf-8-sig").startswith("ID,Need,Enterprise,")
    assert read_records(path).records == (kinds.get("technology").example,)
