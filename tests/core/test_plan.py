"""The plan is counted from its table."""

import pandas as pd
import pytest

from analysis.base.errors import DataError
from analysis.editions.plan import Plan
from analysis.report import open_report


@pytest.fixture(scope="module")
def plan():
    return open_report("kemerovo-2021").plan


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


def test_first_deadline(plan):
    assert plan.first_day == "2021-12-31" and plan.due(plan.first_day).value == 3 and plan.last_day == "2022-07-01"


def test_counts_rest_on_their_rows(plan):
    assert [seen.category for seen in plan.due("2021-12-31").sources] == ["1", "2", "3"]


def test_a_plan_without_days_is_told():
    plan = Plan.__new__(Plan)
    plan.__dict__["measures"] = pd.DataFrame({"deadline_iso": ["", "2022-04"]})
    with pytest.raises(DataError, match="ни у одного мероприятия нет дня"):
        plan.first_day  # noqa: B018
