"""What an error says is plain text and offers no name where none was misspelt."""

from __future__ import annotations

import pytest

from analysis.base import errors
from analysis.base.errors import DataError, ReportError, did_you_mean
from analysis.quantities import Observation, Quantity, Text, Year
from analysis.quantities.formula import Seen
from analysis.report import open_report
from analysis.show import directions, wording

EDITION = "kemerovo-2021"
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ReportError)]


def private(text: str) -> list[str]:
    return [letter for letter in text if "\ue000" <= letter <= "\uf8ff"]


def amount(value: float, unit: str = "people") -> Quantity:
    seen = Observation(
        "employed", "kemerovo", "", 2020, "A", "report2021", "с. 1", "data/x.csv", 2, EDITION, value, unit, 0
    )
    return Quantity(value, unit, 0, (seen,), Seen(seen))


MARKED = {
    "year": lambda: str(Year(2019, "год")),
    "number": lambda: wording.num(amount(5.0)),
    "direction": lambda: directions.rose(amount(5.0), amount(3.0)),
    "joined": lambda: Text(", ").join([str(Year(2019, "год")), wording.num(amount(7.0))]),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", MARKED)
def test_no_error_shows_the_marks_of_cards(monkeypatch, kind, words):
    monkeypatch.setenv("REPORT_CARDS", "1")
    marked = MARKED[words]()
    assert private(f"{marked}"), "the words carry no marks, so that nothing is tried"
    for said in (str(kind(f"нет «{marked}»")), str(kind(marked)), repr(kind(f"{marked}"))):
        assert private(said) == [] and str(marked) in said


@pytest.mark.parametrize(
    "choices", [lambda: [str(Year(year, "год")) for year in (2019, 2021)], lambda: [f"{Year(2019, 'год')!s}", "2021"]]
)
def test_hint_over_marked_names_is_plain(monkeypatch, choices):
    monkeypatch.setenv("REPORT_CARDS", "1")
    assert did_you_mean("2020", choices()) == " Есть: 2019, 2021."


@pytest.mark.parametrize("name", ["2020", "2 020", "20,5", "2020-01", "2019–2021", "7"])
def test_a_number_is_never_taken_for_a_misspelt_one(name):
    assert "имелось в виду" not in did_you_mean(
        name, ["2019", "2021", "20,6", "2020-02", "17", *map(str, range(1990, 2019))]
    )


def test_a_misspelt_name_still_gets_its_hint():
    assert did_you_mean("employd", ["employed", "wage"]) == " Возможно, имелось в виду «employed»."


ASKED = {
    "years of a frame": lambda report: report.frame("wage_median", years=[report.edition.year - 40]),
    "several values": lambda report: report.value("wage_nominal", territory="kemerovo", year=None, category="нет"),
    "territory": lambda report: report.values(
        "wage_nominal", "territory", keys=["kemerovoo"], year=report.edition.year
    ),
    "name": lambda report: report.name("ministry"),
    "label": lambda report: report.label("sections", "ZZ"),
    "indicator": lambda report: report.value("wage_nominall"),
    "table": lambda report: report.table("employd"),
    "figure": lambda report: report.figure("economi"),
    "list": lambda report: report.bullets("top_region_new_group"),
    "aims": lambda report: report.aims("tasks"),
    "units": lambda report: (
        report.value("wage_nominal", year=report.edition.year)
        + report.value("unemployment_rate", year=report.edition.year)
    ),
    "bare number": lambda report: report.value("wage_nominal", year=report.edition.year) + 1,
    "forecast": lambda report: report.forecast("wage_nominall"),
}


@pytest.mark.parametrize("question", ASKED)
def test_what_a_chapter_asks_in_vain_is_answered_in_plain_text(monkeypatch, question):
    monkeypatch.setenv("REPORT_CARDS", "1")
    report = open_report(EDITION)
    with pytest.raises(DataError) as error:
        ASKED[question](report)
    assert (
        private(str(error.value)) == []
        and "имелось в виду «2" not in str(error.value)
        and "имелось в виду «0" not in str(error.value)
    )
