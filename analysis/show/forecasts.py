"""What figures and tables of forecasts share: names of the series, what is said of one that is too short."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.outlook import Past
from analysis.outlook.forecasts import DRAWN, INNER
from analysis.outlook.panels import SUMS
from analysis.quantities import Quantity, Text, counted
from analysis.quantities.numerals import symbols
from analysis.quantities.text import chosen, plain
from analysis.show.face import Report
from analysis.show.spelled import spelled
from analysis.show.wording import capital, joined, lowered, num, pct, signed, with_unit

NAMES = {
    "employment_rate": "Уровень занятости",
    "unemployment_rate": "Уровень безработицы",
    "employed_average_annual": "Занятые в среднем за год",
    "wage_nominal": "Заработная плата",
    "registered_vacancies": "Заявленные вакансии",
    "spo_students": "Студенты СПО",
    "spo_students_workers": "Студенты: рабочие",
    "spo_students_specialists": "Студенты: специалисты",
    "spo_admission": "Прием на СПО",
    "spo_admission_workers": "Прием: рабочие",
    "spo_admission_specialists": "Прием: специалисты",
    "spo_graduates": "Выпуск СПО",
    "spo_graduates_workers": "Выпуск: рабочие",
    "spo_graduates_specialists": "Выпуск: специалисты",
    "labour_balance": "Сальдо трудовой миграции",
    "informal_share_printed": "Занятые в неформальном секторе",
}
# What is too short for a line, of the labour market the report describes.
SHORT = ("tension", "job_search_months", "long_term_unemployed_share", "labour_balance", "informal_share_printed")
# From which share of past outcomes within the inner interval on it may be called likely, in per cent.
LIKELY = 70
# Vacancies are places, not people.
_UNITS = {"registered_vacancies": "тыс."}


def name(report: Report, indicator: str) -> str:
    """Return the short name of a series; a series without one of its own is called as in the list of indicators.

    Examples
    --------
    >>> print(series_name(report, "wage_nominal"))
    Заработная плата
    """
    return NAMES.get(indicator) or report.load("indicators").set_index("id").at[indicator, "short"]


def named_with_unit(report: Report, indicator: str, value: Quantity) -> str:
    """Return «Заработная плата, тыс. руб.».

    Parameters
    ----------
    report : Report
    indicator : str
    value : Quantity
        A value of the series, in the unit to name.

    Returns
    -------
    str
        The name alone where the unit has no symbol.
    """
    symbol = _UNITS.get(indicator, symbols().get(value.unit, "")).replace(" ", NBSP)
    return f"{name(report, indicator)}, {symbol}" if symbol else name(report, indicator)


def series_value(indicator: str, value: Quantity) -> Text:
    """Return a value of a series with its unit: «11,1 тыс. чел.»; vacancies are no people, «35,7 тыс.».

    Examples
    --------
    >>> print(series_value("registered_vacancies", Quantity(35.7, "thousand_people", 1)))
    35,7 тыс.
    """
    return Text.of(f"{bare(value)}{NBSP}{_UNITS[indicator]}", value) if indicator in _UNITS else with_unit(value)


def experience(known: Past) -> str:
    """Return «изменения за год – от −0,9 до +0,1 п. п.», or that no two years were measured alike."""
    if not known.changes:
        return "двух соседних лет, измеренных одинаково, нет"
    fall, rise = known.extreme("fall"), known.extreme("rise")
    low = bare_signed(fall) if fall.unit == rise.unit else signed(fall)
    return f"изменения за год – от{NBSP}{low} до{NBSP}{signed(rise)}"


def too_short(known: Past) -> Text:
    """Return why there is no line into the future."""
    return Text(f"ряд короток: сопоставимых лет – {num(counted(known.usable))}")


def bare(value: Quantity) -> str:
    """Return the number alone, without unit and card."""
    return plain(num(value))


def bare_signed(value: Quantity) -> Text:
    """Return the number with its sign and without its unit."""
    return signed(value).split(NBSP)[0]


def expected(report: Report, indicator: str, year: int) -> Text:
    """Return «ожидается 53,3 % (скорее всего, от 48,8 до 58,3 %)».

    Parameters
    ----------
    report : Report
    indicator : str
    year : int
        Of the future.

    Returns
    -------
    Text
        The interval is the inner one, four outcomes of five. It is called likely only where past outcomes fell into
        such intervals often enough (`LIKELY`); where they did not, the measured share stands instead. For a series too
        short: «прогноза нет» and its range of experience.

    Examples
    --------
    >>> print(expected(report, "unemployment_rate", 2022))
    ожидается 5,4 % (скорее всего, от 4,0 до 6,9 %)
    """
    known = report.past(indicator)
    if not known.sufficient:
        return Text(f"прогноза нет ({too_short(known)}, {experience(known)})")
    middle = series_value(indicator, report.forecast(indicator).mean(year))
    bounds, doubt = bounds_of(report, indicator, year), _doubt(report, indicator)
    if doubt:
        return Text(f"ожидается {middle} (по расчету, {bounds}; {doubt})")
    return Text(f"ожидается {middle} (скорее всего, {bounds})")


def _doubt(report: Report, indicator: str) -> Text:
    """Return how seldom such intervals held, in words; empty where they held often enough to be called likely."""
    share = coverage_before(report, indicator)
    if share is None:
        return Text("на прошлых годах такой интервал не проверить")
    if share >= LIKELY:
        return Text()
    return Text(f"прежде такой интервал держался в{NBSP}{pct(share)} случаев")


def coverage_before(report: Report, indicator: str) -> Quantity | None:
    """Return how often past outcomes fell into the inner interval, None where nothing was checked.

    For a sum it is the least of its parts.
    """
    checked = set(report.record.scores["indicator"])
    shares = [report.record.coverage(INNER, part) for part in SUMS.get(indicator, (indicator,)) if part in checked]
    return min(shares, default=None)


def interval_of(report: Report, indicator: str, year: int) -> Text:
    """Return «от 48,8 до 58,3 %», the inner interval of a year; for a series too short «не построен» and why.

    Where such intervals did not hold often enough to be called likely, the measured share stands behind.

    Parameters
    ----------
    report : Report
    indicator : str
    year : int
        Of the future.

    Returns
    -------
    Text
        It remembers both bounds.

    Examples
    --------
    >>> print(interval_of(report, "unemployment_rate", 2022))
    от 4,0 до 6,9 %
    """
    known = report.past(indicator)
    if not known.sufficient:
        return Text(f"не построен ({too_short(known)})")
    bounds, doubt = bounds_of(report, indicator, year), _doubt(report, indicator)
    return Text(f"{bounds} ({doubt})") if doubt else bounds


def bounds_of(report: Report, indicator: str, year: int) -> Text:
    """Return «от 48,8 до 58,3 %», the inner interval of a year, and no more.

    Parameters
    ----------
    report : Report
    indicator : str
        Of a series that is long enough.
    year : int
        Of the future.

    Returns
    -------
    Text
        It remembers both bounds.
    """
    forecast = report.forecast(indicator)
    return Text(f"от{NBSP}{num(forecast.low(year))} до{NBSP}{series_value(indicator, forecast.high(year))}")


def which_way(report: Report, year: int, **nouns: str) -> Text:
    """Return the sentence whether the inner intervals of a year tell a rise from a fall.

    Parameters
    ----------
    report : Report
    year : int
        Of the future.
    **nouns : str
        What each indicator is called in the sentence, in the nominative: `employment_rate="уровень занятости"`.

    Returns
    -------
    Text
        The last known value within the interval: the direction is open; outside: it is named. Series too short are
        passed over.

    Examples
    --------
    >>> print(which_way(report, 2022, unemployment_rate="уровень безработицы"))
    В какую сторону изменится уровень безработицы, по этим данным не сказать: последнее известное значение лежит
    внутри пределов.
    """
    clauses, still = [], []
    for indicator, noun in nouns.items():
        if not report.past(indicator).sufficient:
            continue
        forecast = report.forecast(indicator)
        last, low, high = forecast.last, forecast.low(year), forecast.high(year)
        if low <= last <= high:
            still.append(chosen(noun, "сравнение", low, last, high))
        else:
            verb = "вырастет" if low > last else "снизится"
            surely = "по расчету" if _doubt(report, indicator) else "скорее всего"
            clauses.append(
                f"{noun}, {surely}, {chosen(verb, 'сравнение', low, last, high)}: последнее известное значение"
                " лежит вне пределов"
            )
    if still:
        verb = "изменится" if len(still) == 1 else "изменятся"
        clauses.append(
            f"в{NBSP}какую сторону {verb} {joined(still)}, по этим данным не сказать: последнее известное значение"
            " лежит внутри пределов"
        )
    if not clauses:
        return Text("О направлении судить не по чему.")
    return Text(f"{capital(Text('; ').join(map(Text, clauses)))}.")


def known_pasts(report: Report, indicators: Iterable[str]) -> dict[str, Past]:
    """Return what is known of those of some series that the region has.

    Raises
    ------
    GapError
        It has none.
    """
    found: dict[str, Past] = {}
    lacking: list[GapError] = []
    for indicator in indicators:
        try:
            found[indicator] = report.past(indicator)
        except GapError as error:
            lacking.append(error)
    if not found and lacking:
        raise lacking[0]
    return found


def at_work_range(report: Report, year: int) -> Quantity:
    """Return how far the scenarios lie apart in a year: the most graduates at work less the fewest.

    Examples
    --------
    >>> print(at_work_range(report, 2022))
    0,6 тыс. чел.
    """
    counts = [told[int(year)] for told in report.graduates_at_work.values() if int(year) in told]
    return max(counts) - min(counts)


def worse_than_naive(report: Report) -> Text:
    """Return the sentence on the series for which carrying the last value on was at least as good as the forecast.

    Examples
    --------
    >>> print(worse_than_naive(report))
    Хуже простейшего прогноза наш не оказался ни для одного ряда.
    """
    record = report.record
    judged = set(record.scores["indicator"])
    errors = {key: record.relative(key) for key in DRAWN if key in judged}
    lost = {key: error for key, error in errors.items() if error >= record.whole}
    if not lost:
        return Text("Хуже простейшего прогноза наш не оказался ни для одного ряда.")
    series = joined(f"«{lowered(name(report, key))}» ({pct(error)} его ошибки)" for key, error in lost.items())
    return Text(f"Не точнее простейшего прогноза наш был для {'ряда' if len(lost) == 1 else 'рядов'} {series}.")


def methods_named(report: Report) -> Text:
    """Return what the combination is made of, as the cards call it: «последнее значение, затухающий тренд …».

    Examples
    --------
    >>> print(methods_named(report))
    последнее значение, затухающий тренд, общее и свое, общая авторегрессия, тета, подвижная тета, средний прирост
    и прием прошлых лет
    """
    return joined(lowered(card.name) for key, card in report.prospects.methods().items() if key != "combined")


def new_extremes(report: Report) -> Text:
    """Return what so few changes say of the next one.

    Notes
    -----
    Of n + 1 changes none of which is special, the last is the largest or the smallest with probability 2 / (n + 1).

    Examples
    --------
    >>> print(new_extremes(report))
    Известно не больше двух изменений на показатель. При таком их числе следующее чаще выходит за прежние пределы,
    чем остается внутри: это опыт, а не граница возможного.
    """
    changes = [past.changes for past in map(report.past, SHORT) if not past.sufficient]
    longest = max(changes, key=len, default=None)
    if not longest:
        return Text("Ни одного изменения за год по этим рядам не известно.")
    known = counted(longest)
    if known < 3:
        often = "чаще выходит за прежние пределы, чем остается внутри"
    elif known == 3:
        often = "выходит за прежние пределы так же часто, как остается внутри"
    else:
        often = "чаще остается в прежних пределах, чем выходит за них"
    return Text(
        f"Известно не больше {spelled(known, 'изменение', 'gent')} на показатель. При таком их числе следующее"
        f" {chosen(often, 'сравнение', known)}: это опыт, а не граница возможного."
    )
