"""What tables, figures and sections say they need is what they read: nothing undeclared, nothing stale."""

import csv

import pytest

from analysis.catalogue import load, opened
from analysis.editions.edition import read_edition
from analysis.editions.needs import ANY, SINCE, SOME, Need, Words, offset, years_of
from analysis.show.declared import declared
from bench import needs as recorder

EDITION = "kemerovo-2021"
# They tell of whatever there is.
OF_WHATEVER_THERE_IS = {
    *(f"tbl-{name}" for name in ("data-catalogue", "data-sources", "warnings", "gaps", "exhibits-map", "breaks")),
    *(f"tbl-{name}" for name in ("panel", "panel-lacking", "panel-definitions", "argument")),
    *("fig-coverage", "fig-coverage-printed", "tbl-forecast-earlier", "tbl-forecast-methods"),
}
LABELS = sorted(declared())


@pytest.fixture(scope="module")
def read():
    return recorder.exhibits(EDITION)


@pytest.fixture(scope="module")
def edition():
    return read_edition(EDITION)


def test_what_needs_nothing_tells_of_whatever_there_is():
    assert {label for label, told in declared().items() if not told} == OF_WHATEVER_THERE_IS


@pytest.mark.parametrize("label", [label for label in LABELS if label not in OF_WHATEVER_THERE_IS])
def test_an_exhibit_reads_what_it_declares_and_nothing_else(read, label):
    told = declared()[label]
    assert {need.what for need in told if isinstance(need, Need)} == read[label].indicators
    assert {need.what for need in told if isinstance(need, Words)} == set(read[label].words)


@pytest.mark.parametrize("label", LABELS)
def test_an_exhibit_shows_the_years_territories_and_categories_it_declares(read, edition, label):
    for need in declared()[label]:
        if not isinstance(need, Need) or not (shown := read[label].shown.get(need.what)):
            continue
        years = {None if year is None else year - edition.year for *_, year in shown}
        first, _, last = need.years.partition("..")
        if first == SINCE:
            assert max(year for year in years if year is not None) in {0, offset(last)}
        else:
            assert years_of(years) == need.years, need.what
        places = recorder.territories_of({territory for territory, *_ in shown}, edition).split(";")
        # A comparison shows the neighbours' rows, with the region's value beside them.
        assert set(places) | {"region"} == set(need.territories.split(";")) | {"region"}, need.what
        if need.categories != SOME:
            codes = {category for _, category, _ in shown}
            written = recorder.categories_of(need.what, codes, edition)
            assert need.categories in {written, ";".join(sorted(codes))}, need.what


def test_the_table_of_needs_says_what_the_sections_show():
    with recorder.file().open(encoding="utf-8", newline="") as stream:
        kept = list(csv.DictReader(stream))
    assert kept == recorder.rows(EDITION), "python -m bench.needs"


def test_whatever_is_needed_has_a_place_and_a_supplier():
    supplied = load("supplied").set_index("what")
    needed = {need.what for told in declared().values() for need in told} | set(load("needs")["what"])
    assert needed - set(supplied.index) == set()
    held = opened().tables_of(EDITION)
    for what, table in supplied["table"].items():
        if what in held:
            assert held[what] == [table or what]
        elif table != what and table:  # an indicator of which this edition has no row yet has a table to be filled
            assert what in set(load("indicators")["id"]) and opened().tables(EDITION)[table].holds_observations


@pytest.mark.parametrize(
    ("years", "written"),
    [
        ([0], "y"),
        ([-2, -1, 0], "y-2..y"),
        ([1, -2, 0], "y-2;y..y+1"),
        ([None, 1], "y+1"),
        ([None], ANY),
        ([-20, -3, 0], "since..y"),
        ([-8], ANY),
    ],
)
def test_years_are_written_relative_to_the_edition(years, written):
    assert years_of(years) == written
