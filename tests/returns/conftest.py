"""A few colleges that can be spoilt, as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.returns.checks import Checked, check_returns
from analysis.returns.form import Form, read_form
from tests.returns.simulated import written


@pytest.fixture(scope="session")
def form() -> Form:
    return read_form()


def college(name: str, *, quarter: int = 4, group: str = "15.00.00", **changed: object) -> dict:
    """Return an honest row; what is named is changed."""
    row: dict = {"college": name, "group": group, "year": 2021, "report_year": 2021, "quarter": quarter}
    row |= {"graduates": 100, "employed": 60, "studying": 10, "army": 18, "childcare": 2, "registered": 1}
    row |= {"not_employed": 9, "self_employed": 3, "orphans": 6, "orphans_employed": 3, "orphans_studying": 0}
    row |= {"orphans_army": 1, "orphans_childcare": 0, "orphans_registered": 1, "orphans_not_employed": 1}
    return row | changed


@pytest.fixture
def checked(form: Form, tmp_path: Path) -> Callable[..., Checked]:
    """Check rows, beside those of the last quarter where there are any."""

    def check(rows: list[dict], last: list[dict] | None = None, **options: str) -> Checked:
        now = written(pd.DataFrame(rows), form, tmp_path / "now.csv")
        before = [written(pd.DataFrame(last), form, tmp_path / "last.csv")] if last else []
        return check_returns([now], before, **options)

    return check


# Orphans of whom one is said to do nothing at all.
ORPHANS_OF = {"orphans": 6, "orphans_employed": 2}
