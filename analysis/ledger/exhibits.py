"""The ledger as a chapter shows it: counts, tolerances, contradictions in full, every statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property

from analysis.base import paths, reads
from analysis.base.errors import DataError, did_you_mean
from analysis.base.guard import LeftOut, shown
from analysis.base.russian import NBSP, decimal
from analysis.ledger import verdicts
from analysis.ledger.entries import Entry
from analysis.ledger.ledger import Ledger
from analysis.quantities import Quantity, Text
from analysis.quantities.rows import rows_counted
from analysis.show.exhibits import Exhibit
from analysis.show.face import Report
from analysis.show.tables import exhibit
from analysis.show.tables.layout import Cell, Grid, band, heading, number
from analysis.show.wording import capital

_GROUND = {
    "confirmed": "да",
    "rounding": "до округления",
    "revised": "пересмотрено",
    "truncated": "усечено",
    "contradicted": "нет",
    "mixed": "по-разному",
    "": "–",
}


class LedgerView:
    """A ledger ready to be shown.

    Parameters
    ----------
    report : Report
        Of the edition whose statements are shown.
    """

    def __init__(self, report: Report) -> None:
        self.ledger = Ledger(report)

    @cached_property
    def counts(self) -> dict[str, Quantity]:
        """How many statements have which verdict, by the ids of `data/codes/verdicts.csv`."""
        return {
            verdict: self._counted(entry for entry in self._entries if entry.verdict == verdict)
            for verdict in self._names
        }

    @property
    def count(self) -> Quantity:
        """How many statements there are."""
        return self._counted(self._entries)

    @property
    def refuted(self) -> Quantity:
        """How many statements the data contradict, whichever way."""
        return self._counted(entry for entry in self._entries if entry.refuted)

    def table(self, table_id: str, *, printed: bool = True) -> Exhibit | LeftOut:
        """Return a table of the ledger; what tells why where it would list nothing.

        Parameters
        ----------
        table_id : {'verdicts', 'tolerances', 'refuted', 'differing', 'all'}
            Counts by verdict and section; the rules; what the edition's own data contradict; what differs otherwise;
            every statement.
        printed : bool
            Whether print shows it, as for the tables of a report.

        Returns
        -------
        Exhibit or LeftOut

        Raises
        ------
        DataError
            No such table.
        """
        tables: dict[str, Callable[[], Grid]] = {
            "verdicts": self._verdicts,
            "tolerances": self._tolerances,
            "refuted": lambda: self._listed(verdicts.REFUTED),
            "differing": lambda: self._listed([each for each in verdicts.DIFFERING if each not in verdicts.REFUTED]),
            "all": self._all,
        }
        if table_id not in tables:
            raise DataError(f"Нет таблицы реестра «{table_id}».{did_you_mean(table_id, tables)}")
        label = f"tbl-ledger-{table_id}"
        return shown(label, lambda: replace(exhibit(self.ledger.report, label, tables[table_id]), printed=printed))

    def _verdicts(self) -> Grid:
        sections = list(dict.fromkeys(_part(entry.section) for entry in self._entries))
        body: list[list[Cell | str]] = [
            self._row(name, [entry for entry in self._entries if entry.verdict == verdict], sections)
            for verdict, name in self._names.items()
        ]
        body.append(self._row("всего", self._entries, sections))
        return Grid([["Вердикт", "Всего", *sections]], body, (46, 12, *[42 / max(len(sections), 1)] * len(sections)))

    def _row(self, name: str, entries: list[Entry], sections: list[str]) -> list[Cell | str]:
        parts = ([entry for entry in entries if _part(entry.section) == section] for section in sections)
        return [heading(name), *(number(self._counted(part)) for part in (entries, *parts))]

    def _tolerances(self) -> Grid:
        body: list[list[Cell | str]] = []
        for (rule, slack, margin), rows in self.ledger.report.project.load("relations", self.ledger.statements).groupby(
            ["rule", "slack", "margin"], sort=False
        ):
            within = f"{decimal(slack, 1)} единицы" if slack else f"{decimal(margin, 0)}{NBSP}%" if margin else "–"
            body.append([heading("; ".join(rows["name"])), rule, within])
        return Grid([["Вид утверждения", "Когда оно верно", "Допуск"]], body, (26, 60, 14))

    def _listed(self, wanted: Iterable[str]) -> Grid:
        body: list[list[Cell | str]] = []
        for verdict in wanted:
            entries = [entry for entry in self._entries if entry.verdict == verdict]
            if entries:
                body.append([*band(self._names[verdict], 4)])
                body += [[heading(entry.id), entry.locator, entry.text, entry.right] for entry in entries]
        return Grid([["№", "Место", "Утверждение издания", "Как на самом деле"]], body, (9, 13, 33, 45))

    def _all(self) -> Grid:
        head: list[Cell | str] = [
            "№",
            Cell(Text("Раздел"), filters=True),
            "Утверждение издания",
            "Издание",
            "Статистика",
            Cell(Text("Вердикт"), filters=True),
            "Что показывают данные",
        ]
        body: list[list[Cell | str]] = [
            [
                heading(entry.id),
                _title(entry.section),
                entry.text,
                _GROUND[entry.own],
                _GROUND[entry.official],
                self._names[entry.verdict],
                _finding(entry),
            ]
            for entry in self._entries
        ]
        return Grid([head], body, (7, 8, 25, 8, 10, 14, 28))

    @cached_property
    def _names(self) -> dict[str, str]:
        rows = self.ledger.report.project.load("verdicts", self.ledger.statements)
        return dict(zip(rows["id"], rows["name"], strict=True))

    @property
    def _entries(self) -> list[Entry]:
        entries = list(self.ledger.entries.values())
        for file in self.ledger.read:  # the statements are checked once, but every table rests on their files
            reads.note(paths.project_root() / file)
        return entries

    def _counted(self, entries: Iterable[Entry]) -> Quantity:
        ids = {entry.id for entry in entries}
        rows = self.ledger.report.project.load("claims", self.ledger.statements)
        return rows_counted(rows[rows["id"].isin(ids)], self.ledger.statements, "утверждения реестра")


def open_ledger(report: Report) -> LedgerView:
    """Open the ledger of a report's edition, ready to be shown.

    Examples
    --------
    >>> ledger = open_ledger(report)
    >>> print(count(ledger.count, "утверждение"))
    270 утверждений
    """
    return LedgerView(report)


def _finding(entry: Entry) -> Text:
    """Return what the data say of a statement, with its reservations."""
    place = next((part.where for part in entry.parts if part.answer), "")
    finding = entry.right or (f"{capital(entry.why)}." if entry.why else f"{entry.found} ({place}).")
    return Text(f"{finding} {entry.note}" if entry.note else finding)


def _part(section: str) -> str:
    return section if section[:1].isdigit() else "Таблицы"


def _title(section: str) -> str:
    return section.replace("табл.", "Таблица")
