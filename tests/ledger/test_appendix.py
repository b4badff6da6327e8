"""The ledger as a chapter shows it."""

from __future__ import annotations

import pytest
from lxml import html

from analysis.ledger.exhibits import LedgerView
from analysis.report import open_report

from .conftest import EDITION


@pytest.fixture(scope="module")
def shown():
    return LedgerView(open_report(EDITION))


def rows(markup):
    return [[" ".join(cell.text_content().split()) for cell in row] for row in html.fromstring(markup).iter("tr")]


def test_counts_add_up(shown):
    table = rows(shown.table("verdicts").desk)
    totals = [int(row[1]) for row in table[1:]]
    assert sum(totals[:-1]) == totals[-1] == int(shown.count.value) == 270
    assert [sum(map(int, row[2:])) for row in table[1:]] == totals
    assert shown.refuted.value == sum(
        one.value for verdict, one in shown.counts.items() if verdict.startswith("contradicted")
    )


def test_every_contradiction_stands_with_what_is_right(shown):
    listed = [rows(shown.table(name).desk) for name in ("refuted", "differing")]
    table = {row[0]: row for found in listed for row in found}
    for entry in shown.ledger.entries.values():
        if entry.right:
            assert " ".join(entry.right.split()) == table[entry.id][3]
            assert (entry.id in {row[0] for row in listed[0]}) == entry.refuted
        else:
            assert entry.id not in table


def test_every_statement_stands_in_the_list(shown):
    assert {row[0] for row in rows(shown.table("all").desk)} - {"№"} == set(shown.ledger.entries)


def test_the_list_can_be_filtered_by_section_and_verdict(shown):
    heads = html.fromstring(shown.table("all").desk).xpath("//th[@class='filter']")
    assert [head.text for head in heads] == ["Раздел", "Вердикт"]


def test_tolerances_are_those_the_check_uses(shown, desk):
    assert "10 %" in str(rows(shown.table("tolerances").desk))
    desk.change("codes/relations.csv", {"id": "almost"}, margin="1")
    changed = LedgerView(open_report(EDITION))
    assert "1 %" in str(rows(changed.table("tolerances").desk))
    assert changed.ledger.entry("A07").verdict == "contradicted-edition"  # 2,04 is no longer almost 2


def test_an_edition_without_statements_of_its_own_shows_empty_tables(desk):
    for name in ("claims", "claim_formulas"):
        file = desk.root / "data/editions" / EDITION / f"{name}.csv"
        desk.write(f"editions/{EDITION}/{name}.csv", file.read_text(encoding="utf-8").partition("\n")[0] + "\n")
    empty = LedgerView(open_report(EDITION))
    assert empty.count.value == 0
    for table in ("verdicts", "tolerances", "refuted", "differing", "all"):
        assert empty.table(table) is not None
