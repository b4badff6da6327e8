"""Tables of forecasts: year by year with intervals, how they held in the past, scenarios."""

from __future__ import annotations

from collections.abc import Callable

from analysis.base.russian import NBSP
from analysis.outlook.forecasts import DEMAND, DRAWN, LEVELS
from analysis.outlook.panels import SUMS
from analysis.outlook.scenarios import at_work
from analysis.quantities import Quantity, Text
from analysis.show.forecasts import SHORT, bare, experience, name, named_with_unit
from analysis.show.tables.layout import GAP, Cell, Grid, heading, number
from analysis.show.wording import num, signed

NONE = "–"  # a known value has no interval: nothing is missing here


def of(*indicators: str) -> Callable[..., Grid]:
    """Return the function that tables the forecasts of these indicators: the last value, then each year with the 80 % interval."""
    return lambda report: _by_year(report, indicators)


def _by_year(report, indicators: tuple[str, ...]) -> Grid:
    pasts = {one: report.past(one) for one in indicators}
    drawn = {one: report.forecast(one) for one, known in pasts.items() if known.sufficient}
    last = max(known.last_year for known in pasts.values())
    gap, none = Cell(GAP, number=True), Cell(NONE, number=True)
    body = [
        [
            heading(f"{last}, известно"),
            *(
                cell
                for known in pasts.values()
                for cell in (number(known.last) if known.last_year == last else gap, none, none)
            ),
        ]
    ]
    for year in report.prospects.years:
        cells = [
            number(value) if drawn.get(one) else gap
            for one in indicators
            for value in (_row(drawn[one], year) if one in drawn else (None, None, None))
        ]
        body.append([heading(str(int(year))), *cells])
    head = [
        [
            Cell("Год", rows=2),
            *(Cell(named_with_unit(report, one, known.last), columns=3) for one, known in pasts.items()),
        ],
        ["прогноз", f"{LEVELS[0]}{NBSP}%: от", "до"] * len(indicators),
    ]
    short = [
        f"{name(report, one)}: ряд короток для прогноза, {experience(known)}."
        for one, known in pasts.items()
        if one not in drawn
    ]
    carried = f"Прогноз «останется как сейчас» на все годы равен значению {last} года." if drawn else ""
    return Grid(head, body, (22, *[13] * 3 * len(indicators)), _span(report), " ".join(filter(None, [carried, *short])))


def _row(forecast, year: int) -> tuple[Quantity, Quantity, Quantity]:
    return forecast.mean(year), forecast.low(year), forecast.high(year)


def record(report) -> Grid:
    """How often intervals held in past origins, by indicator."""
    judged = [one for one in DRAWN if one in set(report.record.scores["indicator"])]
    body = [[heading(name(report, one)), *_measured(report, one)] for one in judged]
    body.append([heading("Все ряды"), *_measured(report, None)])
    head = [
        [
            Cell("Показатель", rows=2),
            Cell("Проверок", rows=2),
            Cell("Исходов внутри интервала, %", columns=2),
            Cell("Ошибка, %", rows=2),
        ],
        [f"{level}-процентного" for level in LEVELS],
    ]
    return Grid(head, body, (34, 14, 19, 19, 14))


def _measured(report, indicator: str | None) -> list[Cell]:
    told = report.record
    return [
        number(one)
        for one in (
            told.checks(indicator),
            *(told.coverage(level, indicator) for level in LEVELS),
            told.relative(indicator),
        )
    ]


def short(report) -> Grid:
    """The range of experience of what is too short for a forecast."""
    body = []
    for one in SHORT:
        known = report.past(one)
        if known.sufficient or not known.changes:
            continue
        years = f"{min(known.usable)}–{known.last_year}"
        body.append(
            [
                heading(named_with_unit(report, one, known.last)),
                Cell(years),
                number(known.last),
                *(
                    Cell(_change(value, known.last), number=True, quantity=value)
                    for value in (known.extreme("fall"), known.extreme("rise"))
                ),
            ]
        )
    body = body or [[heading("Таких показателей нет"), *[Cell(GAP, number=True)] * 4]]
    return Grid(
        [
            [
                Cell("Показатель", rows=2),
                Cell("Известные годы", rows=2),
                Cell("Последнее значение", rows=2),
                Cell("Изменение за год", columns=2),
            ],
            ["от", "до"],
        ],
        body,
        (38, 16, 16, 15, 15),
    )


def judgements(report) -> Grid:
    """The scenarios: whose they are, why, and what they add to the forecast year by year."""
    found = report.scenarios
    years = report.prospects.years
    body = [
        [
            heading(one.name),
            f"{one.reason}\nАвтор: {one.author}.",
            *(_effect(one.effects.get(int(year))) for year in years),
        ]
        for one in found.values()
    ]
    return Grid(
        [["Сценарий", "Основание", *(str(int(year)) for year in years)]],
        body,
        (18, 40, *[7] * len(years)),
        _span(report),
    )


def decision(report) -> Grid:
    """Graduates at work, scenario by year, and how far the graduates' own interval moves them; the statistical forecast apart, first."""
    years = report.prospects.years
    expected = {int(year): report.prospects.middle("employment_rate", year) for year in years}
    rows = {
        "Без сценария: статистический прогноз": expected,
        **{one.name: one.values for one in report.scenarios.values()},
    }
    ranged = report.past("spo_graduates").sufficient
    body = [[heading(title), *_at_work(report, rates, ranged)] for title, rates in rows.items()]
    note = f"В скобках – если выпуск окажется на границах своего {LEVELS[0]}-процентного интервала." if ranged else ""
    return Grid(
        [["Сценарий", *(str(int(year)) for year in years)]], body, (28, *[12] * len(years)), _span(report), note
    )


def _at_work(report, rates: dict[int, Quantity], ranged: bool) -> list[Cell]:
    middle, *bounds = (at_work(report, rates, bound) for bound in ("middle", *(("low", "high") if ranged else ())))
    return [
        (
            _ranged(middle[int(year)], *(bound[int(year)] for bound in bounds))
            if int(year) in middle
            else Cell(GAP, number=True)
        )
        for year in report.prospects.years
    ]


def _ranged(value: Quantity, *bounds: Quantity) -> Cell:
    # The bounds are the same product with a bound of the table of graduates in it; cards of their own would say it twice.
    return (
        Cell(num(value) + "\n(" + "–".join(map(bare, bounds)) + ")", number=True, quantity=value)
        if bounds
        else number(value)
    )


def methods(report) -> Grid:
    """What each method does, in words."""
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
    return Cell(GAP, number=True) if effect is None else Cell(_bare(effect), number=True, quantity=effect)


def _change(change: Quantity, level: Quantity) -> Text:
    """Return a change as its row says it: bare in the unit of the row, percentage points named."""
    return _bare(change) if change.unit == level.unit else signed(change)


def _bare(value: Quantity) -> Text:
    return signed(value).split(NBSP)[0]


def _span(report) -> dict[str, int]:
    return {"first": report.prospects.years[0], "last": report.prospects.years[-1]}
