"""Cards in a real browser: opened by mouse, keyboard and touch, closed again, and the page the same without them."""

from __future__ import annotations

import os
import shutil
from urllib.parse import unquote, urlsplit

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no Chromium with its driver on this machine")

webdriver = pytest.importorskip("selenium.webdriver")
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402 - only where selenium is
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}


def start(*arguments):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for one in (
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1200,900",
        "--host-resolver-rules=MAP * 127.0.0.1:9",
        *arguments,
    ):
        options.add_argument(one)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # root has none to give up
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))


@pytest.fixture(scope="module")
def browser():
    driver = start()
    yield driver
    driver.quit()


@pytest.fixture
def page(browser, built):
    """Open the chapter on conditions afresh, with a mouse somewhere else."""
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
    browser.get((built.book / "11-conditions.html").as_uri())
    return browser


def number(page, text="57,5\u00a0%"):
    found = next(
        one
        for one in page.find_elements(By.CSS_SELECTOR, "main p [data-q]")
        if one.get_attribute("textContent") == text
    )
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
    return found


def cards(page):
    return page.find_elements(By.CSS_SELECTOR, ".card")


def opened(page):
    WebDriverWait(page, 5).until(lambda _: cards(page))
    return cards(page)[0]


def closed(page):
    WebDriverWait(page, 5).until(lambda _: not cards(page))
    return True


def expanded(element):
    return element.get_attribute("aria-expanded")


def in_window(page, card):
    box, width, height = card.rect, *page.execute_script("return [document.documentElement.clientWidth, innerHeight]")
    top = page.execute_script("return arguments[0].getBoundingClientRect().top", card)
    return box["x"] >= 0 and box["x"] + box["width"] <= width + 1 and top >= 0 and top + box["height"] <= height + 1


def test_mouse_opens_a_card_by_resting_and_closes_it_by_leaving(page):
    asked = number(page)
    ActionChains(page).move_to_element(asked).perform()
    card = opened(page)
    assert (
        "57,5" in card.text
        and "Доля сферы услуг" in card.text
        and "с. 3, рис. 1" in card.text
        and in_window(page, card)
    )
    ActionChains(page).move_to_element(card).perform()  # the way to its links does not close it
    assert cards(page)
    ActionChains(page).move_to_element(page.find_element(By.CSS_SELECTOR, "main h2")).perform()
    assert closed(page)


def test_a_click_keeps_the_card_until_the_next(page):
    asked = number(page)
    asked.click()
    ActionChains(page).move_by_offset(0, -200).perform()
    assert opened(page) and expanded(asked) == "true"
    page.find_element(By.CSS_SELECTOR, "main h2").click()
    assert closed(page) and expanded(asked) == "false"


def test_a_computed_number_tells_formula_and_rows_that_are_published(page, built):
    asked = next(
        one
        for one in page.find_elements(By.CSS_SELECTOR, "main p [data-q]")
        if one.get_attribute("textContent") == "46,8\u00a0%"
    )
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", asked)
    asked.click()
    card = opened(page)
    assert "сумма 14 значений (структура ВДС" in card.text and "Еще 10" in card.text
    assert len(card.find_elements(By.TAG_NAME, "li")) == 4
    card.find_element(By.CSS_SELECTOR, ".card-more").click()
    rows = card.find_elements(By.TAG_NAME, "li")
    assert len(rows) == 14 and in_window(page, card)
    links = [row.find_element(By.TAG_NAME, "a") for row in rows]
    assert page.switch_to.active_element == links[4]
    target = urlsplit(links[0].get_attribute("href"))
    assert f'id="{target.fragment}"' in (built.book / "data" / unquote(target.path).rpartition("/")[2]).read_text(
        encoding="utf-8"
    )


def test_keyboard_reaches_opens_follows_and_leaves(page):
    asked = number(page)
    page.execute_script("arguments[0].focus()", asked)
    card = opened(page)
    assert expanded(asked) == "true" and asked.get_attribute("role") == "button"
    assert asked.get_attribute("aria-describedby") == asked.get_attribute("aria-controls") == card.get_attribute("id")
    assert card.get_attribute("role") == "dialog" and card.get_attribute("aria-label")
    ActionChains(page).send_keys(Keys.TAB).perform()
    assert page.switch_to.active_element == card.find_element(By.CSS_SELECTOR, ".card-close")
    ActionChains(page).send_keys(Keys.TAB).perform()
    assert page.switch_to.active_element == card.find_element(By.TAG_NAME, "a")
    ActionChains(page).send_keys(Keys.TAB).perform()  # out of the card: focus is not held
    following = page.switch_to.active_element
    assert (following != asked and not cards(page)) or "card" not in (following.get_attribute("class") or "")
    page.execute_script("arguments[0].focus()", asked)
    opened(page)
    ActionChains(page).send_keys(Keys.TAB, Keys.ESCAPE).perform()
    assert closed(page) and page.switch_to.active_element == asked and not asked.get_attribute("aria-describedby")


def test_enter_and_space_keep_and_close(page):
    asked = number(page)
    page.execute_script("arguments[0].focus()", asked)
    opened(page)
    for key in (Keys.ENTER, Keys.ENTER, Keys.SPACE):
        ActionChains(page).send_keys(key).perform()
    assert opened(page) and expanded(asked) == "true"
    ActionChains(page).send_keys(Keys.SPACE).perform()
    assert closed(page)


def test_touch_opens_a_sheet_at_the_foot_of_a_phone(page):
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    page.refresh()
    asked = number(page)
    where = page.execute_script(
        "const b = arguments[0].getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]", asked
    )

    def tap():
        for kind, points in (("touchStart", [{"x": where[0], "y": where[1]}]), ("touchEnd", [])):
            page.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    tap()
    card = opened(page)
    assert in_window(page, card) and card.rect["width"] == PHONE["width"]
    assert page.execute_script("return document.documentElement.scrollWidth") <= PHONE["width"]
    tap()
    assert closed(page)


def test_cells_of_tables_can_be_asked(page):
    cell = page.find_element(By.CSS_SELECTOR, "#tbl-wages td.num [data-q]")
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", cell)
    cell.click()
    card = opened(page)
    assert cell.text in card.text.replace("\u202f", cell.text[2]) and "табл. 3" in card.text and in_window(page, card)


def test_the_page_reads_the_same_without_script(browser, built):
    text = "return document.querySelector('main').innerText"
    for stem in ("00-introduction", "11-conditions", "30-conclusion"):
        address = (built.book / f"{stem}.html").as_uri()
        browser.get(address)
        assert browser.find_elements(By.CSS_SELECTOR, "[data-q][role=button]")
        with_script = browser.execute_script(text)
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        browser.get(address)
        assert not browser.find_elements(By.CSS_SELECTOR, "[data-q][role=button]")
        without = browser.execute_cdp_cmd(
            "Runtime.evaluate", {"expression": "document.querySelector('main').innerText"}
        )["result"]["value"]
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        assert with_script == without


@pytest.mark.parametrize("width", [390, 1200])
def test_the_line_on_data_covers_nothing_of_its_exhibit(browser, built, width):
    """Whether a note stands between the two or not."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    gaps = {}
    for file in sorted(built.book.glob("*.html")):
        browser.get(file.as_uri())
        gaps |= {
            (file.name, place): gap
            for place, gap in enumerate(
                browser.execute_script(
                    "return [...document.querySelectorAll('.exhibit-origin')].map(one =>"
                    " one.getBoundingClientRect().top - one.previousElementSibling.getBoundingClientRect().bottom)"
                )
            )
        }
    assert len(gaps) > 50
    assert {place: gap for place, gap in gaps.items() if gap < 4} == {}


def test_a_card_tells_the_year_before_the_series_and_where_else_the_number_stands(page):
    asked = next(
        one
        for one in page.find_elements(By.CSS_SELECTOR, "main p [data-q^='r']")
        if one.get_attribute("textContent") == "54,7\u00a0%"
    )
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", asked)
    asked.click()
    card = opened(page)
    assert "Годом раньше, в 2019-м: 55,6 %; изменение −0,9 п. п." in card.text
    assert "дата получения не записана" in card.text and "выпуск: 2022" in card.text
    drawn = card.find_element(By.CSS_SELECTOR, ".card-chart svg")
    assert drawn.find_elements(By.CSS_SELECTOR, "path.own") and "Кузбасс" in drawn.get_attribute("aria-label")
    links = [link.get_attribute("href") for link in card.find_elements(By.CSS_SELECTOR, ".card-spots a")]
    assert any("00-introduction.html#" in link for link in links) and len(links) > 1


def test_one_switch_marks_every_number_that_can_be_asked(page):
    switch = page.find_element(By.CSS_SELECTOR, "header .cards-switch")
    asked = number(page)
    assert switch.get_attribute("aria-pressed") == "false"
    before = asked.value_of_css_property("background-color")
    page.execute_script("arguments[0].focus()", switch)
    switch.send_keys(Keys.SPACE)
    assert switch.get_attribute("aria-pressed") == "true"
    assert asked.value_of_css_property("background-color") != before
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not switch.is_displayed() and asked.value_of_css_property("background-color") == before
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    switch.send_keys(Keys.SPACE)
    assert switch.get_attribute("aria-pressed") == "false"
