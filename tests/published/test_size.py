"""How long the print is, and that what it leaves to the pages is there."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from pypdf import PdfReader

from analysis.base.markdown import ON_PAGES

from .documents import squeezed, tidy

BODY, WHOLE = 45, 70  # pages: from the introduction to the conclusion, and all of them


def starts(reader):
    """Return on which page, from 1, each heading of the outline stands."""

    def walk(entries):
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry)
            else:
                yield tidy(entry.title), reader.get_destination_page_number(entry) + 1

    return dict(walk(reader.outline))


@pytest.fixture(scope="module")
def alone(web):
    """Return what pages alone show, by label."""
    return {
        node.get("id").removeprefix(ON_PAGES): node
        for page in web.pages.values()
        for node in page.iterfind(".//main//div[@id]")
        if node.get("id").startswith(ON_PAGES)
    }


def test_the_body_and_the_whole_keep_to_their_length(paper):
    first = starts(paper.reader)
    body = first["Список использованных источников"] - first["Введение"]
    assert 30 < body <= BODY
    assert body < len(paper.pages) <= WHOLE


def test_pages_are_numbered_as_they_lie_and_the_contents_know_it(paper):
    numbered = {place: page.extract_text().split()[-1] for place, page in enumerate(paper.reader.pages, start=1)}
    assert {place: number for place, number in numbered.items() if place > 1 and number != str(place)} == {}
    first, contents = starts(paper.reader), squeezed(" ".join(page.extract_text() for page in paper.reader.pages[2:4]))
    for title in ("Введение", "Заключение", "Список использованных источников"):
        assert re.search(rf"{squeezed(title)}\.+[\u2060]?{first[title]}(?!\d)", contents), title


def test_one_page_says_how_to_look_a_number_up(paper):
    first = starts(paper.reader)
    (numbers,) = (page for title, page in first.items() if title.endswith("Числа доклада и их источники"))
    (ledger,) = (page for title, page in first.items() if title.endswith("Проверка утверждений печатного издания"))
    assert ledger - numbers == 1
    assert "exhibits/numbers.xlsx" in paper.pages[numbers - 1]
    assert not [title for title in first if re.match(r"Б\.[3-9] ", title)]


def test_what_print_leaves_out_stands_on_pages_with_its_data(alone, built, paper):
    assert {"tbl-data-catalogue", "tbl-warnings", "tbl-ledger-all", "tbl-forecast-years", "fig-coverage"} <= set(alone)
    for label, node in alone.items():
        assert node.find(".//table") is not None or node.find(".//img") is not None, label
        for kind in ("csv", "xlsx"):
            assert (built.book / "exhibits" / f"{label}.{kind}").stat().st_size, label
        assert (
            f"exhibits/{label}.xlsx" in paper.squeezed.replace("-", "") or squeezed(f"{label}.xlsx") in paper.squeezed
        )


def test_what_pages_alone_show_takes_no_number(alone, web):
    numbered = {node.get("id") for page in web.pages.values() for node in page.iter("figure")}
    assert alone and not set(alone) & numbered


def test_pages_are_filled_with_text_or_exhibits(built):
    """A page of the body that is less than half full ends a chapter that GOST gives a page of its own."""
    reader = PdfReader(str(built.book / "report.pdf"))
    first = starts(reader)
    begun = set(first.values())
    short = []
    for at in range(first["Введение"], first["Список использованных источников"]):
        lowest = []
        reader.pages[at - 1].extract_text(
            visitor_text=lambda text, _cm, tm, *_, seen=lowest: seen.append(tm[5]) if text.strip() else None
        )
        texts = sorted(y for y in lowest if y > 57)  # above the number of the page
        if texts and texts[0] > 57 + 0.5 * 728 and at + 1 not in begun:
            short.append(at)
    assert short == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="без LibreOffice страниц Word не сосчитать")
def test_word_is_no_longer_than_print_allows(built, tmp_path):
    run = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*run, "--outdir", tmp_path, built.book / "report.docx"], check=True, capture_output=True)
    assert len(PdfReader(str(tmp_path / "report.pdf")).pages) <= WHOLE
