"""What must and what must not stand in the published documents, chapter by chapter and format by format."""

import csv
import re

import pytest

from analysis.catalogue import load
from tests.word_tables import misfits, placed_tables

FORBIDDEN = {
    "unresolved reference": r"\?@|Рисунок \?|Таблица \?|рисунок \?|таблица \?",
    "not a number": r"(?i)\bnan\b|\binf\b",
    "None": r"\bNone\b|<NA>|\bNaT\b",
    "traceback": r"Traceback|Error\b",
    "template braces": r"\{\{|\}\}|\{python\}|\{[a-z_]+\}",
    "numpy": r"\bnp\.|numpy|float64",
    "English month": r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b",
    "raw markup": r":::|\*\*|</?(td|tr|th|div|span|table)\b|\[@|\[-@|```|#tbl-|#fig-",
    "straight quotes": r"\"",
    "doubled stop": r"(?<!\.)\.\.(?!\.)|,,|;;|\s[,;](?!\S)| \.(?=\s|$)",
    "hyphen for a dash": r"[а-яА-Я] - [а-яА-Я]",
    "English caption": r"\b(Figure|Table|Chapter|Appendix|Contents)\b",
    "address of memory": r"(?i)\b0x[0-9a-f]{6,}|\bobject at\b|\bat 0x|<(Axes|Figure|matplotlib|seaborn|IPython)\b",
    "injected cell": r"injected-parameters|edition = |open_report",
}
CHAPTERS = {
    "00-introduction": "Введение",
    "11-conditions": "1.1 Анализ социально-экономических условий",
    "12-spo-system": "1.2 Текущее состояние системы",
    "13-support": "1.3 ",
    "14-forecast": "1.4 Прогноз рынка труда и подготовки кадров",
    "20-plan": "2 План мероприятий и показатели",
    "30-conclusion": "Заключение",
    "references": "Список использованных источников",
    "b-numbers": "Числа доклада и их источники",
    "a-data": "Каталог данных и источники",
    "index": "Главное",
    "d-built": "Как построен этот выпуск",
}


@pytest.mark.parametrize("fault", FORBIDDEN)
@pytest.mark.parametrize("stem", CHAPTERS)
def test_page_has_no(stem, fault, web):
    found = re.search(FORBIDDEN[fault], web.text(stem))
    assert not found, web.text(stem)[max(0, found.start() - 60) : found.end() + 60]


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_docx_has_no(fault, word):
    found = re.search(FORBIDDEN[fault], word.text)
    assert not found, word.text[max(0, found.start() - 60) : found.end() + 60]


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_pdf_has_no(fault, paper):
    text = re.sub(r"(\. ?){3,}", "", paper.text)  # the leaders of the contents
    found = re.search(FORBIDDEN[fault], text)
    assert not found, text[max(0, found.start() - 60) : found.end() + 60]


@pytest.mark.parametrize(("stem", "title"), CHAPTERS.items())
def test_chapter_stands_in_every_format(stem, title, web, word, paper):
    assert title in web.text(stem)
    assert title.casefold() in word.text.casefold()
    assert title.casefold() in paper.text.casefold()


def test_numbers_run_through_the_book_and_are_the_same_in_all_formats(web, word):
    docx = word.captions()
    for kind in ("Таблица", "Рисунок"):
        numbers = [number for word_, number in docx if word_ == kind]
        assert numbers == list(range(1, len(numbers) + 1))
        assert sorted(number for word_, number in web.captions() if word_ == kind) == numbers


def test_printed_tables_keep_their_numbers(web):
    """Tables 1–13 of the printed edition stand under the same numbers."""
    exhibits = load("printed_exhibits", "kemerovo-2021")
    printed = exhibits[exhibits["exhibit"].str.startswith("tbl-") & exhibits["printed_number"].notna()]
    assert len(printed) == 13
    for _, row in printed.iterrows():
        (holder,) = (node for page in web.pages.values() for node in page.iter() if node.get("id") == row["exhibit"])
        assert f"Таблица {int(row['printed_number'])} –" in re.sub(r"\s+", " ", holder.text_content())


def test_tables_are_as_wide_as_their_pages_in_word(built):
    file = built.book / "report.docx"
    assert misfits(file) == []
    assert {table.turned for table in placed_tables(file)} == {False}


def test_captions_stand_in_pdf(web, paper):
    for kind, number in web.captions():
        assert f"{kind} {number} – " in paper.text


def test_pdf_embeds_every_font(paper):
    fonts = paper.fonts()
    assert fonts and all(fonts.values()), fonts


def test_every_picture_has_words(web):
    for page in web.pages.values():
        for image in page.find(".//main").iter("img"):
            assert re.search(r"[а-яА-Я]{3}", image.get("alt", "")), image.get("src")


def test_pages_load_nothing_from_the_network(web):
    for stem, page in web.pages.items():
        for node in page.iter("script", "link", "img", "iframe", "source", "object"):
            for name in ("src", "href", "data", "srcset"):
                assert not re.match(r"(https?:)?//", node.get(name, "")), (stem, node.get(name))


def test_figures_are_written_with_their_data(built):
    folder = built.figures
    names = {path.stem for path in folder.glob("*.svg")}
    assert names and names == {path.stem for path in folder.glob("*.png")} == {
        path.stem for path in folder.glob("*.csv")
    }
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            assert next(csv.reader(file)) and next(csv.reader(file)), path.name


def test_lost_maps_appear_only_with_data(web):
    ids = {node.get("id") for page in web.pages.values() for node in page.iter() if node.get("id")}
    assert "fig-network-map" in ids and not {"fig-graduates-map-15", "fig-graduates-map-23"} & ids
