"""What figures and tables of forecasts share: names of the series, what is said of one that is too short."""

from __future__ import annotations

from analysis.base.russian import NBSP
from analysis.catalogue import load
from analysis.outlook import Past
from analysis.outlook.forecasts import DRAWN, INNER
from analysis.outlook.panels import SUMS
from analysis.quantities import Quantity, Text, counted
from analysis.quantities.numerals import symbols
from analysis.quantities.text import chosen, plain
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
# Vacancies are places, not people.
_UNITS = {"registered_vacancies": "тыс."}


def name(report, indicator: str) -> str:
    """Return the short name of a series; a series without one of its own is called as in the list of indicators."""
    if indicator in NAMES:
        return NAMES[indicator]
    return load("indicators", report.edition.id).set_index("id").at[indicator, "short"]


def named_with_unit(report, indicator: str, value: Quantity) -> str:
    """Return «Заработная плата, тыс. руб.»."""
    symbol = _UNITS.get(indicator, symbols().get(value.unit, "")).replace(" ", NBSP)
    return f"{name(report, indicator)}, {symbol}" if symbol else name(report, indicator)


def measured(indicator: str, value: Quantity) -> Text:
    """Return a value of a series with its unit: «11,1 тыс. чел.»; vacancies are no people, «35,7 тыс.»."""
    return Text.of(f"{bare(value)}{NBSP}{_UNITS[indicator]}", value) if indicator in _UNITS else with_unit(value)


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
    """Return «ожидается 53,3 % (скорее всего, от 48,8 до 58,3 %)»; for a series too short, «прогноза нет» and its range of experience.

    The interval is the inner one, four outcomes of five. It is called likely only where most past outcomes did fall into
    such intervals; where they did not, the measured share is told instead.
    """
    known = report.past(indicator)
    if not known.sufficient:
        return Text(f"прогноза нет ({too_short(known)}, {experience(known)})")
    found = report.forecast(indicator)
    middle, bounds, share = (
        measured(indicator, found.mean(year)),
        interval_of(report, indicator, year),
        coverage_before(report, indicator),
    )
    if share is None:
        return Text(f"ожидается {middle} (по расчету, {bounds}; на прошлых годах такой интервал не проверить)")
    if share.value <= 50:
        return Text(
            f"ожидается {middle} (по расчету, {bounds}; прежде такой интервал держался лишь в{NBSP}{pct(share)}"
            " случаев)"
        )
    return Text(f"ожидается {middle} (скорее всего, {bounds})")


def coverage_before(report, indicator: str) -> Quantity | None:
    """Return how often past outcomes fell into the inner interval, the least of the parts for a sum; None where nothing was checked."""
    checked = set(report.record.scores["indicator"])
    told = [report.record.coverage(INNER, one) for one in SUMS.get(indicator, (indicator,)) if one in checked]
    return min(told) if told else None


def interval_of(report, indicator: str, year: int) -> Text:
    """Return «от 48,8 до 58,3 %», the inner interval of a year; for a series too short «нет» and why."""
    known = report.past(indicator)
    if not known.sufficient:
        return Text(f"нет ({too_short(known)})")
    found = report.forecast(indicator)
    return Text(f"от{NBSP}{num(found.low(year))} до{NBSP}{measured(indicator, found.high(year))}")


def which_way(report, year: int, **nouns: str) -> Text:
    """Return the sentence whether the inner intervals of a year tell a rise from a fall.

    Parameters
    ----------
    nouns : str
        What each indicator is called in the sentence, in the nominative: `employment_rate="уровень занятости"`.

    Returns
    -------
    Text
        The last known value within the interval: the direction is open; outside: it is named. Series too short are passed over.
    """
    said, still = [], []
    for one, noun in nouns.items():
        if not report.past(one).sufficient:
            continue
        found = report.forecast(one)
        last, low, high = found.last, found.low(year), found.high(year)
        if low <= last <= high:
            still.append(chosen(noun, "сравнение", low, last, high))
        else:
            verb = "вырастет" if low > last else "снизится"
            said.append(
                f"{noun}, скорее всего, {chosen(verb, 'сравнение', low, last, high)}: последнее известное значение"
                " лежит вне пределов"
            )
    if still:
        verb = "изменится" if len(still) == 1 else "изменятся"
        said.append(
            f"в{NBSP}какую сторону {verb} {joined(still)}, по этим данным не сказать: последнее известное значение"
            " лежит внутри пределов"
        )
    if not said:
        return Text("О направлении судить не по чему.")
    return Text(f"{capital(Text('; ').join(map(Text, said)))}.")


def at_work_range(report, year: int) -> Quantity:
    """Return how far the scenarios lie apart in a year: the most graduates at work less the fewest."""
    told = [values[int(year)] for values in report.graduates_at_work.values() if int(year) in values]
    return max(told) - min(told)


def beaten(report) -> Text:
    """Return the sentence on the series for which carrying the last value on was at least as good as the forecast."""
    better = [
        one
        for one in DRAWN
        if one in set(report.record.scores["indicator"]) and report.record.relative(one) >= report.record.whole
    ]
    if not better:
        return Text("Хуже простейшего прогноза наш не оказался ни для одного ряда.")
    told = joined(f"«{lowered(name(report, one))}» ({pct(report.record.relative(one))} его ошибки)" for one in better)
    return Text(f"Не точнее простейшего прогноза наш был для {'ряда' if len(better) == 1 else 'рядов'} {told}.")


def methods_named(report) -> Text:
    """Return what the combination is made of, as the cards call it: «последнее значение, затухающий тренд …»."""
    return joined(lowered(card.name) for key, card in report.prospects.methods().items() if key != "combined")


def surprises(report) -> Text:
    """Return what so few changes say of the next one.

    Notes
    -----
    Of n + 1 changes none of which is special, the last is the largest or the smallest with probability 2 / (n + 1).
    """
    longest = max((report.past(one).changes for one in SHORT if not report.past(one).sufficient), key=len, default={})
    if not longest:
        return Text("Ни одного изменения за год по этим рядам не известно.")
    known = counted(longest.values())
    often = (
        "чаще выходит за прежние пределы, чем остается внутри"
        if known.value < 3
        else (
            "выходит за прежние пределы так же часто, как остается внутри"
            if known.value == 3
            else "чаще остается в прежних пределах, чем выходит за них"
        )
    )
    return Text(
        f"Известно не больше {spelled(known, 'изменение', 'gent')} на показатель. При таком их числе следующее"
        f" {chosen(often, 'сравнение', known)}: это опыт, а не граница возможного."
    )
