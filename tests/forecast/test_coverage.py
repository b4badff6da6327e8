"""The bench that tells how far a measured coverage says anything of intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.forecast.engine import COMBINED
from analysis.forecast.learned import instead, stored
from bench.coverage import alike, judged, kin, simulated, without


def rows(territories=6, origins=range(2003, 2013), horizons=(1, 2, 3), error=1.0) -> pd.DataFrame:
    table = pd.MultiIndex.from_product(
        [[f"t{number}" for number in range(territories)], origins, horizons], names=["territory", "origin", "horizon"]
    ).to_frame(index=False)
    return table.assign(
        series="x " + table["territory"],
        indicator="x",
        model=COMBINED,
        mean=0.0,
        actual=error,
        error=np.abs(error),
        inside80=1.0,
        inside95=1.0,
    )


def test_perfect_intervals_hold_what_they_say_on_average():
    drawn = simulated(rows(), together=0.3)
    assert drawn[80].mean() == pytest.approx(80, abs=1.5)
    assert drawn[95].mean() == pytest.approx(95, abs=1)


def test_shared_shocks_let_the_coverage_of_perfect_intervals_stray():
    apart, shared = (simulated(rows(), part)[80].std() for part in (0.0, 0.9))
    assert shared > 1.5 * apart


def test_the_same_seed_draws_the_same():
    assert (simulated(rows(), 0.5)[80] == simulated(rows(), 0.5)[80]).all()


def test_shared_errors_are_recognised_by_their_signs():
    table = rows()
    random = np.random.default_rng(1)
    shock = dict(zip(range(2003, 2013), random.normal(size=10), strict=True))
    shared = table["origin"].map(shock) + 0.1 * random.normal(size=len(table))
    own = random.normal(size=len(table))
    found = [alike(table.assign(actual=errors, error=np.abs(errors))) for errors in (shared, own)]
    assert found[0] > 0.8
    assert found[1] < 0.2


def test_what_adds_up_is_left_out_together():
    assert {kin(name) for name in ("employed_average_annual", "unemployment_rate", "labour_force")} == {"labour"}
    assert kin("unheard_of") == "unheard_of"
    panel = pd.DataFrame({"series_id": ["grp a", "spo_x a"], "indicator": ["grp", "spo_x"]})
    breaks = pd.DataFrame({"series_id": ["grp a", "spo_x a"], "period": [2001, 2002]})
    left, cuts = without((panel, breaks), "spo")
    assert list(left["indicator"]) == ["grp"]
    assert list(cuts["period"]) == [2001]


def test_an_indicator_is_judged_beside_what_perfect_intervals_show():
    table = judged(rows(), rows().assign(inside80=0.0))
    row = table.loc["x"]
    assert (row["coverage80"], row["left_out80"]) == (100, 0)
    assert row["low80"] < 80 < row["high80"]
    assert 0 < row["within80"] < 1


def test_other_content_is_used_only_within_its_block():
    before = stored()
    with instead(before | {"models": []}):
        assert stored()["models"] == []
    assert stored() is before
