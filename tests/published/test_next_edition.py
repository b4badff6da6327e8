"""The second edition as a reader gets it: no print, no holes, no year that has passed for the present one."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.conftest import copy_project

from .documents import Web

EDITION = "kemerovo-2022"
# The list of sources names the report of the year before, which was a print.
SOURCES = ("references", "a-data")
BANNED = re.compile(r"печатн|напечатан(?!о: )|\bnan\b|\bNone\b|нет данных", re.IGNORECASE)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the text of the pages of the edition, built as a user does."""
    root = tmp_path_factory.mktemp("next")
    copy_project(root, whole=True)
    command = ["-c", "from analysis.cli import main; main()", "build", EDITION, "--to", "html", "--renderer", "builtin"]
    ended = subprocess.run(
        [sys.executable, *command],
        env=os.environ | {"REPORT_ROOT": str(root)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr + ended.stdout
    web = Web(root / "_book" / EDITION)
    return {stem: web.text(stem) for stem in web.pages}


def test_it_says_nothing_of_a_print_and_leaves_no_hole(pages):
    said = {stem: BANNED.findall(text) for stem, text in pages.items() if stem not in SOURCES}
    assert {stem: words for stem, words in said.items() if words} == {}


def test_it_scores_the_forecasts_of_the_last_edition(pages):
    assert "2021" in pages["14-forecast"] and "прошлого издания" in pages["14-forecast"].lower()
