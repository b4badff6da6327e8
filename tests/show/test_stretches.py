"""Stretches of years inside which series can be compared: the series here are small and made up."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.base.gaps import GapError
from analysis.quantities import Quantity
from analysis.show import phrases
from analysis.show.spelled import sentences

BREAKS = pd.DataFrame(
    [
        ("workers", "", 1999, "До 1999 года без вечерних."),
        ("workers", "", 2005, "С 2005 года включая договоры."),
        ("specialists", "north", 2008, "С 2008 года без филиалов."),
        ("specialists", "south", 2002, "С 2002 года без филиалов."),
    ],
    columns=["indicator", "territory", "year", "reason"],
).astype({"territory": "string"})
BREAKS.attrs["table"] = "data/statistics/breaks.csv"
NAMES = pd.DataFrame({"id": ["workers", "specialists"], "name": ["Рабочие", "Специалисты"]})


def q(value):
    return Quantity(value, "thousand_people", 1, (), "a")


def report(workers, specialists, latest=2009):
    series = {"workers": workers, "specialists": specialists}
    tables = {"breaks": BREAKS, "indicators": NAMES}
    return SimpleNamespace(
        edition=SimpleNamespace(id="tiny", region="north", published=2010),
        since=2000,
        load=tables.__getitem__,
        latest=lambda _: latest,
        values=lambda indicator, _: {year: q(value) for year, value in series[indicator].items()},
    )


def known(first, last, **missing):
    return {year: missing.get(f"in{year}", 5.0) for year in range(first, last + 1)}


def test_stretches_lie_between_the_breaks_of_all_the_series_of_this_region():
    told = phrases.stretches(report(known(1998, 2012), known(1998, 2012)), "workers", "specialists")
    assert told == [(2000, 2004), (2005, 2007), (2008, 2009)]


def test_a_stretch_begins_and_ends_where_all_are_known():
    own = report(known(2001, 2012), known(2000, 2009, in2003=None, in2004=None, in2009=None))
    assert phrases.stretches(own, "workers", "specialists") == [(2001, 2002), (2005, 2007)]  # of 2008 alone none


def test_a_region_founded_late_has_the_last_stretch_alone():
    assert phrases.stretches(report(known(2008, 2009), known(2008, 2009)), "workers", "specialists") == [(2008, 2009)]


def test_no_two_years_to_compare_are_a_gap():
    with pytest.raises(GapError, match="Рабочие"):
        phrases.stretches(report(known(2009, 2009), known(2009, 2009)), "workers")


def test_what_changed_before_the_first_value_is_not_told():
    whole = phrases.remeasured(report(known(1990, 2009), {}), "workers")
    assert whole == "до 1999 года без вечерних; с 2005 года включая договоры"
    assert phrases.remeasured(report(known(1990, 2009, in1990=None) | {1998: None}, {}), "workers") == whole
    assert phrases.remeasured(report(known(2000, 2009), {}), "workers") == "с 2005 года включая договоры"
    with pytest.raises(GapError):
        phrases.remeasured(report(known(2005, 2009), {}), "workers")


def test_no_sentence_leaves_no_paragraph():
    assert sentences(["Раз.", "Два."]) == "Раз. Два."
    with pytest.raises(GapError):
        sentences([])
