"""The tables of the data appendix: what there is, what is missing, what stood where in the printed edition."""

from __future__ import annotations

import pandas as pd

from analysis.base.ranges import as_ranges
from analysis.catalogue import check_tables, load, publications, tables
from analysis.quantities import Quantity
from analysis.show.tables.layout import Cell, Grid, band, heading, number
from analysis.show.wording import count_of

_STATES = {"full": "построен по данным", "partial": "построен частично", "lost": "содержание утрачено"}


def data_catalogue(report) -> Grid:
    """Every table of observations: territories, years, observations, missing ones."""
    rows = [_described(report, name) for name, table in tables(report.edition.id).items() if table.holds_observations]
    head = [["Таблица", "Территорий", "Годы", "Наблюдений", "Из них пропусков"]]
    return Grid(head, [row for row in rows if row], (46, 13, 13, 15, 13))


def data_sources(report) -> Grid:
    """What each source gives, by licence: observations and series."""
    names, rows = load("indicators", report.edition.id).set_index("id")["short"], {}
    for name, table in tables(report.edition.id).items():
        if table.holds_observations:
            for source, part in load(name, report.edition.id).groupby("source", sort=False):
                kept = rows.setdefault(table.licence or "Условия использования не указаны", {}).setdefault(
                    source, [0, {}]
                )
                kept[0] += len(part)
                # A series has the name of its indicator; a table of the printed edition holds many and is called by its own.
                kept[1][names.get(name, table.title.partition(":")[0].replace(" печатного издания", ""))] = None
    known, body = publications(), []
    for licence, given in rows.items():
        body.append(band(licence, 3))
        body += [
            [
                heading(known[source].title),
                number(Quantity(float(count), "count", 0, (), f"подсчет: наблюдения источника {source}")),
                "; ".join(series),
            ]
            for source, (count, series) in given.items()
        ]
    return Grid([["Источник", "Наблюдений", "Что взято"]], body, (42, 14, 44))


def warnings(report) -> Grid:
    """What the check of the data warns of: the observation, what is remarkable, what is known of it."""
    held = [table for table in tables(report.edition.id).values() if table.holds_observations]
    found = check_tables(held, report.edition.id)
    edition = report.edition
    # The data may hold every subject of the federation: the report speaks of its own territories.
    ours = {*edition.territories, "russia-sum"} | set(
        load("territories", edition.id).query("parent == @edition.region")["id"]
    )
    mine = [finding for finding in found if finding.key[1] in ours]
    rows = [
        [
            heading(finding.subject),
            _sentence(finding.problem),
            finding.remedy if finding.acknowledged else "не разобрано",
            _place(finding),
        ]
        for finding in mine
    ]
    rest = len(found) - len(mine)
    note = (
        f"О других территориях: {count_of(rest, 'предупреждение')}; их печатает команда report check." if rest else ""
    )
    return Grid([["Наблюдение", "Что замечено", "Пояснение", "Место"]], rows, (24, 24, 28, 24), note=note)


def gaps(report) -> Grid:
    """Observations that the sources do not give, by indicator, with the years."""
    parts = [
        load(name, report.edition.id) for name, table in tables(report.edition.id).items() if table.holds_observations
    ]
    missing = pd.concat([part[part["status"] == "M"] for part in parts])
    names = load("indicators", report.edition.id).set_index("id")["name"]
    rows = []
    for (indicator, territory), group in missing.groupby(["indicator", "territory"], sort=False):
        years = sorted(int(year) for year in group["year"].dropna().unique())
        reasons = " ".join(f"{note.rstrip('.')}." for note in dict.fromkeys(group["note"]) if note)
        rows.append([heading(names[indicator]), report.territory(territory).name, _years(years), reasons])
    return Grid([["Показатель", "Территория", "Годы", "Почему нет"]], rows, (30, 20, 12, 38))


def lost(report) -> Grid:
    """What the pictures of the printed edition held and no source gives any more."""
    known = load("exhibits", report.edition.id).set_index("id")
    rows = []
    for exhibit, group in load("gaps", report.edition.id).groupby("exhibit", sort=False):
        rows.append(
            [
                heading(f"Рисунок {int(known.loc[exhibit, 'printed_number'])}"),
                "\n".join(f"– {text}" for text in group["text"]),
            ]
        )
    return Grid([["В печатном издании", "Чего больше нет"]], rows, (20, 80))


def exhibits_map(report) -> Grid:
    """Where the tables and figures of the printed edition stand here."""
    known = load("exhibits", report.edition.id)
    printed = known[known["printed_number"].notna()]
    rows = []
    for kind, word in (("tbl", "Таблица"), ("fig", "Рисунок")):
        for _, row in printed[printed["kind"] == kind].sort_values("printed_number").iterrows():
            rows.append([heading(f"{word} {int(row['printed_number'])}"), row["printed_caption"], _state(row)])
    return Grid([["В печатном издании", "Название там", "Здесь"]], rows, (18, 58, 24))


def breaks(report) -> Grid:
    """Breaks of the official series: from which year on, and why; series that break together share a row."""
    names = load("indicators", report.edition.id).set_index("id")["name"]
    rows = []
    for (year, reason), group in load("breaks", report.edition.id).groupby(["year", "reason"], sort=True):
        rows.append(
            [heading(str(year)), "; ".join(names[indicator] for indicator in dict.fromkeys(group["indicator"])), reason]
        )
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


def _described(report, name: str) -> list[Cell | str] | None:
    table, rows = tables(report.edition.id)[name], load(name, report.edition.id)
    years = _span(rows["year"].dropna()) if len(rows) else "–"
    counts = {
        "территории": rows["territory"].nunique(),
        "строки": len(rows),
        "строки со статусом M": int((rows["status"] == "M").sum()),
    }
    places, *others = (
        number(Quantity(float(count), "count", 0, (), f"подсчет: {what} таблицы {table.label}"))
        for what, count in counts.items()
    )
    return [heading(table.title), places, years, *others]


def _place(finding) -> str:
    """Return file and row; a long name may break after its underscores."""
    return f"{finding.file.rpartition('/')[2]}, строка {finding.row}".replace("_", "_\u200b")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _state(row: pd.Series) -> str:
    if row["kind"] == "tbl":
        return "воспроизведена по данным"
    return _STATES[row["state"]]


def _span(years: pd.Series) -> str:
    """Return the first and the last year, one year by itself."""
    return _years([]) if years.empty else _years(list(range(int(years.min()), int(years.max()) + 1)))


def _years(years: list[int]) -> str:
    """Return years as ranges: «2000–2003, 2010»."""
    return as_ranges(years) or "не указаны"
