"""JupyterLab in a real browser: values stand in the prose, follow what is run, and are never saved."""

from __future__ import annotations

import json
import os
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from tests.lab.server import TOKEN, desk_project, started

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no Chromium with its driver on this machine")

webdriver = pytest.importorskip("selenium.webdriver")
pytest.importorskip("jupyterlab")
from selenium.common.exceptions import (  # noqa: E402 - only where selenium is
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

# However slow the machine: a test that waits this long has failed.
LONG = 600
CHAPTER = "chapters/zz-desk.ipynb"
FRAGMENT = "data/editions/kemerovo-2021/prose/zz-desk/desk-own.md"
PROSE = (
    "Уровень `{python} pct(rate)`, слово **`{python} word`**.\n\nЗнаки: `{python} sharp`. Ошибка: `{python} nothng`."
)
EXPRESSIONS = {"pct(rate)": "6,7\u00a0%", "word": "низкий", "sharp": "<b>*не код*</b>"}


def chapter(project):
    """Lay down a chapter of few cells: parameters and preparation are those of a real one."""
    notebook = nbformat.read(project / "chapters" / "00-introduction.ipynb", as_version=4)
    cells = [
        new_markdown_cell(PROSE, id="prose"),
        new_code_cell("rate = report.value('unemployment_rate', year=2020)\nnothing = 1\nsharp = '<b>*не код*</b>'"),
        new_code_cell("word = 'низкий'", id="word"),
        new_code_cell("report.table('employed')"),
        new_code_cell("report.prose('desk-own')"),
        new_markdown_cell("Дальше `{python} word`.", id="last"),
    ]
    notebook.cells = [*notebook.cells[:2], *cells]
    nbformat.write(notebook, project / CHAPTER)
    (project / FRAGMENT).parent.mkdir(exist_ok=True)
    (project / FRAGMENT).write_text("Своё слово: `{python} word`.\n", encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return desk_project(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def browser(project, tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for one in (
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1400,1000",
        "--host-resolver-rules=MAP * 127.0.0.1:9, EXCLUDE 127.0.0.1",  # nothing from elsewhere
    ):
        options.add_argument(one)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # root has none to give up
    with started(project, tmp_path_factory.mktemp("home")) as address:
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
        driver.set_script_timeout(LONG)
        driver.address = f"{address.replace('localhost', '127.0.0.1')}lab/tree/{CHAPTER}?token={TOKEN}"
        yield driver
        driver.quit()


@pytest.fixture
def page(browser, project):
    """Open the chapter as it was first written and run all of it."""
    chapter(project)
    opened(browser)
    command(browser, "notebook:run-all-cells")
    until(browser, lambda page: "низкий" in cell(page, "last").text)
    return browser


def opened(page):
    page.get("about:blank")
    page.get(page.address)
    kernel = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
    until(page, lambda page: page.execute_script(f"return {kernel}?.status === 'idle'"))
    until(page, lambda page: cell(page, "last").text)


def until(page, seen):
    """Wait until something is so, however often the page is drawn anew meanwhile."""
    not_yet = (StaleElementReferenceException, NoSuchElementException, IndexError)
    waiting = WebDriverWait(page, LONG, ignored_exceptions=not_yet)
    return waiting.until(seen)


def command(page, name):
    """Have JupyterLab do what a menu would, and wait for its end."""
    done = page.execute_async_script(
        "jupyterapp.commands.execute(arguments[0]).then(() => arguments[1](''), error => arguments[1](`${error}`))",
        name,
    )
    assert done == "", done


def cell(page, name):
    """Return the node of a cell."""
    numbers = {"prose": 0, "last": -1}
    return page.find_elements(By.CSS_SELECTOR, ".jp-Notebook .jp-MarkdownCell")[numbers[name]]


def output(page, number):
    return page.find_elements(By.CSS_SELECTOR, ".jp-Notebook .jp-CodeCell")[number]


def told(page, name="prose", kind="value"):
    """Return what stands in place of the expressions of a cell, by expression."""
    found = cell(page, name).find_elements(By.CSS_SELECTOR, f".report-{kind}")
    return {one.get_attribute("title"): one.get_attribute("textContent") for one in found}


def saved(project):
    return json.loads((project / CHAPTER).read_text(encoding="utf-8"))


def texts(notebook):
    return ["".join(one["source"]) for one in notebook["cells"] if one["cell_type"] == "markdown"]


def test_values_stand_in_the_prose_and_an_error_in_its_place(page):
    until(page, lambda page: told(page) == EXPRESSIONS)
    assert told(page, kind="error") == {"nothng": "имени «nothng» нет; возможно, имелось в виду «nothing»"}
    # A value is what Markdown around it says, and never code.
    assert cell(page, "prose").find_element(By.CSS_SELECTOR, "strong").text == "низкий"
    assert not cell(page, "prose").find_elements(By.CSS_SELECTOR, ".report-value b, .report-value em, code")


def test_the_mouse_on_a_value_shows_its_expression(page):
    value = until(page, lambda page: cell(page, "prose").find_element(By.CSS_SELECTOR, ".report-value"))
    ActionChains(page).move_to_element(value).perform()
    under = page.execute_script(
        "const box = arguments[0].getBoundingClientRect();"
        "return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).title",
        value,
    )
    assert under == "pct(rate)"


def test_a_sentence_is_edited_and_saved_without_values_and_outputs(page, project):
    ActionChains(page).double_click(cell(page, "prose").find_element(By.CSS_SELECTOR, ".jp-MarkdownOutput")).perform()
    editor = until(page, lambda page: cell(page, "prose").find_element(By.CSS_SELECTOR, ".cm-content"))
    # Whoever edits sees the expressions.
    assert "`{python} pct(rate)`" in editor.text
    editor.click()
    ActionChains(page).key_down(Keys.CONTROL).send_keys(Keys.END).key_up(Keys.CONTROL).send_keys(
        " Новое: `{python} str(2 + 2)`."
    ).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).perform()
    until(page, lambda page: told(page) == EXPRESSIONS | {"str(2 + 2)": "4"})
    ActionChains(page).key_down(Keys.CONTROL).send_keys("s").key_up(Keys.CONTROL).perform()
    until(page, lambda _: "Новое" in texts(saved(project))[0])
    notebook = saved(project)
    assert texts(notebook) == [f"{PROSE} Новое: `{{python}} str(2 + 2)`.", "Дальше `{python} word`."]
    code = [one for one in notebook["cells"] if one["cell_type"] == "code"]
    assert [(one["outputs"], one["execution_count"]) for one in code] == [([], None)] * len(code)
    assert all(one["metadata"].keys() <= {"tags"} for one in notebook["cells"])
    assert notebook["metadata"]["language_info"] == {"name": "python"}
    # What was seen stays on the screen.
    assert "Численность занятых" in output(page, 4).text


def test_values_follow_a_variable(page):
    page.execute_script(
        "const cell = jupyterapp.shell.currentWidget.content.widgets.find(one => one.model.id === 'word');"
        "cell.model.sharedModel.setSource(\"word = 'высокий'\");"
        "jupyterapp.shell.currentWidget.content.activeCellIndex = 4"
    )
    command(page, "notebook:run-cell")
    until(page, lambda page: told(page)["word"] == told(page, "last")["word"] == "высокий")


def test_values_come_back_when_the_notebook_is_opened_again_and_go_with_their_kernel(page):
    opened(page)
    until(page, lambda page: told(page) == EXPRESSIONS)
    page.execute_async_script("jupyterapp.shell.currentWidget.sessionContext.restartKernel().then(arguments[0])")
    until(page, lambda page: "{python} word" in cell(page, "last").text and not told(page))
    # Before the code above has run, nobody is told of names that are not there.
    command(page, "notebook:run-cell")
    assert not told(page, kind="error")


def test_a_fragment_is_shown_and_opened_from_its_place(page):
    button = until(page, lambda page: page.find_element(By.CSS_SELECTOR, ".report-way"))
    value = output(page, 5).find_element(By.CSS_SELECTOR, ".report-value")
    assert (value.text, value.get_attribute("title")) == ("низкий", "word")
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    until(page, lambda page: "Своё слово" in page.find_element(By.CSS_SELECTOR, ".jp-FileEditor .cm-content").text)


def test_tables_look_as_in_the_book(page):
    table = output(page, 4).find_element(By.CSS_SELECTOR, ".report-exhibit table")
    edges = {
        name: page.execute_script("return arguments[0].getBoundingClientRect().left", node)
        for name, node in {
            "table": table,
            "caption": table.find_element(By.XPATH, "../figcaption"),
            "note": output(page, 4).find_element(By.CSS_SELECTOR, ".report-exhibit small"),
        }.items()
    }
    assert max(edges.values()) - min(edges.values()) < 2, edges
    assert table.find_element(By.CSS_SELECTOR, "tbody th").value_of_css_property("text-align") == "left"
    assert table.find_element(By.CSS_SELECTOR, "tbody .num").value_of_css_property("text-align") == "right"


def test_jupyterlab_speaks_russian_and_asks_nothing(page):
    assert "Файл" in until(page, lambda page: page.find_element(By.CSS_SELECTOR, ".lm-MenuBar-content").text)
    assert not page.find_elements(By.CSS_SELECTOR, ".Toastify__toast, .jp-Dialog")
