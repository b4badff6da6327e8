"""How forecasts held is said as it was, the series that the last value beat among them."""

from dataclasses import replace

from analysis.outlook.forecasts import DRAWN
from analysis.report import open_report
from analysis.show.forecasts import worse_than_naive


def test_series_that_are_beaten_are_named(monkeypatch):
    report = open_report("kemerovo-2021", horizon=2026, vintage=2020)
    scores = report.record.scores
    lost = scores["model"].eq("combined") & scores["indicator"].isin(DRAWN[:2])
    beaten = replace(report.record, scores=scores.assign(error=scores["error"] * (1 + 9 * lost)))
    monkeypatch.setitem(vars(report), "record", beaten)
    worse = {one for one in DRAWN if report.record.relative(one).value >= 100}
    assert worse == set(DRAWN[:2]) and worse_than_naive(report).count("его ошибки") == len(worse)
