"""Tables of forecasts: year by year with intervals, how they held in the past, scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.editions.needs import Need, Words
from analysis.outlook import Past
from analysis.outlook.cohorts import COHORT, TREND
from analysis.outlook.forecasts import DRAWN, INNER, LEVELS, SHOWN
from analysis.outlook.panels import SUMS
from analysis.outlook.working import COUNTED, EMPLOYED, GRADUATES, RATE
from analysis.quantities import Quantity, Text
from analysis.show.admitted import past_error, told
from analysis.show.face import Report
from analysis.show.forecasts import (
    SHORT,
    bare,
    bare_signed,
    coverage_before,
    experience,
    known_pasts,
    name,
    named_with_unit,
)
from analysis.show.foretold import made_of
from analysis.show.needs import long_series, needs
from analysis.show.tables.layout import GAP, Cell, Grid, Row, heading, number
from analysis.show.wording import capital, joined, num, signed

NONE = "–"  # a known value has no interval: nothing is missing here
_NO_NUMBER = Cell(GAP, number=True)


@needs(*long_series(*SHOWN))
def forecast(report: Report) -> Grid:
    """Tabulate every series drawn into the future: the last value, the middle and both intervals of the horizon.

    Beside them stands how often the inner interval of such forecasts held. A series the region does not have is no row.
    """
    pasts = known_pasts(report, SHOWN)
    end = report.horizon
    head: list[Row] = [
        [
            Cell("Показатель", rows=2),
            Cell(f"Было в{NBSP}{report.vintage!s}", rows=2),
            Cell(f"Прогноз на {end!s} год", columns=1 + 2 * len(LEVELS)),
            Cell(f"{INNER}{NBSP}% держались, % проверок", rows=2),
        ],
        ["середина", *(words for level in LEVELS for words in (f"{level}{NBSP}%: от", "до"))],
    ]
    body = [
        [heading(named_with_unit(report, key, past.last)), *_ahead(report, past), _held(report, past)]
        for key, past in pasts.items()
    ]
    widths = (60, 10, 11, *[9] * 2 * len(LEVELS), 13)
    return Grid(head, body, widths, {"last": int(end)}, " ".join(_notes(report, pasts)))


@needs(*long_series(*SHOWN))
def by_year(report: Report) -> Grid:
    """Tabulate every forecast year by year: the middle, and the bounds of the inner interval below it."""
    years = report.prospects.years
    body: list[Row] = []
    for key, past in known_pasts(report, SHOWN).items():
        if past.sufficient:
            told = report.forecast(key)
            cells = (_middle_and_bounds(told.mean(at), (told.low(at, INNER), told.high(at, INNER))) for at in years)
            body.append([heading(named_with_unit(report, key, past.last)), *cells])
    head: list[Row] = [["Показатель", *(str(int(year)) for year in years)]]
    note = f"В скобках – {INNER}-процентный интервал."
    return Grid(head, body, (34, *[11] * len(years)), _span(report), note)


def _notes(report: Report, pasts: dict[str, Past]) -> Iterator[str]:
    if any(past.sufficient for past in pasts.values()):
        yield "Прогноз «останется как сейчас» равен последнему известному значению."
    if any(past.last_year < report.vintage for past in pasts.values()):
        yield "В скобках – год, если ряд кончается раньше."
    if wholes := [name(report, key) for key in pasts if key in SUMS and pasts[key].sufficient]:
        yield f"{joined(wholes)}: проверено по видам программ, названа меньшая доля."
    for key, past in pasts.items():
        if not past.sufficient:
            yield f"{name(report, key)}: ряд короток для прогноза, {experience(past)}."


def _ahead(report: Report, past: Past) -> list[Cell]:
    """Return the last value, the middle and the bounds of the horizon; gaps for a series too short to be forecast."""
    last = number(past.last)
    if past.last_year < report.vintage:
        last = replace(last, text=Text(f"{last.text}\n({past.last_year!s})"))
    if not past.sufficient:
        return [last, *[_NO_NUMBER] * (1 + 2 * len(LEVELS))]
    told, end = report.forecast(past.indicator), int(report.horizon)
    bounds = (bound(end, level) for level in LEVELS for bound in (told.low, told.high))
    return [last, number(told.mean(end)), *map(number, bounds)]


def _held(report: Report, past: Past) -> Cell:
    share = coverage_before(report, past.indicator) if past.sufficient else None
    return Cell(NONE, number=True) if share is None else number(share)


@needs()
def earlier(report: Report) -> Grid:
    """Tabulate what was forecast earlier of years whose outcome is known by now, and what came."""
    told = report.earlier
    if not told.rows:
        raise GapError(())
    head: list[Row] = [
        [
            Cell("Показатель", rows=2),
            Cell("Год", rows=2),
            Cell("Ожидалось", columns=3),
            Cell("Наступило", rows=2),
            Cell("Внутри интервала", rows=2),
        ],
        ["середина", f"{INNER}{NBSP}%: от", "до"],
    ]
    body: list[Row] = [
        [
            heading(named_with_unit(report, one.indicator, one.came)),
            str(int(one.year)),
            *map(number, (one.middle, one.low, one.high, one.came)),
            "да" if one.held else "нет",
        ]
        for one in told.rows
    ]
    return Grid(head, body, (34, 9, 12, 11, 11, 12, 11), {}, capital(made_of(report)) + ".")


@needs(*long_series(*DRAWN))
def record(report: Report) -> Grid:
    """Tabulate how often intervals held in past origins, by indicator."""
    judged = set(report.record.scores["indicator"])
    body = [[heading(name(report, key)), *_measured(report, key)] for key in DRAWN if key in judged]
    body.append([heading("Все ряды"), *_measured(report, None)])
    head: list[Row] = [
        [
            Cell("Показатель", rows=2),
            Cell("Проверок", rows=2),
            Cell("Исходов внутри интервала, %", columns=2),
            Cell("Ошибка, %", rows=2),
        ],
        [f"{level}-процентного" for level in LEVELS],
    ]
    return Grid(head, body, (34, 14, 19, 19, 14))


def _measured(report: Report, indicator: str | None) -> list[Cell]:
    record = report.record
    coverage = (record.coverage(level, indicator) for level in LEVELS)
    return [number(score) for score in (record.checks(indicator), *coverage, record.relative(indicator))]


@needs(*long_series(*DRAWN))
def cohorts(report: Report) -> Grid:
    """Tabulate graduates by the admissions of past years, by the trend alone and as forecast, and how each held."""
    years = report.prospects.years
    body: list[Row] = []
    for key, cohort in told(report).items():
        known, forecast_of = report.past(key), report.forecast(key)
        published = {int(year): forecast_of.mean(year) for year in years}
        for title, model, values in (
            ("по приему", COHORT, cohort.cohort),
            ("по тренду", TREND, cohort.trend),
            ("в прогнозе", "combined", published),
        ):
            cells = (number(values[int(year)]) if int(year) in values else _NO_NUMBER for year in years)
            error = past_error(report, key, model)
            row = [heading(f"{named_with_unit(report, key, known.last)} – {title}"), *cells]
            body.append([*row, Cell(NONE, number=True) if error is None else number(error)])
    head: list[Row] = [["Прогноз", *(str(int(year)) for year in years), "Ошибка, %"]]
    return Grid(head, body, (38, *[8] * len(years), 12), _span(report))


@needs(*long_series(*SHORT))
def short(report: Report) -> Grid:
    """Tabulate the range of experience of what is too short for a forecast."""
    body: list[Row] = []
    for indicator in SHORT:
        past = report.past(indicator)
        if past.sufficient or not past.changes:
            continue
        title = heading(named_with_unit(report, indicator, past.last))
        bounds = (past.extreme("fall"), past.extreme("rise"))
        changes = (Cell(_change(change, past.last), number=True, quantity=change) for change in bounds)
        body.append([title, f"{min(past.usable)}–{past.last_year}", number(past.last), *changes])
    head: list[Row] = [
        [
            Cell("Показатель", rows=2),
            Cell("Известные годы", rows=2),
            Cell("Последнее значение", rows=2),
            Cell("Изменение за год", columns=2),
        ],
        ["от", "до"],
    ]
    none = [heading("Таких показателей нет"), *[_NO_NUMBER] * 4]
    return Grid(head, body or [none], (38, 16, 16, 15, 15))


@needs(Words("scenarios"), *long_series("employment_rate"))
def judgements(report: Report) -> Grid:
    """Tabulate the scenarios: whose they are, why, and what they add to the forecast year by year.

    An author of them all is named once, in the note.
    """
    years = report.prospects.years
    authors = {scenario.author for scenario in report.scenarios.values()}
    body: list[Row] = [
        [
            heading(scenario.name),
            f"{scenario.reason}\nАвтор: {scenario.author}." if len(authors) > 1 else scenario.reason,
            *(_effect(scenario.effects.get(int(year))) for year in years),
        ]
        for scenario in report.scenarios.values()
    ]
    head = [["Сценарий", "Основание", *(str(int(year)) for year in years)]]
    note = f"Автор сценариев: {authors.pop()}." if len(authors) == 1 else ""
    return Grid(head, body, (16, 48, *[6] * len(years)), _span(report), note)


@needs(Words("scenarios"), *long_series(RATE, GRADUATES), Need(COUNTED, "y+1", categories=EMPLOYED))
def decision(report: Report) -> Grid:
    """Tabulate graduates at work: the count of the year counted, then the statistical forecast and each scenario.

    The bounds beside the forecast are of graduates and of the employment rate together; scenarios have none of their
    own and are held against these.
    """
    working = report.working
    rows = {
        "Без сценария: статистический прогноз": working.expected,
        **{report.scenarios[key].name: values for key, values in report.graduates_at_work.items()},
    }
    body: list[Row] = [
        [
            heading(title),
            number(working.count),
            *(
                _at_work(values.get(int(year)), working.bounds.get(int(year)) if first else None)
                for year in working.years
            ),
        ]
        for first, (title, values) in zip([True, *[False] * len(rows)], rows.items(), strict=False)
    ]
    note = (
        f"В скобках – {INNER}-процентный интервал. В нем и выпуск, и уровень занятости: на логарифмической шкале их"
        " отклонения сложены как корень из суммы квадратов, то есть так, будто они независимы. У сценариев своих"
        " пределов нет. На прошлых годах такие пределы не проверены: для этого нужен учет выпускников за много лет."
        if working.bounds
        else ""
    )
    head: list[Row] = [["Сценарий", f"Учет {working.year!s}", *(str(year) for year in working.years)]]
    span = {"first": int(working.year), "last": int(working.years[-1])}
    return Grid(head, body, (24, 11, *[12] * len(working.years)), span, note)


def _at_work(value: Quantity | None, bounds: tuple[Quantity, Quantity] | None) -> Cell:
    if value is None:
        return _NO_NUMBER
    return number(value) if bounds is None else _middle_and_bounds(value, bounds)


def _middle_and_bounds(value: Quantity, bounds: tuple[Quantity, Quantity]) -> Cell:
    return Cell(num(value) + "\n(" + "–".join(map(bare, bounds)) + ")", number=True, quantity=value)


@needs()
def methods(report: Report) -> Grid:
    """Tabulate what each method does, in words."""
    return Grid(
        [["Метод", "Что он делает"]],
        [[heading(card.name), card.words] for card in report.prospects.methods().values()],
        (24, 76),
    )


TABLES = {
    "forecast": forecast,
    "forecast-years": by_year,
    "forecast-earlier": earlier,
    "forecast-methods": methods,
    "forecast-record": record,
    "forecast-cohorts": cohorts,
    "forecast-experience": short,
    "scenarios": judgements,
    "decision": decision,
}


def _effect(effect: Quantity | None) -> Cell:
    return _NO_NUMBER if effect is None else Cell(bare_signed(effect), number=True, quantity=effect)


def _change(change: Quantity, level: Quantity) -> Text:
    """Return a change as its row says it: bare in the unit of the row, percentage points named."""
    return bare_signed(change) if change.unit == level.unit else signed(change)


def _span(report: Report) -> dict[str, int]:
    return {"first": report.prospects.years[0], "last": report.prospects.years[-1]}
