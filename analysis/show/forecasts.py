"""What figures and tables of forecasts share: names of the series, what is said of one that is too short."""

from __future__ import annotations

from analysis.catalogue import load
from analysis.numerals import NBSP, symbols
from analysis.outlook import Past
from analysis.outlook.prospects import DRAWN
from analysis.quantities import Quantity, Text
from analysis.quantities.text import plain
from analysis.show.wording import joined, lowered, num, pct, signed, with_unit

NAMES = {
    "employment_rate": "Уровень занятости", "unemployment_rate": "Уровень безработицы", "employed_average_annual": "Занятые в среднем за год",
    "wage_nominal": "Заработная плата", "registered_vacancies": "Заявленные вакансии",
    "spo_students": "Студенты СПО", "spo_students_workers": "Студенты: рабочие", "spo_students_specialists": "Студенты: специалисты",
    "spo_admission": "Прием на СПО", "spo_admission_workers": "Прием: рабочие", "spo_admission_specialists": "Прием: специалисты",
    "spo_graduates": "Выпуск СПО", "spo_graduates_workers": "Выпуск: рабочие", "spo_graduates_specialists": "Выпуск: специалисты",
}
# Vacancies are places, not people.
_UNITS = {"registered_vacancies": "тыс."}


def name(report, indicator: str) -> str:
    """Return the short name of a series; a series without one of its own is called as in the list of indicators."""
    if indicator in NAMES:
        return NAMES[indicator]
    return load("indicators", report.edition.id).set_index("id").at[indicator, "short"]


def named_with_unit(report, indicator: str, value: Quantity) -> str:
    """Return «Заработная плата, тыс. руб.»."""
    symbol = _UNITS.get(indicator, symbols().get(value.unit, ""))
    return f"{name(report, indicator)}, {symbol}" if symbol else name(report, indicator)


def experience(known: Past) -> str:
    """Return «за год менялся от −0,9 до +0,1 п. п.» with both bounds, «изменений нет» where no two years are comparable."""
    if not known.changes:
        return "двух соседних лет, измеренных одинаково, нет"
    fall, rise = known.extreme("fall"), known.extreme("rise")
    low = signed(fall).split(NBSP)[0] if fall.unit == rise.unit else signed(fall)
    return f"изменения за год – от{NBSP}{low} до{NBSP}{signed(rise)}"


def too_short(known: Past) -> str:
    """Return why there is no line into the future."""
    return f"ряд короток: сопоставимых лет – {len(known.usable)}"


def bare(value: Quantity) -> str:
    return plain(num(value))


def expected(report, indicator: str, year: int) -> Text:
    """Return «53,3 % (скорее всего, от 48,8 до 58,3 %)»; for a series too short for a forecast, its range of experience.

    «Скорее всего» is the inner interval: four outcomes of five.
    """
    known = report.past(indicator)
    if not known.sufficient:
        return Text(f"прогноза нет ({too_short(known)}, {experience(known)})")
    found = report.forecast(indicator)
    return Text(f"{with_unit(found.mean(year))} (скорее всего, {interval_of(report, indicator, year)})")


def interval_of(report, indicator: str, year: int) -> Text:
    """Return «от 48,8 до 58,3 %», the inner interval of a year; for a series too short why there is none."""
    known = report.past(indicator)
    if not known.sufficient:
        return Text(f"неизвестно сколько ({too_short(known)})")
    found = report.forecast(indicator)
    return Text(f"от{NBSP}{num(found.low(year))} до{NBSP}{with_unit(found.high(year))}")


def at_work_range(report, year: int) -> Quantity:
    """Return how far the scenarios lie apart in a year: the most graduates at work less the fewest."""
    told = [values[int(year)] for values in report.graduates_at_work.values() if int(year) in values]
    return max(told) - min(told)


def beaten(report) -> Text:
    """Return the sentence on the series for which carrying the last value on was at least as good as the forecast."""
    better = [one for one in DRAWN if one in set(report.record.scores["indicator"]) and report.record.relative(one) >= report.record.whole]
    if not better:
        return Text("Хуже простейшего прогноза наш не оказался ни для одного ряда.")
    told = joined(f"«{lowered(name(report, one))}» ({pct(report.record.relative(one))})" for one in better)
    return Text(f"Простейшему прогнозу наш уступил или не помог для рядов: {told}.")
