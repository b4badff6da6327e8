"""What of a reading becomes an observation, under which name, and what is said of the rest."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.base.errors import UsageError
from analysis.catalogue import load
from analysis.ingest.placing.borders import older_borders
from analysis.ingest.placing.placing import place
from analysis.ingest.placing.units import factor, unit_id
from analysis.ingest.readers import rosstat_regions
from analysis.ingest.reading import BLOCK_COLUMNS, Block, Reading
from tests.ingest.workbooks import opened, regional


def reading(*sheets) -> Reading:
    return rosstat_regions.read(opened(*sheets))


def placed(*sheets, **how):
    return place(reading(*sheets), source="regions2022", **how)


def test_a_table_becomes_observations_of_its_indicator():
    rows = placed(regional()).observations
    assert list(rows.columns) == [
        "indicator",
        "territory",
        "category",
        "year",
        "value",
        "status",
        "source",
        "locator",
        "note",
    ]
    assert set(rows["indicator"]) == {"labour_force"} and set(rows["territory"]) == {"russia", "siberia", "kemerovo"}
    row = rows[rows["territory"].eq("kemerovo") & rows["year"].eq(2021)].iloc[0]
    assert (row["value"], row["status"], row["source"]) == (1236, "A", "regions2022")
    assert row["locator"] == "табл. 2.1, лист «2.1.», строка «Кемеровская область», столбец 2021"


def test_a_table_that_moved_to_another_number_is_known_by_its_title():
    rows = placed(regional("2.4.", "2.4. УРОВЕНЬ ЗАНЯТОСТИ НАСЕЛЕНИЯ", "(в процентах)")).observations
    assert set(rows["indicator"]) == {"employment_rate"}


@pytest.mark.parametrize(
    ("title", "unit", "why"),
    [
        # Another table under a number of the catalogue, in another section's words or in words that only begin alike.
        ("2.1. ЧИСЛО БОЛЬНИЧНЫХ КОЕК", "(тысяч человек)", "под номером 2.1 в каталоге другая таблица"),
        (
            "2.5. УРОВЕНЬ ЗАНЯТОСТИ СЕЛЬСКОГО НАСЕЛЕНИЯ СТАРШЕГО ВОЗРАСТА",
            "(в процентах)",
            "под номером 2.5 в каталоге другая таблица",
        ),
        ("5.3. МОЩНОСТЬ ПОЛИКЛИНИК", "(тысяч посещений в смену)", "показателя в каталоге нет"),
        # The right title in a unit that does not convert, and a comparison in place of a level.
        ("2.1. ЧИСЛЕННОСТЬ РАБОЧЕЙ СИЛЫ", "(в процентах)", "точно не приводится"),
        ("2.1. ЧИСЛЕННОСТЬ РАБОЧЕЙ СИЛЫ", "", "единицы таблица не называет"),
        ("2.5. УРОВЕНЬ ЗАНЯТОСТИ НАСЕЛЕНИЯ", "(в процентах к предыдущему году)", "таблица дана к прошлому периоду"),
    ],
)
def test_a_table_is_not_placed_on_its_number_alone(title, unit, why):
    done = placed(regional(title.split(" ")[0], title, unit))
    assert len(done.observations) == 0
    assert [why in entry.why for entry in done.unplaced] == [True], done.unplaced
    assert done.unplaced[0].remedy and "9 наблюдений" in done.unplaced[0].what


def test_the_next_section_of_a_table_of_totals_is_told_from_it():
    """2.10.2 is unemployment at working age: its title holds all the words of 2.10.1."""
    done = placed(regional("2.10.1.", "2.10.1. Уровень безработицы в трудоспособном возрасте", "(в процентах)"))
    assert len(done.observations) == 0


def test_people_become_thousands_exactly_and_the_note_says_so():
    rows = placed(regional(unit="(человек)", rows=[["Кемеровская область", 1236001.0, 1.0, 0.0]])).observations
    assert rows["value"].tolist() == [1236.001, 0.001, 0.0] and rows["note"].eq("В источнике – человек.").all()


@pytest.mark.parametrize(
    ("unit", "title", "known"),
    [
        ("тысяч человек", "", "thousand_people"),
        ("человек", "", "people"),
        ("Человек", "населения на 1 января", "people"),
        ("млрд руб.", "", "bln_rub"),
        ("миллионов рублей", "", "mln_rub"),
        ("в процентах от общей численности", "", "percent"),
        ("человек", "студентов на 10 000 человек населения", "per_10000"),
        ("", "прирост на 10 000 человек населения", "per_10000"),
        ("человек", "в расчете на одну заявленную вакансию", "per_vacancy"),
        ("человек", "численность населения на одного врача", ""),
        ("центнеров с гектара", "", ""),
        ("", "", ""),
        ("тысяч коек", "", ""),
    ],
)
def test_printed_units_are_known_or_refused(unit, title, known):
    assert unit_id(unit, title) == known


def test_only_units_of_one_kind_convert():
    assert factor("bln_rub", "mln_rub") == 1000 and factor("people", "thousand_people") * 1000 == 1
    assert factor("rub", "people") is None and factor("percent", "pp") is None


def test_digits_beyond_the_sixth_are_dropped():
    rows = placed(
        regional(
            "2.6",
            "2.6. УРОВЕНЬ ЗАНЯТОСТИ НАСЕЛЕНИЯ В ТРУДОСПОСОБНОМ ВОЗРАСТЕ1)",
            "(в процентах)",
            rows=[["Россия", 69.8636290561913, 69.95812189163274, 23.599999999999998]],
        )
    ).observations
    assert rows["value"].tolist() == [69.863629, 69.958122, 23.6]


def test_what_is_missing_says_why():
    rows = placed(
        regional(rows=[["Кемеровская область", "…", " - ", None], ["Томская область", "в 2,3 р.", 1.0, 2.0]])
    ).observations
    assert rows["status"].tolist() == ["M", "M", "M", "M", "A", "A"] and rows["value"].isna().sum() == 4
    assert rows["note"].tolist()[:4] == [
        "Многоточие в публикации: данных нет.",
        "Прочерк в публикации: явления нет.",
        "Ячейка публикации пуста.",
        "В публикации вместо числа «в 2,3 р.».",
    ]


def test_an_unknown_territory_is_told_once_with_the_nearest_name():
    wrong = [["Кемеровскя область", 1.0, 2.0, 3.0], ["Кемеровская область", 4.0, 5.0, 6.0]]
    done = placed(regional(rows=wrong), regional("2.7.", "2.7. ЧИСЛЕННОСТЬ БЕЗРАБОТНЫХ1)", rows=wrong))
    assert set(done.observations["territory"]) == {"kemerovo"}
    (entry,) = done.unplaced
    assert (
        entry.sheet == "2.1., 2.7."
        and entry.what == "«Кемеровскя область»: 6 наблюдений"
        and "«Кемеровская область»" in entry.remedy
    )


def test_districts_in_former_borders_are_territories_of_their_own():
    note = (
        "2) Данные за 2000-2020 гг. по Сибирскому и Дальневосточному федеральным округам приведены в составе субъектов"
        " Российской Федерации."
    )
    rows = placed(regional(rows=[["Сибирский федеральный округ2)", 1.0, 2.0, 3.0]], notes=[note])).observations
    found = {(row.territory, row.year): row.value for row in rows.itertuples() if row.status == "A"}
    assert found == {("siberia-old", 2019): 1, ("siberia-old", 2020): 2, ("siberia", 2021): 3}
    missing = rows[rows["status"].eq("M")]
    assert (
        set(zip(missing["territory"], missing["year"], strict=True)) == {("siberia", 2019), ("siberia", 2020)}
        and missing["note"].str.contains("прежних границах").all()
    )


@pytest.mark.parametrize(
    ("territory", "note", "year", "meant"),
    [
        (
            "siberia",
            (
                "Данные за 2000-2017 гг. по Сибирскому федеральному округу приведены в составе субъектов до Указа от 3"
                " ноября 2018 г."
            ),
            2017,
            "siberia-old",
        ),
        (
            "siberia",
            (
                "Данные за 2000-2017 гг. по Сибирскому федеральному округу приведены в составе субъектов до Указа от 3"
                " ноября 2018 г."
            ),
            2018,
            "siberia",
        ),
        ("kemerovo", "Данные за 2000-2017 гг. приведены в составе субъектов.", 2017, "kemerovo"),
        (
            "southern",
            "2005, 2007, 2009 гг. – включая данные по субъектам Северо-Кавказского федерального округа.",
            2007,
            "southern-2009",
        ),
        (
            "southern",
            "2005, 2007, 2009 гг. – включая данные по субъектам Северо-Кавказского федерального округа.",
            2011,
            "southern",
        ),
        ("southern", "2015 г. – без учета данных по Республике Крым и г. Севастополю.", 2015, "southern"),
        ("central", "Данные за 2000-2017 гг. приведены в составе субъектов.", 2017, None),
    ],
)
def test_footnotes_tell_the_borders(territory, note, year, meant):
    assert older_borders(territory, note, year) == meant


def test_the_sum_of_regions_is_not_the_country():
    row = ["Валовой региональный продукт по субъектам Российской Федерации (в основных ценах) – всего", 1.0, 2.0, 3.0]
    rows = placed(
        regional(
            "8.1.",
            "8.1. ВАЛОВОЙ РЕГИОНАЛЬНЫЙ ПРОДУКТ ",
            "(миллионов рублей)",
            rows=[row, ["Не распределено по субъектам Российской Федерации", 1.0, 1.0, 1.0]],
        )
    ).observations
    assert set(rows["territory"]) == {"russia-sum"}


def test_an_indicator_without_cuts_takes_none():
    done = placed(regional(rows=[["Городское население"], ["Россия", 1.0, 2.0, 3.0]]))
    assert len(done.observations) == 0 and done.unplaced[0].what == "«Городское население»: 3 наблюдения"


def test_a_table_without_a_year_needs_one():
    sheet = regional(heading=[None, "Всего"], rows=[["Россия", 1.0], ["Кемеровская область", 2.0]])
    assert "--year" in placed(sheet).unplaced[0].remedy and len(placed(sheet).observations) == 0
    assert placed(sheet, year=2021).observations["year"].tolist() == [2021, 2021]


def test_the_named_indicator_wins_over_the_title_but_not_over_the_unit():
    sheet = regional("7.7.", "7.7. ЛЮДИ", "(тысяч человек)")
    assert set(placed(sheet, indicator="labour_force").observations["indicator"]) == {"labour_force"}
    assert len(placed(sheet, indicator="employment_rate").observations) == 0


@pytest.mark.parametrize(
    ("how", "offered"), [({"indicator": "labour_forse"}, "labour_force"), ({"source": "gva_okvd2"}, "gva_okved2")]
)
def test_wrong_names_are_answered_with_the_nearest(how, offered):
    with pytest.raises(UsageError, match=offered):
        place(reading(regional()), **how)


def test_the_source_is_taken_from_the_edition_the_file_names():
    said = reading(regional())
    assert "--source" in place(said).needs_source and "regions2022" in place(said).needs_source
    named = Reading(
        said.reader,
        said.version,
        said.blocks,
        [],
        publication="Регионы России. Социально-экономические показатели. 2022",
    )
    assert place(named).needs_source == "" and set(place(named).observations["source"]) == {"regions2022"}
    newer = Reading(
        said.reader,
        said.version,
        said.blocks,
        [],
        publication="Регионы России. Социально-экономические показатели. 2031",
    )
    assert "2031" in place(newer).needs_source and set(place(newer).observations["source"]) == {""}


def test_figures_that_contradict_each_other_are_not_placed():
    same, other = regional(), regional("2.1 (2)", rows=[["Кемеровская область", 1258.0, 9.0, 1236.0]])
    done = placed(same, other)
    rows = done.observations
    assert not rows.duplicated(["indicator", "territory", "category", "year"]).any()
    kemerovo = rows[rows["territory"].eq("kemerovo")]
    assert set(kemerovo["year"]) == {2019, 2021} and "1244 и 9" in done.unplaced[0].why


def test_blocks_of_other_readers_need_no_more_than_the_common_columns():
    frame = pd.DataFrame(
        [["Российская Федерация", "643", "Всего / все население", "1 / 11", 2020, 5.0, "", "код 643, 2020", ""]],
        columns=list(BLOCK_COLUMNS),
    )
    block = Block(
        "DataSet",
        "Численность постоянного населения - женщин по возрасту на 1 января",
        "33459",
        "человек",
        frame.astype({"year": "Int64"}),
    )
    row = place(Reading("x", "1", [block])).observations.iloc[0]
    assert (row["indicator"], row["territory"], row["category"], row["locator"]) == (
        "population_women",
        "russia",
        "",
        "код 643, 2020",
    )


def test_every_publisher_code_has_the_title_that_confirms_it():
    indicators = load("indicators")
    assert (
        indicators.loc[indicators["publisher_code"].ne("") & indicators["publisher_title"].eq(""), "id"].tolist() == []
    )
