"""Figures: they show what the tables hold, break where it breaks and say what is missing."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
import yaml

from analysis.base.errors import DataError
from analysis.base.gaps import GapError
from analysis.catalogue import load, tables
from analysis.report import Report, open_report
from analysis.show import figures, theme
from analysis.show.exhibits import caption_of
from analysis.show.figures import lines, plan
from analysis.show.wording import count_of
from tests.show.figure_data import DRAWN, EDITION, EMPTY, LOST, edit, row_of

NAMELESS = ("training-kinds", "coverage", "coverage-printed", "plan-deadlines")
KEYS = ["indicator", "territory", "category", "year"]


# -- what is drawn ------------------------------------------------------------------------


def test_every_figure_of_the_edition_is_drawn_and_no_other():
    exhibits = load("exhibits", EDITION)
    wanted = exhibits.loc[exhibits["kind"] == "fig", "id"].str.removeprefix("fig-")
    assert sorted(wanted) == sorted([*figures.ids(), *LOST])


def test_coverage_shows_every_table_where_it_has_values(report, drawn):
    official = drawn("coverage").data.set_index(["table", "territory", "year"])["observations"]
    printed = drawn("coverage-printed").data.set_index(["table", "territory", "year"])["observations"]
    wages = report.frame("wage_nominal", territories=report.edition.territories).dropna(subset="value")
    shown = official["wage_nominal"]
    # The district in its old borders stands in the district's row.
    assert len(shown) == len(wages) + report.frame("wage_nominal", territories=["siberia-old"])["value"].notna().sum()
    assert ("wage_median", "kemerovo", 2006) not in official.index and official["gva_structure", "russia", 2020] == 20
    assert ("table-network", "kemerovo", 2020) in printed.index and (
        "table-network",
        "tomsk",
        2020,
    ) not in printed.index
    observed = [name for name, table in tables(EDITION).items() if table.holds_observations]
    held = {name for name in observed if load(name, EDITION)["value"].notna().any()}
    assert {*official.index.get_level_values("table"), *printed.index.get_level_values("table")} == held


@pytest.mark.parametrize(
    "name", [name for name in DRAWN if not name.startswith(("coverage", "plan"))]
)  # these show counts of rows, and days
def test_data_are_the_rows_of_the_tables(name, report, drawn):
    data = drawn(name).data
    assert {"value", "status", "source"} <= set(data.columns)
    assert data.loc[data["status"] != "M", "source"].ne("").all()
    assert (data["value"].isna() == (data["status"] == "M")).all()
    computed = data["category"] == "REST"
    held = data[~computed & data["value"].notna() & (data["status"] != "F")]
    tables = pd.concat([report.frame(indicator) for indicator in held["indicator"].unique()])
    both = held.merge(tables, on=KEYS, how="left", suffixes=("", "_table"))
    assert len(both) == len(held) > 0
    np.testing.assert_array_equal(both["value"], both["value_table"])
    assert (both["source"] == both["source_table"]).all()


def test_remainder_completes_the_known_shares_to_a_hundred(drawn):
    for name, region in (("quotas", "kemerovo"), ("employment-structure", "kemerovo")):
        data = drawn(name).data
        dated = data[(data["territory"] == region) & data["year"].notna()]
        assert dated["value"].sum() == pytest.approx(100)
        assert "Вычислено" in dated.loc[dated["category"] == "REST", "note"].item()


def test_values_are_written_to_the_decimal_the_text_gives(drawn):
    said = {
        name: {text.get_text() for ax in drawn(name).fig.axes for text in ax.texts}
        for name in ("employment-structure", "wages-by-section")
    }
    assert "3,0" in said["employment-structure"] and "3" not in said["employment-structure"]
    assert "+13,0" in said["wages-by-section"] and "+13" not in said["wages-by-section"]


def test_gap_is_the_region_less_its_neighbour(report, drawn):
    data = drawn("employment-gap").data
    own = report.frame("employment_rate", territories=["kemerovo"]).set_index("year")["value"]
    np.testing.assert_allclose(data["shown"], data["year"].map(own).astype(float) - data["value"], atol=1e-6)
    wages = drawn("wage-gap").data
    assert wages.query("territory == 'krasnoyarsk' and year == 2020")["shown"].item() == pytest.approx(
        report.value("wage_nominal", "kemerovo", 2020).value
        / report.value("wage_nominal", "krasnoyarsk", 2020).value
        * 100,
        abs=1e-5,
    )


def test_unknown_figure_is_answered_with_the_nearest(report):
    with pytest.raises(DataError, match="employment-rate"):
        figures.draw(report, "employment-rates")


# -- what is missing ----------------------------------------------------------------------


def line_of(drawing: figures.Drawing, territory: str, axes: int = 0):
    return next(line for line in drawing.fig.axes[axes].lines if line.get_label() == territory)


def band(drawing: figures.Drawing) -> set[float]:
    """Return the years that the band of the neighbours reaches."""
    (drawn_band,) = drawing.fig.axes[0].collections
    return {float(x) for path in drawn_band.get_paths() for x in path.vertices[:, 0]}


def test_the_long_panel_shows_the_region_the_country_and_the_range_of_its_neighbours(report, drawn):
    drawing = drawn("employment-rate")
    long, near = drawing.fig.axes
    assert {line.get_label() for line in long.lines if not line.get_label().startswith("_")} == {"kemerovo", "russia"}
    assert {line.get_label() for line in near.lines} >= set(report.edition.territories)
    values = drawing.data[drawing.data["territory"].isin(report.edition.comparison) & (drawing.data["year"] == 2010)]
    (drawn_band,) = long.collections
    there = {y for path in drawn_band.get_paths() for x, y in path.vertices if x == 2010}
    assert {min(there), max(there)} == {values["value"].min(), values["value"].max()}
    assert "масштаб" in near.get_title(loc="left") and "полоса" in drawing.note


def test_labels_at_the_ends_carry_their_year(drawn):
    for name in ("employment-gap", "wage-gap", "training-kinds"):
        written = [text.get_text() for ax in drawn(name).fig.axes for text in ax.texts]
        ends = [text for text in written if "," in text]
        assert ends and all(text.endswith("(2021)") for text in ends), name


def test_line_is_broken_where_the_series_breaks(drawn):
    for name, whose in (("employment-rate", "kemerovo"), ("unemployment-rate", "russia"), ("employment-gap", "tomsk")):
        line = line_of(drawn(name), whose)
        between = (line.get_xdata() > 2016) & (line.get_xdata() < 2017)
        assert between.any() and np.isnan(line.get_ydata()[between]).all(), name
        assert "2017" in drawn(name).note
    assert not np.isnan(line_of(drawn("wage-gap"), "tomsk").get_ydata()).any()


def test_missing_year_is_a_gap_a_cross_and_a_note(project):
    file = project / "data" / "statistics" / "employment_rate.csv"
    row = row_of(file, "employment_rate,tomsk,,2005,")
    cells = row.split(",", 6)
    edit(file, row, ",".join([*cells[:4], "", "M", *cells[6:]]))
    drawing = figures.draw(open_report(EDITION), "employment-rate")
    assert 2004 in band(drawing) and 2005 not in band(drawing)
    crosses = [
        mark for mark in drawing.fig.axes[0].lines if mark.get_marker() == "x" and list(mark.get_xdata()) == [2005]
    ]
    assert len(crosses) == 1
    assert "Томская область – 2005\u00a0г." in drawing.note


def test_absent_row_is_a_gap_too(project):
    file = project / "data" / "statistics" / "employment_rate.csv"
    row = row_of(file, "employment_rate,tomsk,,2005,")
    edit(file, row + "\n", "")
    assert 2005 not in band(figures.draw(open_report(EDITION), "employment-rate"))


@pytest.mark.parametrize("name", ["unemployed-spo", "wage-by-education", "informal"])
def test_what_is_lost_is_hatched(name, drawn):
    assert any(patch.get_hatch() for ax in drawn(name).fig.axes for patch in [*ax.patches, *ax.collections])


def test_what_is_not_named_is_told_and_never_the_longest_bar(drawn):
    for name, rest in (("employment-structure", "43,6"), ("quotas", "36,7")):
        drawing = drawn(name)
        shown = drawing.data[drawing.data["category"] != "REST"]["value"].max()
        bars = [patch.get_width() for patch in drawing.fig.axes[0].patches]
        assert max(bars) == shown and f"не названные в источнике, приходится {rest}\u00a0%" in drawing.note


@pytest.mark.parametrize("name", [*LOST])
def test_a_lost_picture_is_not_drawn(name, report):
    with pytest.raises(GapError) as told:
        figures.draw(report, name)
    assert not told.value.gaps


@pytest.mark.parametrize(
    "name",
    [
        "employment-structure",
        "quotas",
        "economy",
        "students-by-territory",
        "labour-migration-balance",
        "wages-by-section",
    ],
)
def test_what_is_whole_is_not_hatched(name, drawn):
    assert not any(patch.get_hatch() for ax in drawn(name).fig.axes for patch in ax.patches)


def test_missing_regions_are_rows_without_a_value(drawn):
    data = drawn("informal").data.set_index(["territory", "year"])
    assert data.loc[("kemerovo", 2020), "value"] == 14.5
    assert data.loc["tomsk", "status"].tolist() == ["M"] * 3


@pytest.mark.parametrize("name", EMPTY)
def test_empty_table_of_graduates_draws_nothing(name, report):
    with pytest.raises(GapError):
        figures.draw(report, name)


def test_filled_table_of_graduates_draws_its_rows_and_no_others(project):
    file = project / "data" / "editions" / EDITION / "graduates_by_college.csv"
    rows = [
        "Первый техникум,kemerovo-city,15.00.00,2020,120,55.35,86.10,A,report2021,лист 1,",
        "Второй колледж,novokuznetsk,15.00.00,2020,80,53.76,87.14,A,report2021,лист 1,",
        "Третий техникум,yurga,15.00.00,2020,,55.72,84.89,M,report2021,лист 1,",
        "Второй колледж,novokuznetsk,23.00.00,2019,60,53.76,87.14,A,report2021,лист 1,",
    ]
    file.write_text("\n".join([file.read_text(encoding="utf-8").splitlines()[0], *rows]) + "\n", encoding="utf-8")
    report = open_report(EDITION)
    drawing = figures.draw(report, "graduates-map-15")
    assert drawing.data["graduates"].dropna().tolist() == [120, 80]
    written = {text.get_text() for text in drawing.fig.axes[0].texts}
    assert written == {"Первый техникум 120", "Второй колледж 80"}
    assert "2\u00a0организации" in drawing.alt and "200\u00a0выпускников" in drawing.alt
    assert "1\u00a0организация" in drawing.note
    with pytest.raises(GapError, match=r"23\.00\.00"):
        figures.draw(report, "graduates-map-23")


def test_college_without_coordinates_stands_in_the_centre_of_its_territory_and_says_so(project):
    file = project / "data" / "editions" / EDITION / "graduates_by_college.csv"
    row = "Первый техникум,kemerovo-city,23.00.00,2020,120,,,A,report2021,лист 1,"
    file.write_text(f"{file.read_text(encoding='utf-8').splitlines()[0]}\n{row}\n", encoding="utf-8")
    drawing = figures.draw(open_report(EDITION), "graduates-map-23")
    assert [text.get_text() for text in drawing.fig.axes[0].texts] == ["Первый техникум 120"]
    assert drawing.note == "Без собственных координат, в центре своей территории: 1\u00a0организация."


def test_change_without_its_first_year_is_refused_in_words(project):
    folder = project / "data" / "editions" / EDITION
    table = folder / "figure_values.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(
        re.sub(r"(?m)^(unemployed_vocational_change_printed,.*)\d{4}–\d{4}", r"\1", text), encoding="utf-8"
    )
    edition = folder / "edition.yml"
    edition.write_text(re.sub(r"(?m)^first_year:.*\n", "", edition.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DataError, match="first_year"):
        figures.draw(open_report(EDITION), "unemployed-spo")


# -- what is said -------------------------------------------------------------------------


def unknown(project, table: str, rows) -> None:
    """Mark rows of a table of the project missing."""
    file = project / "data" / table
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    chosen = rows(frame)
    assert chosen.any()
    frame.loc[chosen, ["value", "status"]] = ["", "M"]
    frame.to_csv(file, index=False, encoding="utf-8", lineterminator="\n")


@pytest.mark.parametrize(("name", "indicator"), [("employment-gap", "employment_rate"), ("wage-gap", "wage_nominal")])
def test_neighbour_without_values_is_said_to_have_none(project, name, indicator):
    unknown(project, f"statistics/{indicator}.csv", lambda rows: rows["territory"] == "tomsk")
    assert "Томской области – нет данных" in figures.draw(open_report(EDITION), name).alt


def test_region_without_a_value_in_the_year_of_the_report_is_shown_in_its_last_or_said_to_have_none(project):
    unknown(
        project,
        "statistics/employment_rate.csv",
        lambda rows: (rows["territory"] == "kemerovo") & (rows["year"] == "2020"),
    )
    alt = figures.draw(open_report(EDITION), "employment-rate").alt
    assert alt.count("в 2019 году") == 1 and "В 2019 году самое высокое" in alt and "в 2020 году" not in alt.lower()
    unknown(
        project,
        f"editions/{EDITION}/labour_migration.csv",
        lambda rows: (rows["territory"] == "kemerovo") & (rows["year"] == "2020"),
    )
    assert "сальдо нет данных" in figures.draw(open_report(EDITION), "labour-migration-balance").alt


@pytest.mark.parametrize("name", [name for name in DRAWN if name not in (*LOST, *NAMELESS)])  # these name no region
def test_another_region_is_drawn_or_refused_in_words(name, project):
    file = project / "data" / "editions" / EDITION / "edition.yml"
    fields = yaml.safe_load(file.read_text(encoding="utf-8")) | {
        "region": "tomsk",
        "comparison": ["kemerovo", "novosibirsk"],
    }
    file.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
    try:
        words = figures.draw(open_report(EDITION), name).alt
    except GapError as gap:
        words = str(gap)
    assert "Томск" in words or "муниципальные территории" in words


@pytest.mark.parametrize("name", DRAWN)
def test_alt_text_is_whole_sentences(name, drawn):
    alt = drawn(name).alt
    assert alt.endswith(".") and not alt.endswith("..") and ".. " not in alt
    assert not any(wrong in alt for wrong in ("nan", "None", '"', "  ", "np."))
    assert len(alt) > 60


def test_alt_text_names_the_extremes(report, drawn):
    for name, indicator in (("employment-rate", "employment_rate"), ("unemployment-rate", "unemployment_rate")):
        values = report.frame(indicator, territories=report.edition.territories, years=[2020]).set_index("territory")[
            "value"
        ]
        for word, found in (("высокое значение", values.idxmax()), ("низкое", values.idxmin())):
            said = f"самое {word} – {report.territory(found).short} ({values[found]:.1f}\u00a0%)".replace(".", ",", 1)
            assert said in drawn(name).alt
    students = report.frame("college_students", years=[2020], territories=report.parts()).set_index("territory")[
        "value"
    ]
    assert f"больше всего – {report.territory(students.idxmax()).short}" in drawn("students-by-territory").alt
    balance = report.frame("labour_balance", years=[2020]).set_index("territory")["value"]
    assert f"Самое низкое сальдо – {report.territory(balance.idxmin()).short}" in drawn("labour-migration-balance").alt


def test_number_forms_follow_the_number():
    assert count_of(1, "территория", "datv") == "1\u00a0территории"
    assert count_of(6, "территория", "datv") == "6\u00a0территориям"
    assert count_of(2, "организация") == "2\u00a0организации"
    assert lines.years_text([2003]) == "2003\u00a0г."
    assert lines.years_text([2007, 2005, 2006, 2003]) == "2003, 2005–2007\u00a0гг."


@pytest.mark.parametrize("name", DRAWN)
def test_caption_gets_all_it_asks_for(name, report, drawn):
    drawing = drawn(name)
    caption = caption_of(report, f"fig-{name}", drawing.placeholders, drawing.note)
    assert "{" not in caption.text + caption.note
    assert ".." not in caption.note


# -- another region, another width of the past --------------------------------------------


def test_figures_serve_another_region(report):
    edition = report.edition.model_copy(
        update={"region": "tomsk", "comparison": ("kemerovo", "novosibirsk"), "year": 2019}
    )
    other = Report(edition, since=2010)
    rate = figures.draw(other, "employment-rate")
    assert rate.placeholders == {"first": 2010, "last": 2021}
    assert set(rate.data["territory"]) == {"russia", "siberia", "tomsk", "kemerovo", "novosibirsk"}
    assert line_of(rate, "tomsk").get_color() == theme.REGION != line_of(rate, "kemerovo", axes=1).get_color()
    assert "Томская область: " in rate.alt
    gap = figures.draw(other, "wage-gap").alt
    assert "Томская область, линейный график" in gap and "к Новосибирской области" in gap
    assert figures.draw(other, "economy").data["territory"].unique().tolist() == ["russia-sum", "tomsk"]


def test_the_plan_stands_on_the_day_of_the_edition(report, drawn):
    """Row by row what falls due, and what has no day; none is past on the day of this edition."""
    data = drawn("plan-deadlines").data
    assert set(data["n"]) == set(range(1, 21)) and set(data["state"]) == {"срок впереди", "идет постоянно"}
    assert data.loc[data["n"] == 8, "due"].tolist() == ["2022-03-31", "2022-06-30", "2022-09-30", "2022-12-31"]
    assert data.loc[data["n"] == 19, "due"].tolist() == [""]
    later = figures.draw(open_report("kemerovo-2022"), "plan-deadlines").data
    passed = later[later["state"] == "срок прошел, отметки об исполнении нет"]
    assert len(passed) == 13 + 3 + 1 + 1 and (passed["due"] < "2022-11-01").all()


def test_a_plan_is_told_apart_without_colour():
    looks = [(look["marker"], look.get("markerfacecolor")) for look in plan.LOOKS.values()]
    assert len(set(looks)) == len(looks)
