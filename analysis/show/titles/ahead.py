"""Titles of what shows the future: forecasts, how such forecasts held, scenarios."""

from __future__ import annotations

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.outlook.cohorts import COHORT, TREND
from analysis.outlook.forecasts import INNER, OUTER, SHOWN
from analysis.quantities import Quantity, Text, counted
from analysis.quantities.text import chosen
from analysis.show.admitted import past_error, told
from analysis.show.face import Report
from analysis.show.forecasts import SHORT, bare_signed, expected, known_pasts, name
from analysis.show.spelled import among, spelled
from analysis.show.titles.asked import Title
from analysis.show.wording import interval, joined, lowered, num, pct, signed

FEW = 3  # series that a title names one by one


def figure(report: Report) -> Text:
    """Return which series the inner intervals of the last year tell to rise or to fall."""
    end, rises, falls = report.horizon, dict[str, Quantity](), dict[str, Quantity]()
    forecasts = {key: report.forecast(key) for key, past in known_pasts(report, SHOWN).items() if past.sufficient}
    if not forecasts:
        raise GapError(())
    for key, forecast in forecasts.items():
        if forecast.low(int(end)) > forecast.last:
            rises[key] = forecast.low(int(end))
        elif forecast.high(int(end)) < forecast.last:
            falls[key] = forecast.high(int(end))
    looked = [value for one in forecasts.values() for value in (one.last, one.low(int(end)), one.high(int(end)))]
    said = [_gone(report, side, verb) for side, verb in ((rises, "вырастет"), (falls, "снизится")) if side]
    if not said:
        words = chosen("ни для одного показателя прогноз не отличает рост от снижения", "сравнение", *looked)
        return Text(f"К{NBSP}{end!s} году {words}")
    rest = len(forecasts) - len(rises) - len(falls)
    tail = ", направление остальных не определить" if rest else ""
    return Text(f"К{NBSP}{end!s} году по прогнозу {chosen(joined(said) + tail, 'сравнение', *looked)}")


def forecast(report: Report) -> Text:
    """Return what is expected of the first series that has a forecast."""
    for key, past in known_pasts(report, SHOWN).items():
        if past.sufficient:
            return Text(f"{name(report, key)} в{NBSP}{report.horizon!s} году: {expected(report, key, report.horizon)}")
    raise GapError(())


def record(report: Report) -> Text:
    """Return how often both intervals held over all series."""
    inner, outer = (report.record.coverage(level, None) for level in (INNER, OUTER))
    held = f"Узкий интервал прежде держался в{NBSP}{pct(inner)} проверок"
    return Text(f"{held}, широкий – в{NBSP}{pct(outer)}")


def earlier(report: Report) -> Text:
    """Return how many earlier forecasts held what came."""
    rows = report.earlier.rows
    if not rows:
        raise GapError(())
    came = counted((one.came for one in rows), "прогнозы, исход которых известен")
    held = counted((one.came for one in rows if one.held), "исходы внутри узкого интервала")
    return Text(f"В{NBSP}узкий интервал прежнего прогноза попали {num(held)} из {num(came)} исходов")


def cohorts(report: Report) -> Text:
    """Return for how many series admissions foretold graduates better than the trend."""
    errors = {
        key: (known, trend)
        for key in told(report)
        if (known := past_error(report, key, COHORT)) is not None
        and (trend := past_error(report, key, TREND)) is not None
    }
    if not errors:
        raise GapError(())
    better = {key: known for key, (known, trend) in errors.items() if known < trend}
    where = among(better, {key: known for key, (known, _) in errors.items()}, "прогноз")
    compared = [error for pair in errors.values() for error in pair]
    return Text(f"Прием прошлых лет {chosen('предсказал выпуск точнее тренда', 'сравнение', *compared)} {where}")


def experience(report: Report) -> Text:
    """Return how many series are too short for a forecast."""
    lacking = [past.last for past in map(report.past, SHORT) if not past.sufficient and past.changes]
    if not lacking:
        return Text("Показателей, ряд которых короток для прогноза, нет")
    few = spelled(counted(lacking, "показатели с коротким рядом"), "показатель", "gent")
    return Text(f"Для {few} прогноза нет: ряд короток")


def scenarios(report: Report) -> Text:
    """Return how far the scenarios move the forecast, down and up."""
    effects = [effect for scenario in report.scenarios.values() for effect in scenario.effects.values()]
    low, high = min(effects), max(effects)
    what = lowered(name(report, next(iter(report.scenarios.values())).indicator))
    if low == high:
        return Text(f"Сценарии сдвигают {what} на{NBSP}{signed(low)}")
    return Text(f"Сценарии сдвигают {what} от{NBSP}{bare_signed(low)} до{NBSP}{signed(high)}")


def decision(report: Report) -> Text:
    """Return between which numbers of graduates at work the scenarios lie in the last year."""
    year = report.working.years[-1]
    values = [told[int(year)] for told in report.graduates_at_work.values() if int(year) in told]
    if not values:
        raise GapError(())
    low, high = min(values), max(values)
    return Text(f"Выпускников за работой в{NBSP}{year!s} году – {interval(low, high)}, смотря по сценарию")


TITLES: dict[str, Title] = {
    "fig-forecast": figure,
    "tbl-forecast": forecast,
    "tbl-forecast-years": forecast,
    "tbl-forecast-record": record,
    "tbl-forecast-earlier": earlier,
    "tbl-forecast-cohorts": cohorts,
    "tbl-forecast-experience": experience,
    "tbl-scenarios": scenarios,
    "tbl-decision": decision,
}


def _gone(report: Report, side: dict[str, Quantity], verb: str) -> Text:
    """Return «вырастет заработная плата», or of how many series where they are many."""
    plural = verb.replace("ет", "ут") if verb.endswith("ет") else verb.replace("ит", "ят")
    if len(side) > FEW:
        return Text(f"{plural} {spelled(counted(side), 'показатель')}")
    return Text(f"{verb if len(side) == 1 else plural} {joined(lowered(name(report, key)) for key in side)}")
