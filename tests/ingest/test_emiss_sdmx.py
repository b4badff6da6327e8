"""SDMX-ML of EMISS: codes and labels, decimal commas, periods that are no years, and what the file does not give."""

import math

import pytest

from analysis.ingest.opening import open_file
from analysis.ingest.readers import emiss_sdmx

V1 = "http://www.SDMX.org/resources/SDMXML/schemas/v1_0"
CODES = {
    "s_OKATO": (
        "Классификатор объектов административно-территориального деления (ОКАТО)",
        {"643": "Российская Федерация", "035": "Сибирский федеральный округ", "041": "Сибирский федеральный округ"},
    ),
    "s_vozr": ("Возраст", {"1": "Всего", "319": "0-17 лет"}),
    "s_mest": ("Тип поселения", {"w2:p_mest:11": "все население"}),
}
YEAR = "значение показателя за год"


def series(territory, year, value, period=YEAR, age="1", unit="человек", concept="s_OKATO"):
    return (
        f'<generic:Series><generic:SeriesKey><generic:Value concept="s_vozr" value="{age}"/><generic:Value'
        f' concept="{concept}" value="{territory}"/><generic:Value concept="s_mest"'
        ' value="w2:p_mest:11"/></generic:SeriesKey><generic:Attributes><generic:Value concept="EI"'
        f' value="{unit}"/><generic:Value concept="PERIOD"'
        f' value="{period}"/></generic:Attributes><generic:Obs><generic:Time>{year}</generic:Time><generic:ObsValue'
        f' value="{value}"/></generic:Obs></generic:Series>'
    )


def message(*data, codes=CODES):
    lists = "".join(
        f'<structure:CodeList id="{key}"><structure:Name xml:lang="ru">{name}</structure:Name>'
        + "".join(
            f'<structure:Code value="{code}"><structure:Description'
            f' xml:lang="ru">{label}</structure:Description></structure:Code>'
            for code, label in labels.items()
        )
        + "</structure:CodeList>"
        for key, (name, labels) in codes.items()
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><GenericData xmlns="{V1}/message" xmlns:generic="{V1}/generic"'
        f' xmlns:structure="{V1}/structure"><CodeLists>{lists}</CodeLists><Description><Indicator id="33459"'
        ' name="Численность  женщин"><Units><Unit value="человек"/></Units><Comment value="Без учета'
        f' переписи."/></Indicator></Description><DataSet>{"".join(data)}</DataSet></GenericData>'
    )


@pytest.fixture
def read(tmp_path):
    def reading(text):
        (tmp_path / "x.xml").write_text(text, encoding="utf-8")
        opened = open_file(tmp_path / "x.xml")
        assert emiss_sdmx.recognises(opened)
        return emiss_sdmx.read(opened)

    return reading


def test_an_observation_has_its_codes_and_labels(read):
    (block,) = read(message(series("643", 2020, "78191844"))).blocks
    assert (block.title, block.code, block.unit) == ("Численность женщин", "33459", "человек")
    (row,) = block.rows.to_dict("records")
    assert (row["territory"], row["territory_code"], row["year"], row["value"]) == (
        "Российская Федерация",
        "643",
        2020,
        78191844,
    )
    assert (row["category"], row["category_code"]) == ("Всего / все население", "1 / w2:p_mest:11")
    assert row["cell"] == f"код территории 643, Всего, все население, {YEAR}, 2020"
    assert "Без учета переписи." in block.notes and f"Период: {YEAR}." in block.notes


def test_both_siberian_districts_stay_apart_by_code(read):
    (block,) = read(message(series("035", 2011, "5"), series("041", 2012, "6"))).blocks
    assert list(zip(block.rows["territory"], block.rows["territory_code"], strict=True)) == [
        ("Сибирский федеральный округ", code) for code in ("035", "041")
    ]


@pytest.mark.parametrize(("printed", "value"), [("4,7", 4.7), ("4.7", 4.7), ("-0,5", -0.5), ("1 234,5", 1234.5)])
def test_decimal_commas_are_numbers(read, printed, value):
    assert read(message(series("643", 2020, printed))).blocks[0].rows["value"].tolist() == [value]


@pytest.mark.parametrize("printed", ["…", "1.234,5", "к"])
def test_what_is_no_number_is_a_mark(read, printed):
    row = read(message(series("643", 2020, printed))).blocks[0].rows.iloc[0]
    assert math.isnan(row["value"]) and row["mark"] == printed


def test_months_and_quarters_never_mix_with_years(read):
    periods = ["январь", "январь-март", "I квартал", "январь-декабрь", "на 1 июля", "I полугодие", "31 неделя"]
    done = read(message(*(series("643", 2020, at, period=period) for at, period in enumerate(periods))))
    assert done.blocks[0].rows["value"].tolist() == [3]
    assert any("часть года" in unread.reason and "ячеек: 6" in unread.reason for unread in done.unread)


def test_an_unknown_period_is_reported_not_guessed(read):
    done = read(message(series("643", 2020, "1"), series("643", 2021, "2", period="за навигацию")))
    assert done.blocks[0].rows["year"].tolist() == [2020]
    assert any("«за навигацию»" in unread.reason for unread in done.unread)


def test_the_one_date_of_a_yearly_count_is_annual(read):
    assert read(message(series("643", 2020, "1", period="на 1 октября"))).blocks[0].rows["value"].tolist() == [1]
    assert (
        read(
            message(series("643", 2020, "1", period="на 1 октября"), series("643", 2020, "2", period="на 1 июля"))
        ).blocks
        == []
    )


def test_two_kinds_of_years_become_two_cuts(read):
    rows = (
        read(
            message(series("643", 2020, "1", period="на 1 января"), series("643", 2020, "2", period="в среднем за год"))
        )
        .blocks[0]
        .rows
    )
    assert rows["category"].tolist() == [
        "Всего / все население / на 1 января",
        "Всего / все население / в среднем за год",
    ]


def test_units_are_parted_into_blocks(read):
    done = read(message(series("643", 2020, "1"), series("643", 2020, "2", unit="процент")))
    assert [(block.unit, block.rows["value"].tolist()) for block in done.blocks] == [("человек", [1]), ("процент", [2])]


def test_contradictions_are_reported_and_repeats_dropped(read):
    done = read(
        message(series("643", 2020, "1"), series("643", 2020, "1"), series("041", 2020, "2"), series("041", 2020, "3"))
    )
    assert done.blocks[0].rows["territory_code"].tolist() == ["643"]
    assert any("разные значения" in unread.reason and "Сибирский" in unread.reason for unread in done.unread)


def test_codes_of_another_list_of_regions_are_not_okato(read):
    codes = {
        "00_003": ("Регионы Российской Федерации (иерархический)", {"035": "Сибирский федеральный округ"}),
        "s_vozr": CODES["s_vozr"],
    }
    row = read(message(series("035", 2020, "1", concept="00_003"), codes=codes)).blocks[0].rows.iloc[0]
    assert (row["territory"], row["territory_code"]) == ("Сибирский федеральный округ", "")


def test_several_observations_of_one_series_are_all_read(read):
    second = "</generic:Obs><generic:Obs><generic:Time>2021</generic:Time><generic:ObsValue value='8'/></generic:Obs>"
    assert read(message(series("643", 2020, "7").replace("</generic:Obs>", second, 1))).blocks[0].rows[
        "value"
    ].tolist() == [7, 8]


def test_version_two_is_read_as_well(read):
    space = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    done = read(
        f'<m:GenericData xmlns:m="{space}/message"'
        f' xmlns:g="{space}/data/generic"><m:DataSet><g:Series><g:SeriesKey><g:Value id="OKATO"'
        ' value="643"/></g:SeriesKey><g:Obs><g:ObsDimension value="2020"/><g:ObsValue'
        ' value="1.5"/></g:Obs><g:Obs><g:ObsDimension value="2020-Q1"/><g:ObsValue'
        ' value="9"/></g:Obs></g:Series></m:DataSet></m:GenericData>'
    )
    assert done.blocks[0].rows[["territory_code", "year", "value"]].values.tolist() == [["643", 2020, 1.5]]
    assert any("часть года" in unread.reason for unread in done.unread)


@pytest.mark.parametrize("text", ["", "<generic:Series/>"])
def test_a_message_without_data_says_so(read, text):
    done = read(message(text))
    assert done.blocks == [] and done.unread


def test_other_xml_is_left_alone(tmp_path):
    (tmp_path / "x.xml").write_text("<a/>", encoding="utf-8")
    assert not emiss_sdmx.recognises(open_file(tmp_path / "x.xml"))
