"""The plan is counted from its table."""

import pandas as pd
import pytest

from analysis.base.errors import DataError
from analysis.base.gaps import GapError
from analysis.editions.plan import Plan
from analysis.report import open_report


@pytest.fixture(scope="module")
def plan():
    return open_report("kemerovo-2021").plan


def of(**columns):
    """Return a plan of rows with these columns; of what kind a deadline with a day is follows from its length."""
    made = Plan.__new__(Plan)
    made._edition = open_report("kemerovo-2021").edition
    made.kinds = open_report("kemerovo-2021").plan.kinds
    kinds = {0: "permanent", 7: "month", 10: "date"}
    columns.setdefault("deadline_kind", [kinds[len(day or "")] for day in columns.get("deadline_iso", ())])
    made.measures = pd.DataFrame({"deadline_iso": [""] * len(columns["deadline_kind"])} | columns)
    return made


def test_measures_by_body(plan):
    counts = {body: int(count.value) for body, count in plan.by_responsible().items()}
    assert counts == {
        "krirpo": 9,
        "ministry-education": 8,
        "colleges": 8,
        "copp": 5,
        "ministry-labour": 1,
        "my-business": 1,
        "social-partners": 1,
    }


def test_every_measure_has_one_kind_of_deadline(plan):
    assert plan.dated.value + plan.repeated.value + plan.permanent.value == plan.count.value == 20


def test_kinds_of_deadlines_a_plan_does_not_know_are_not_named(plan):
    assert {when: many.value for when, many in plan.by_deadline().items()} == {
        "к определенному сроку": 13,
        "с повторением в течение года": 5,
        "постоянно": 2,
    }
    assert list(of(deadline_kind=["permanent", "permanent"]).by_deadline()) == ["постоянно"]


def test_first_deadline(plan):
    first, last = plan.first_deadline, plan.last_deadline
    assert first == "2021-12-31" and plan.due(first).value == 3 and last == "2022-07-01"


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (["2022-02", "2022-02-01"], "2022-02-01", "2022-02"),
        (["", "2022-04", "2022-05-01"], "2022-04", "2022-05-01"),
        (["2022-04", None], "2022-04", "2022-04"),
    ],
)
def test_a_month_is_a_deadline_that_ends_with_it(days, first, last):
    assert (of(deadline_iso=days).first_deadline, of(deadline_iso=days).last_deadline) == (first, last)


def test_counts_rest_on_their_rows(plan):
    assert [seen.category for seen in plan.due("2021-12-31").sources] == ["1", "2", "3"]


def test_a_plan_without_days_is_told():
    with pytest.raises(GapError, match="ни у одного мероприятия нет дня"):
        of(deadline_iso=["", None]).first_deadline  # noqa: B018


def test_a_number_that_the_plan_does_not_have_is_told(plan):
    with pytest.raises(DataError, match=r"plan\.csv: в плане нет мероприятия № 21\. Назовите номер"):
        plan.deadline(21)
