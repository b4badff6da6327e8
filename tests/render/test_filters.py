"""Filters of long tables: only where a table asks for them, usable with the keyboard, harmless without scripts."""

from __future__ import annotations

import shutil

import pytest

from analysis.book.render.filters import add_filters

TABLE = """<table><thead><tr><th scope="col">№</th><th class="filter" scope="col">Раздел</th>
<th scope="col" class="filter">Вердикт</th></tr></thead>
<tbody><tr><th>1</th><td>1.1</td><td>верно</td></tr>
<tr><th>2</th><td>1.1</td><td>неверно</td></tr><tr><th>3</th><td>1.2</td><td>верно</td></tr></tbody></table>"""
PAGE = (
    "<!DOCTYPE html><html lang='ru'><head><meta"
    " charset='utf-8'><title>Т</title></head><body><main>{}</main></body></html>"
)


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "list.html").write_text(PAGE.format(TABLE), encoding="utf-8")
    (tmp_path / "text.html").write_text(PAGE.format(TABLE.replace("filter", "num")), encoding="utf-8")
    return tmp_path


def test_only_pages_with_such_a_table_load_the_script(pages):
    plain = (pages / "text.html").read_text(encoding="utf-8")
    assert [page.name for page in add_filters(pages)] == ["list.html"]
    assert (pages / "list.html").read_text(encoding="utf-8").count("filters/filters.js") == 1
    assert (pages / "text.html").read_text(encoding="utf-8") == plain
    assert {file.name for file in (pages / "filters").iterdir()} == {"filters.js", "filters.css"}


def test_nothing_is_laid_beside_pages_without_one(tmp_path):
    (tmp_path / "text.html").write_text(PAGE.format("<table></table>"), encoding="utf-8")
    assert add_filters(tmp_path) == [] and not (tmp_path / "filters").exists()


@pytest.fixture
def browser():
    webdriver = pytest.importorskip("selenium.webdriver")
    path = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not (path and driver):
        pytest.skip("no browser on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = path
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(argument)
    session = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield session
    session.quit()


def shown(browser):
    return [row.text.split()[0] for row in browser.find_elements("css selector", "tbody tr") if row.is_displayed()]


def test_rows_are_chosen_in_a_real_browser(pages, browser):
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415 - where it is not, the fixture has skipped this

    add_filters(pages)
    browser.get((pages / "list.html").as_uri())
    section, verdict = browser.find_elements("css selector", ".filters select")
    assert shown(browser) == ["1", "2", "3"]
    body = browser.find_element("css selector", "body")
    body.send_keys(Keys.TAB)
    assert browser.switch_to.active_element == section
    browser.switch_to.active_element.send_keys("1.1")
    assert shown(browser) == ["1", "2"]
    verdict.send_keys("верно")
    assert shown(browser) == ["1"]
    assert browser.find_element("css selector", "[role=status]").text == "Показано строк: 1 из 3"
    browser.find_element("css selector", ".filters button").send_keys(Keys.ENTER)
    assert shown(browser) == ["1", "2", "3"]
    assert browser.execute_script(
        "return [...document.querySelectorAll('.filters select')].every(s => s.labels.length === 1)"
    )
