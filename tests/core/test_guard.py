"""No text from outside becomes a live formula, in a CSV or in a workbook; what stands there is that text."""

import csv
import io
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import python_calamine
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.base.files.guard import guarded, live_formula_safe, unguarded
from analysis.base.files.tables import for_excel, plain_csv, safe_csv, write_csv
from analysis.base.files.workbook import LONGEST, fitting, put

LIVE = [
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "'=1",
    '"=1"',
    "\u2212cmd",
    "\u22121+1",
    "\u22121-HYPERLINK(1)",
    "\u22121-cmd|' /C'!A1",
    "=1\x01",
    "\n=1",
    "\r=1",
    "\r\n=1",
    "%0A=1",
    "|calc",
    "=cmd|' /C calc'!A0",
    "+7 (3842) 36-00-00",
    "-дефис",
    "\tтекст",
    "\uff1d1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(1)",
    "\uff5ccalc",
    "\ufe66 1",
    "\ufe6bSUM(1)",
    "\u00a0=1",
    "\u2009=1",
    "\u202f=1",
    "\u3000=1",
    "\u200b=1",
    "\u200d=1",
    "\u2060=1",
    "\ufeff=1",
    "\u200e=1",
    "\u200f=1",
    "\u202e=1",
    "\u2066=1",
    "\u00ad=1",
    "\x00=1",
    "\x0b=1",
    "\x1f=1",
    "\x7f=1",
    "\x85=1",
    "\u2028=1",
    "\u2029=1",
    "\ufff9=1",
    "' '\"\u00a0\u200b=1",
]
PLAIN = [
    "Томск",
    "-5,3",
    "+1",
    "-1 234,5",
    "+7\u00a0913",
    "+7 913",
    "-",
    "\u2212",
    "–",
    "— да",
    "--",
    "12-17",
    "a=b",
    "",
    "-12 %",
    "%",
    "\u22129,2\u00a0п.\u00a0п.",
    "\u22125 … \u22123",
    "-1e-05",
    "-1.5E+12",
    "-.5",
    "-3.2",
    "-12345678",
    "«=1»",
    "№ 1",
    "1|2",
    "п. 1 – 5",
    "5 %0A",
    "100%",
]
# What tables hold that is written in a language of its own, and what was left there to do harm.
NASTY = st.text(
    alphabet=st.sampled_from(
        "=+-@|%'\";,\t\r\n (!)1Aя\u00a0\u200b\ufeff\u200f\u2028\x85\uff1d\u2212*_~`$#<>&[]{}\\/^😀\u202e"
    ),
    max_size=12,
)
TEXTS = st.one_of(NASTY, st.text(max_size=30))
WORDS = [
    *LIVE,
    *PLAIN,
    "a;=1+1",
    'a;=HYPERLINK("http://example.org";"x")',
    "a,=1",
    "a\n=1",
    "a\r=1",
    "a\t@SUM(1)",
    "a\n-cmd|' /C calc'!A1",
    "_x003D_1+1",
    "_x0041_",
    "_x005F_",
    "  поля  ",
    "строка\nстрока",
    "\n",
    "'",
    "''",
    '"',
    "1 000",
    "007",
    "10.02.01",
    "x" * 500,
]


def cut(line: str, delimiter: str) -> list[str]:
    """Return what a spreadsheet makes of a file's cells with a separator of its own liking."""
    return [cell for row in csv.reader(io.StringIO(line, newline=""), delimiter=delimiter) for cell in row]


@pytest.mark.parametrize("text", LIVE)
def test_what_a_spreadsheet_would_run_is_guarded(text):
    assert live_formula_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_stays_as_it_is(text):
    assert live_formula_safe(text) == text == guarded(text, ",") == guarded(text, ";")


def begins(cell: str) -> str:
    """Return the sign a cell begins with for a program that sees through spaces, marks, quotes and wide letters."""
    seen = "".join(
        letter
        for letter in cell
        if letter not in "'\"" and unicodedata.category(letter) not in ("Zs", "Zl", "Zp", "Cc", "Cf")
    )
    return unicodedata.normalize("NFKC", seen[:1])[:1]


@settings(max_examples=500)
@given(TEXTS)
def test_nothing_that_begins_like_a_formula_is_left_but_numbers(text):
    safe = live_formula_safe(text)
    assert safe in (text, f"'{text}")
    if safe == text:
        assert begins(text) not in ("=", "@", "|")
        assert begins(text) not in ("+", "-") or set(text) <= set("+-\u2212.,0123456789 eE%\u00a0\u2009\u202f\t\r\n")


@settings(max_examples=300)
@given(TEXTS, st.sampled_from([",", ";"]))
@example("a\n=1", ",")
@example("'\t5", ";")
def test_reader_of_ours_gets_the_text_back(text, delimiter):
    assert unguarded(guarded(text, delimiter), delimiter) == text


@pytest.mark.parametrize(
    "text",
    [
        "Ж;=1+1",
        'Ж; =HYPERLINK("http://x";"y")',
        "Ж;\u00a0=1",
        "Ж;-cmd|' /C calc'!A1",
        "Ж;+СУММ(1)",
        "Ж;@SUM(1)",
        "Ж\n=1",
        "Ж\r=1",
        "Ж\t=1",
        '";=1',
        "Ж;\uff1d1",
    ],
)
def test_file_opened_with_another_separator_runs_nothing(text):
    line = safe_csv(plain_csv(pd.DataFrame({"a": ["x"], "b": [text], "c": ["y"]})))
    assert not [
        cell
        for delimiter in ",;\t"
        for cell in cut(line, delimiter)
        if cell.lstrip(' \u00a0"')[:1] in ("=", "+", "-", "@", "\uff1d")
    ]
    assert [[unguarded(cell, ",") for cell in row] for row in csv.reader(io.StringIO(line, newline=""))] == [
        ["a", "b", "c"],
        ["x", text, "y"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "один; два",
        "а; - б",
        "закон (ст. 5); + примечание",
        "- пункт\n- пункт",
        "см. п. 1; -5 %",
        "a, -5",
        "v(1), -v(2)",
    ],
)
def test_items_within_a_cell_are_left_alone(text):
    assert guarded(text, ",").removeprefix("'") == text


@settings(max_examples=200)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_csv_shows_the_text(texts):
    texts = [fitting(text) for text in texts]  # a lone half of a pair of UTF-16 is no text
    excel = for_excel([f"с{place}" for place, _ in enumerate(texts)], [texts]).decode("utf-8")
    assert excel.startswith("\ufeff") and excel.endswith("\r\n")
    _, row = csv.reader(io.StringIO(excel[1:], newline=""), delimiter=";")
    assert row == [guarded(text, ";") for text in texts] and [unguarded(cell, ";") for cell in row] == texts
    frame = pd.DataFrame([texts, texts], columns=[f"c{place}" for place, _ in enumerate(texts)])
    _, row, _ = csv.reader(io.StringIO(safe_csv(plain_csv(frame)), newline=""))
    assert [unguarded(cell, ",") for cell in row] == texts


def test_a_carriage_return_does_not_begin_a_row():
    text = safe_csv(plain_csv(pd.DataFrame({"a": ["b\r=1+1", "c\r\nd"]})))
    assert text == 'a\n"b\r\'=1+1"\n"c\r\nd"\n'
    assert plain_csv(pd.DataFrame({"a": ["c\r\nd"]})) == 'a\n"c\r\nd"\n'


def test_heads_are_guarded_too(tmp_path):
    write_csv(pd.DataFrame({"=1+1": ["a"], "б": [-0.5]}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == "'=1+1,б\na,-0.5\n".encode()
    assert for_excel(["@a"], [[None], [-0.5], [3]]) == '\ufeff\'@a\r\n""\r\n-0,5\r\n3\r\n'.encode()


def test_safe_file_keeps_its_bytes():
    text = 'a,b\n"1, 2",-5.5e-07\n"к ""в""",\n'
    assert safe_csv(text) == text


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> Path:
    """Write every nasty word into a workbook, one a row."""
    book = openpyxl.Workbook()
    for place, text in enumerate(WORDS, start=1):
        put(book.active.cell(place, 2), text)
        book.active.cell(place, 1).value = book.active.cell(place, 3).value = "край"
    file = tmp_path_factory.mktemp("workbook") / "t.xlsx"
    book.save(file)
    return file


def test_a_workbook_holds_text_as_text(workbook):
    cells = [row[1] for row in openpyxl.load_workbook(workbook).active.iter_rows()]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert [text for cell, text in zip(cells, WORDS, strict=True) if text in LIVE and not cell.quotePrefix] == []
    with zipfile.ZipFile(workbook) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_excel_reads_every_text_as_it_was(workbook):
    rows = python_calamine.CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == [fitting(text) for text in WORDS]


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_any_text_comes_back_from_a_workbook(texts):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for place, text in enumerate(texts, start=1):
        put(book.active.cell(place, 2), text)
        book.active.cell(place, 1).value = book.active.cell(place, 3).value = "край"
    book.save(file)
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == [fitting(text) for text in texts]
    assert {
        cell.data_type
        for cell in openpyxl.load_workbook(io.BytesIO(file.getvalue())).active["B"]
        if cell.value is not None
    } <= {"s"}


def test_numbers_stay_numbers_and_what_is_none_is_told(tmp_path):
    book = openpyxl.Workbook()
    for place, value in enumerate([5, -1.25, float("inf"), float("nan"), "5"], start=1):
        put(book.active.cell(place, 1), value)
    book.save(tmp_path / "t.xlsx")
    assert [(cell.data_type, cell.value) for cell in openpyxl.load_workbook(tmp_path / "t.xlsx").active["A"]] == [
        ("n", 5),
        ("n", -1.25),
        ("s", "inf"),
        ("s", "nan"),
        ("s", "5"),
    ]


def test_what_excel_cannot_hold_is_cut_as_excel_counts():
    assert fitting("😀" * LONGEST) == "😀" * (LONGEST // 2) and fitting("a" * 40_000) == "a" * LONGEST
    assert fitting("а\x00б\x01\ufffe\uffff\ud800в") == "абв"
