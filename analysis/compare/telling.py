"""A comparison in words: one account of it, which the terminal and the page for reviewers set each in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from analysis.compare.account import CHANGES, TITLES, Passage, Section, grouped
from analysis.compare.comparison import PARTS, Comparison
from analysis.compare.numbers_told import tell_forecasts, tell_numbers
from analysis.compare.prose import MOVED
from analysis.compare.verdicts import DROPPED, MADE, differing
from analysis.compare.words import parts
from analysis.ingest.difference import CHANGED, CONFLICT, NEW, VANISHED
from analysis.ledger.later import HOLDS, NAMES, NO_LONGER
from analysis.show.wording import capital

OUTCOMES = NAMES | {MADE: "новое утверждение", DROPPED: "утверждения больше нет"}


def told(compared: Comparison) -> list[Section]:
    """Return the parts of a comparison in words, in their order."""
    return [
        _TELLERS[part](compared) if _frames(compared, part) else _untold(compared, part)
        for part in PARTS
        if _frames(compared, part) or part in compared.untold
    ]


def title(compared: Comparison) -> str:
    """Return what is compared with what."""
    return f"Сравнение: {compared.before.label} → {compared.after.label}"


def _frames(compared: Comparison, part: str) -> bool:
    return part in compared.frames or (part == "numbers" and "regions" in compared.frames)


def _untold(compared: Comparison, part: str) -> Section:
    return Section(part, TITLES[part], "не сравнивались", compared.untold[part])


def _counted(rows: pd.DataFrame, kinds: Iterable[str] = CHANGES, words: Mapping[str, str] = CHANGES) -> str:
    """Return how many rows of each kind there are, the kinds that have any."""
    counts = rows["change"].value_counts()
    said = [f"{words[kind]} {counts[kind]}" for kind in kinds if kind in counts]
    return ", ".join(said) or "различий нет"


# Of a row that changed each cell is told.
_ROWS = {
    CHANGED: "изменилось ячеек",
    VANISHED: "исчезло строк",
    NEW: "появилось строк",
    CONFLICT: "противоречивых строк",
}


# What has become of a row as a whole agrees with it.
_OF_ROW = {VANISHED: "исчезла", NEW: "появилась"}


def _words(compared: Comparison) -> Section:
    rows = compared.frames["words"]
    tables = rows[["scope", "table"]].drop_duplicates()
    short = _counted(rows, (CHANGED, VANISHED, NEW, CONFLICT), _ROWS)
    if len(tables):
        short = f"таблиц с различиями {len(tables)}: {short}"
    passages = [
        (
            f"{row['title']} ({' / '.join(filter(None, (row['scope'], row['table'])))})",
            Passage(
                _place(row),
                (CHANGES if row["column"] or not row["key"] else _OF_ROW).get(row["change"], CHANGES[row["change"]]),
                parts(row["old"], row["new"]) if row["old"] or row["new"] else "",
            ),
        )
        for row in rows.to_dict("records")
    ]
    return Section("words", TITLES["words"], short, compared.untold.get("words", ""), groups=grouped(passages))


def _place(row: Mapping[str, str]) -> str:
    """Return where a change of a table of words stands: its row, its column."""
    column = f"столбец «{row['column']}»" if row["column"] else ""
    return ", ".join(filter(None, (row["key"] and f"строка «{row['key']}»", column)))


def _verdicts(compared: Comparison) -> Section:
    rows = compared.frames["verdicts"]
    counts = rows["outcome"].value_counts()
    short = ", ".join(f"{name} {counts[outcome]}" for outcome, name in OUTCOMES.items() if outcome in counts)
    # Two editions are of two years: whatever holds is of no interest, whatever does not is to be rewritten.
    shown = rows[rows["outcome"].ne(HOLDS)] if compared.editions else differing(rows)
    order = {outcome: place for place, outcome in enumerate([NO_LONGER, *OUTCOMES])}
    shown = shown.sort_values("outcome", key=lambda column: column.map(order), kind="stable")
    passages = [
        (
            capital(OUTCOMES[row["outcome"]]),
            Passage(
                f"{row['id']}, раздел {row['section']}" + ("" if compared.editions else f", {row['edition']}"),
                "",
                row["text"],
                _found(row),
            ),
        )
        for row in shown.to_dict("records")
    ]
    remark = compared.untold.get("verdicts", "")
    return Section("verdicts", TITLES["verdicts"], short or "утверждений нет", remark, groups=grouped(passages))


def _found(row: Mapping[str, str]) -> str:
    """Return what the data said and say of a statement, and what is right now."""
    said = f"По данным было: {row['old'] or '–'}; стало: {row['new'] or '–'}." if row["old"] != row["new"] else ""
    return " ".join(filter(None, (said, row["remark"])))


def _prose(compared: Comparison) -> Section:
    rows = compared.frames["prose"]
    passages = [
        (
            row["place"],
            Passage(
                row["section"],
                CHANGES[row["change"]],
                row["parts"],
                f"Прежде стояло: {row['old_place']}" if row["old_place"] else "",
            ),
        )
        for row in rows.to_dict("records")
    ]
    kinds = (CHANGED, VANISHED, NEW, MOVED)
    short = f"предложений {_counted(rows, kinds)}" if len(rows) else "различий нет"
    return Section("prose", TITLES["prose"], short, compared.untold.get("prose", ""), groups=grouped(passages))


_TELLERS: Mapping[str, Callable[[Comparison], Section]] = {
    "numbers": tell_numbers,
    "words": _words,
    "verdicts": _verdicts,
    "forecasts": tell_forecasts,
    "prose": _prose,
}
