"""Files of the figures: the same bytes twice, a table with source and status, changed by a changed datum."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.report import open_report
from analysis.show import figures
from tests.show.figure_data import EDITION, edit, row_of


@pytest.mark.parametrize("name", ["employment-rate", "admission-quotas", "labour-migration-balance", "network-map"])
def test_files_come_out_the_same_twice(name, report, tmp_path):
    for attempt in ("one", "two"):
        figures.write(figures.draw(report, name), name, tmp_path / attempt)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == [f"{name}.csv", f"{name}.png", f"{name}.svg"]
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)


def test_table_beside_the_figure_holds_source_and_status(drawn, tmp_path):
    figures.write(drawn("employment-rate"), "rate", tmp_path)
    raw = (tmp_path / "rate.csv").read_bytes()
    assert b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(tmp_path / "rate.csv")
    assert len(table) == 132 and table["source"].notna().all() and set(table["status"]) == {"A"}


def test_heat_map_of_many_cells_stays_light(drawn):
    assert len(figures.svg_bytes(drawn("coverage"))) < 400_000


def test_changed_datum_changes_the_table_beside_the_figure(project, tmp_path):
    file = project / "data" / "statistics" / "employment_rate.csv"
    figures.write(figures.draw(open_report(EDITION), "employment-rate"), "rate", tmp_path / "before")
    row = row_of(file, "employment_rate,tomsk,,2005,")
    cells = row.split(",", 5)
    edit(file, row, ",".join([*cells[:4], "57.9", *cells[5:]]))
    figures.write(figures.draw(open_report(EDITION), "employment-rate"), "rate", tmp_path / "after")
    before, after = (pd.read_csv(tmp_path / when / "rate.csv") for when in ("before", "after"))
    changed = before["value"] != after["value"]
    assert after.loc[changed, ["territory", "year", "value"]].values.tolist() == [["tomsk", 2005, 57.9]]
    assert (tmp_path / "before" / "rate.svg").read_bytes() != (tmp_path / "after" / "rate.svg").read_bytes()


def test_nothing_is_left_open(drawn):
    drawn("network-map")
    assert plt.get_fignums() == []
