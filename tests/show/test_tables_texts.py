"""Tables and lists of words say what an edition has, whatever it lacks."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.base.errors import DataError
from analysis.base.gaps import Gap, GapError
from analysis.show import lists
from analysis.show.tables import texts


def report_of(**tables: list[dict]) -> SimpleNamespace:
    """Return a report of an edition with these tables."""
    frames = {name: pd.DataFrame(rows).assign(source="s", locator="") for name, rows in tables.items()}
    return SimpleNamespace(
        edition=SimpleNamespace(id="tiny"),
        filled=frames.__getitem__,
        unfilled=lambda name, part: Gap(f"{name}: {part}", "не заполнено"),
    )


def test_a_quadrant_without_rows_keeps_its_side():
    strong = {"quadrant": "S", "quadrant_name": "Сильные", "n": 1, "text": "Сеть"}
    body = texts.swot(report_of(swot=[strong])).body
    assert len(body) == 2  # no row for opportunities and threats, of which neither is named
    assert [cell.text for cell in body[0]] == ["Сильные (S)", "Слабые стороны (W)"]
    assert body[1] == ["1. Сеть", "не названы"]


def test_a_group_without_measures_is_not_listed():
    group = {"group": "Сироты", "features": "Переезд"}
    groups = [{"group_n": 1, **group}, {"group_n": 2, "group": "Призванные", "features": "Служба"}]
    measures = [{"group_n": 2, "n": 1, "measure": "Связь"}]
    body = texts.target_groups(report_of(target_groups=groups, target_measures=measures)).body
    assert [row[0].text for row in body] == ["Призванные"]


TASK = {"kind": "task", "n": 1, "text": "Наладить учет"}


def test_a_plan_without_a_goal_or_results_lacks_only_them():
    report = report_of(plan_aims=[TASK])
    assert lists.aims(report, "task").points == ["Наладить учет."]
    with pytest.raises(GapError, match="plan_aims: ожидаемые результаты"):
        lists.aims(report, "result")
    with pytest.raises(GapError, match="plan_aims: цель"):
        lists.goal(report)


def test_the_goal_ends_without_a_stop_of_its_own():
    assert lists.goal(report_of(plan_aims=[{"kind": "goal", "n": 1, "text": "Обновить систему. "}])) == (
        "Обновить систему"
    )


def test_an_unknown_kind_of_aims_is_a_mistake():
    with pytest.raises(DataError, match=r"нет вида «tasks».*task"):
        lists.aims(report_of(plan_aims=[TASK]), "tasks")
