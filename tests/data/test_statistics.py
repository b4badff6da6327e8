"""The official series: described, complete as their sources are, sourced, and no two definitions in one series."""

import csv
import json
from collections import Counter
from functools import cache

import pandas as pd
import pypandoc
import pytest
from frictionless import Package

from analysis.base import paths
from analysis.book.stage import STYLE
from analysis.catalogue import bibliography_keys, load, tables
from analysis.catalogue.territories import parts_of

# Observations that the sources give and gaps that are said in so many words. Sources are not
# in the repository, so the counts are: a row lost or doubled on the way must not pass.
COUNTS = {
    "population_year_end": (2084, 28),
    "population_average": (2084, 28),
    "population_average_census2020": (133, 11),
    "population_women": (156, 12),
    "population_share_under_working_age": (2084, 28),
    "population_share_working_age": (2084, 28),
    "population_share_over_working_age": (2084, 28),
    "migration_rate": (2082, 30),
    "labour_force": (2076, 36),
    "participation_rate": (2076, 36),
    "employed_average_annual": (2075, 37),
    "employed_average_annual_integrated": (41, 1),
    "employment_rate": (2076, 36),
    "employment_rate_working_age": (2076, 36),
    "unemployed": (2076, 36),
    "registered_seekers": (2080, 32),
    "unemployment_rate": (2076, 36),
    "registered_unemployment_rate": (2076, 36),
    "registered_vacancies": (2076, 36),
    "registered_load_per_vacancy": (2076, 36),
    "wage_real_index": (2031, 117),
    "wage_nominal": (2064, 84),
    "wage_nominal_tab4": (8, 0),
    "wage_median": (848, 19),
    "school_leavers_basic": (2057, 55),
    "school_leavers_secondary": (2057, 55),
    "spo_students_workers": (2082, 30),
    "spo_admission_workers": (2082, 30),
    "spo_graduates_workers": (2079, 33),
    "spo_students_specialists": (2082, 30),
    "spo_students_specialists_per_10000": (1880, 232),
    "spo_admission_specialists": (2082, 30),
    "spo_graduates_specialists": (2082, 30),
    "grp": (1961, 55),
    "grp_volume_index": (1953, 63),
    "gva_structure": (840, 0),
    "gva_structure_sna": (300, 0),
    "employed_by_section": (160, 0),
    "employed_structure": (160, 0),
    "employed_structure_regions": (70, 0),
    "wage_by_section": (171, 0),
    "employed_15_plus": (36, 0),
    "employed_15_72": (23, 1),
    "unemployed_15_72": (20, 4),
    "unemployment_rate_15_plus": (4, 0),
    "unemployment_potential_rate": (4, 0),
    "employment_rate_15_plus": (4, 0),
    "tension_15_plus": (4, 0),
}
# 85 subjects, two rests of oblasts, eight districts, the country: what «Регионы России» print.
EVERYWHERE = 96
LONG = [indicator for indicator, counts in COUNTS.items() if sum(counts) == 22 * EVERYWHERE]
PRINTED = [*LONG, "wage_real_index", "wage_nominal", "wage_median", "grp", "grp_volume_index"]
RUSSIA_ONLY = {"gva_structure_sna", "employed_by_section", "employed_structure", "wage_by_section"}
OLD_BORDERS = {"siberia-old", "far-eastern-old", "southern-2009"}
CHECHNYA = {
    2001: ("school_leavers_basic", "school_leavers_secondary"),
    2002: (
        "registered_seekers",
        "registered_vacancies",
        "registered_unemployment_rate",
        "registered_load_per_vacancy",
        "spo_students_specialists",
        "spo_admission_specialists",
        "spo_graduates_specialists",
    ),
    2005: ("grp",),
    2006: ("labour_force", "unemployed", "participation_rate", "employment_rate", "unemployment_rate", "wage_nominal"),
}
CRIMEA = {
    2014: (
        "population_year_end",
        "population_average",
        "school_leavers_basic",
        "school_leavers_secondary",
        "spo_students_workers",
        "spo_admission_workers",
        "spo_graduates_workers",
        "spo_students_specialists",
        "spo_admission_specialists",
        "spo_graduates_specialists",
        "grp",
    ),
    2015: (
        "labour_force",
        "unemployed",
        "participation_rate",
        "employment_rate",
        "unemployment_rate",
        "employed_average_annual",
        "registered_seekers",
        "registered_vacancies",
    ),
    2017: ("wage_median",),
}
# A break of some territories only; every other break holds for all territories of its series.
SINGLE_BREAKS = {
    **{(name, year): {"north-caucasian"} for year, names in CHECHNYA.items() for name in names},
    **{(name, year): {"southern"} for year, names in CRIMEA.items() for name in names},
    ("employed_average_annual", 2007): {"russia", "north-caucasian"},
    ("wage_nominal", 2018): {"siberia", "far-eastern"},
    ("wage_real_index", 2018): {"siberia", "far-eastern"},
    ("population_women", 2012): {"siberia"},
    ("wage_median", 2011): {"southern"},
}


@cache
def series(indicator: str) -> pd.DataFrame:
    return load(indicator)


@cache
def everything() -> pd.DataFrame:
    return pd.concat([series(indicator) for indicator in COUNTS], ignore_index=True)


def value(indicator: str, territory: str, year: int, category: str = "") -> float:
    rows = series(indicator)
    found = rows[(rows["territory"] == territory) & (rows["year"] == year) & (rows["category"] == category)]
    return found["value"].item()


def table(indicator: str) -> pd.Series:
    return series(indicator).set_index(["territory", "year"])["value"]


def test_package_is_valid():
    report = Package(str(paths.data() / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:10]


def test_every_file_is_described_and_every_description_has_its_file():
    described = {
        name
        for table in tables().values()
        if (name := table.file.relative_to(paths.data()).as_posix()).startswith(("codes/", "statistics/"))
    }
    present = {
        file.relative_to(paths.data()).as_posix()
        for folder in ("codes", "statistics")
        for file in (paths.data() / folder).glob("*.csv")
    }
    assert described == present


def test_a_series_bears_the_name_of_its_file():
    statistics = {table.name for table in tables().values() if table.file.parent.name == "statistics"}
    assert statistics == set(COUNTS) | {"breaks"}
    assert all(set(series(indicator)["indicator"]) == {indicator} for indicator in COUNTS)


@pytest.mark.parametrize("indicator", COUNTS)
def test_no_observation_is_lost_or_added(indicator):
    missing = int((series(indicator)["status"] == "M").sum())
    assert (len(series(indicator)) - missing, missing) == COUNTS[indicator]


def test_keys_are_unique():
    keys = Counter(everything()[["indicator", "territory", "category", "year"]].itertuples(index=False, name=None))
    assert [key for key, times in keys.items() if times > 1] == []


def test_missing_has_no_value_and_says_why():
    rows = everything()
    missing = rows["status"] == "M"
    assert rows.loc[missing, "value"].isna().all() and rows.loc[~missing, "value"].notna().all()
    assert rows.loc[missing, "note"].str.len().gt(0).all()


def test_every_row_names_a_known_source_and_the_place_in_it():
    rows = everything()
    assert set(rows["source"]) <= bibliography_keys()
    assert rows.loc[rows["status"] != "M", "locator"].str.len().gt(0).all()


def test_every_copy_that_was_read_is_on_record():
    text = paths.bibliography().read_text(encoding="utf-8")
    entries = {entry.partition("{")[2].partition(",")[0]: entry for entry in text.split("\n@")}
    assert [key for key in set(everything()["source"]) if "прочитана копия" not in entries[key]] == []


def test_categories_belong_to_the_dimension_of_the_indicator():
    dimensions = load("indicators").set_index("id")["dimension"]
    for indicator in COUNTS:
        dimension = dimensions[indicator]
        allowed = set(load(dimension)["id"]) if dimension else {""}
        assert set(series(indicator)["category"]) <= allowed, indicator


@cache
def subjects() -> frozenset[str]:
    """Return the subjects of the federation of these years: four of the list came later, and no table codes them."""
    known = load("territories")
    return frozenset(known.loc[(known["kind"] == "region") & (known["oktmo"] != ""), "id"])


@pytest.mark.parametrize("indicator", PRINTED)
def test_every_subject_has_a_row_for_every_year_or_a_reason(indicator):
    rows = series(indicator)
    own = rows[~rows["territory"].isin(OLD_BORDERS)]
    assert len(subjects()) == 85 and subjects() < set(own["territory"]) and own["territory"].nunique() == EVERYWHERE
    years = set(own["year"])
    assert len(years) == {"wage_median": 9, "grp": 21, "grp_volume_index": 21}.get(indicator, 22)
    for territory, found in own.groupby("territory")["year"]:
        assert set(found) == years and len(found) == len(years), territory
    missing = own[own["status"] == "M"]
    assert missing["note"].str.len().gt(10).all()
    # Nothing is missing of a subject but of what was not counted yet, of a district but where it had other borders.
    late = {"chechnya", "crimea", "sevastopol", "arkhangelsk-south", "tyumen-south"}
    scattered = {"wage_real_index", "spo_students_specialists_per_10000"}
    districts = set(load("territories").query("kind == 'district'")["id"])
    areas = {"nenets", "khanty-mansi", "yamalo-nenets"} if indicator == "grp_volume_index" else set()
    dashes = {"chukotka", "nenets"} if indicator.endswith("_workers") else set()
    assert set(missing["territory"]) <= late | districts | areas | dashes
    if indicator not in scattered:
        assert missing.loc[missing["territory"].isin(late), "year"].max() <= 2015


def test_regions_add_up_to_districts_and_districts_to_the_country_or_it_is_acknowledged():
    indicators, units = load("indicators").set_index("id"), load("units").set_index("id")
    known = load("acknowledged").query("rule == 'wholes'")
    excused = set(known[["indicator", "territory", "year"]].itertuples(index=False, name=None))
    apart = set()
    for indicator in PRINTED:
        if indicators.at[indicator, "kind"] != "level" or not units["additive"][indicators.at[indicator, "unit"]]:
            continue
        values = series(indicator).pivot_table(index="year", columns="territory", values="value")
        for whole in ("russia", "russia-sum", *load("territories").query("kind == 'district'")["id"]):
            if whole in values:
                parts = values[[*parts_of("russia" if whole == "russia-sum" else whole)]]
                allowed = (parts.notna().sum(axis=1) + 1) * 0.5 * 10.0 ** -indicators.at[indicator, "decimals"] + 1e-6
                far = (parts.sum(axis=1) - values[whole]).abs() > allowed
                apart |= {(indicator, whole, year) for year in values.index[far]}
    assert apart - excused == set() and len(apart) >= 18


@pytest.mark.parametrize("indicator", COUNTS)
def test_no_year_is_left_out_silently(indicator):
    step = 2 if load("indicators").set_index("id")["periodicity"][indicator] == "biennial" else 1
    for key, years in series(indicator).groupby(["territory", "category"])["year"]:
        assert years.tolist() == list(range(years.min(), years.max() + 1, step)), key


def test_old_and_new_borders_of_the_district_never_share_a_year():
    rows = everything()
    given = rows[rows["value"].notna()]
    old = given[given["territory"] == "siberia-old"]
    assert set(old["indicator"]) == {"wage_nominal", "wage_real_index", "population_women"}
    new = set(given.loc[given["territory"] == "siberia", ["indicator", "year"]].itertuples(index=False, name=None))
    assert not new & set(old[["indicator", "year"]].itertuples(index=False, name=None))


def test_russia_of_the_regional_accounts_is_the_sum_of_regions():
    for indicator in ("grp", "grp_volume_index", "gva_structure"):
        assert "russia-sum" in set(series(indicator)["territory"]) and "russia" not in set(
            series(indicator)["territory"]
        )
    for indicator in RUSSIA_ONLY:
        assert set(series(indicator)["territory"]) == {"russia"}
    others = set(everything()["indicator"]) - {"grp", "grp_volume_index", "gva_structure"}
    assert all("russia-sum" not in set(series(indicator)["territory"]) for indicator in others)


def test_age_bases_are_told_apart():
    bases = load("indicators").set_index("id")["age_base"]
    assert (bases["employed_15_72"], bases["employed_15_plus"]) == ("15-72", "15+")
    assert [value("employed_15_plus", "kemerovo", year) for year in (2018, 2019, 2020)] == [1238.1, 1220.4, 1190.9]
    assert [value("employed_15_72", "kemerovo", year) for year in (2018, 2019, 2020)] == [1235.2, 1218.2, 1189.3]
    rates = series("employment_rate").set_index(["territory", "year"])["note"]
    assert rates["kemerovo", 2016] != rates["kemerovo", 2017]


def test_known_values_stand_as_printed():
    assert (value("employment_rate", "kemerovo", 2016), value("employment_rate", "kemerovo", 2017)) == (62.1, 56.0)
    assert [value("registered_load_per_vacancy", "kemerovo", year) for year in (2018, 2019, 2020)] == [0.7, 0.6, 1.7]
    assert value("wage_nominal", "kemerovo", 2020) == 43429


def test_known_misprint_is_kept_and_told():
    rows = series("spo_graduates_specialists")
    row = rows[(rows["territory"] == "siberia") & (rows["year"] == 2010)].iloc[0]
    assert row["value"] == 111 and "71,9" in row["note"]


def test_shares_make_a_whole():
    for indicator in ("gva_structure", "gva_structure_sna", "employed_structure", "employed_structure_regions"):
        parts = series(indicator)[series(indicator)["category"] != "TOTAL"]
        sums = parts.groupby(["territory", "year"])["value"].sum()
        # Twenty printed shares, each rounded by up to 0.05.
        assert sums.between(99, 101).all(), (indicator, sums[~sums.between(99, 101)])
    ages = sum(table(f"population_share_{part}_working_age") for part in ("under", "over")) + table(
        "population_share_working_age"
    )
    ages = ages.dropna()
    assert ages.between(99.85, 100.15).all() and len(ages) > 2000, ages[~ages.between(99.85, 100.15)]


def test_levels_and_rates_agree():
    implied = 100 * table("unemployed") / table("labour_force")
    # Levels are printed in whole thousands: the small regions carry the largest rounding.
    allowed = 0.06 + 100 * (0.5 / table("labour_force") + 0.5 * table("unemployed") / table("labour_force") ** 2)
    apart = (implied - table("unemployment_rate")).abs().dropna()
    assert (apart <= allowed[apart.index]).all() and len(apart) > 2000, apart[apart > allowed[apart.index]]


def test_breaks_name_series_years_and_sources_that_exist():
    breaks = load("breaks")
    assert set(breaks["indicator"]) <= set(COUNTS) and set(breaks["source"]) <= bibliography_keys()
    for (indicator, year), rows in breaks.groupby(["indicator", "year"]):
        years = series(indicator)["year"]
        assert years.min() < year <= years.max(), (indicator, year)
        expected = SINGLE_BREAKS.get((indicator, year), {""})  # no territory: all of them
        assert set(rows["territory"]) == expected, (indicator, year)


def test_survey_series_break_where_the_age_base_changes():
    breaks = load("breaks")
    surveyed = set(breaks.loc[(breaks["year"] == 2017) & (breaks["kind"] == "age_base"), "indicator"])
    bases = load("indicators").set_index("id")["age_base"]
    assert surveyed == {indicator for indicator in COUNTS if bases[indicator] == "15-72;15+"}


def test_towns_have_places_on_the_map_and_regions_have_codes():
    places = load("territories", "kemerovo-2021")
    towns = places[places["kind"] == "municipality"]
    assert len(towns) == 20 and towns[["geonames", "lat", "lon"]].notna().all(axis=None)
    regions = places[places["kind"] == "region"]
    # Four subjects are in no official table of ours that lists codes; two more are not in ISO 3166-2:RU.
    uncoded = {"donetsk", "luhansk", "zaporizhzhia", "kherson"}
    assert set(regions.loc[regions["iso"] == "", "id"]) == uncoded | {"crimea", "sevastopol"}
    assert all(set(regions.loc[regions[code] == "", "id"]) == uncoded for code in ("okato", "oktmo"))
    assert (regions["okato"].str[:2] == regions["oktmo"].str[:2]).all()


def test_files_are_plain_utf8_with_unix_lines():
    for folder in ("codes", "statistics"):
        for file in (paths.data() / folder).glob("*.csv"):
            raw = file.read_bytes()
            assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n"), file.name
            widths = {len(row) for row in csv.reader(raw.decode("utf-8").splitlines())}
            assert len(widths) == 1, file.name


# Natural Earth has no outlines of them as subjects of the federation.
WITHOUT_OUTLINE = {"donetsk", "luhansk", "zaporizhzhia", "kherson"}


def test_outlines_are_small_and_of_every_subject():
    file = paths.geo() / "regions.geojson"
    outlined = [
        feature["properties"]["territory"] for feature in json.loads(file.read_text(encoding="utf-8"))["features"]
    ]
    known = load("territories")
    assert file.stat().st_size < 600_000 and len(outlined) == len(set(outlined))
    assert set(outlined) == set(known.loc[known["kind"] == "region", "id"]) - WITHOUT_OUTLINE


def test_every_source_can_be_set_in_the_list_of_sources():
    text = pypandoc.convert_text(
        '---\nnocite: "@*"\nlang: ru\n---\n',
        "plain",
        format="markdown",
        extra_args=["--citeproc", f"--csl={STYLE}", f"--bibliography={paths.bibliography()}", "--wrap=none"],
    )
    entries = [line for line in text.splitlines() if line]
    assert len(entries) == len(bibliography_keys())
    assert all(len(entry) > 15 and ": ." not in entry and ".." not in entry for entry in entries), entries
