"""The ledger of the first edition, and a copy of the project in which one datum at a time is changed."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.catalogue import clear_cache
from analysis.ledger import Ledger
from analysis.report import open_report
from tests.conftest import copy_project

EDITION = "kemerovo-2021"


@pytest.fixture(scope="package")
def ledger():
    return Ledger(open_report(EDITION))


@pytest.fixture(scope="package")
def copied(tmp_path_factory):
    return copy_project(tmp_path_factory.mktemp("ledger"))


class Desk:
    """A copy of the project at which a table is changed for one test and restored after it."""

    def __init__(self, root):
        self.root, self._kept = root, {}

    def write(self, name, text):
        file = self.root / "data" / name
        self._kept.setdefault(file, file.read_bytes() if file.exists() else None)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        clear_cache()

    def remove(self, name):
        self.write(name, "")
        (self.root / "data" / name).unlink()
        clear_cache()

    def change(self, name, where, **cells):
        """Set cells of the one row of a table that has these values."""
        rows = pd.read_csv(self.root / "data" / name, dtype=str, keep_default_na=False)
        fits = pd.Series(True, index=rows.index)
        for column, value in where.items():
            fits &= rows[column] == value
        assert fits.sum() == 1, (name, where)
        for column, value in cells.items():
            rows.loc[fits, column] = value
        self.write(name, rows.to_csv(index=False))

    def ledger(self, edition=EDITION, statements=None):
        return Ledger(open_report(edition), statements)

    def restore(self):
        for file, content in self._kept.items():
            file.unlink(missing_ok=True) if content is None else file.write_bytes(content)


@pytest.fixture
def desk(copied, monkeypatch):
    monkeypatch.setenv("REPORT_ROOT", str(copied))
    monkeypatch.setenv("REPORT_DATA_CHECKED", "1")
    clear_cache()
    desk = Desk(copied)
    yield desk
    desk.restore()
    clear_cache()
