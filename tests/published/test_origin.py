"""In the published report every exhibit leads to its data and its making, on pages only."""

import csv
import json
import re
from hashlib import sha256
from urllib.parse import unquote

import pytest
from lxml import html
from openpyxl import load_workbook

from analysis.base.paths import row_link
from analysis.base.russian import parse_number
from analysis.book.provenance import numbers
from analysis.catalogue import tables
from analysis.catalogue.opened import read_table

from .documents import squeezed, tidy

EDITION = "kemerovo-2021"
LABEL = re.compile(r"(fig|tbl)-")


@pytest.fixture(scope="module")
def exhibits(web):
    """Return the exhibits of all pages with the element that follows them and their notes."""
    found = {}
    for stem, page in web.pages.items():
        for figure in page.iter("figure"):
            if LABEL.match(figure.get("id", "")):
                after = [node for node in figure.itersiblings() if "exhibit-note" not in node.get("class", "")]
                found[figure.get("id")] = stem, after[0] if after else None
    return found


def test_every_exhibit_tells_its_data_and_its_making(exhibits):
    assert len(exhibits) > 30
    for label, (stem, origin) in exhibits.items():
        assert origin is not None and origin.get("class") == "exhibit-origin", label
        assert [link.get("href") for link in origin.iter("a")] == [
            f"exhibits/{label}.csv",
            f"exhibits/{label}.xlsx",
            "provenance.json",
        ]
        said = origin.text_content()
        made_in = (f"chapters/{stem}.ipynb, ячейка ", f"data/editions/kemerovo-2021/prose/{stem}/")
        assert any(place in said for place in made_in) and "sha256 " in said and "edition: kemerovo-2021" in said
        assert origin.find("details/summary").text == "Как построено"


def test_links_to_files_beside_the_pages_lead_somewhere(web, built):
    pages = [*built.book.glob("*.html"), *(built.book / "data").glob("*.html")]
    anchors = {}
    for page in pages:
        tree = html.parse(page).getroot()
        anchors[page.resolve()] = (
            {node.get("id") for node in tree.iter() if node.get("id")},
            [link.get("href") for link in tree.iter("a") if link.get("href")],
        )
    for page, (_, links) in anchors.items():
        for link in set(links):
            if re.match(r"[a-z]+:", link):
                continue
            file, _, anchor = unquote(link).partition("#")
            target = (page.parent / file).resolve() if file else page
            assert target.is_file(), (page.name, link)
            if anchor and target.suffix == ".html":
                assert anchor in anchors[target][0], (page.name, link)


def test_every_row_of_every_table_can_be_linked_to(built):
    for part in (part for joined in tables(EDITION).values() for part in joined.parts):
        name, rows = part.label, read_table(part)
        with (built.book / row_link(name, 2).split("#")[0]).with_suffix(".csv").open(encoding="utf-8") as file:
            published = sum(1 for _ in csv.reader(file)) - 1
        # Of the tables of all territories a book publishes the rows of its own.
        whole = name.startswith("data/editions/") or not {"indicator", "territory"} <= set(rows.columns)
        assert published == len(rows) if whole else 0 < published <= len(rows), name
        page, anchor = row_link(name, len(rows) + 1).split("#")
        text = (built.book / page).read_text(encoding="utf-8")
        assert text.count('<tr id="r') == published, name
        assert rows.empty or not whole or f'id="{anchor}"' in text


def test_table_data_are_the_numbers_of_the_page(built, web):
    with (built.book / "exhibits/tbl-wages.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    shown = {cell for row in web.table("tbl-wages")[1:] for cell in row[1:]}
    assert {tidy(row["shown"]) for row in rows} == shown
    assert all(
        row["source"] == "report2021" and row["status"] in "AM" and re.search(r"/wages\.csv#\d+$", row["table"])
        for row in rows
    )
    for row in rows:
        if row["value"]:
            assert round(float(row["value"])) == parse_number(row["shown"])


def test_workbooks_hold_the_same_and_no_formula(built):
    for path in sorted((built.book / "exhibits").glob("*.xlsx")):
        book = load_workbook(path)
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"], (
            path.name
        )
        if path.name == numbers.FILE:  # the list of all numbers names the source in each row
            (sheet,) = book
            assert tuple(cell.value for cell in sheet[1]) == numbers.HEADS and sheet.max_row > 1000
            continue
        assert {"Данные", "Источник"} <= set(book.sheetnames)
        with path.with_suffix(".csv").open(encoding="utf-8") as file:
            assert book["Данные"].max_row == sum(1 for _ in csv.reader(file))


def test_nothing_that_is_downloaded_begins_like_a_formula(built):
    for path in [*(built.book / "exhibits").glob("*.csv"), *(built.book / "data").glob("*.csv")]:
        with path.open(encoding="utf-8") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert not re.match(r"[=@\t\r]|\+(?!\d+(,\d+)?$)|-(?![\d.])", cell), (path.name, cell)


def test_paper_stays_clean(word, paper):
    """Print has no line on data; its appendix tells that pages have one."""
    for text in (word.text, paper.text):
        assert text.count("Как построено") == text.count("«Данные» и «Как построено»") == 1
        assert not re.search(r"CSV, XLSX|Запись о сборке|ячейка \d", text)


def test_each_file_that_print_names_lies_beside_it(built, web, word, paper):
    files = {squeezed(f"exhibits/{path.name}") for path in (built.book / "exhibits").iterdir()}
    alone = {squeezed(f"exhibits/{label}.xlsx") for label in web.alone()}
    for text in (squeezed(word.text), paper.squeezed):
        named = set(re.findall(r"exhibits/[a-z0-9]+\.(?:csv|xlsx)", text))
        assert alone < named <= files


def test_record_goes_with_the_book(built, web):
    told = json.loads((built.book / "provenance.json").read_text(encoding="utf-8"))
    for name in ("report.pdf", "report.docx", "11-conditions.html"):
        assert (
            told["entity"][f"spo:document/{name}"]["spo:sha256"] == sha256((built.book / name).read_bytes()).hexdigest()
        )
    for name, entity in told["entity"].items():
        if name.startswith("spo:file/"):
            assert (
                entity["spo:sha256"] == sha256((built.root / name.removeprefix("spo:file/")).read_bytes()).hexdigest()
            )
    assert {f"spo:exhibit/{path.stem}" for path in (built.book / "exhibits").glob("*.xlsx")} <= set(told["entity"])
    assert "Как построен этот выпуск" in web.text("d-built")
    assert "provenance.json" in {link.get("href") for link in web.pages["d-built"].iter("a")}
