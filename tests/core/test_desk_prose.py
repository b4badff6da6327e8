"""Values in the prose of a living notebook, asked of a kernel as JupyterLab asks it."""

from __future__ import annotations

import html
import os
import re

import pytest
from jupyter_client.manager import start_new_kernel

from analysis.base import desk_prose, kernel_side, paths

SETUP = """
from analysis.chapter import *
report = open_report("kemerovo-2021")
rate = report.value("unemployment_rate", year=2020)
"""


@pytest.fixture(scope="module")
def client():
    # The project of these tests, whatever another module has told this process of.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REPORT_")}
    folder = paths.installed_root() / "chapters"
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(folder), env=environment)
    client.said_before = shown(client, "`{python} str(1)`")
    run(client, SETUP)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run(client, code):
    return client.execute_interactive(code, output_hook=lambda _: None, timeout=600)["content"]


def shown(client, source, reached=1):
    """Return what a cell is to show, asked by the silent request that JupyterLab sends."""
    request = kernel_side.calling(desk_prose.__name__, desk_prose.cell.__name__, source, reached)
    reply = client.execute("", silent=True, user_expressions={"cell": request}, reply=True, timeout=600)
    result = reply["content"]["user_expressions"]["cell"]
    assert result["status"] == "ok", result
    return result["data"][kernel_side.JSON]


def spans(text):
    """Return class, expression and words of what stands in place of expressions."""
    found = re.findall(r'<span class="report-(\w+)" title="([^"]*)">(.*?)</span>', text)
    return [(kind, html.unescape(title), html.unescape(words)) for kind, title, words in found]


def test_nothing_is_said_before_anything_has_run(client):
    assert client.said_before is None
    assert shown(client, "Без выражений") is None


def test_a_value_stands_in_place_with_its_expression(client):
    text = shown(client, "Всего `{python} pct(rate)` и **`{python} str(2)`**")
    assert spans(text) == [("value", "pct(rate)", "6,7\u00a0%"), ("value", "str(2)", "2")]
    assert text.startswith("Всего <span") and text.endswith("</span>**")


def test_a_stop_follows_a_stop_but_once(client):
    assert shown(client, "`{python} 'чел.'`.").endswith("чел.</span>")


def test_text_of_the_data_is_text(client):
    run(client, "evil = '<img src=x onerror=alert(1)> *a* `b` $c$'")
    text = shown(client, "`{python} evil`")
    assert "<img" not in text and not re.search(r"[*`$]", text)
    assert spans(text)[0][2] == "<img src=x onerror=alert(1)> *a* `b` $c$"
    assert spans(shown(client, '`{python} \'"><b>\' + "$"`'))[0][1] == '\'"><b>\' + "$"'


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("nothing_here", "имени «nothing_here» нет"),
        ("report.valu('wage')", "нет свойства «valu»; возможно, имелось в виду «value»"),
        ("1 / 0", "деление на ноль"),
        ("1 +", "запись не по правилам Python"),
        ("1 / 3", "значение 0.3333333333333333 не записано словами"),
        ("report.value('employd')", "Возможно, имелось в виду «employed»"),
    ],
)
def test_an_error_stands_in_its_place_in_russian(client, expression, said):
    (kind, title, words), _ = spans(shown(client, f"`{{python}} {expression}`, `{{python}} str(1)`"))
    assert (kind, title) == ("error", expression) and said in words


def test_what_was_not_reached_keeps_its_expression(client):
    source = "`{python} later` и `{python} str(1)`"
    assert shown(client, source, 0).startswith("`{python} later` и <span")


def test_a_gap_is_told_apart_from_an_error(client):
    ((kind, _, words),) = spans(shown(client, "`{python} report.value('wage_nominal', 'kemerovo', 1900)`"))
    assert kind in ("gap", "error") and words
    run(client, "from analysis.base.gaps import Gap, GapError\ndef gone():\n    raise GapError([Gap('а', 'б')])")
    ((kind, _, words),) = spans(shown(client, "`{python} gone()`"))
    assert (kind, words) == ("gap", "нет данных: а – б")


def test_a_value_follows_what_is_run_again(client):
    run(client, "level = 'низкий'")
    assert spans(shown(client, "`{python} level`"))[0][2] == "низкий"
    run(client, "level = 'высокий'")
    assert spans(shown(client, "`{python} level`"))[0][2] == "высокий"


def test_the_last_error_of_a_person_stays(client):
    run(client, "boom")
    shown(client, "`{python} other`")
    assert spans(shown(client, "`{python} str(__import__('sys').last_value)`"))[0][2] == "name 'boom' is not defined"


def test_a_block_of_lines_is_no_span(client):
    run(client, "class Block:\n    def _repr_markdown_(self):\n        return '- а\\n- б'")
    assert shown(client, "Вот:\n\n`{python} Block()`") == "Вот:\n\n- а\n- б"
