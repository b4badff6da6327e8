"""Groups at risk beside all graduates, and a cohort two years later: drawn where known, left out where not."""

from __future__ import annotations

import pytest

from analysis.base.gaps import GapError
from analysis.report import open_report
from analysis.show import figures
from tests.show.figure_data import EDITION

OTHER = "tatarstan-2022"
COUNTS = {"employed": 600, "studying": 100, "army": 180, "childcare": 20, "registered": 10, "not-employed": 90}


def written(project, indicator, year, part=1.0, table="outcomes_by_group", edition=OTHER):
    """Add what is known of a flow to a table of an edition."""
    with (project / "data" / "editions" / edition / f"{table}.csv").open("a", encoding="utf-8") as file:
        for code, count in COUNTS.items():
            file.write(f"{indicator},tatarstan,{code},{year},{int(count * part)},A,regions2022,с. 1,,\n")


def test_where_only_shares_at_work_are_known_they_stand_beside_all(drawn):
    made = drawn("outcome-groups")
    assert "Все выпускники – 67" in made.alt and "Сироты – 53,9" in made.alt and made.placeholders == {"year": 2020}
    assert set(made.data["value"]) == {67.0, 53.9, 51.4} and "неизвестно" in str(made.note)


def test_flows_that_are_known_are_drawn_whole(project):
    written(project, "graduate_outcomes", 2022, table="facts")
    written(project, "graduate_outcomes_orphans", 2022, 0.1)
    made = figures.draw(open_report(OTHER), "outcome-groups")
    assert made.placeholders == {"year": 2022} and made.data["share"].sum() == pytest.approx(200, abs=1e-4)
    assert "Сироты – работают 60,0" in made.alt and "Инвалиды" not in made.alt


def test_a_cohort_two_years_later_stands_beside_its_year_of_graduation(project):
    written(project, "graduate_outcomes_two_years", 2020, 0.9)
    made = figures.draw(open_report(OTHER), "outcomes-two-years")
    assert made.placeholders == {"year": 2020} and set(made.data["indicator"]) == {"graduate_outcomes_two_years"}
    written(project, "graduate_outcomes", 2020, table="facts")
    made = figures.draw(open_report(OTHER), "outcomes-two-years")
    assert made.data["share"].sum() == pytest.approx(200, abs=1e-4) and "В год выпуска" in made.alt


@pytest.mark.parametrize(("name", "edition"), [("outcome-groups", OTHER), ("outcomes-two-years", EDITION)])
def test_what_nobody_knows_is_left_out_and_says_who_could_supply_it(name, edition):
    with pytest.raises(GapError) as gap:
        figures.draw(open_report(edition), name)
    assert {one.who for one in gap.value.gaps} == {"профессиональные образовательные организации региона"}
