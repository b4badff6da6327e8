"""Every printed numeric cell of the 2021 edition stands in HTML, DOCX and PDF; text tables keep their counts."""

import csv
import re
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from analysis.catalogue import load

from .documents import beside, squeezed

PRINTED = Path(__file__).parents[1] / "data" / "printed"
YEARS = (2018, 2019, 2020)

# How the columns of a table follow each other, after the one that names the row: (indicator, category, year).
COLUMNS = {
    1: [*(("employed", "", year) for year in YEARS), ("employed_index_printed", "", 2020)],
    2: [
        ("employed_education_share", kind, year)
        for year in (2017, 2018, 2019)
        for kind in ("higher", "secondary-vocational")
    ],
    3: [("wage", "", year) for year in (2017, *YEARS)],
    4: [(name, "", year) for name in ("job_search_months", "long_term_unemployed_share", "tension") for year in YEARS],
    5: [(name, "", year) for name in ("labour_inflow", "labour_outflow", "labour_balance") for year in YEARS],
    7: (
        [(name, "", year) for name in ("colleges", "college_students") for year in YEARS]
        + [("college_students_index_printed", "", 2020)]
    ),
    8: [(name, None, 2020) for name in ("intake", "certificate_mean", "applications_per_place")],
    9: [("targeted_contracts", None, year) for year in YEARS],
}
LABELS = {
    1: "employed",
    2: "education",
    3: "wages",
    4: "tension",
    5: "labour-migration",
    7: "network",
    8: "admission-top",
    9: "targeted",
}


def printed_cells():
    for number in COLUMNS:
        with (PRINTED / f"table{number:02}.csv").open(encoding="utf-8") as file:
            yield from csv.DictReader(file)


@cache
def row_name(table: int, territory: str, category: str) -> str:
    """Return what the first cell of the row says."""
    if table == 8:
        return f"{category} {load('specialties').set_index('id').loc[category, 'name']}"
    if table == 9:
        return load("contract_funding").set_index("id").loc[category, "name"]
    return load("territories", "kemerovo-2021").set_index("id").loc[territory, "name"]


def column(cell: dict) -> int:
    table = int(cell["table"])
    for place, (indicator, category, year) in enumerate(COLUMNS[table], start=1):
        if indicator == cell["indicator"] and year == int(cell["year"]) and category in (None, cell["category"]):
            return place
    raise AssertionError(cell)


def same(printed: str, shown: str) -> bool:
    """Compare as numbers: «49932,0» is 49 932, «1 143» is 1143; «3 (1)» is compared as it stands."""
    bare = [re.sub(r"\s", "", text).replace("−", "-").replace(",", ".") for text in (printed, shown)]
    if "(" in printed:
        return bare[0] == bare[1]
    return Decimal(bare[0]) == Decimal(bare[1])


@pytest.fixture(
    params=list(printed_cells()),
    ids=lambda cell: "-".join((cell["table"], cell["indicator"], cell["territory"], cell["category"], cell["year"])),
)
def cell(request):
    return request.param


def find_row(matrix, name):
    rows = [row for row in matrix if squeezed(row[0]) == squeezed(name)]
    assert len(rows) == 1, (name, [row[0] for row in matrix])
    return rows[0]


def test_cell_stands_in_html(cell, web):
    table = int(cell["table"])
    row = find_row(web.table(f"tbl-{LABELS[table]}"), row_name(table, cell["territory"], cell["category"]))
    assert same(cell["printed"], row[column(cell)]) if cell["printed"] else row[column(cell)] == "…"


def test_cell_stands_in_docx(cell, word):
    table = int(cell["table"])
    row = find_row(word.tables[table], row_name(table, cell["territory"], cell["category"]))
    assert same(cell["printed"], row[column(cell)]) if cell["printed"] else row[column(cell)] == "…"


@pytest.mark.parametrize("table", COLUMNS)
def test_rows_stand_in_pdf(table, web, paper):
    for row in web.table(f"tbl-{LABELS[table]}"):
        assert paper.says("".join(row)) or row[0] in ("Территория", "Регион"), row


def test_no_printed_cell_was_left_out():
    counts = {}
    for one in printed_cells():
        counts[int(one["table"])] = counts.get(int(one["table"]), 0) + 1
    assert counts == {1: 24, 2: 36, 3: 24, 4: 36, 5: 36, 7: 139, 8: 30, 9: 9}


def expected(table: str, part: str, what: str) -> int:
    with (PRINTED / "counts.csv").open(encoding="utf-8") as file:
        (row,) = (
            row for row in csv.DictReader(file) if (row["table"], row["part"], row["what"]) == (table, part, what)
        )
    return int(row["count"])


NUMBER_OF = {"factors": 6, "legal-acts": 10, "target-groups": 11, "swot": 12, "problems": 13}


@pytest.fixture(params=["html", "docx"])
def tables(request, web, word):
    """Return a table by label from either format."""
    if request.param == "html":
        return lambda label: web.table(f"tbl-{label}")
    plan = max(number for number, matrix in word.tables.items() if "Исполнители" in matrix[0])
    return lambda label: word.tables[{**NUMBER_OF, "plan": plan}[label]]


def test_factors_are_all_there(tables):
    body = tables("factors")[1:]
    assert len(body) == expected("6", "", "rows") and {len(row) for row in body} == {expected("6", "", "columns")}
    assert all(text for row in body for text in row)


def test_legal_acts_are_all_there(tables):
    body = tables("legal-acts")[1:]
    acts = [row for row in body if row[0] != row[1]]
    assert [row[0] for row in acts] == [str(n) for n in range(1, expected("10", "", "acts") + 1)]
    bands = [row[0].partition(": ") for row in body if row[0] == row[1]]
    groups = [group for group, _, _ in bands]
    # Each group stands in one piece, in it each level under a head of its own, federal first.
    assert len([group for group, _ in groupby(groups)]) == len(set(groups)) == expected("10", "", "groups")
    assert len({*bands}) == len(bands) and all(level for _, _, level in bands)
    for group in set(groups):
        assert [level for name, _, level in bands if name == group][:2] == ["федеральные", "региональные"]


def test_acts_stand_under_their_group_and_level(tables):
    head, held = "", []
    for row in tables("legal-acts")[1:]:
        if row[0] == row[1]:
            head = row[0]
        else:
            held.append((head, squeezed(row[1])))
    acts = load("legal_acts", "kemerovo-2021")
    assert sorted(held) == sorted(
        (f"{row['group']}: {row['level']}", squeezed(row["text"])) for _, row in acts.iterrows()
    )


def test_target_groups_are_all_there(tables):
    body = tables("target-groups")[1:]
    assert len(body) == expected("11", "", "groups") and {len(row) for row in body} == {expected("11", "", "columns")}
    assert sum(row[2].count("– ", 0, 2) + row[2].count("\n– ") for row in body) == expected("11", "", "measures")


def test_swot_is_all_there(tables):
    body = tables("swot")[1:]
    for mark, cell_text in (("S", body[1][0]), ("W", body[1][1]), ("O", body[3][0]), ("T", body[3][1])):
        assert len(re.findall(r"(?m)^\d+\. ", cell_text)) == expected("12", mark, "items")


def test_problems_are_all_there(tables):
    body = tables("problems")[1:]
    assert len(body) == expected("13", "", "rows") and {len(row) - 1 for row in body} == {expected("13", "", "columns")}


def test_plan_is_all_there(tables):
    body = tables("plan")[1:]
    assert [row[0] for row in body] == [str(n) for n in range(1, expected("plan", "", "measures") + 1)]
    assert {len(row) for row in body} == {expected("plan", "", "columns")} and all(text for row in body for text in row)


def test_what_the_measures_of_the_plan_are_to_bring_stands_on_pages(web, built):
    rows = load("plan", "kemerovo-2021")
    wanted = {str(row["n"]): squeezed(row["expected_result"]) for _, row in rows.iterrows()}
    for body in (web.table("tbl-plan-results")[1:], beside(built.book / "exhibits" / "tbl-plan-results.xlsx")[1:]):
        assert {row[0]: squeezed(row[2]) for row in body} == wanted


def test_support_measures_are_all_there(web, built, word, paper):
    """All of them on pages and in the workbook beside; print counts those of each kind and names the first ones."""
    rows = load("support_measures", "kemerovo-2021").sort_values("n")
    assert len(rows) == expected("support-measures", "", "items")
    workbook = beside(built.book / "exhibits" / "tbl-support-measures.xlsx")
    for body in (web.table("tbl-support-measures")[1:], workbook[1:]):
        assert {squeezed(row[0]) for row in body if row[1] in ("", row[0])} == {squeezed(one) for one in rows["kind"]}
        shown = {row[0]: squeezed(row[1]) for row in body if row[1] not in ("", row[0])}
        assert shown == {str(row["n"]): squeezed(row["text"]) for _, row in rows.iterrows()}
    points = [squeezed(item) for items in web.lists("13-support", "ul") for item in items]
    for kind, members in rows.groupby("kind"):
        (told,) = (point for point in points if point.startswith(squeezed(f"{kind} ({len(members)}):")))
        assert all(squeezed(text).casefold() in told.casefold() for text in members["text"].head(2))
        assert len(members) <= 3 or told.endswith(("идругие.", "идругие"))
        assert told in squeezed(word.text) and paper.says(told)


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("11-conditions", "strategy2035_diversification"),
        ("11-conditions", "top_region_fuller_groups"),
        ("11-conditions", "top_region_new_groups"),
        ("12-spo-system", "dual_training_enterprises"),
        ("12-spo-system", "strategy2035_new_forms"),
        ("12-spo-system", "strategy2035_career_tasks"),
        ("12-spo-system", "state_programme_education_means"),
        ("13-support", "agreement_directions"),
        ("13-support", "copp42_employers"),
    ],
)
def test_list_is_all_there(stem, name, web, word, paper):
    rows = load("lists", "kemerovo-2021")
    items = [re.sub(r"[ .;]+$", "", item) for item in rows.loc[rows["list"] == name, "item"]]
    assert len(items) == expected("lists", name, "items")
    shown = [squeezed(" ".join(found)) for found in web.lists(stem, "ul")]
    assert any(all(squeezed(item) in found for item in items) for found in shown)
    for item in items:
        assert squeezed(item) in squeezed(word.text) and paper.says(item)
