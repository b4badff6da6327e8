"""A verdict follows from the data: change one datum and it flips."""

from __future__ import annotations

import pytest

OWN = "editions/kemerovo-2021"
# statement, table, row, changed cells, verdict before, verdict after
FLIPS = [
    (
        "A34c",
        f"{OWN}/employed.csv",
        {"indicator": "employed", "territory": "novosibirsk", "year": "2020"},
        {"value": "1400.0"},
        "contradicted-reading",
        "contradicted-edition",
    ),
    (
        "A34a",
        f"{OWN}/employed.csv",
        {"indicator": "employed", "territory": "novosibirsk", "year": "2020"},
        {"value": "1400.0"},
        "confirmed",
        "contradicted-edition",
    ),
    (
        "A34b",
        f"{OWN}/employed.csv",
        {"indicator": "employed", "territory": "novosibirsk", "year": "2019"},
        {"value": "1200.0"},
        "confirmed",
        "contradicted-reading",
    ),
    (
        "A36",
        f"{OWN}/employed.csv",
        {"indicator": "employed", "territory": "kemerovo", "year": "2020"},
        {"value": "1200.0"},
        "confirmed",
        "contradicted-edition",
    ),
    (
        "A36",
        "statistics/employed_15_72.csv",
        {"territory": "kemerovo", "year": "2020"},
        {"value": "1200.0"},
        "confirmed",
        "contradicted-official",
    ),
    (
        "A43b",
        f"{OWN}/employed.csv",
        {"indicator": "employed", "territory": "kemerovo", "year": "2019"},
        {"value": "1230.0"},
        "contradicted-reading",
        "confirmed",
    ),
    (
        "A57b",
        f"{OWN}/wages.csv",
        {"territory": "siberia", "year": "2020"},
        {"value": "43000"},
        "contradicted-reading",
        "contradicted-edition",
    ),
    (
        "A57a",
        f"{OWN}/wages.csv",
        {"territory": "siberia", "year": "2020"},
        {"value": "43000"},
        "confirmed",
        "contradicted-edition",
    ),
    (
        "A81a",
        f"{OWN}/labour_migration.csv",
        {"indicator": "labour_balance", "territory": "kemerovo", "year": "2018"},
        {"value": "-5.0"},
        "confirmed",
        "contradicted-reading",
    ),
    (
        "A58",
        f"{OWN}/wages.csv",
        {"territory": "novosibirsk", "year": "2020"},
        {"value": "41000"},
        "confirmed",
        "contradicted-edition",
    ),
    (
        "A75b",
        f"{OWN}/tension.csv",
        {"indicator": "tension", "territory": "kemerovo", "year": "2019"},
        {"value": "2.6"},
        "contradicted-reading",
        "confirmed",
    ),
    (
        "A79c",
        f"{OWN}/tension.csv",
        {"indicator": "job_search_months", "territory": "kemerovo", "year": "2020"},
        {"value": "7.3"},
        "contradicted-reading",
        "confirmed",
    ),
    (
        "A79c",
        f"{OWN}/tension.csv",
        {"indicator": "job_search_months", "territory": "kemerovo", "year": "2020"},
        {"value": "7.2"},
        "contradicted-reading",
        "rounding",
    ),
    (
        "A82c",
        f"{OWN}/labour_migration.csv",
        {"indicator": "labour_balance", "territory": "tomsk", "year": "2020"},
        {"value": "0.7"},
        "contradicted-reading",
        "definitions",
    ),
    (
        "A82b",
        "statistics/migration_rate.csv",
        {"territory": "tomsk", "year": "2018"},
        {"value": "6"},
        "definitions",
        "confirmed",
    ),
    (
        "A81c",
        "statistics/migration_rate.csv",
        {"territory": "kemerovo", "year": "2020"},
        {"value": "40"},
        "confirmed",
        "definitions",
    ),
    (
        "B01a",
        f"{OWN}/facts.csv",
        {"indicator": "colleges_by_founder", "category": "culture-ministry"},
        {"value": "6"},
        "confirmed",
        "contradicted-edition",
    ),
    (
        "B48a",
        "regions/kemerovo/documents.csv",
        {"id": "subprogramme-internship"},
        {"text": "«Организация стажировки» на 2018–2024 годы"},
        "confirmed",
        "contradicted-edition",
    ),
    (
        "A31",
        f"{OWN}/figure_values.csv",
        {"indicator": "quota_share", "category": "08.00.00"},
        {"value": "7.0", "printed": "7,0"},
        "confirmed",
        "contradicted-edition",
    ),
    (
        "A42c",
        "statistics/gva_structure.csv",
        {"territory": "kemerovo", "category": "C", "year": "2019"},
        {"value": "13.0"},
        "contradicted-official",
        "contradicted-reading",
    ),
    (
        "A03a",
        "statistics/gva_structure.csv",
        {"territory": "kemerovo", "category": "B", "year": "2019"},
        {"value": "26.4"},
        "confirmed",
        "revised",
    ),
    (
        "T5.4.2020",
        f"{OWN}/labour_migration.csv",
        {"indicator": "labour_balance", "territory": "tomsk", "year": "2020"},
        {"value": "0.7", "printed": "0,7"},
        "confirmed",
        "contradicted-edition",
    ),
    (
        "T1.1",
        f"{OWN}/employed.csv",
        {"indicator": "employed_index_printed", "territory": "russia"},
        {"value": "98.2", "printed": "98,2"},
        "contradicted-edition",
        "confirmed",
    ),
    (
        "T7.18",
        f"{OWN}/network.csv",
        {"indicator": "college_students_index_printed", "territory": "tyazhinsky"},
        {"value": "96.5", "printed": "96,5"},
        "contradicted-edition",
        "confirmed",
    ),
    (
        "B29b",
        f"{OWN}/admission_top.csv",
        {"indicator": "intake", "category": "34.02.01"},
        {"value": "1043"},
        "contradicted-edition",
        "confirmed",
    ),
    (
        "B29c",
        f"{OWN}/admission_top.csv",
        {"indicator": "applications_per_place", "category": "34.02.01"},
        {"value": "", "status": "M"},
        "confirmed",
        "unverifiable",
    ),
    (
        "B43a",
        f"{OWN}/facts.csv",
        {"indicator": "graduate_outcomes", "category": "employed"},
        {"value": "8386"},
        "truncated",
        "confirmed",
    ),
    (
        "B42",
        f"{OWN}/facts.csv",
        {"indicator": "graduate_outcomes", "category": "employed"},
        {"value": "8386"},
        "confirmed",
        "contradicted-edition",
    ),
    (
        "B20b",
        f"{OWN}/network.csv",
        {"indicator": "colleges", "territory": "promyshlennovsky", "year": "2020"},
        {"value": "1"},
        "confirmed",
        "contradicted-edition",
    ),
    (
        "B23",
        f"{OWN}/network.csv",
        {"indicator": "colleges", "territory": "promyshlennovsky", "year": "2020"},
        {"value": "1"},
        "contradicted-edition",
        "confirmed",
    ),
    (
        "B22",
        f"{OWN}/network.csv",
        {"indicator": "college_students", "territory": "leninsk-kuznetsky", "year": "2020"},
        {"value": "2400"},
        "contradicted-edition",
        "confirmed",
    ),
    (
        "B33",
        "statistics/spo_graduates_specialists.csv",
        {"territory": "kemerovo", "year": "2018"},
        {"value": "9.34"},
        "definitions",
        "confirmed",
    ),
    (
        "A51",
        "statistics/unemployment_rate.csv",
        {"territory": "tomsk", "year": "2020"},
        {"value": "9.6"},
        "contradicted-official",
        "confirmed",
    ),
    (
        "A03a",
        "statistics/gva_structure.csv",
        {"territory": "kemerovo", "category": "B", "year": "2019"},
        {"value": "20"},
        "confirmed",
        "contradicted-official",
    ),
    (
        "A06",
        "statistics/gva_structure.csv",
        {"territory": "kemerovo", "category": "L", "year": "2019"},
        {"value": "7.6"},
        "revised",
        "confirmed",
    ),
    (
        "A08",
        "statistics/gva_structure.csv",
        {"territory": "russia-sum", "category": "C", "year": "2019"},
        {"value": "14.0"},
        "definitions",
        "confirmed",
    ),
    (
        "A10b",
        f"{OWN}/figure_statements.csv",
        {"exhibit": "fig-employment-structure", "category": "C"},
        {"relation": "above"},
        "contradicted-edition",
        "confirmed",
    ),
    ("A77", "codes/indicators.csv", {"id": "tension"}, {"unit": "percent"}, "contradicted-edition", "confirmed"),
    (
        "C14",
        f"{OWN}/events.csv",
        {"id": "worldskills-regional"},
        {"place": "city-kemerovo;city-yurga"},
        "confirmed",
        "contradicted-edition",
    ),
    (
        "A18",
        "regions/kemerovo/legal_acts.csv",
        {"n": "2", "group": "Иные акты, документы"},
        {
            "text": (
                "приоритетных направлений модернизации и технологического развития экономики Кузбасса, от 19 июня 2021"
                " г. № 1707/88"
            )
        },
        "confirmed",
        "contradicted-edition",
    ),
]


@pytest.mark.parametrize(
    ("claim", "table", "row", "cells", "before", "after"),
    FLIPS,
    ids=[f"{flip[0]}-{flip[-1]}-{n}" for n, flip in enumerate(FLIPS)],
)
def test_changed_datum_flips_the_verdict(ledger, desk, claim, table, row, cells, before, after):
    assert ledger.entries[claim].verdict == before
    desk.change(table, row, **cells)
    assert desk.ledger().entry(claim).verdict == after


def test_nothing_else_flips(ledger, desk):
    desk.change(
        f"{OWN}/labour_migration.csv",
        {"indicator": "labour_balance", "territory": "tomsk", "year": "2020"},
        value="0.7",
        printed="0,7",
    )
    changed = desk.ledger().entries
    assert {claim for claim, entry in ledger.entries.items() if entry.verdict != changed[claim].verdict} == {
        "A82c",
        "T5.4.2020",
    }


def test_a_report_that_stays_open_sees_an_edited_table(desk):
    report = desk.ledger().report
    file = desk.root / "data" / OWN / "wages.csv"
    assert report.value("wage").value == 43429
    edited = file.read_text(encoding="utf-8").replace("43429", "43430")
    desk.change(f"{OWN}/wages.csv", {"territory": "kemerovo", "year": "2020"}, value="43430", printed="43430")
    file.write_text(edited, encoding="utf-8")
    assert report.value("wage").value == 43429
    report.refresh()
    assert report.value("wage").value == 43430


def test_former_values_are_those_of_the_issues_that_are_kept(desk):
    here = {"territory": "tomsk", "year": "2020"}
    asked = ("unemployment_rate", "tomsk", 2020)
    assert desk.ledger().revisions.former(desk.ledger().report.value(*asked)) == ()
    desk.change("statistics/unemployment_rate.csv", here, value="8.9")
    ledger = desk.ledger()
    assert ledger.revisions.former(ledger.report.value(*asked)) == (8.6,)


def test_a_revision_counts_as_far_as_it_is_known_to_go(desk):
    desk.change("codes/revisions.csv", {"indicator": "gva_structure"}, size="0.05")
    assert desk.ledger().entry("A06").verdict == "contradicted-official"
    assert desk.ledger().entry("A04").verdict == "confirmed"
