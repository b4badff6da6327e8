"""Tables laid beside the book: the same rows, each with an address, none a formula."""

import csv
import io
import json
from pathlib import Path

import pytest
from lxml import html

from analysis.base.errors import DataError
from analysis.base.files.tables import safe_csv
from analysis.base.paths import row_link
from analysis.catalogue import load, publications
from analysis.show.published import publish

from .conftest import RATE

FIELDS = [{"name": "id", "type": "string"}, {"name": "name", "type": "string"}]


@pytest.fixture
def published(package, tmp_path) -> Path:
    package("data/status.csv", "id,name\nA,обычное\nM,отсутствует\n")
    descriptor = Path(tmp_path / "project/data/datapackage.json")
    descriptor.write_text(
        descriptor.read_text(encoding="utf-8").replace(
            '"resources": [',
            f""""resources": [
        {json.dumps({"name": "status", "type": "table", "path": "status.csv", "schema": {"fields": FIELDS}})},""",
        ),
        encoding="utf-8",
    )
    publish("tiny", tmp_path / "out")
    return tmp_path / "out"


def test_link_opens_the_row_of_the_observation(published):
    frame = load("rate")
    link = row_link(frame.attrs["table"], 2 + int(frame.index[frame["year"] == 2020][0]))
    assert link == "data/rate.html#r3"
    row = html.parse(published / "rate.html").getroot().get_element_by_id("r3")
    assert [cell.text_content().strip() for cell in row] == ["3", "Север", "2020", "6,7", "A", "с. 1", ""]


def test_every_row_has_an_address_and_the_one_source_stands_above(published):
    page = html.parse(published / "rate.html").getroot()
    assert [row.get("id") for row in page.iterfind(".//tbody/tr")] == ["r2", "r3", "r4"]
    assert page.get_element_by_id("s1").text_content() == "T." and not list(page.iter("script"))


def test_several_sources_are_named_row_by_row(package, published, tmp_path):
    package("data/sources.bib", "@book{book,\n title = {T}}\n\n@book{other,\n title = {О}}\n")
    package("data/rate.csv", RATE.replace("6.7,A,book", "6.7,A,other"))
    publish("tiny", tmp_path / "out")
    page = html.parse(tmp_path / "out/rate.html").getroot()
    assert [link.get("href") for link in page.iterfind(".//tbody//a")] == ["#s1", "#s2", "#s1"]
    assert page.get_element_by_id("s2").text_content() == "О."


def test_csv_is_the_file_itself(published):
    assert (published / "rate.csv").read_text(encoding="utf-8") == RATE


def test_published_text_runs_nothing_whatever_separator_it_is_opened_with(package, published, tmp_path):
    cells = ['=HYPERLINK(""http://x"")', " =1", "\u200b@SUM(1)", "Ж;=1+1", "Ж\n=1", "Ж\r=1", "+7 913", "-"]
    package(
        "data/rate.csv",
        "".join([RATE, *(f'rate,south,,{2001 + place},5.5,A,book,"{text}",\n' for place, text in enumerate(cells))]),
    )
    publish("tiny", tmp_path / "out")
    text = (tmp_path / "out/rate.csv").read_bytes().decode("utf-8")
    shown = [row[7] for row in csv.reader(io.StringIO(text, newline=""))][4:]
    assert shown == ['\'=HYPERLINK("http://x")', "' =1", "'\u200b@SUM(1)", "Ж;'=1+1", "Ж\n'=1", "Ж\r'=1", "+7 913", "-"]
    assert not [
        cell
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")
        for cell in row
        if cell.startswith(("=", "@"))
    ]


def test_formulas_are_disarmed():
    text = safe_csv('name,value\n"=HYPERLINK(""x"")",-3.2\n')
    assert list(csv.reader(text.splitlines())) == [["name", "value"], ['\'=HYPERLINK("x")', "-3.2"]]


def test_tables_of_words_have_rows_to_link_to_as_well(published):
    link = row_link("data/codes/status.csv", 3)
    assert link == "data/codes-status.html#r3"
    row = html.parse(published / "status.html").getroot().get_element_by_id("r3")
    assert [cell.text_content().strip() for cell in row] == ["3", "M", "отсутствует"]


def test_files_of_one_name_are_refused(package, tmp_path):
    descriptor = Path(tmp_path / "project/data/datapackage.json").read_text(encoding="utf-8")
    package("data/editions/tiny/datapackage.json", descriptor.replace('"name": "rate"', '"name": "table-rate"'))
    for name in ("rate", "territories", "indicators", "units"):
        package(
            f"data/editions/tiny/{name}.csv", Path(tmp_path / f"project/data/{name}.csv").read_text(encoding="utf-8")
        )
    with pytest.raises(DataError, match="у файлов одно имя"):
        publish("tiny", tmp_path / "out")


def test_files_that_differ_in_capital_letters_alone_are_refused(package, tmp_path):
    descriptor = json.loads(Path(tmp_path / "project/data/datapackage.json").read_text(encoding="utf-8"))
    rate = descriptor["resources"][-1]
    package("data/RATE.csv", Path(tmp_path / "project/data/rate.csv").read_text(encoding="utf-8"))
    descriptor["resources"].append(rate | {"name": "other", "path": "RATE.csv"})
    package("data/datapackage.json", json.dumps(descriptor))
    with pytest.raises(DataError, match="у файлов одно имя"):
        publish("tiny", tmp_path / "out")


def test_publications_are_told_in_words(package):
    package(
        "data/sources.bib",
        "@online{a,\n  title     = {Т {Ж}},\n  publisher = {Росстат},\n  note = {файл a\\_b.xlsx},\n  date ="
        " {2022},\n}\n\n@report{b,\n  title = {О занятости},\n  type = {Закон},\n  number = {№ 1},\n}\n",
    )
    assert [one.described for one in publications().values()] == [
        "Т Ж. Росстат. 2022. Файл a_b.xlsx.",
        "Закон № 1 «О занятости».",
    ]
