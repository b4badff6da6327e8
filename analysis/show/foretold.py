"""Words about forecasts beside what is known: what they may use, how earlier ones held, where scenarios lie."""

from __future__ import annotations

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.quantities import Text, Year, counted
from analysis.quantities.text import chosen
from analysis.show.dates import span
from analysis.show.face import Report
from analysis.show.wording import capital, joined, lowered, num, with_unit


def later_values(report: Report) -> Text:
    """Return the sentence whether anything later than the vintage is known of what is forecast.

    Examples
    --------
    >>> print(later_values(report))
    Это последние годы, которые есть в собранных данных: ни одного известного значения прогноз не обходит.
    """
    known = report.prospects.last_known
    if known is None or known <= report.vintage:
        return Text(
            "Это последние годы, которые есть в собранных данных: ни одного известного значения прогноз не обходит."
        )
    # Not a value but that it is there is told: nobody needs it.
    known = Year(known, known.formula)
    return Text(
        f"Известны и более поздние значения, по {known!s}{NBSP}год; в прогноз они не вошли, чтобы его можно было"
        " сверить с тем, что наступило."
    )


def made_of(report: Report) -> Text:
    """Return whose the earlier forecasts are and what they could know: «прогноз прошлого издания, по данным …»."""
    told = report.earlier
    origin = max(one.origin for one in told.rows)
    whose = "прогноз прошлого издания," if told.edition else "прогноз, построенный только"
    return Text(f"{whose} по данным не позже {origin!s} года")


def earlier_held(report: Report) -> Text:
    """Return how many earlier forecasts held what came.

    Raises
    ------
    GapError
        Nothing was forecast earlier of a year that is known by now.

    Examples
    --------
    >>> print(earlier_held(report))
    Прогноз, построенный только по данным не позже 2020 года, сверен с тем, что наступило в 2021 году: внутри
    узкого интервала – 9 из 11 исходов.
    """
    told = report.earlier
    if not told.rows:
        raise GapError(())
    came = counted((one.came for one in told.rows), "прогнозы, исход которых известен")
    held = counted((one.came for one in told.rows if one.held), "исходы внутри узкого интервала")
    years = sorted({one.year for one in told.rows})
    when = f"{years[0]!s} году" if len(years) == 1 else f"{span(years[0], years[-1])} годах"
    return Text(
        f"{capital(made_of(report))}, сверен с{NBSP}тем, что наступило в{NBSP}{when}: внутри"
        f" узкого интервала – {num(held)} из{NBSP}{num(came)} исходов."
    )


def scenarios_judged(report: Report, year: int) -> Text:
    """Return the sentence where the scenarios of graduates at work lie against what the forecast expects of a year.

    Parameters
    ----------
    report : Report
    year : int
        Of the future.

    Returns
    -------
    Text

    Examples
    --------
    >>> print(scenarios_judged(report, 2022))
    Все сценарии лежат внутри пределов, которых ждет прогноз (от 7,9 до 9,5 тыс. чел.): по прошлому ни одного из них
    не исключить.
    """
    if int(year) not in report.working.bounds:
        return Text("Пределов у прогноза нет, и судить по ним сценарии нельзя.")
    low, high = report.working.bounds[int(year)]
    bounds = f"от{NBSP}{num(low)} до{NBSP}{with_unit(high)}"
    values = {
        report.scenarios[key].name: told[int(year)]
        for key, told in report.graduates_at_work.items()
        if int(year) in told
    }
    outside = {title: value for title, value in values.items() if not low <= value <= high}
    if not outside:
        words = chosen("Все сценарии лежат внутри пределов", "сравнение", low, *values.values(), high)
        return Text(f"{words}, которых ждет прогноз ({bounds}): по прошлому ни одного из них не исключить.")
    named = joined(f"«{lowered(title)}» ({with_unit(value)})" for title, value in outside.items())
    verb = "Сценарий" if len(outside) == 1 else "Сценарии"
    lie = "лежит" if len(outside) == 1 else "лежат"
    rest = "остальные – внутри" if len(outside) < len(values) else "внутри нет ни одного"
    return Text(
        f"{verb} {named} {lie} вне пределов, которых ждет прогноз ({bounds}), {rest}: такого прошлое не подсказывает."
    )
