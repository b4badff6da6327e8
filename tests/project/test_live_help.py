"""What Tab and `?` give in a chapter that is open: names, and an example of each."""

from __future__ import annotations

import re

import pytest
from jupyter_client.manager import start_new_kernel

from analysis import chapter

from .test_chapter_language import ASKED

SETUP = 'from analysis.chapter import *\nreport = open_report("kemerovo-2021")\nv = report.value'
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# As long as a test may take on a slow machine.
LONG = 600


@pytest.fixture(scope="module")
def client(root):
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(root / "chapters"))
    done = client.execute_interactive(SETUP, output_hook=lambda _: None, timeout=LONG)["content"]
    assert done["status"] == "ok", done
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def completed(client, code):
    reply = client.complete(code, len(code), reply=True, timeout=LONG)
    return {match.rpartition(".")[2] for match in reply["content"]["matches"]}


def taught(client, code):
    reply = client.inspect(code, len(code), reply=True, timeout=LONG)
    return _COLOUR.sub("", reply["content"]["data"].get("text/plain", ""))


def test_every_word_is_completed(client):
    assert {name for name in chapter.__all__ if name not in completed(client, name[:-1])} == set()


@pytest.mark.parametrize(
    ("begun", "there"),
    [
        ("report.", {"value", "values", "table", "figure", "rose", "forecast", "region", "edition"}),
        ("report.val", {"value", "values"}),
        ("report.region.", {"gen", "loc", "short_gen"}),
        ("report.edition.", {"year", "comparison"}),
        ("pct(report.va", {"value", "values"}),
    ],
)
def test_a_report_is_completed(client, begun, there):
    assert there <= completed(client, begun)


@pytest.mark.parametrize("name", chapter.__all__)
def test_a_word_teaches_by_example(client, name):
    """The example is of this word, and not of what Python has under the same class."""
    examples = re.findall(r"^\s*(?:>>>|\.\.\.) (.*)$", taught(client, name), re.MULTILINE)
    assert any(name in example for example in examples)


@pytest.mark.parametrize("name", ASKED)
def test_what_a_report_is_asked_teaches_by_example(client, name):
    assert re.search(rf"^\s*>>> .*report\.{name}\(", taught(client, f"report.{name}"), re.MULTILINE)
