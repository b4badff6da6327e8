"""A printed name or code means one territory of the code list, or none: nothing is guessed."""

import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.base.errors import DataError
from analysis.catalogue import load
from analysis.catalogue.territories import district_of, existed, match_territory, parts_of, territory_hint

RAW = Path(__file__).resolve().parents[2].parent / "shared" / "statistics" / "raw"


@pytest.mark.parametrize(
    ("printed", "code", "meant"),
    [
        ("Кемеровская область", "", "kemerovo"),
        ("  КЕМЕРОВСКАЯ  область – Кузбасс ", "", "kemerovo"),
        ("Кемеровская область-Кузбасс", "32000000000", "kemerovo"),
        ("Кемеровская область1)", "", "kemerovo"),
        ("Дальневосточный     федеральный округ3)", "", "far-eastern"),
        ("Российская Федерация1);2)", "", "russia"),
        ("Ханты-Мансийский \nавтономный округ-Югра", "", "khanty-mansi"),
        ("    в т.ч. Ненецкий автономный округ", "", "nenets"),
        ("Тюменская область (без Ханты-Мансийского авт.округа-Югра и Ямало-Ненецкого авт.округа)", "", "tyumen-south"),
        ("Архангельская область   без автономного округа", "", "arkhangelsk-south"),
        ("Республика Северная Осетия –Алания ", "", "north-ossetia"),
        ("г.Москва", "", "moscow"),
        ("г. Кемерово", "", "kemerovo-city"),
        ("город Севастополь", "", "sevastopol"),
        ("Город федерального значения Севастополь", "", "sevastopol"),
        ("Toмcкaя область", "", "tomsk"),  # Latin letters that look Cyrillic
        ("Орёл", "", None),
        ("РФ", "", "russia"),
        ("Российская Федерация из суммы субъектов Российской Федерации", "", "russia-sum"),
        ("СФО", "", "siberia"),
        ("Сибирский федеральный округ", "", "siberia"),
        ("Сибирский федеральный округ", "041", "siberia"),
        ("Сибирский федеральный округ", "035", "siberia-old"),
        ("Дальневосточный федеральный округ", "036", "far-eastern-old"),
        ("", "69000000000", "tomsk"),
        ("", "4000000000", "krasnoyarsk"),  # a spreadsheet took the zero
        ("", "32000000", "kemerovo"),
        ("Кузбасс (по новой методике)", "32000000000", "kemerovo"),
    ],
)
def test_name_and_code_are_matched(printed, code, meant):
    assert match_territory(printed, code) == meant


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Кемеровская область", "69000000000"),  # name and code contradict each other
        ("Сибирский федеральный округ", "042"),
        ("Сибирский федеральный округ", "099"),  # an old name under a new code: new borders
        ("Кемеровскя область", ""),
        ("область", ""),
        ("", ""),
        ("", "99"),
    ],
)
def test_what_is_not_certain_is_not_matched(printed, code):
    assert match_territory(printed, code) is None


def test_the_nearest_name_is_offered_in_words():
    assert "«Кемеровская область" in territory_hint("Кемеровскя область")


def test_wholes_are_made_of_their_parts_in_their_own_borders():
    assert len(parts_of("russia")) == 8
    assert set(parts_of("siberia-old")) - set(parts_of("siberia")) == {"buryatia", "zabaykalsky"}
    assert set(parts_of("far-eastern")) - set(parts_of("far-eastern-old")) == {"buryatia", "zabaykalsky"}
    assert set(parts_of("southern-2009")) == set(parts_of("southern-2016")) | set(parts_of("north-caucasian"))
    assert parts_of("tyumen") == ("khanty-mansi", "yamalo-nenets", "tyumen-south")
    assert parts_of("krasnoyarsk") == () and parts_of("kemerovo") == ()


def test_every_subject_has_a_district_and_codes_of_its_own():
    territories = load("territories").set_index("id")
    regions = territories[territories["kind"] == "region"]
    assert len(regions) == 89
    in_districts = [name for district in parts_of("russia") for name in parts_of(district)]
    assert (
        len(in_districts) == len(set(in_districts)) == 82
    )  # three okrugs are counted inside their oblasts, four have no district
    for column in ("iso", "okato", "oktmo"):
        given = regions.loc[regions[column] != "", column]
        assert given.is_unique and len(given) >= 83
    # OKTMO keeps the first two digits of OKATO for every subject.
    coded = regions[regions["okato"] != ""]
    assert (coded["okato"].str[:2] == coded["oktmo"].str[:2]).all()


def test_each_name_variant_means_one_territory():
    variants = load("territory_names")
    for _, row in variants.iterrows():
        assert match_territory(row["name"], row["code"]) == row["territory"], row["name"]


@pytest.mark.parametrize(
    ("territory", "years"),
    [
        ("buryatia", {1999: None, 2000: "siberia-old", 2017: "siberia-old", 2018: "far-eastern", 2019: "far-eastern"}),
        ("zabaykalsky", {2007: "siberia-old", 2017: "siberia-old", 2019: "far-eastern"}),
        ("tomsk", {2017: "siberia-old", 2018: "siberia", 2021: "siberia"}),
        ("crimea", {2013: None, 2014: "crimean", 2015: "crimean", 2016: "southern"}),
        ("sevastopol", {2013: None, 2014: "crimean", 2016: "southern"}),
        ("rostov", {2009: "southern-2009", 2010: "southern-2016", 2015: "southern-2016", 2016: "southern"}),
        ("dagestan", {2009: "southern-2009", 2010: "north-caucasian"}),
        ("perm", {1999: None, 2004: "volga", 2021: "volga"}),
        ("komi-permyak", {2004: "volga", 2021: "volga"}),
        ("moscow", {1999: None, 2021: "central"}),
        ("nenets", {2021: "northwestern"}),
        ("khanty-mansi", {2021: "ural"}),
        ("donetsk", {2021: None, 2022: None}),
        ("russia", {2021: None}),
    ],
)
def test_a_territory_is_in_the_district_of_its_time(territory, years):
    assert {year: district_of(territory, year) for year in years} == years


@pytest.mark.parametrize(
    ("territory", "first", "last"),
    [
        ("perm", 2005, None),
        ("kamchatka", 2007, None),
        ("zabaykalsky", 2008, None),
        ("crimea", 2014, None),
        ("kherson", 2022, None),
        ("komi-permyak", None, 2004),
        ("taymyr", None, 2006),
        ("aginskoye", None, 2007),
        ("siberia-old", 2000, 2017),
        ("siberia", 2018, None),
        ("crimean", 2014, 2015),
        ("central", 2000, None),
        ("kemerovo", None, None),
        ("krasnoyarsk", None, None),
        ("buryatia", None, None),
    ],
)
def test_a_territory_was_there_from_its_founding_to_its_merger(territory, first, last):
    there = [year for year in range(1995, 2026) if existed(territory, year)]
    assert (there[0], there[-1]) == (first or 1995, last or 2025) and there == list(range(there[0], there[-1] + 1))


@pytest.mark.parametrize("ask", [district_of, existed])
def test_an_unknown_territory_was_nowhere_and_never(ask):
    with pytest.raises(DataError, match=r"нет территории «buratia».*«buryatia»"):
        ask("buratia", 2019)


def test_every_subject_is_in_one_district_in_every_year_since_there_are_districts():
    subjects = load("territories").query("kind == 'region'")["id"]
    for year in range(2000, 2026):
        without = {name for name in subjects if district_of(name, year) is None and existed(name, year)}
        assert without <= {"donetsk", "luhansk", "zaporizhzhia", "kherson"}, year
        for name in subjects:
            district = district_of(name, year)
            assert district is None or existed(district, year), (name, year)


@pytest.mark.skipif(not RAW.is_dir(), reason="рядом с проектом нет папки shared/statistics/raw с файлами издателей")
@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("razdel_02_trud.xlsx", 0),
        ("razdel_04_obrazovanie.xlsx", 0),
        ("VRP_OKVED2_s2016.xlsx", 1),
        ("emiss_export_population_2000.xlsx", 0),
    ],
)
def test_every_territory_of_the_publishers_files_is_matched(file, column):
    matched, unmatched = 0, set()
    for rows in pd.read_excel(RAW / file, sheet_name=None, header=None, engine="calamine", dtype=object).values():
        for row in rows.itertuples(index=False):
            numbers = sum(isinstance(cell, (int, float)) and not pd.isna(cell) for cell in row)
            if not isinstance(row[column], str) or numbers < 2 or not re.search(r"[А-я]{3}", row[column]):
                continue
            code = row[1] if file.startswith("emiss") else ""
            if match_territory(row[column], code):
                matched += 1
            else:
                unmatched.add(row[column].strip())
    # Two rows of table 2.15 are levels of government, not territories.
    assert unmatched <= {"на региональном уровне", "на федеральном уровне"} and matched > 90
