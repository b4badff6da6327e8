"""The panel of outcome indicators and the chain from problems to targets, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from analysis.base import build_env
from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.catalogue.suppliers import Suppliers
from analysis.editions.argument import EVIDENCE, INDICATOR, MEASURE, PLAN, RISK
from analysis.quantities import PERCENT, POINTS, Quantity, Text
from analysis.quantities.indicators import highest, lowest
from analysis.quantities.numerals import symbols
from analysis.show.directions import change
from analysis.show.face import Report
from analysis.show.forecasts import name as series_name
from analysis.show.forecasts import series_value
from analysis.show.needs import needs
from analysis.show.panel.items import Measured
from analysis.show.panel.proposed import goal_year, proposal
from analysis.show.panel.rows import GROUPS, Asked, asked, told
from analysis.show.panel.standing import state
from analysis.show.tables.layout import Cell, Grid, Picture, Row, band, heading, points
from analysis.show.tables.texts import responsible
from analysis.show.wording import interval, joined, lowered, num, with_unit

NONE = "–"  # there is nothing to say: no year before, no neighbour, no forecast
PERIODS = {"annual": "раз в год", "quarterly": "раз в квартал"}
DIRECTIONS = {"up": "больше", "down": "меньше", "none": "не оценивается"}
_UNNAMED = "не названы"
_LACKS = "данных нет"


@needs()
def panel(report: Report) -> Grid:
    """Tabulate every indicator that has a value: change, neighbours, line, forecast, target, how it stands."""
    goal = goal_year(report)
    if not report.panel.known:
        raise GapError(tuple(dict.fromkeys(gap for it in report.panel.lacking for gap in it.gaps)))
    head: list[Row] = [["Показатель", "Сейчас", "За год", "Соседи", "Линия", "Прогноз", "Цель", "Стало"]]
    body = _by_group(report.panel.known, lambda it: _panel_row(report, it), len(head[0]))
    return Grid(head, body, (34, 9, 8, 10, 11, 10, 10, 8), {"goal": goal})


@needs()
def panel_lacking(report: Report) -> Grid:
    """List the indicators that cannot be computed: which data they need, who has them, which form takes them."""
    head: list[Row] = [["Показатель", "Каких данных нет", "Кто их дает", "Чем заполнить"]]
    names = report.load("indicators").set_index("id")["name"]
    return Grid(head, _by_group(report.panel.lacking, lambda it: _lacking_row(it, names), 0), (30, 34, 20, 16))


@needs()
def panel_definitions(report: Report) -> Grid:
    """List every indicator with what it means, how it is computed, from what, how often, which direction is good."""
    head: list[Row] = [
        ["Показатель", "Определение", "Как считается", "Единица", "Как часто", "Кто дает", "Лучше", "Сейчас", "Цель"]
    ]
    body = _by_group(report.panel.items, lambda it: _definition_row(report, it), len(head[0]))
    return Grid(head, body, (15, 17, 17, 7, 7, 12, 8, 7, 14))


@needs()
def argument(report: Report) -> Grid:
    """Lead from each problem to its evidence, its measures and plan lines, its indicators and risks."""
    body = [row for n, problem in _problems(report) for row in _chain(report, int(n), str(problem))]
    return Grid([["Звено", "Что известно"]], body, (12, 88))


TABLES = {
    "panel": panel,
    "panel-lacking": panel_lacking,
    "panel-definitions": panel_definitions,
    "argument": argument,
}


def _by_group(items: Iterable[Measured], row: Callable[[Measured], Row], columns: int) -> list[Row]:
    """Return the rows of indicators, those of one group below its name where the table is as wide as `columns`."""
    body: list[Row] = []
    for group, members in groupby(items, key=lambda it: it.row.group):
        if columns:
            body.append(band(GROUPS[group], columns))
        body += [row(it) for it in members]
    return body


def _panel_row(report: Report, it: Measured) -> Row:
    stands = state(it, report.steady)
    return [
        heading(_with_symbol(it)),
        _cell(it.known, _of_year(it, _bare(it.known))),
        NONE if it.before is None else _moved(it, it.before),
        _between(it) if it.near else NONE,
        _spark(report, it),
        _ahead(report, it),
        _wanted(report, it),
        Cell(Text(f"{stands.sign}{NBSP}") + stands.words, tone=stands.tone),
    ]


def _name(it: Measured) -> str:
    return f"{it.row.code} {it.row.name}"


def _with_symbol(it: Measured) -> str:
    """Return the name with the unit, which its numbers then need not repeat; per cents have their sign."""
    symbol = "" if it.row.unit == PERCENT else symbols().get(it.row.unit, "").replace(" ", NBSP)
    return f"{_name(it)}, {symbol}" if symbol else _name(it)


def _bare(quantity: Quantity) -> Text:
    return with_unit(quantity) if quantity.unit == PERCENT else num(quantity)


def _between(it: Measured) -> Text:
    return _range(it.near[lowest(it.near)], it.near[highest(it.near)], it.row.unit)


def _range(low: Quantity, high: Quantity, unit: str) -> Text:
    """Return a range; in the unit that the heading of the row names, without it."""
    if low.unit != unit or unit == PERCENT:
        return interval(low, high)
    return Text(f"от{NBSP}{num(low)} до{NBSP}{num(high)}" if float(low) < 0 else f"{num(low)}–{num(high)}")


def _moved(it: Measured, before: Quantity) -> Cell:
    """Return the change within a year; in the unit that the heading of the row names, without it."""
    moved = change(it.known, before)
    said = with_unit(moved)  # without a plus: a spreadsheet would take it for a formula
    number, *unit = said.split(NBSP, 1)
    if moved.unit == POINTS:  # a long unit may go to the next line
        return _cell(moved, Text(" ").join([number, *unit]))
    return _cell(moved, number if moved.unit == it.row.unit != PERCENT else said)


def _cell(quantity: Quantity, said: Text) -> Cell:
    return Cell(said, number=True, quantity=quantity)


def _spark(report: Report, it: Measured) -> Cell:
    from analysis.show.figures import files  # noqa: PLC0415
    from analysis.show.findings import sparks  # noqa: PLC0415 - matplotlib takes half a second, as in `exhibits`
    from analysis.show.findings.facts import Fact, comparable  # noqa: PLC0415

    if not it.drawn:
        return Cell(NONE)
    drawing = sparks.draw(report, Fact({}, up=True, lines=comparable(it.lines)), _SPARK, _HEIGHT)
    name = f"panel-{it.row.id}"
    if folder := build_env.figures():
        files.write(drawing, name, folder)
        return Cell("", picture=Picture(name, drawing.alt, _PIXELS))
    return Cell("", picture=Picture(name, drawing.alt, _PIXELS, files.svg_bytes(drawing)))


_SPARK, _HEIGHT = 18.0, 8.5  # millimetres
_PIXELS = round(_SPARK / 25.4 * 96)


def _ahead(report: Report, it: Measured) -> Text | str:
    if not it.forecast or not report.past(it.forecast).sufficient:
        return NONE
    ahead, goal = report.forecast(it.forecast), goal_year(report)
    low, high = ahead.low(goal), ahead.high(goal)
    if low.unit == it.row.unit:
        return _range(low, high, it.row.unit)
    return Text(f"{num(low)}–{series_value(it.forecast, high).replace(NBSP, ' ')}")


def _wanted(report: Report, it: Measured) -> Text | str:
    if it.target:
        by = f" к{NBSP}{Text.of(str(it.target.year), it.target.value)}{NBSP}году" if it.target.year else ""
        return Text(f"цель{NBSP}{with_unit(it.target.value)}{by}")
    made = proposal(report, it)
    if not made:
        return NONE
    return _range(made.low, made.high, it.row.unit) if len(made.reasons) > 1 else _bare(made.low)


def _lacking_row(it: Measured, names: Mapping[str, str]) -> Row:
    return [
        heading(_name(it)),
        points(names[one] for one in it.asked),
        joined(dict.fromkeys(gap.who for gap in it.gaps if gap.who)) or NONE,
        points(f"report template {name}" for name in it.asked),
    ]


def _definition_row(report: Report, it: Measured) -> Row:
    goal = it.target
    made = None if goal else proposal(report, it)
    why = f"{goal.author}: {lowered(goal.reason)}" if goal else joined(made.reasons) if made else ""
    suppliers = Suppliers(report.project, report.edition.id)
    given = dict.fromkeys(suppliers.of(one.indicator).name for one in asked(it.row.formula, it.row.id))
    return [
        heading(_name(it)),
        it.row.definition,
        told(it.row.formula, it.row.id, lambda one: _called(report, one)),
        report.label("units", it.row.unit),
        PERIODS[it.row.periodicity],
        joined(filter(None, given)) if any(given) else NONE,
        DIRECTIONS[it.row.better],
        _LACKS if it.value is None else _dated(it),
        Text(f"{'' if goal else 'предлагается '}{_wanted(report, it)}: {why}") if why else NONE,
    ]


def _called(report: Report, one: Asked) -> str:
    """Return how readers know an indicator of the data, and its category."""
    known = report.load("indicators").set_index("id")
    name = series_name(report, one.indicator)
    if one.category is None:
        return f"{name} по категориям" if one.each else name
    return f"{name}: {lowered(report.label(known.at[one.indicator, 'dimension'], one.category))}"


def _problems(report: Report) -> Iterable[tuple[int, str]]:
    rows = report.argument.problems
    return zip(rows["n"], rows["problem"], strict=True)


def _chain(report: Report, problem: int, words: str) -> Iterator[Row]:
    """Yield the links of a problem, one row each, below the problem itself."""
    chain, items = report.argument, {it.row.id: it for it in report.panel.items}
    said = {
        kind: [str(chain.words(kind, index)) for index in chain.rows(problem, kind).index] for kind in (MEASURE, RISK)
    }
    deadlines = report.plan.deadlines()
    lines = [
        f"№{NBSP}{row['n']} – {responsible(report, row['responsible'])}, {deadlines[int(row['n'])].words}"
        for row in chain.rows(problem, PLAN).to_dict("records")
    ]
    evidence, wanted = (chain.refs(problem, kind) for kind in (EVIDENCE, INDICATOR))
    # What proves the problem and tells of its solution is named in full once.
    aims = [_aims(report, items[one], short=one in evidence) for one in wanted]
    yield band(f"{problem}. {words}", 2)
    yield [heading("Видно по"), _listed(_stands(items[one]) for one in evidence)]
    yield [heading("Меры"), _listed(lowered(one) for one in said[MEASURE])]
    yield [heading("План"), _listed(lines)]
    yield [heading("Цель"), _listed(aims)]
    yield [heading("Мешает"), _listed(lowered(one) for one in said[RISK])]


def _listed(texts: Iterable[str]) -> Text:
    return Text("; ".join(texts) or _UNNAMED)


def _stands(it: Measured) -> str:
    """Return an indicator with its value and year, or that it lacks data."""
    return f"{_name(it)}: {_LACKS if it.value is None else _dated(it)}"


def _dated(it: Measured) -> Text:
    return _of_year(it, with_unit(it.known))


def _of_year(it: Measured, said: Text) -> Text:
    """Return a value with its year."""
    return Text(f"{said} ({Text.of(str(it.year), it.known) if it.year else 'б. г.'})")


def _aims(report: Report, it: Measured, *, short: bool) -> str:
    """Return an indicator with what is wanted of it; in short by its code alone."""
    wanted, said = _wanted(report, it), it.row.code if short else _stands(it)
    if it.target:
        return f"{said}, {wanted}"
    return f"{said}, " + ("цели нет" if wanted == NONE else f"предлагается {wanted}")
