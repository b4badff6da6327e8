"""No text from outside becomes a live formula, in a CSV or in a workbook."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue.cells import live_formula_safe, write_text

LIVE = ['=HYPERLINK("http://example.org","x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "'=1", "\u2212cmd", "\uff1d1", "=1\x01", "\n=1", "%0A=1"]
PLAIN = ["Томск", "-5,3", "+1", "-1 234,5", "-", "–", "12-17", "a=b", "", "-12 %"]


@pytest.mark.parametrize("text", LIVE)
def test_what_a_spreadsheet_would_run_is_guarded(text):
    assert live_formula_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_stays_as_it_is(text):
    assert live_formula_safe(text) == text


@given(st.text(max_size=20))
def test_nothing_that_begins_like_a_formula_is_left_but_numbers(text):
    safe = live_formula_safe(text)
    if safe.lstrip()[:1] in ("=", "@"):
        pytest.fail(safe)
    assert safe.removeprefix("'") == text.removeprefix("'") or safe == f"'{text}"


@pytest.mark.parametrize("text", LIVE)
def test_a_workbook_holds_text_as_text(tmp_path, text):
    book = openpyxl.Workbook()
    write_text(book.active["A1"], text)
    book.save(tmp_path / "t.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx").active["A1"]
    assert cell.data_type == "s" and cell.quotePrefix and cell.value == text.replace("\x01", "")
