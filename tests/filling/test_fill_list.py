"""The fill list says of each needed observation whether it is there, and who supplies it."""

import pytest

from analysis.catalogue import opened
from analysis.editions.edition import read_edition
from analysis.editions.needs import Cell
from analysis.filling.fill_list import ABSENT, FILLED, MISSING, STALE, _Known, fill_list, state_of
from analysis.filling.status import status


def of(listed, **wanted):
    for column, value in wanted.items():
        listed = listed[listed[column].eq(value)]
    return listed


def test_the_printed_edition_lacks_only_what_its_print_lost():
    listed = fill_list(opened(), read_edition("kemerovo-2021"))
    lacking = listed[listed["state"] != FILLED]
    # What no print ever had: groups at risk outcome by outcome, a cohort two years later, training beside demand.
    lacking = lacking[~lacking["table"].isin(["table-outcomes-by-group", "training-demand"])]
    assert len(lacking) < len(listed) / 20
    # The pictures of these neighbours are lost; nobody gave the maps of graduates.
    assert set(lacking[lacking["state"].eq(ABSENT)]["what"]) >= {"informal_share_printed", "graduates_by_college"}


def test_a_blank_edition_asks_for_every_year_of_a_table_for_all_territories(edition):
    listed = fill_list(opened(), edition)
    wages = of(listed, table="table-wages", what="wage", state=ABSENT)
    assert sorted(wages["year"].unique()) == [2018, 2019, 2020, 2021]
    assert list(dict.fromkeys(wages["territory"])) == list(edition.territories)
    assert set(of(listed, what="colleges")["territory"]) > {"yurga", "novokuznetsk"}


def test_an_official_series_is_referred_to_and_told_when_it_is_old(edition):
    listed = fill_list(opened(), edition)
    old = of(listed, what="spo_admission_workers", year=2022, territory="kemerovo")
    assert old[["table", "state", "reason", "supplier"]].to_numpy().tolist() == [
        ["", STALE, "последнее – 2021", "rosstat"]
    ]


def test_who_supplies_is_named_as_the_region_names_it():
    listed = fill_list(opened(), read_edition("kemerovo-2021"))
    assert set(of(listed, supplier="education")["who"]) == {"Министерство образования Кузбасса"}


def test_what_only_a_print_says_is_not_asked_of_an_edition_without_one(edition):
    assert "employed_index_printed" in set(fill_list(opened(), read_edition("kemerovo-2021"))["what"])
    assert "employed_index_printed" not in set(fill_list(opened(), edition)["what"])


def test_tables_and_suppliers_of_a_status_have_names(edition):
    found = status(opened(), edition)
    # Of the federal layer too.
    assert not found.tables["title"].str.fullmatch("[a-z_-]+").any()
    assert not found.parts["who"].str.contains("; ;|^; |; $").any()


def test_a_list_is_asked_for_by_its_name(project, edition):
    file = project / "data" / "editions" / edition.id / "plan_aims.csv"
    last = (project / "data" / "editions" / "kemerovo-2021" / "plan_aims.csv").read_text(encoding="utf-8")
    task = next(line for line in last.splitlines() if "task,1," in line)
    file.write_text(file.read_text(encoding="utf-8") + task + "\n", encoding="utf-8")
    aims = of(fill_list(opened(), edition), what="plan_aims").set_index("category")["state"].to_dict()
    assert aims == {"task": FILLED, "result": ABSENT}


CELL = Cell("wage", "kemerovo", "", 2021)


@pytest.mark.parametrize(
    ("known", "state"),
    [
        ([], (ABSENT, "")),
        ([_Known("kemerovo", "", 2021, True, "")], (FILLED, "")),
        ([_Known("kemerovo", "", 2021, False, "закрыто")], (MISSING, "закрыто")),
        ([_Known("kemerovo", "", 2019, True, ""), _Known("kemerovo", "", 2020, True, "")], (STALE, "последнее – 2020")),
        ([_Known("kemerovo", "", 2022, True, "")], (ABSENT, "")),
        ([_Known("kemerovo", "", None, True, "")], (FILLED, "")),
        ([_Known("tomsk", "", 2021, True, "")], (ABSENT, "")),
    ],
)
def test_the_state_of_an_observation(known, state):
    assert state_of(CELL, known) == state
