"""The data hold every subject of the federation; an edition reads, shows and publishes its own territories."""

import csv
import io

import pytest

from analysis.base.paths import published_name
from analysis.catalogue import check_tables, load, tables
from analysis.catalogue.findings import Finding
from analysis.cli.findings import near
from analysis.editions.check import check_edition
from analysis.editions.edition import read_edition
from analysis.editions.scope import scope
from analysis.report import open_report
from analysis.show.published import publish

EDITION = "kemerovo-2021"
OWN = {"russia", "russia-sum", "siberia", "siberia-old", "kemerovo", "novosibirsk", "tomsk", "krasnoyarsk"}
SERIES = [name for name, table in tables().items() if table.holds_observations]


@pytest.fixture(scope="module")
def report():
    return open_report(EDITION)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Publish the edition with one row that it cites though it is of another region."""
    folder = tmp_path_factory.mktemp("book") / "data"
    publish(EDITION, folder, {"data/statistics/grp.csv": {1500}})
    return folder


def rows(file):
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def test_an_edition_speaks_of_what_it_sets_side_by_side_and_of_its_own_parts(report):
    towns = set(load("territories", EDITION).query("parent == 'kemerovo'")["id"])
    assert report.scope == OWN | towns and len(towns) == 20
    south = read_edition(EDITION).model_copy(update={"region": "arkhangelsk", "wider": ("southern",), "comparison": ()})
    known = scope(south, load("territories"))
    assert known == {"arkhangelsk", "nenets", "arkhangelsk-south", "southern", "southern-2009", "southern-2016"}


def test_the_data_hold_the_country_and_a_reader_of_one_region_reads_its_rows(report):
    assert sum(len(load(name)) for name in SERIES) == 66_270
    read = {name: len(report.frame(name)) for name in SERIES}
    assert read["employment_rate"] == 132 and load("employment_rate")["territory"].nunique() == 96
    # What was in the data before the other subjects came.
    assert sum(read.values()) == 6_201
    assert set().union(*(report.frame(name)["territory"] for name in SERIES)) == OWN


def test_another_territory_is_read_when_it_is_asked_for(report):
    assert report.value("employment_rate", "tatarstan", 2020).value == pytest.approx(61.5)
    shown = report.values("employment_rate", "territory", keys=["kemerovo", "tatarstan"], year=2020)
    assert list(shown) == ["kemerovo", "tatarstan"]
    assert set(report.frame("employment_rate", territories=["tatarstan"])["territory"]) == {"tatarstan"}
    assert set(report.values("employment_rate", "territory", year=2020)) == OWN - {"russia-sum", "siberia-old"}


def test_a_published_book_holds_no_row_of_another_territory(book, report):
    others = {
        (file.stem, row["territory"])
        for file in book.glob("*.csv")
        for row in rows(file)
        if {"indicator", "territory"} <= row.keys() and row["territory"] not in {*report.scope, ""}
    }
    assert len(others) == 1 and {name for name, _ in others} == {"grp"}  # the row that is cited
    assert sum(len(rows(book / f"{published_name(tables()[name].label)}.csv")) for name in SERIES) == 6_202
    assert sum(file.stat().st_size for file in book.iterdir()) < 5_000_000


def test_a_published_row_stands_under_its_number_in_the_file(book, report):
    frame = report.frame("employment_rate", territories=["krasnoyarsk"], years=[2021])
    page = (book / "employment_rate.html").read_text(encoding="utf-8")
    assert f'<tr id="r{frame["row"].item()}">' in page
    assert "Здесь строки о территориях доклада: 132 из 2112 строк этого файла." in page
    assert '<tr id="r1500">' in (book / "grp.html").read_text(encoding="utf-8")
    assert "Здесь строки" not in (book / "wage_by_section.html").read_text(encoding="utf-8")


def test_published_rows_are_those_of_the_file_byte_for_byte(book):
    lines = tables()["registered_seekers"].file.read_text(encoding="utf-8").splitlines()
    published = (book / "registered_seekers.csv").read_text(encoding="utf-8").splitlines()
    assert published == [line for line in lines if line == lines[0] or line.split(",")[1] in OWN]


def test_common_tables_are_checked_once_and_nothing_is_lost_by_it():
    held = [table for table in tables(EDITION).values() if table.holds_observations]
    together = {(found.rule, found.key, found.problem, found.severity) for found in check_tables(held, EDITION)}
    assert {(found.rule, found.key, found.problem, found.severity) for found in check_edition(EDITION)} == together


def test_the_check_of_an_edition_shows_the_warnings_about_its_territories_and_counts_the_others():
    found = check_edition(EDITION)
    own = near(found, EDITION)
    assert 0 < len(own) < len(found) / 3
    assert {finding.key[1] for finding in found if finding not in own}.isdisjoint(OWN)
    broken = [*found, Finding("data/statistics/grp.csv", 2000, "value", "1", "не так", "Исправьте.", rule="ranges")]
    assert broken[-1] in near(broken, EDITION)
