"""The ledger in the finished documents."""

from __future__ import annotations

import pytest
from lxml import html
from pypdf import PdfReader

from analysis.ledger import Ledger
from analysis.report import open_report


@pytest.fixture(scope="module")
def entries():
    return Ledger(open_report("kemerovo-2021")).entries


def words(text):
    return "".join(text.split())


def test_the_page_lists_every_statement_and_filters_them(built, entries):
    page = html.fromstring((built.book / "c-ledger.html").read_bytes())
    (table,) = page.xpath("//table[.//th[@class='filter']]")
    assert [row.findtext("th").strip() for row in table.iterfind("tbody/tr")] == list(entries)
    assert page.xpath("//script[@src='filters/filters.js']") and (built.book / "filters" / "filters.js").is_file()


def test_print_has_the_contradictions_in_full_and_no_long_list(built, entries):
    text = words("".join(page.extract_text() for page in PdfReader(built.book / "report.pdf").pages)).replace("-", "")
    for claim in ("T1.1", "A43b", "B29b"):
        assert words(entries[claim].right.rpartition("(")[0]).replace("-", "") in text
    assert words("Полный список с тем, что показывают данные") not in text
    assert words(entries["A70"].text).replace("-", "") not in text
