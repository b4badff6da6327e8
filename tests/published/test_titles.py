"""Every table and figure of the body stands under its finding wherever it is shown; none of the appendices does."""

import pytest

from analysis.base.markdown import ON_PAGES
from analysis.report import open_report
from analysis.show.exhibits import Exhibit
from analysis.show.titles import TITLES, title

from .documents import tidy


@pytest.fixture(scope="module")
def titles():
    """Return the titles by label, of what the edition shows."""
    report = open_report("kemerovo-2021")
    made = {label: (report.table if label[:3] == "tbl" else report.figure)(label[4:]) for label in TITLES}
    return {label: tidy(str(title(report, label))) for label, one in made.items() if isinstance(one, Exhibit)}


def test_pages_have_a_title_over_each_exhibit_of_the_body_alone(web, titles):
    body = {stem: page for stem, page in web.pages.items() if not stem.startswith(("a-", "b-", "c-"))}
    found = {
        shown.get("id").removeprefix(ON_PAGES): shown.getprevious()
        for page in body.values()
        for shown in page.iter("figure", "div")
        if {"exhibit", "on-pages"} & {*(shown.get("class") or "").split()}
    }
    assert found.keys() == titles.keys()
    assert {label: tidy(above.text_content()) for label, above in found.items()} == titles
    assert all(above.get("class") == "exhibit-title" for above in found.values())
    appendices = [page for stem, page in web.pages.items() if stem not in body]
    assert not any(page.xpath("//*[@class='exhibit-title']") for page in appendices)


def test_word_and_paper_have_those_of_what_they_show(web, word, paper, titles):
    styled = [tidy(one.text) for one in word.document.paragraphs if one.style.name == "Exhibit Title"]
    printed = {label: said for label, said in titles.items() if label not in web.alone()}
    assert len(printed) < len(titles) and sorted(styled) == sorted(printed.values())
    assert [label for label, said in printed.items() if not paper.says(said)] == []


def test_the_note_of_numbers_of_a_title_is_its_card(web, titles):
    marked = web.pages["11-conditions"].xpath("//*[@class='exhibit-title']//span[@data-q or @q]")
    assert len(marked) > len([label for label in titles if label.startswith("fig-")]) // 2
