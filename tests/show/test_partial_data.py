"""Tables and figures of the system of colleges where an edition has a part of their data only."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.base.gaps import GapError
from analysis.report import Report, open_report
from analysis.show import figures, tables
from analysis.show.exhibits import caption_of
from tests.show.figure_data import EDITION


@pytest.fixture
def with_rows(project) -> Callable[..., Report]:
    """Return a function that keeps some rows of tables of observations and opens the report."""

    def opened(**kept: Callable[[pd.DataFrame], pd.Series]) -> Report:
        for name, which in kept.items():
            for folder in (f"editions/{EDITION}", "statistics"):
                file = project / "data" / folder / f"{name}.csv"
                if file.exists():
                    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
                    rows[which(rows)].to_csv(file, index=False, lineterminator="\n")
        return open_report(EDITION)

    return opened


def grid(report: Report, name: str):
    return tables.TABLES[name](report)


def test_a_network_of_one_year_has_no_rates_of_growth(with_rows):
    report = with_rows(network=lambda rows: rows["year"].eq("2020") & rows["territory"].isin(["belovo", "yurga"]))
    made = grid(report, "network")
    assert [row[0].text for row in made.body] == ["Белово", "Юрга"]
    assert {len(row) for row in made.body} == {3} and not any("к 2020" in cell.text for cell in made.head[0])
    assert caption_of(report, "tbl-network", made.placeholders).text.endswith(", 2020 год")
    drawn = figures.draw(report, "students-by-territory")
    assert "С 2020 по 2020" not in drawn.alt and drawn.alt.endswith("человек.")
    assert figures.draw(report, "network-map").placeholders["last"] == 2020


def test_a_printed_rate_is_not_held_against_one_that_cannot_be_computed(with_rows):
    report = with_rows(network=lambda rows: ~(rows["territory"].eq("yurga") & rows["year"].eq("2018")))
    assert "Юрга" not in grid(report, "network").note and "Тяжинский" in grid(report, "network").note


def test_a_measure_of_programmes_that_nobody_counted_has_no_column(with_rows):
    made = grid(with_rows(admission_top=lambda rows: ~rows["indicator"].eq("certificate_mean")), "admission-top")
    assert len(made.head[0]) == 3 and {len(row) for row in made.body} == {3}


def test_outcomes_are_shares_of_all_or_not_drawn(with_rows):
    report = with_rows(facts=lambda rows: ~(rows["indicator"].eq("graduate_outcomes") & rows["category"].eq("army")))
    with pytest.raises(GapError):
        figures.draw(report, "outcomes-2021")


def test_quotas_without_a_year_are_drawn_without_one(with_rows):
    report = with_rows(figure_values=lambda rows: ~(rows["indicator"].eq("quota_share") & rows["year"].ne("")))
    titles = [ax.get_title(loc="left") for ax in figures.draw(report, "admission-quotas").fig.axes]
    assert titles[1].replace("\n", " ") == "Доля группы в контрольных цифрах, %"
    with pytest.raises(GapError):
        figures.draw(report, "quotas")


def test_admission_beside_no_quota_at_all_is_not_drawn(with_rows):
    report = with_rows(
        **{name: lambda rows: rows["indicator"].ne("quota_share") for name in ("figure_values", "facts")}
    )
    with pytest.raises(GapError, match="контрольных цифрах"):
        figures.draw(report, "admission-quotas")


def of_others(rows: pd.DataFrame) -> pd.Series:
    return rows["territory"].ne("kemerovo")


def test_series_that_a_region_lacks_leave_the_others_drawn(with_rows):
    drawn = figures.draw(
        with_rows(spo_admission_workers=of_others, spo_admission_specialists=of_others), "training-kinds"
    )
    assert [ax.get_title(loc="left") for ax in drawn.fig.axes] == ["Выпуск, тыс. человек"]
    assert "Прием" not in drawn.alt


def test_lines_begin_with_the_first_year_known(with_rows):
    late = dict.fromkeys(
        [f"spo_{flow}_{kind}" for flow in ("admission", "graduates") for kind in ("workers", "specialists")],
        lambda rows: rows["territory"].ne("kemerovo") | rows["year"].astype(int).ge(2014),
    )
    drawn = figures.draw(with_rows(**late), "training-kinds")
    assert drawn.placeholders == {"first": 2014, "last": 2021} and "2010" not in drawn.note
