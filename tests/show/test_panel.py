"""The panel of outcome indicators: what is defined, computed, lacking, proposed, and how each stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.base.errors import DataError
from analysis.base.gaps import GapError
from analysis.catalogue import clear_cache, load
from analysis.cli import lint
from analysis.editions.check import check_edition
from analysis.quantities import Quantity
from analysis.quantities.text import plain
from analysis.report import open_report
from analysis.show import tables
from analysis.show.panel.items import Measured
from analysis.show.panel.measured import indicators, measured
from analysis.show.panel.proposed import Proposal, proposal
from analysis.show.panel.rows import GROUPS, Indicator, faults
from analysis.show.panel.standing import state
from analysis.show.tables.layout import cells_of
from analysis.show.wording import num, with_unit

EDITIONS = ("kemerovo-2021", "kemerovo-2022", "tatarstan-2022")
ROW = Indicator("a", "А1", "result", "Имя", "Что это", 'of("unemployment_rate")', "percent", "down", "annual")


@pytest.fixture(scope="module", params=EDITIONS)
def any_report(request):
    return open_report(request.param)


def one(report, key: str) -> Measured:
    return next(it for it in report.panel.items if it.row.id == key)


# What is defined


def test_every_kind_of_indicator_is_defined_each_with_what_a_reader_asks():
    rows = load("outcome_indicators", "kemerovo-2021")
    assert set(rows["group"]) == set(GROUPS)
    assert len(rows) >= 30
    for column in ("name", "definition", "formula", "unit", "better", "periodicity"):
        assert rows[column].str.strip().all(), column


def test_a_computed_indicator_has_the_unit_that_its_row_states(any_report):
    for it in any_report.panel.known:
        assert it.value.unit == it.row.unit, it.row.id


def test_a_row_that_states_another_unit_than_its_formula_has_is_refused(report):
    with pytest.raises(DataError, match="выходит percent, а в столбце «unit» – people"):
        measured(report, replace(ROW, unit="people"))


def test_what_is_not_computed_names_what_is_missing_and_who_could_give_it(any_report):
    for it in any_report.panel.lacking:
        assert it.gaps, it.row.id
        assert all(gap.what for gap in it.gaps)
    known = {it.row.id for it in any_report.panel.known}
    assert not known & {it.row.id for it in any_report.panel.lacking}
    assert len(known) + len(any_report.panel.lacking) == len(any_report.panel.items)


# What is computed


def test_the_share_at_work_is_that_of_the_print_and_has_its_card(report):
    found = one(report, "employed")
    # 8387 of 14127, printed as 59,36 %
    assert plain(num(found.value)) == "59,4"
    assert {seen.indicator for seen in found.value.sources} == {"graduate_outcomes", "graduates"}
    assert found.year == 2021


def test_an_indicator_is_taken_in_the_last_year_that_all_its_parts_have(report):
    found = one(report, "targeted")
    assert found.year == 2020
    assert plain(with_unit(found.value)) == "147\u00a0чел."
    assert plain(num(found.before)) == "79"


def test_neighbours_are_of_the_same_year_and_none_is_left_out(report):
    found = one(report, "unemployment")
    assert set(found.near) == set(report.edition.comparison)
    for place, value in found.near.items():
        assert {seen.year for seen in value.sources} == {found.year}, place


def test_values_measured_otherwise_are_not_set_against_each_other(report):
    found = one(report, "unemployment")
    starts = [start for start in (2017,) if start <= found.year]
    assert min(found.lines[report.edition.region]) >= max(starts)


def test_a_sum_of_series_is_added_up_and_not_forecast_here(report):
    found = one(report, "output")
    assert found.forecast == ""
    assert found.value.value == pytest.approx(
        sum(
            report.value(part, year=found.year).value for part in ("spo_graduates_workers", "spo_graduates_specialists")
        )
    )


@pytest.mark.parametrize(
    "formula",
    ["", "of(unemployment_rate)", 'of("no_such")', "1 + 1", 'of("unemployment_rate").value', "__import__('os')", "of"],
)
def test_a_formula_that_is_none_is_told_before_a_build(formula):
    assert [column for column, *_ in faults({"formula": formula, "unit": "percent"}, {"unemployment_rate"})] == [
        "formula"
    ]


def test_a_formula_in_the_table_is_checked(project):
    file = project / "data" / "federal" / "outcome_indicators.csv"
    text = file.read_text(encoding="utf-8")
    assert 'of(""unemployment_rate"")' in text
    file.write_text(text.replace('of(""unemployment_rate"")', 'of(""unemployment_rat"")'), encoding="utf-8")
    clear_cache()
    found = [it for it in lint.lint_chapters(["kemerovo-2021"]) if "outcome_indicators" in it.file]
    assert [(it.column, it.severity) for it in found] == [("formula", "error")]
    assert "unemployment_rate" in found[0].remedy


# What is wanted


def test_a_target_of_the_edition_stands_with_its_author_and_nothing_is_proposed_beside_it(report):
    found = one(report, "centres-served")
    assert found.target.value == 100
    assert found.target.author and found.target.reason
    assert proposal(report, found) is None


def of(value: float, **more) -> Measured:
    number = Quantity(value, "percent", 1)
    return replace(Measured(ROW, number, 2020, None, {}, {}, (), "", None), **more)


def test_a_proposal_lies_where_the_indicator_is_better_and_says_from_what(report):
    found = one(report, "unemployment")
    made = proposal(report, found)
    assert isinstance(made, Proposal)
    assert made.low.value < found.value.value
    assert made.reasons
    assert made.low.value <= made.high.value


def test_nothing_is_proposed_where_nobody_is_better_and_nothing_moves(report):
    still = of(5.0, near={"tomsk": Quantity(7.0, "percent", 1)})
    assert proposal(report, still) is None


def test_how_much_a_larger_region_has_is_no_measure_for_a_smaller_one(report):
    made = proposal(report, one(report, "vacancies"))
    assert "лучший из сравниваемых" not in made.reasons
    assert made.high.value < max(value.value for value in one(report, "vacancies").near.values())


def test_a_direction_that_is_not_good_in_itself_gets_no_proposal(report):
    found = one(report, "output")
    assert found.row.better == "none"
    assert proposal(report, found) is None


@pytest.mark.parametrize(
    ("better", "value", "before", "said"),
    [
        ("down", 5.0, 6.0, "лучше"),
        ("down", 6.0, 5.0, "хуже"),
        ("up", 6.0, 5.0, "лучше"),
        ("up", 5.0, 6.0, "хуже"),
        ("up", 5.0, 5.0, "так же"),
        ("up", 5.0, None, "новый"),
        ("none", 5.0, 6.0, "без оценки"),
    ],
)
def test_how_an_indicator_stands_is_said_in_a_word_and_a_sign(report, better, value, before, said):
    it = of(
        value,
        row=replace(ROW, better=better),
        before=None if before is None else Quantity(before, "percent", 1),
    )
    found = state(it, 1.0)
    assert said in found.words
    assert found.sign


def test_signs_differ_where_words_do(report):
    better = of(5.0, before=Quantity(6.0, "percent", 1))
    worse = of(6.0, before=Quantity(5.0, "percent", 1))
    same = of(6.0, before=Quantity(6.0, "percent", 1))
    assert len({state(it, 1.0).sign for it in (better, worse, same, of(5.0))}) == 4


# What is shown


def test_the_panel_shows_every_computed_indicator_once_with_its_spark(any_report):
    grid = tables.TABLES["panel"](any_report)
    shown = [plain(cells_of(row)[0].text) for row in grid.body if len(cells_of(row)) > 1]
    names = [f"{it.row.code} {it.row.name}" for it in any_report.panel.known]
    assert [said.startswith(name) for said, name in zip(shown, names, strict=True)] == [True] * len(names)
    pictured = [cell for row in grid.body for cell in cells_of(row) if cell.picture]
    assert len(pictured) == sum(it.drawn for it in any_report.panel.known)
    assert all(cell.picture.alt for cell in pictured)


def test_a_spark_is_a_file_of_the_build_and_a_picture_at_the_desk(report, tmp_path, monkeypatch):
    grid = tables.TABLES["panel"](report)
    assert "data:image/svg+xml;base64," in grid.html()
    monkeypatch.setenv("REPORT_FIGURES", str(tmp_path))
    built = tables.TABLES["panel"](report).html()
    assert "data:image" not in built
    assert "../figures/panel-unemployment" in built
    assert list(tmp_path.glob("panel-unemployment.*"))


def test_what_is_lacking_is_listed_with_the_form_to_fill(any_report):
    grid = tables.TABLES["panel-lacking"](any_report)
    assert len(grid.body) == len(any_report.panel.lacking)
    for row in grid.body:
        assert "report template" in plain(cells_of(row)[-1].text)


def test_definitions_hold_every_indicator_and_its_formula_in_words(any_report):
    grid = tables.TABLES["panel-definitions"](any_report)
    bodies = [cells_of(row) for row in grid.body if len(cells_of(row)) > 1]
    assert len(bodies) == len(any_report.panel.items)
    assert not any("of(" in plain(cell.text) for row in bodies for cell in row)


def test_a_panel_without_any_number_is_a_gap(monkeypatch):
    known, unknown = replace(ROW, formula='of("wage_nominal")'), replace(ROW, formula='of("returns_verified")')
    monkeypatch.setattr("analysis.show.panel.measured.indicators", lambda _: [replace(known, unit="rub")])
    assert len(open_report("kemerovo-2021").panel.known) == 1
    monkeypatch.setattr("analysis.show.panel.measured.indicators", lambda _: [unknown])
    with pytest.raises(GapError):
        tables.TABLES["panel"](open_report("kemerovo-2021"))


def test_measured_is_the_same_wherever_it_is_asked(report):
    row = next(row for row in indicators(report) if row.id == "unemployment")
    assert measured(report, row).value == one(report, "unemployment").value


def test_an_indicator_with_an_unknown_target_stops_the_check(project):
    file = project / "data" / "editions" / "kemerovo-2021" / "targets.csv"
    text = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    file.write_text("\n".join([text[0], text[1].replace("centres-served", "centres-servd")]) + "\n", encoding="utf-8")
    clear_cache()
    found = [it for it in check_edition("kemerovo-2021") if "targets" in it.file]
    assert any(it.severity == "error" and "centres-served" in it.remedy for it in found)


def test_two_indicators_of_one_code_are_refused(project):
    file = project / "data" / "federal" / "outcome_indicators.csv"
    lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    file.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    clear_cache()
    with pytest.raises(DataError):
        load("outcome_indicators", "kemerovo-2021")
