"""A printed name or code means one territory of the code list, or none: nothing is guessed."""

import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.catalogue import load
from analysis.catalogue.territories import match_territory, parts_of, territory_hint

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
