"""What a row says must agree with itself: its outcomes are its graduates, and a part is never more than the whole."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.returns.faults import Fault, per_cent, persons
from analysis.returns.form import COLLEGE, EMPLOYED, OWN_BOSS, TOTAL, Form
from analysis.returns.reading import place


def sums(rows: pd.DataFrame, form: Form) -> Iterator[Fault]:
    """Yield rows whose parts exceed the whole or do not make it up, of all graduates and of each group of them.

    A cell that could not be read was told already: nothing that rests on it is told again.
    """
    for _, row in rows.iterrows():
        yield from _flow(row, form, TOTAL, list(form.outcomes))
        yield from _part(row, form, OWN_BOSS, EMPLOYED)
        for group in form.groups:
            parts = form.of(group)
            if pd.notna(row[group]) or row[parts].notna().any():
                yield from _flow(row, form, group, parts)
                yield from _beside_all(row, form, group)


def _flow(row: pd.Series, form: Form, whole: str, parts: list[str]) -> Iterator[Fault]:
    """Yield that parts of a whole exceed it, one by one or together, or fall short of it."""
    above = [name for name in parts if row[name] > row[whole]]
    for name in above:
        share = f", это {per_cent(row[name], row[whole])}" if row[whole] else ""
        why = f"{form.title(name)} – {persons(row[name])}, а {form.title(whole)} – {persons(row[whole])}{share}."
        yield Fault(row[COLLEGE], "share", why, **place(row, [name, whole]))
    # An empty cell of a group says that nobody does that; of all graduates it is a fault told already.
    given = row[parts] if whole == TOTAL else row[parts].fillna(0)
    if above or given.isna().any() or pd.isna(row[whole]) or given.sum() == row[whole]:
        return
    apart = given.sum() - row[whole]
    why = (
        f"исходы в сумме дают {persons(given.sum())}, а {form.title(whole)} – {persons(row[whole])}:"
        f" {'лишних' if apart > 0 else 'не хватает'} {persons(abs(apart))}."
    )
    yield Fault(row[COLLEGE], "sum", why, **place(row, [whole, *parts]))


def _part(row: pd.Series, form: Form, part: str, whole: str) -> Iterator[Fault]:
    if row[part] > row[whole]:
        why = f"{form.title(part)} – {persons(row[part])}, а {form.title(whole)} всего {persons(row[whole])}."
        yield Fault(row[COLLEGE], "share", why, **place(row, [part, whole]))


def _beside_all(row: pd.Series, form: Form, group: str) -> Iterator[Fault]:
    """Yield numbers of a group that are more than those of all graduates of the row."""
    pairs = [(group, TOTAL), *zip(form.of(group), form.outcomes, strict=True)]
    for part, whole in pairs:
        if row[part] > row[whole]:
            why = (
                f"{form.title(part)} – {persons(row[part])}, а среди всех выпускников строки {form.title(whole)} –"
                f" {persons(row[whole])}: в категории не может быть больше."
            )
            yield Fault(row[COLLEGE], "group", why, **place(row, [part, whole]))
