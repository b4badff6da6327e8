"""Cohorts close: parts that are all known make up the whole, some of them never exceed it."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.catalogue import load
from analysis.catalogue.rules import check_observations, read_known
from analysis.catalogue.rules.identities import CLOSES, equations

EDITION, YEAR = "kemerovo-2021", 2030
PARTS = {"employed": 60, "studying": 10, "army": 18, "childcare": 2, "registered": 1, "not-employed": 9}


@pytest.fixture(scope="module")
def known():
    return read_known(EDITION)


def flow(indicator, parts, whole=("graduates", "", 100)):
    """Return observations of a flow and of its whole."""
    rows = [(indicator, category, value) for category, value in parts.items()] + ([whole] if whole else [])
    frame = pd.DataFrame(rows, columns=["indicator", "category", "value"])
    frame = frame.assign(
        territory="kemerovo", year=YEAR, note="", locator="", file="x.csv", row=range(2, len(rows) + 2)
    )
    return frame.astype({"year": "Int64", "value": float})


def found(frame, known):
    return [finding for finding in check_observations(frame, known=known) if finding.rule.startswith("closing")]


@pytest.mark.parametrize(
    ("indicator", "whole"),
    [
        ("graduate_outcomes", ("graduates", "", 100)),
        ("graduate_outcomes_two_years", ("graduates", "", 100)),
        ("graduate_outcomes_orphans", ("graduates_by_group", "orphans", 100)),
        ("graduate_outcomes_disabled", ("graduates_by_group", "disabled", 100)),
        ("graduate_outcomes_share_printed", None),
    ],
)
def test_a_cohort_closes_or_is_named(known, indicator, whole):
    assert found(flow(indicator, PARTS, whole), known) == []
    (open_,) = found(flow(indicator, PARTS | {"army": 16}, whole), known)
    assert "не сходится" in open_.problem and "98" in open_.problem and open_.key[0] == indicator
    # Another group's whole is not this one's.
    some = {name: PARTS[name] for name in ("employed", "army")}
    assert found(flow(indicator, some, whole), known) == []
    (above,) = found(flow(indicator, some | {"studying": 23}, whole), known)
    assert "известные части (3 из 6) уже больше целого" in above.problem


def test_shares_close_within_their_rounding(known):
    """Six shares of two decimals may miss a hundred by three hundredths, and no more."""
    shares = PARTS | {"employed": 59.99, "studying": 9.99}
    assert found(flow("graduate_outcomes_share_printed", shares, None), known) == []
    assert found(flow("graduate_outcomes_share_printed", shares | {"army": 17.97}, None), known) != []


def test_a_group_is_never_more_than_all(known):
    frame = pd.concat([flow("graduate_outcomes", PARTS), flow("graduate_outcomes_orphans", {"army": 20}, None)])
    rules = {finding.rule for finding in check_observations(frame, known=known)}
    assert "identities:orphans-among-all" in rules


def test_each_group_of_graduates_has_its_outcomes(known):
    """A group that is added to the list gets an indicator, an equation that closes it, and a place beside all."""
    put = list(equations(known))
    for group in load("graduate_groups")["id"]:
        indicator = f"graduate_outcomes_{group}"
        assert known.indicators.at[indicator, "dimension"] == "outcomes"
        assert [one for one in put if one.rule.relation == CLOSES and f"{indicator}__sum" in one.names]
        assert [one for one in put if one.rule.relation == ">=" and indicator in one.names]
