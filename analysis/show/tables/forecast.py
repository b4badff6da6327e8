"""Tables of forecasts: year by year with intervals, how they held in the past, scenarios."""

from __future__ import annotations

from collections.abc import Callable

from analysis.base.russian import NBSP
from analysis.editions.needs import Need, Words
from analysis.outlook import Forecast, Past
from analysis.outlook.forecasts import DEMAND, DRAWN, LEVELS
from analysis.outlook.panels import SUMS
from analysis.outlook.scenarios import at_work
from analysis.quantities import Quantity, Text
from analysis.show.face import Report
from analysis.show.forecasts import SHORT, bare, bare_signed, experience, name, named_with_unit
from analysis.show.needs import long_series, needs
from analysis.show.tables.layout import GAP, Cell, Grid, Row, heading, number
from analysis.show.wording import num, signed

NONE = "–"  # a known value has no interval: nothing is missing here
_NO_NUMBER = Cell(GAP, number=True)


def of(*indicators: str) -> Callable[..., Grid]:
    """Return the function that tabulates these indicators: the last value, then each year with its inner interval."""
    return needs(*long_series(*indicators))(lambda report: _by_year(report, indicators))


def _by_year(report: Report, indicators: tuple[str, ...]) -> Grid:
    pasts = {indicator: report.past(indicator) for indicator in indicators}
    forecasts = {key: report.forecast(key) if past.sufficient else None for key, past in pasts.items()}
    last = max(past.last_year for past in pasts.values())
    body: list[Row] = [
        [heading(f"{last}, известно"), *(cell for past in pasts.values() for cell in _known(past, last))],
        *(
            [heading(str(int(year))), *(cell for forecast in forecasts.values() for cell in _ahead(forecast, year))]
            for year in report.prospects.years
        ),
    ]
    head: list[Row] = [
        [
            Cell("Год", rows=2),
            *(Cell(named_with_unit(report, key, past.last), columns=3) for key, past in pasts.items()),
        ],
        ["прогноз", f"{LEVELS[0]}{NBSP}%: от", "до"] * len(indicators),
    ]
    note = [
        *(
            [f"Прогноз «останется как сейчас» на все годы равен значению {last} года."]
            if any(forecasts.values())
            else []
        ),
        *(
            f"{name(report, key)}: ряд короток для прогноза, {experience(past)}."
            for key, past in pasts.items()
            if not past.sufficient
        ),
    ]
    return Grid(head, body, (22, *[13] * 3 * len(indicators)), _span(report), " ".join(note))


def _known(past: Past, year: int) -> tuple[Cell, Cell, Cell]:
    """Return the last value of a series, where it is of this year, with no interval."""
    none = Cell(NONE, number=True)
    return number(past.last) if past.last_year == year else _NO_NUMBER, none, none


def _ahead(forecast: Forecast | None, year: int) -> tuple[Cell, Cell, Cell]:
    """Return the middle and the bounds of the inner interval; gaps for a series too short to be forecast."""
    if forecast is None:
        return _NO_NUMBER, _NO_NUMBER, _NO_NUMBER
    return number(forecast.mean(year)), number(forecast.low(year)), number(forecast.high(year))


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
    """Tabulate the scenarios: whose they are, why, and what they add to the forecast year by year."""
    years = report.prospects.years
    body: list[Row] = [
        [
            heading(scenario.name),
            f"{scenario.reason}\nАвтор: {scenario.author}.",
            *(_effect(scenario.effects.get(int(year))) for year in years),
        ]
        for scenario in report.scenarios.values()
    ]
    head = [["Сценарий", "Основание", *(str(int(year)) for year in years)]]
    return Grid(head, body, (18, 40, *[7] * len(years)), _span(report))


@needs(
    Words("scenarios"),
    *long_series("employment_rate", "spo_graduates"),
    Need("graduates", "y+1"),
    Need("graduate_outcomes", "y+1", categories="employed"),
)
def decision(report: Report) -> Grid:
    """Tabulate graduates at work, the statistical forecast first and then each scenario, by year.

    In brackets stands how far the graduates' own interval moves them.
    """
    years = report.prospects.years
    expected = {int(year): report.prospects.middle("employment_rate", year) for year in years}
    rows = {
        "Без сценария: статистический прогноз": expected,
        **{scenario.name: scenario.values for scenario in report.scenarios.values()},
    }
    ranged = report.past("spo_graduates").sufficient
    body = [[heading(title), *_at_work(report, rates, ranged)] for title, rates in rows.items()]
    note = f"В скобках – если выпуск окажется на границах своего {LEVELS[0]}-процентного интервала." if ranged else ""
    return Grid(
        [["Сценарий", *(str(int(year)) for year in years)]], body, (28, *[12] * len(years)), _span(report), note
    )


def _at_work(report: Report, rates: dict[int, Quantity], ranged: bool) -> list[Cell]:
    middle, *bounds = (
        at_work(report.prospects, rates, bound) for bound in ("middle", *(("low", "high") if ranged else ()))
    )
    return [
        (_ranged(middle[int(year)], *(bound[int(year)] for bound in bounds)) if int(year) in middle else _NO_NUMBER)
        for year in report.prospects.years
    ]


def _ranged(value: Quantity, *bounds: Quantity) -> Cell:
    if not bounds:
        return number(value)
    # The bounds are the same product with a bound of the table of graduates in it: their own cards would say it twice.
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
    "forecast-rates": of("employment_rate", "unemployment_rate"),
    "forecast-jobs": of("employed_average_annual", "wage_nominal"),
    **{f"forecast-{whole.removeprefix('spo_')}": of(*parts) for whole, parts in SUMS.items()},
    "forecast-demand": of(*DEMAND),
    "forecast-methods": methods,
    "forecast-record": record,
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
