"""Words about graduates forecast from the admissions of past years, beside the trend alone."""

from __future__ import annotations

from analysis.base.gaps import Gap, GapError
from analysis.base.russian import NBSP
from analysis.outlook.cohorts import COHORT, TREND, Cohort
from analysis.quantities import Quantity, Text
from analysis.quantities.text import chosen
from analysis.show.face import Report
from analysis.show.wording import joined, pct

# From which weight on the admissions say more than the trend, in per cent.
_HALF = 50


def told(report: Report) -> dict[str, Cohort]:
    """Return what past admissions say of each series of graduates.

    Raises
    ------
    GapError
        They say nothing of any: the region has no admissions measured alike.
    """
    if not (found := report.cohorts.told):
        raise GapError([Gap("Прогноз выпуска по приему", "прием региона за нужные годы не известен")])
    return found


def past_error(report: Report, indicator: str, model: str) -> Quantity | None:
    """Return the mean error of past forecasts as per cent of the last value's, None where no year could be checked.

    Parameters
    ----------
    report : Report
    indicator : str
    model : {'combined', 'trend', 'cohort'}

    Returns
    -------
    Quantity or None
    """
    try:
        return report.record.beside(indicator, model)
    except GapError:
        return None


def study_times(report: Report, **nouns: str) -> Text:
    """Return the sentence how long programmes last, by the sources of the table of flows.

    Parameters
    ----------
    report : Report
    **nouns : str
        What the programmes are called, in the genitive: `spo_graduates_workers="рабочих"`.

    Examples
    --------
    >>> print(study_times(report, spo_graduates_workers="рабочих", spo_graduates_specialists="специалистов"))
    Самая короткая программа рабочих длится 10 месяцев, самая длинная – 3 года 5 месяцев; специалистов – 1 год
    10 месяцев и 4 года 10 месяцев.
    """
    clauses: list[str] = []
    for indicator, noun in nouns.items():
        short, long = report.cohorts.durations(indicator)
        first = f"Самая короткая программа {noun} длится {short}, самая длинная – {long}"
        clauses.append(f"{noun} – {short} и{NBSP}{long}" if clauses else first)
    return Text(f"{'; '.join(clauses)}.")


def by_admission(report: Report, **nouns: str) -> Text:
    """Return the sentences how forecasts by admissions held beside those by the trend, and what each counts for.

    Parameters
    ----------
    report : Report
    **nouns : str
        What each series is called, in the genitive: `spo_graduates_workers="выпуска рабочих"`.

    Raises
    ------
    GapError
        Admissions say nothing of any series.

    Examples
    --------
    >>> print(by_admission(report, spo_graduates_specialists="выпуска специалистов"))
    Средняя ошибка прежних прогнозов выпуска специалистов по приему – 66 % ошибки простейшего прогноза, по одному
    тренду – 102 %; в прогнозе вес приема – 93 %, решает прием.
    """
    found = told(report)
    sentences = [_measured(report, found[key], noun) for key, noun in nouns.items() if key in found]
    if silent := [noun for key, noun in nouns.items() if key not in found]:
        sentences.append(Text(f"Для {joined(silent)} прием региона не известен: прогноз построен без него."))
    return Text(" ").join(sentences)


def _measured(report: Report, cohort: Cohort, noun: str) -> Text:
    known, trend = (past_error(report, cohort.indicator, model) for model in (COHORT, TREND))
    more = chosen("решает прием" if cohort.weight >= _HALF else "решает тренд", "сравнение", cohort.weight)
    part = f"в{NBSP}прогнозе вес приема – {pct(cohort.weight)}, {more}"
    if known is None or trend is None:
        return Text(f"Прогнозы {noun} по приему на прошлых годах не проверить; {part}.")
    return Text(
        f"Средняя ошибка прежних прогнозов {noun} по приему – {pct(known)} ошибки простейшего прогноза, по одному"
        f" тренду – {pct(trend)}; {part}."
    )
