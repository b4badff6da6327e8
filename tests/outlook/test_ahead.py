"""What the parent of kernels does before it forks any: it may fail, and it changes nothing."""

from __future__ import annotations

import os
import sys

import pytest

from analysis import ahead
from analysis.base.errors import ReportError
from analysis.catalogue import clear_cache, current
from analysis.outlook.forecasts import DRAWN
from analysis.report import open_report

EDITION = "kemerovo-2021"


@pytest.fixture
def counted(monkeypatch):
    """Count the forecasts that are made, with something quick in their place."""
    made = []
    monkeypatch.setattr(ahead, "_forecasts", lambda prospects: [lambda: made.append(prospects.report.edition.id)])
    return made


def test_the_tables_of_an_edition_are_read_and_its_forecasts_made(counted):
    clear_cache()
    ahead.of_edition(EDITION)
    assert counted == [EDITION]
    read = {file for file, _ in current()._contents}
    assert {part.file for table in current().tables(EDITION).values() for part in table.parts} <= read
    assert {"analysis.forecast", "analysis.show.figures", "analysis.chapter"} <= set(sys.modules)


def test_every_forecast_of_the_chapters_is_among_them():
    prospects = open_report(EDITION).prospects
    asked = [(make.func.__name__, make.args) for make in ahead._forecasts(prospects)]
    assert asked[0] == ("record", (DRAWN,))
    assert {name for name, _ in asked[1:]} == {"rows"}


def test_an_edition_that_is_not_there_is_an_error_for_the_log():
    with pytest.raises(ReportError):
        ahead.of_edition("нет-2021")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_what_is_not_kept_is_made_side_by_side_and_what_fails_is_left_to_the_chapters(tmp_path):
    def kept() -> None:
        (tmp_path / "kept").touch()

    def missing(name: str) -> None:
        if (tmp_path / name).exists():
            return
        if ahead_is_looking():
            raise ahead.NotKeptError(name)
        (tmp_path / name).write_text(str(os.getpid()))

    def broken() -> None:
        raise ReportError("Данных нет.")

    ahead._make_all([kept, lambda: missing("one"), lambda: missing("two"), broken])
    assert (tmp_path / "kept").exists()
    makers = {(tmp_path / name).read_text() for name in ("one", "two")}
    assert str(os.getpid()) not in makers
    assert len(makers) == min(2, os.cpu_count() or 1)


def ahead_is_looking() -> bool:
    from analysis.outlook import cache  # noqa: PLC0415 - its state is of the moment

    return bool(cache._MAKES_NOTHING)
