"""The tables of the data appendix: what there is, what is missing, what stood where in the printed edition."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import pandas as pd

from analysis.base.ranges import as_ranges
from analysis.catalogue import Table, check_tables
from analysis.catalogue.findings import Finding
from analysis.catalogue.territories import parts_of
from analysis.editions.needs import Words
from analysis.editions.scope import belongs
from analysis.quantities import Quantity
from analysis.quantities.formula import Named
from analysis.show.face import Report
from analysis.show.needs import needs
from analysis.show.observed import observed_rows, observed_tables, short_title
from analysis.show.printed import printed
from analysis.show.tables.layout import Cell, Grid, Row, band, heading, number, points

_STATES = {"full": "построен по данным", "partial": "построен частично", "lost": "содержание утрачено"}


@needs()
def data_catalogue(report: Report) -> Grid:
    """List every table that holds observations of these territories: of which, years, how many, missing ones."""
    held = [table for name, table in observed_tables(report).items() if len(observed_rows(report, name))]
    rows = [_described(report, table) for table in held]
    return Grid([["Таблица", "Территорий", "Годы", "Наблюдений", "Из них пропусков"]], rows, (46, 13, 13, 15, 13))


@needs()
def data_sources(report: Report) -> Grid:
    """List what each source gives, by licence: observations and series."""
    names = report.load("indicators").set_index("id")["short"]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    series: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for name, table in observed_tables(report).items():
        licence = table.licence or "Условия использования не указаны"
        # A series has the name of its indicator; a table of the printed edition holds many and is called by its own.
        called = names.get(name, short_title(table))
        for source, rows in observed_rows(report, name).groupby("source", sort=False):
            counts[licence][source] += len(rows)
            series[licence, source][called] = None
    known, body = report.project.publications(), list[Row]()
    for licence, given in counts.items():
        body.append(band(licence, 3))
        body += [
            [
                heading(known[source].title),
                _counted(count, f"наблюдения источника {source}"),
                "; ".join(series[licence, source]),
            ]
            for source, count in given.items()
        ]
    return Grid([["Источник", "Наблюдений", "Что взято"]], body, (42, 14, 44))


@needs()
def warnings(report: Report) -> Grid:
    """List what the check of the data warns of: the observation, what is remarkable, what is known of it."""
    # Sums want the parts of the territories, and nothing else what is told of the other ones.
    wanted = report.scope.union(*map(parts_of, report.scope))
    findings = check_tables(observed_tables(report).values(), report.edition.id, wanted)
    mine = [finding for finding in findings if finding.key and finding.key[1] in report.scope]
    rows: list[Row] = [
        [
            heading(finding.subject),
            _sentence(finding.problem),
            finding.remedy if finding.acknowledged else "не разобрано",
            _place(finding),
        ]
        for finding in mine
    ]
    return Grid([["Наблюдение", "Что замечено", "Пояснение", "Место"]], rows, (24, 24, 28, 24))


@needs()
def gaps(report: Report) -> Grid:
    """List observations that the sources do not give, by indicator, with the years."""
    held = [observed_rows(report, name) for name in observed_tables(report)]
    missing = pd.concat([rows[rows["status"] == "M"] for rows in held])
    names = report.load("indicators").set_index("id")["name"]
    rows: list[Row] = []
    for (indicator, territory), group in missing.groupby(["indicator", "territory"], sort=False):
        years = sorted(int(year) for year in group["year"].dropna().unique())
        reasons = " ".join(f"{note.rstrip('.')}." for note in dict.fromkeys(group["note"]) if note)
        rows.append([heading(names[indicator]), report.territory(territory).name, _years(years), reasons])
    return Grid([["Показатель", "Территория", "Годы", "Почему нет"]], rows, (30, 20, 12, 38))


@needs(Words("gaps"), Words("printed_exhibits"))
def lost(report: Report) -> Grid:
    """List what the pictures of the printed edition held and no source gives any more."""
    known = printed(report).set_index("exhibit")
    rows: list[Row] = []
    for exhibit, group in report.load("gaps").groupby("exhibit", sort=False):
        rows.append([heading(f"Рисунок {int(known.loc[exhibit, 'printed_number'])}"), points(group["text"])])
    return Grid([["В печатном издании", "Чего больше нет"]], rows, (20, 80))


@needs()
def exhibits_map(report: Report) -> Grid:
    """List where the tables and figures of the printed edition stand here."""
    known = printed(report)
    known = known[known["printed_number"].notna()]
    rows: list[Row] = []
    for kind, word in (("tbl", "Таблица"), ("fig", "Рисунок")):
        for _, row in known[known["exhibit"].str.startswith(f"{kind}-")].sort_values("printed_number").iterrows():
            rows.append([heading(f"{word} {int(row['printed_number'])}"), row["printed_caption"], _state(row)])
    return Grid([["В печатном издании", "Название там", "Здесь"]], rows, (18, 58, 24))


@needs()
def breaks(report: Report) -> Grid:
    """List breaks of the official series: since when and why; series that break together share a row."""
    names = report.load("indicators").set_index("id")["name"]
    rows: list[Row] = []
    known = report.load("breaks")
    for (year, reason), group in known[belongs(known, report.scope)].groupby(["year", "reason"], sort=True):
        series = "; ".join(names[indicator] for indicator in dict.fromkeys(group["indicator"]))
        rows.append([heading(str(year)), series, reason])
    return Grid([["С года", "Ряды", "Что изменилось"]], rows, (10, 45, 45))


TABLES = {
    "data-catalogue": data_catalogue,
    "data-sources": data_sources,
    "warnings": warnings,
    "gaps": gaps,
    "lost": lost,
    "exhibits-map": exhibits_map,
    "breaks": breaks,
}


def _counted(count: int, what: str) -> Cell:
    return number(Quantity(float(count), "count", 0, (), Named(f"подсчет: {what}")))


def _described(report: Report, table: Table) -> Row:
    rows = observed_rows(report, table.name)
    years = _span(rows["year"].dropna()) if len(rows) else "–"
    counts = {
        "территории": rows["territory"].nunique(),
        "строки": len(rows),
        "строки со статусом M": int((rows["status"] == "M").sum()),
    }
    places, *others = (_counted(count, f"{what} таблицы {table.label}") for what, count in counts.items())
    return [heading(table.title), places, years, *others]


def _place(finding: Finding) -> str:
    """Return file and row; a long name may break after its underscores."""
    return f"{finding.file.rpartition('/')[2]}, строка {finding.row}".replace("_", "_\u200b")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _state(row: pd.Series) -> str:
    if row["exhibit"].startswith("tbl-"):
        return "воспроизведена по данным"
    return _STATES[row["state"]]


def _span(years: pd.Series) -> str:
    """Return the first and the last year, one year by itself."""
    return _years([] if years.empty else range(int(years.min()), int(years.max()) + 1))


def _years(years: Iterable[int]) -> str:
    """Return years as ranges: «2000–2003, 2010»."""
    return as_ranges(years) or "не указаны"
