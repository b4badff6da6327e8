"""Appendix «Числа доклада и их источники» leaves out no number, in no format."""

import json

import pytest
from openpyxl import load_workbook

from .documents import tidy

KINDS = ("datum", "value", "year", "text")


@pytest.fixture(scope="module")
def told(built):
    return json.loads((built.stage / "quantities.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def listed(web):
    """Return the rows of the appendix on its page."""
    return [[tidy(cell.text_content()) for cell in row] for row in web.pages["b-numbers"].iterfind(".//tbody/tr")]


def test_every_number_is_listed_on_its_page_and_in_the_workbook(told, listed, built):
    numbers = {tidy(text) for row in listed for text in row[0].split("; ")}
    ways = "; ".join(row[1] for row in listed)
    shown = [place for place in told["places"] if told["numbers"][place["number"]]["kind"] in KINDS]
    assert len(shown) > 900 and len(listed) > 400
    for place in shown:
        assert tidy(place["text"]) in (ways if place["exhibit"] else numbers), place
    sheet = load_workbook(built.book / "exhibits" / "numbers.xlsx").active
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads[:4] == ("Глава", "Раздел", "Где", "Число") and len(rows) == len(shown)
    assert [row[3] for row in rows] == [place["text"] for place in shown]
    assert sum(bool(row[5] or row[6]) for row in rows) > len(rows) / 2


def test_print_does_not_list_them(listed, paper):
    held = sum(paper.says(number + way) for number, way, _ in listed)
    assert held < len(listed) / 20


def test_every_row_names_its_file_unless_it_rests_on_none(told, listed):
    bare = {row[1].split(" – ")[0] for row in listed if ".csv" not in row[2]}
    known = {number["words"] for number in told["numbers"].values() if not number.get("from")}
    assert bare and all(any(way.startswith(words) or words.startswith(way) for words in known) for way in bare), bare


def test_rows_are_linked_to_the_published_tables(web, built):
    links = [
        link.get("href")
        for link in web.pages["b-numbers"].find(".//main").iter("a")
        if link.get("href", "").startswith("data/")
    ]
    assert len(links) > 400
    for link in set(links):
        page, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in (built.book / page).read_text(encoding="utf-8"), link
