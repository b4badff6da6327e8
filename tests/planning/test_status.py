"""How the plan stands on a day, against what the printed plan says by hand."""

import datetime as dt
import re
from pathlib import Path

import pytest

from analysis.base.deadline_words import read_deadline
from analysis.base.deadlines import Deadline, kinds_of
from analysis.base.errors import DataError
from analysis.catalogue import load, opened, publications
from analysis.editions.check import check_edition
from analysis.editions.edition import read_edition
from analysis.editions.plan import beginning
from analysis.editions.plan_status import STATES, Mark, by_body, by_state, standings, stands
from analysis.planning.account import account
from tests.planning.conftest import EDITION, mark

# Read off the plan by hand: which measures are in which state. Measures 19 and 20 are «постоянно» on all days.
BY_HAND = {
    # Nothing is due yet; the three of 31 December are thirty days away.
    "2021-12-01": {"due": [1, 2, 3], "next": [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]},
    # December and February have passed; 1 March is today, the first quarter ends within thirty days.
    "2022-03-01": {
        "overdue": [1, 2, 3, 12, 13, 14, 15],
        "due": [8, 16],
        "next": [4, 5, 6, 7, 9, 10, 11, 17, 18],
    },
    # All days but today's have passed, two quarters and the first half of the year with them.
    "2022-07-01": {"overdue": [1, 2, 3, 4, 6, 7, 8, 10, 12, 13, 14, 15, 16, 17, 18], "due": [5], "next": [9, 11]},
    # The year has passed; the first whole school year after the plan ends in August.
    "2023-01-01": {"overdue": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18], "next": [11]},
}


@pytest.fixture(scope="module")
def edition():
    return read_edition(EDITION)


@pytest.fixture(scope="module")
def kinds():
    return kinds_of(load("deadline_kinds").to_dict("records"))


@pytest.mark.parametrize("day", BY_HAND)
def test_the_plan_stands_as_counted_by_hand(edition, day):
    found = standings(edition, dt.date.fromisoformat(day))
    told = {state: [one.number for one in found if one.state == state] for state in by_state(found)}
    assert told == BY_HAND[day] | {"permanent": [19, 20]} and sum(map(len, told.values())) == 20


def test_passed_deadlines_are_told_one_by_one(edition):
    found = {one.number: one for one in standings(edition, dt.date(2023, 1, 1))}
    assert [str(due.day) for due in found[8].passed] == ["2022-03-31", "2022-06-30", "2022-09-30", "2022-12-31"]
    assert [str(due.day) for due in found[17].passed] == ["2022-06-30", "2022-12-31"]
    assert (str(found[8].next.day), found[5].next) == ("2023-03-31", None)


def test_shared_measures_count_for_each_body(edition):
    bodies = by_body(standings(edition, dt.date(2022, 7, 1)))
    assert {body: len(held) for body, held in bodies.items()} == {
        "krirpo": 9,
        "ministry-education": 8,
        "colleges": 8,
        "copp": 5,
        "ministry-labour": 1,
        "my-business": 1,
        "social-partners": 1,
    }
    assert by_state(bodies["colleges"]) == {"overdue": 5, "due": 1, "permanent": 2}


def test_a_day_without_a_mark_is_never_called_undone():
    assert STATES["overdue"] == "срок прошел, отметки об исполнении нет"
    assert not any("не исполнен" in words or "сорван" in words for words in STATES.values())


def test_the_editions_say_nothing_that_no_source_says():
    for name in ("kemerovo-2021", "kemerovo-2022", "tatarstan-2022"):
        assert load("plan_status", name).empty


def test_a_mark_is_known_from_its_day_on(project, edition):
    mark(project, "1,,2022-01-15,Приказ о создании отдела", "8,2022-03-31,2022-03-20,Протокол семинара")
    for day, one, eight in (
        ("2022-01-14", "overdue", "next"),
        ("2022-01-15", "done", "next"),
        ("2022-04-01", "done", "next"),
        ("2022-07-01", "done", "overdue"),
    ):
        found = {held.number: held for held in standings(edition, dt.date.fromisoformat(day), opened())}
        assert (found[1].state, found[8].state) == (one, eight), day
    assert [str(due.day) for due in found[8].passed] == ["2022-06-30"]
    assert found[1].marks[0].evidence == "Приказ о создании отдела"


def test_what_begins_and_runs_on_is_done_with_its_beginning(kinds):
    row = {"n": 5, "title": "Вносить сведения", "responsible": "colleges"}
    deadline, day = Deadline(kinds["from-date"], "2022-07-01"), dt.date(2022, 8, 1)
    begun = Mark(None, dt.date(2022, 6, 28), "Письмо", "report2021")
    assert stands(row, deadline, [], day, day).state == "overdue"
    assert stands(row, deadline, [begun], day, day).state == "permanent"


def test_what_is_done_when_wanted_has_no_day(kinds):
    row = {"n": 1, "title": "Помогать", "responsible": "colleges"}
    assert stands(row, Deadline(kinds["as-needed"]), [], dt.date(2022, 1, 1), dt.date(2030, 1, 1)).state == "unset"


def test_periods_are_counted_from_the_year_of_the_source(edition):
    source = publications()["report2021"]
    assert beginning(edition, source) == dt.date(2022, 1, 1)
    rolled = read_edition("kemerovo-2022")
    assert beginning(rolled, source) == dt.date(2022, 1, 1), "the plan is still that of 2021"
    assert beginning(rolled, None) == dt.date(2023, 1, 1)


@pytest.mark.parametrize(
    ("row", "problem", "remedy"),
    [
        ("8,2022-03-30,2022-03-20,Протокол", "такого срока у мероприятия нет", "2022-03-31, 2022-06-30"),
        ("8,,2022-03-20,Протокол", "к какому сроку отметка, не сказано", "2022-03-31"),
        ("19,2022-03-31,2022-03-20,Снимок страницы", "у мероприятия нет срока", "Оставьте ячейку пустой"),
        ("21,,2022-03-20,Протокол", "нет в таблице plan", ""),
        ("1,2022-02-30,2022-03-20,Протокол", "такого дня нет", "2022-03-31"),
        ("1,,2022-03-20,", "evidence", ""),
        ("1,,2022-03-20,Проведено 3 семинара", "среди сверенных с источником этого нет", "quoted"),
    ],
)
def test_a_mark_that_fits_no_deadline_is_refused_with_its_place(project, row, problem, remedy):
    mark(project, row)
    (found,) = [one for one in check_edition(EDITION) if "plan_status" in one.file and one.severity == "error"]
    told = f"{found.column} {found.problem} {found.remedy}"
    assert problem in told and remedy in told and found.row == 2


def test_the_account_refuses_what_the_check_finds(project, edition):
    mark(project, "8,2022-03-30,2022-03-20,Протокол")
    with pytest.raises(DataError, match=r"plan_status\.csv, строка 2: такого срока у мероприятия нет"):
        account(edition, dt.date(2022, 4, 1))


def test_a_deadline_that_nobody_understands_is_an_error_of_the_data(project):
    file = project / "data" / "editions" / EDITION / "plan.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count(",1 раз в квартал,") == 1
    file.write_text(text.replace(",1 раз в квартал,", ",когда получится,"), encoding="utf-8")
    (found,) = [one for one in check_edition(EDITION) if one.severity == "error"]
    assert (found.row, found.column) == (9, "deadline_printed") and "не понят" in found.problem
    assert "data/codes/deadline_kinds.csv" in found.remedy


def rows_of_guide(head):
    """Return the cells of a table of the guide, by the first cell of its head."""
    guide = (Path(__file__).resolve().parents[2] / "docs" / "ru" / "plan.md").read_text(encoding="utf-8")
    table = guide.partition(f"| {head} |")[2].partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in table]


def test_the_guide_tells_the_same_counts(edition):
    days, _, *rows = rows_of_guide("состояние")
    for place, day in enumerate(days, start=1):
        counts = by_state(standings(edition, dt.date.fromisoformat(day)))
        told = {row[0][2:]: int(row[place]) for row in rows}
        assert told == {STATES[state]: counts.get(state, 0) for state in ("overdue", "due", "next", "permanent")}


def test_the_guide_names_deadlines_that_are_read_so(kinds):
    _, _, *rows = rows_of_guide("напечатано")
    for printed, named, days in rows:
        read = [read_deadline(one, kinds) for one in printed.split("; ")]
        known = re.findall(r"`([^`]+)`", named)
        assert {one.kind.id for one in read} <= set(known) or named == "те же", printed
        assert all(f"`{one.day}`" in days or not one.day for one in read[:1]), printed
    assert {kind for _, named, _ in rows for kind in re.findall(r"`([^`]+)`", named)} >= set(kinds) - {
        "weekly",
        "thrice-yearly",
    }
