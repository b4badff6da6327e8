"""The first edition holds what the printed report holds: every number, every row of words, every list."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from analysis.base import paths
from analysis.catalogue import bibliography_keys, load, tables
from analysis.editions.check import check_edition
from analysis.editions.edition import read_edition

EDITION = "kemerovo-2021"
PRINTED = Path(__file__).with_name("printed")
TABLES = sorted(PRINTED.glob("table*.csv"))
KEY = ["indicator", "territory", "category", "year"]
WORDS = {"один": 1, "три": 3, "третьим": 3}
NAMES_OF_CELLS = {"college_branches"}  # printed in brackets behind the colleges, in the same cell


def rows(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def own_tables():
    """Return the tables of words and numbers of the edition, its region and the federal template, joined."""
    return {name: table for name, table in tables(EDITION).items() if all(part.layer for part in table.parts)}


def observations():
    """Return every observation of the edition as the text that stands in its files."""
    files = [table.file for table in own_tables().values() if table.holds_observations]
    return pd.concat(
        [pd.read_csv(file, dtype=str, keep_default_na=False).assign(file=file.name) for file in files],
        ignore_index=True,
    )


def number(printed):
    """Return the number a printed string stands for."""
    return WORDS[printed] if printed in WORDS else float(re.sub(r"\s", "", printed).replace(",", "."))


def texts():
    """Yield (table, column, text) of every cell of words that the reader sees."""
    for name, table in own_tables().items():
        if not table.holds_observations:
            for column in set(table.columns) - {
                "id",
                "printed",
                "printed_caption",
                "deadline_printed",
                "url",
                "exhibit",
                "list",
                "value",
                "against",
                "formula",
            }:
                for value in load(name, EDITION)[column].dropna().astype(str):
                    yield name, column, value


def test_catalogue_finds_no_error():
    assert [str(finding) for finding in check_edition(EDITION) if finding.severity == "error"] == []


def test_edition_says_whom_it_compares_with():
    edition = read_edition(EDITION)
    assert (edition.region, edition.year, edition.published) == ("kemerovo", 2020, 2021)
    assert edition.comparison == ("novosibirsk", "tomsk", "krasnoyarsk")
    assert edition.as_of.isoformat() == "2021-11-01"


def test_keys_are_unique_and_an_indicator_has_one_home():
    seen = observations()
    assert seen[seen.duplicated(KEY)][KEY].to_dict("records") == []
    assert seen.groupby("indicator")["file"].nunique().loc[lambda homes: homes > 1].to_dict() == {}
    official = {name for name, table in tables().items() if table.holds_observations}
    assert official & set(seen["indicator"]) == set()


def test_codes_are_in_their_lists():
    seen, indicators = observations(), load("indicators").set_index("id")
    assert set(seen["indicator"]) - set(indicators.index) == set()
    assert set(seen["territory"]) - set(load("territories", EDITION)["id"]) == set()
    assert set(seen["status"]) - set(load("status")["id"]) == set()
    for indicator, found in seen.groupby("indicator"):
        dimension = indicators.loc[indicator, "dimension"]
        allowed = set(load(dimension, EDITION)["id"]) if dimension else {""}
        assert set(found["category"]) - allowed == set(), indicator


def test_sources_are_in_the_bibliography():
    known = bibliography_keys()
    for name, table in own_tables().items():
        for column in {"source", "sources", "bib"} & set(table.columns):
            cited = {key for cell in load(name, EDITION)[column] for key in cell.split(";") if key}
            assert cited - known == set(), (name, column)


def test_every_row_says_where_it_was_read():
    for name, table in own_tables().items():
        if "locator" in table.columns:
            rows = load(name, EDITION)
            # An act of the country is its own source: no region's print stands for it.
            places = rows.loc[rows["source"] != rows["bib"] if "bib" in rows else slice(None), "locator"]
            assert places[~places.str.match(r"с\. \d+")].tolist() == [], name


def test_printed_strings_equal_their_values():
    seen = observations()
    given = seen[seen["value"] != ""]
    wrong = [
        (row.file, row.printed, row.value) for row in given.itertuples() if number(row.printed) != float(row.value)
    ]
    assert wrong == []


def test_a_value_is_missing_exactly_where_it_is_marked_so():
    seen = observations()
    assert (seen["value"].eq("") == seen["status"].eq("M")).all()
    assert seen.loc[seen["status"] == "M", "note"].ne("").all()
    assert seen.loc[seen["year"] == "", "note"].ne("").all()


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_every_printed_cell_is_carried_over(file):
    seen = observations()
    held = seen[~seen["indicator"].isin(NAMES_OF_CELLS) & seen["value"].ne("")].set_index(KEY)["printed"].to_dict()
    branches = seen[seen["indicator"] == "college_branches"].set_index(KEY[1:])["printed"].to_dict()
    cells = rows(file)
    for cell in cells:
        key = tuple(cell[part] for part in KEY)
        shown = held[key]
        if cell["indicator"] == "colleges" and key[1:] in branches:
            shown += f" ({branches[key[1:]]})"
        assert shown == cell["printed"], key
    homes = set(seen.loc[seen["indicator"].isin({cell["indicator"] for cell in cells}), "file"])
    assert len(homes) == 1
    carried = seen[seen["file"].isin(homes) & ~seen["indicator"].isin(NAMES_OF_CELLS) & seen["value"].ne("")]
    assert len(carried) == len(cells)


def test_tables_of_words_have_as_many_rows_as_printed():
    expected = {(row["table"], row["part"], row["what"]): int(row["count"]) for row in rows(PRINTED / "counts.csv")}
    held = {name: load(name, EDITION) for name, table in own_tables().items() if not table.holds_observations}
    found = {
        ("6", "", "rows"): held["factors"]["n"].max(),
        ("6", "", "columns"): held["factors"]["kind"].nunique(),
        ("10", "", "acts"): len(held["legal_acts"]),
        ("10", "", "groups"): held["legal_acts"]["group"].nunique(),
        ("11", "", "groups"): held["target_groups"]["group"].nunique(),
        ("11", "", "measures"): len(held["target_measures"]),
        **{("12", part, "items"): size for part, size in Counter(held["swot"]["quadrant"]).items()},
        ("13", "", "rows"): len(held["problems"]),
        ("plan", "", "measures"): len(held["plan"]),
        **{("plan", kind, "items"): size for kind, size in Counter(held["plan_aims"]["kind"]).items()},
        ("support-measures", "", "items"): len(held["support_measures"]),
        **{("lists", name, "items"): size for name, size in Counter(held["lists"]["list"]).items()},
    }
    # Rows and columns of the numeric tables, and columns of the others, are for the rendered documents to keep.
    assert found == {key: count for key, count in expected.items() if key in found}
    assert {key for key in expected if key[0] in ("12", "lists", "support-measures")} <= set(found)


def test_exhibits_stand_for_every_printed_table_and_figure():
    shown, printed = load("exhibits", EDITION), load("printed_exhibits", EDITION)
    kinds = printed["exhibit"].str.split("-").str[0]
    numbers = {kind: sorted(group.dropna().astype(int)) for kind, group in printed["printed_number"].groupby(kinds)}
    assert numbers == {"tbl": list(range(1, 14)), "fig": list(range(1, 13))}
    assert shown["id"].str.split("-").str[0].eq(shown["kind"]).all()
    assert printed.loc[printed["state"].isin(["partial", "lost"]), "note"].ne("").all()


def test_items_are_numbered_without_gaps():
    for name, within in {
        "factors": "kind",
        "swot": "quadrant",
        "target_measures": "group_n",
        "plan_aims": "kind",
        "lists": "list",
        "figure_statements": "exhibit",
        "gaps": "exhibit",
    }.items():
        for key, group in load(name, EDITION).groupby(within):
            assert group["n"].tolist() == list(range(1, len(group) + 1)), (name, key)
    for key, group in load("legal_acts", EDITION).groupby(["group", "level"]):
        assert group["n"].tolist() == list(range(1, len(group) + 1)), key
    for name in ("target_groups", "problems", "plan", "support_measures"):
        numbers = load(name, EDITION)["group_n" if name == "target_groups" else "n"].tolist()
        assert numbers == list(range(1, len(numbers) + 1)), name


def test_references_between_tables_hold():
    names = set(load("names", EDITION)["id"])
    for table, column in (("plan", "responsible"), ("documents", "issuer"), ("events", "name"), ("events", "place")):
        named = {key for cell in load(table, EDITION)[column] for key in cell.split(";") if key}
        assert named - names == set(), (table, column)
    exhibits = set(load("exhibits", EDITION)["id"])
    for table in ("figure_statements", "gaps", "printed_exhibits"):
        assert set(load(table, EDITION)["exhibit"]) - exhibits == set(), table
    assert set(load("lists", EDITION)["code"]) - set(load("groups")["id"]) == {""}
    statements = load("figure_statements", EDITION)
    territories = {key for cell in (*statements["territory"], *statements["against"]) for key in cell.split(";") if key}
    assert territories - set(load("territories")["id"]) == set()
    assert set(statements["category"]) - set(load("sections")["id"]) == {""}


def test_deadlines_agree_with_their_kind():
    plan = load("plan", EDITION)
    dated = plan["deadline_kind"].isin(["date", "from-date", "month"])
    assert (dated == plan["deadline_iso"].ne("")).all()
    assert plan.loc[plan["deadline_kind"] == "month", "deadline_iso"].str.len().eq(7).all()
    for row in plan[plan["deadline_kind"].isin(["date", "from-date"])].itertuples():
        day, month, year = re.match(r"(\d\d)\.(\d\d)\.(\d{4})", row.deadline_printed).groups()
        assert row.deadline_iso == f"{year}-{month}-{day}"


def test_words_are_set_in_russian_typography():
    spoiled = re.compile(r'["“”]|\.\.|  | - |[^\u00a0]–\s|№[^\u00a0]|\d (г\.|%)')
    assert [cell for cell in texts() if spoiled.search(cell[2])] == []


def test_table_of_graduates_waits_for_its_data():
    waiting = own_tables()["graduates_by_college"]
    assert load("graduates_by_college", EDITION).empty
    descriptor = json.loads((paths.edition(EDITION) / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["name"]: resource.get("description", "") for resource in descriptor["resources"]}
    assert "утрачены" in described["graduates_by_college"]
    assert waiting.columns[:5] == ["college", "territory", "group", "year", "graduates"]


def test_facts_are_as_late_as_their_indicators_say():
    indicators = load("indicators").set_index("id")
    dated = observations().query("year != ''").groupby("indicator")["year"].max().astype(int)
    # What is held once, by its nature or because the source names a year long past, lags by nothing.
    lags = indicators["lag"].reindex(dated.index).dropna()
    assert (dated[lags.index] == read_edition(EDITION).year - lags).all()
    single = indicators.index[indicators["lag"].isna()]
    assert (indicators.loc[single, "periodicity"] == "single").all() and len(lags) > 50
