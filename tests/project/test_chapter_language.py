"""Every short name of the chapters has an example that runs, and the guide shows these very examples."""

from __future__ import annotations

import doctest

import pytest

from analysis import chapter
from analysis.quantities import Quantity
from analysis.report import Report

from .chapter_page import COMMAND, GROUPS, PAGE, examples, page

# What chapters ask of a report most.
ASKED = ("value", "values", "latest", "rose", "changed", "name", "territory", "table", "figure")


class SpacesAlike(doctest.OutputChecker):
    """Printed words hold spaces of several kinds, and a docstring has lines to break; nothing else may differ."""

    def check_output(self, want, got, optionflags):
        return want.split() == got.split()


def run(shown, names):
    """Return what does not come out as written, nothing where all does."""
    lines, runner = [], doctest.DocTestRunner(SpacesAlike())
    result = runner.run(doctest.DocTest(shown, dict(names), "example", None, 0, None), out=lines.append)
    assert result.attempted == len(shown)
    return "".join(lines)


@pytest.fixture(scope="module")
def names():
    """Return what stands before the examples of the page: the names, a report, numbers made by hand."""
    shortest = {name: getattr(chapter, name) for name in chapter.__all__}
    return shortest | {"report": chapter.open_report("kemerovo-2021"), "Quantity": Quantity}


@pytest.mark.parametrize("name", chapter.__all__)
def test_example_comes_out_as_written(name, names):
    shown = examples(name)
    assert any(name in example.source for example in shown), f"{name}: no example in its docstring"
    assert shown[-1].want, f"{name}: the example shows no result"
    assert not any(example.options for example in shown), f"{name}: an example is held to the letter"
    assert run(shown, names) == ""


@pytest.mark.parametrize("name", ASKED)
def test_example_of_what_a_report_is_asked_comes_out_as_written(name, names):
    shown = doctest.DocTestParser().get_examples(getattr(Report, name).__doc__, name)
    assert any(f"report.{name}(" in example.source for example in shown)
    assert run(shown, names) == ""


def test_a_wrong_example_would_fail(names):
    wrong = doctest.DocTestParser().get_examples('>>> print(num(Quantity(1.0, "count", 0)))\n2\n')
    assert "Expected:\n    2" in run(wrong, names)


def test_guide_names_all_of_the_language_once():
    listed = [name for group in GROUPS.values() for name in group]
    assert sorted(listed) == sorted(chapter.__all__)


def test_names_of_earlier_days_lead_to_those_of_today():
    assert set(chapter.RENAMED.values()) <= set(chapter.__all__)
    assert not set(chapter.RENAMED) & set(chapter.__all__)


def test_guide_is_made_of_the_examples(root):
    assert (root / PAGE).read_text(encoding="utf-8") == page(), f"Пересоберите страницу: {COMMAND}"
