"""The second edition: next year's report of the first region, from official figures and its own words alone."""

from __future__ import annotations

import pytest

from analysis.base import paths
from analysis.catalogue import tables
from analysis.editions.check import check_edition
from analysis.editions.edition import read_edition
from analysis.editions.review import unchecked
from analysis.ledger import Ledger
from analysis.ledger.prose import faults
from analysis.outlook.archive import judged
from analysis.report import open_report
from analysis.rolling.prose import about_print, print_of

LAST, EDITION = "kemerovo-2021", "kemerovo-2022"


@pytest.fixture(scope="module")
def report():
    return open_report(EDITION)


def test_it_is_the_same_region_a_year_later():
    last, edition = read_edition(LAST), read_edition(EDITION)
    assert (edition.region, edition.comparison) == (last.region, last.comparison)
    assert (edition.year, edition.published) == (last.year + 1, last.published + 1)


def test_its_data_and_its_words_are_right(report):
    assert [str(finding) for finding in check_edition(EDITION) if finding.severity == "error"] == []
    assert faults(Ledger(report), sorted(paths.chapters().glob("*.ipynb"))) == []


def test_no_number_is_its_own_yet_and_the_ministry_is_asked_for_each():
    folder = paths.edition(EDITION)
    own = [table for table in tables(EDITION).values() if table.file.is_relative_to(folder)]
    assert all(
        len(table.file.read_text(encoding="utf-8").splitlines()) == 1 for table in own if table.holds_observations
    )


def test_its_texts_speak_of_no_print_and_most_are_still_to_be_checked():
    printed = print_of(tables(LAST))
    texts = {file.name: file.read_text(encoding="utf-8") for file in paths.prose(EDITION).rglob("*.md")}
    assert {name: words for name, text in texts.items() if (words := about_print(text, printed))} == {}
    assert {one.table for one in unchecked(EDITION)} >= {"plan", "swot", "problems", "support_measures", "prose"}


def test_the_forecasts_of_the_last_edition_are_held_against_what_came(report):
    found = judged(report.prospects)
    assert not found.empty and set(found["edition"]) == {LAST} and set(found["year"]) == {2021}
