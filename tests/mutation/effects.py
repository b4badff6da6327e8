"""What a changed cell changed, held against what says that it rests on it."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.base.markdown import exhibit_label
from analysis.base.russian import decimals_of
from analysis.catalogue import load
from analysis.quantities import Quantity, Wording
from analysis.quantities.formula import Factor, Formula, Gathered, Operation, Seen

from .book import Book, Piece
from .cells import EDITION

_CLAIMS = re.compile(r"/claims\.csv#(\d+)$")


@dataclass(frozen=True)
class Place:
    """One place of the book: what stands there, and what it rests on as a whole where its words do not say.

    Attributes
    ----------
    rests_on : frozenset of str
        Cells of the data of an exhibit, or what a statement is checked against.
    sums_up : bool
        It sums up verdicts, each of which has its own place: it may change where one of them does.
    """

    pieces: tuple[Piece, ...]
    rests_on: frozenset[str] = frozenset()
    sums_up: bool = False


def laid_out(book: Book) -> dict[str, Place]:
    """Return a book as its smallest places: expressions, rows of tables, rows of the data of exhibits, verdicts."""
    ledger = {name: frozenset(seen.address for seen in entry.sources) for name, entry in book.verdicts.items()}
    frames = {
        label: frozenset(address for row in _rows(frame).values() for address in row.rests_on)
        for label, frame in book.exhibits.items()
    }
    places: dict[str, Place] = {}
    for name, pieces in book.places.items():
        whole = "".join(piece.text for piece in pieces)
        label = exhibit_label(whole)
        if label.startswith("fig-"):
            places[name] = Place(tuple(pieces), frames[label])
        elif "ledger.table" in name:
            for row in _split(pieces):
                claim = re.search(r'<th scope="row">([^<]*)</th>', "".join(piece.text for piece in row))
                known = ledger.get(claim[1]) if claim else None
                key = f"{name}, строка «{claim[1]}»" if claim else name
                places[key] = Place(tuple(row), known or frozenset(), sums_up=known is None)
        else:
            places[name] = Place(tuple(pieces))
    for label, frame in book.exhibits.items():
        if not label.startswith("tbl-ledger"):
            places |= {f"данные {label}, {name}": row for name, row in _rows(frame).items()}
    for name, entry in book.verdicts.items():
        text = [
            Piece(f"{entry.verdict} | {entry.own} | {entry.official}"),
            *_marked(entry.found),
            *_marked(entry.right),
        ]
        places[f"утверждение {name}"] = Place(tuple(text), ledger[name])
    return places


class Effects:
    """The undisturbed book, and what cells change in it.

    Parameters
    ----------
    book : Book
    """

    def __init__(self, book: Book):
        self.book, self.places = book, laid_out(book)
        self.claims = _claims(book)
        self.resting = {name: self._addresses(place) for name, place in self.places.items()}

    def dependents(self, address: str) -> set[str]:
        """Return the places that say that they rest on a cell."""
        return {name for name, resting in self.resting.items() if address in resting}

    def parts(self, address: str) -> set[tuple[str, int]]:
        """Return the numbers and choices that rest on a cell, by their places (−1 for a place that does as a whole).

        What counts verdicts is left out: that the verdicts themselves rest on it is seen where they stand.
        """
        return {
            (name, number)
            for name in self.dependents(address)
            for number, piece in enumerate(self.places[name].pieces)
            if piece.origin is not None and any(seen.address == address for seen in piece.origin.sources)
        } | {(name, -1) for name in self.dependents(address) if address in self.places[name].rests_on}

    def groups(self, cells: Iterable[Any]) -> list[list[Any]]:
        """Return cells in groups within which no two have a dependent in common, so a change shows what changed it."""
        groups: list[tuple[list[Any], set]] = []
        for cell in cells:
            parts = self.parts(cell.address)
            fitting = next((group for group in groups if not parts & group[1]), None)
            if fitting is None:
                groups.append(([cell], parts))
            else:
                fitting[0].append(cell)
                fitting[1].update(parts)
        return [group for group, _ in groups]

    def typed(self) -> Iterator[str]:
        """Yield the values in prose that hold digits of which nobody can tell where they come from."""
        for name, place in self.places.items():
            if re.search(r", ячейка |\.md, строка ", name) and not re.search("report\\.|ledger\\.", name):
                for piece in place.pieces:
                    if piece.origin is None and re.search(r"\d", piece.text):
                        yield f"{name}: «{piece.text}» – число без происхождения, вписано рукой?"

    def faults(self, book: Book, cells: Iterable[Any]) -> Iterator[str]:
        """Yield in words what changed without resting on a changed cell, and what rests on one and did not change."""
        cells, after = list(cells), laid_out(book)
        changed = {cell.address for cell in cells}
        flipped = any(
            before.pieces[0] != after[name].pieces[0]
            for name, before in self.places.items()
            if name.startswith("утверждение ")
        )
        chosen = {
            _cell_of(name) for name, before in self.places.items() if self._chose_anew(before, after.get(name), changed)
        }
        for name in [*self.places, *(name for name in after if name not in self.places)]:
            before = self.places.get(name)
            if not (flipped and before and before.sums_up):
                yield from self._fault(name, before, after.get(name), cells, picked=_cell_of(name) in chosen)

    def changed(self, book: Book) -> set[str]:
        after = laid_out(book)
        return {name for name in self.places | after if _texts(self.places.get(name)) != _texts(after.get(name))}

    def _chose_anew(self, before: Place, after: Place | None, changed: set[str]) -> bool:
        """Tell whether words at a place are chosen by a changed cell and became others."""
        return after is not None and any(
            isinstance(old.origin, Wording) and old.text != new.text and changed & self._of(old)
            for old, new in zip(before.pieces, after.pieces, strict=False)
        )

    def _fault(self, name: str, before: Place | None, after: Place | None, cells: list, picked: bool) -> Iterator[str]:
        changed = {cell.address for cell in cells}
        if before is None or after is None:
            if not changed & self._addresses(before or after):
                yield (
                    f"{name}: {'появилось' if before is None else 'исчезло'}, а на измененной ячейке не основано"
                    f" ({_listed(cells)})"
                )
            return
        if len(before.pieces) != len(after.pieces):
            if not changed & (self._addresses(before) | self._addresses(after)):
                yield (
                    f"{name}: изменилось, а на измененной ячейке не основано: «{_said(before)}» → «{_said(after)}»"
                    f" ({_listed(cells)})"
                )
            return
        for old, new in zip(before.pieces, after.pieces, strict=True):
            known = before.rests_on | after.rests_on | self._of(old) | self._of(new)
            # «сильнее всего в Томской области (на 2,4 %)»: with the region another datum is picked, resting on itself.
            another = picked and isinstance(old.origin, Quantity) and str(old.origin.formula) != str(new.origin.formula)
            if old.text != new.text and not changed & known and not another:
                what = "слова" if old.origin is None else f"число ({old.origin.formula})"
                yield (
                    f"{name}: изменились {what}, а на измененной ячейке не основаны: «{old.text[-80:]}» →"
                    f" «{new.text[-80:]}» ({_listed(cells)})"
                )
            touched = changed & self._of(old)
            if touched and isinstance(old.origin, Quantity) and isinstance(new.origin, Quantity):
                yield from self._unmoved(name, old, new, [cell for cell in cells if cell.address in touched])

    def _unmoved(self, name: str, old: Piece, new: Piece, cells: list) -> Iterator[str]:
        """Yield what should have moved: a number that arithmetic makes of the cell."""
        was, now = computed(old.origin.formula), computed(new.origin.formula)
        if was is None or now is None or str(old.origin.formula) != str(new.origin.formula):
            return
        for piece, expected in ((old, was), (new, now)):
            if piece.origin.value is None or abs(abs(piece.origin.value) - abs(expected)) > 1e-9 * max(
                1, abs(expected)
            ):
                yield (
                    f"{name}: «{piece.text}» – {piece.origin.exact}, а по формуле {piece.origin.formula} выходит"
                    f" {expected:g} ({_listed(cells)})"
                )
                return
        if abs(was) != abs(now) and old.text == new.text and not _rounds_alike(old.text, was, now):
            yield f"{name}: «{old.text}» не изменилось, хотя основано на измененной ячейке ({_listed(cells)})"

    def _addresses(self, place: Place) -> frozenset[str]:
        return place.rests_on.union(*(self._of(piece) for piece in place.pieces))

    def _of(self, piece: Piece) -> frozenset[str]:
        """Return the cells a piece rests on; a statement of the ledger rests on what it is checked against."""
        if piece.origin is None:
            return frozenset()
        found = {seen.address for seen in piece.origin.sources}
        return frozenset(found.union(*(self.claims.get(address, ()) for address in found)))


def computed(formula: Formula) -> float | None:
    """Return what a formula of arithmetic comes to, None where it counts, chooses or names a parameter."""
    match formula:
        case Seen(observation):
            return observation.value
        case Factor(value):
            return value
        case Operation(sign, left, right):
            return _counted(sign, computed(left), computed(right))
        case Gathered("sum" | "mean" as name, of):
            parts = [computed(part) for part in of]
            return None if None in parts else sum(parts) / (len(parts) if name == "mean" else 1)
    return None


def _counted(sign: str, left: float | None, right: float | None) -> float | None:
    if left is None or right is None or (sign == "/" and not right):
        return None
    signs = {"+": operator.add, "−": operator.sub, "×": operator.mul, "/": operator.truediv}
    return signs[sign](left, right)


def _rows(frame: pd.DataFrame) -> dict[str, Place]:
    """Return the rows of what an exhibit shows, each with the cells it names; of a table of words none does."""
    if "table" not in frame:
        return {}
    rows: dict[str, Place] = {}
    for row in frame.to_dict("records"):
        address = (
            f"{row['table']}#{row['row']}"
            if "column" not in row and "row" in row and not pd.isna(row["row"]) and row["row"] != ""
            else str(row["table"])
        )
        keys = [str(row[name]) for name in ("row", "column") if "column" in row] or [
            str(row.get(name, "")) for name in ("indicator", "territory", "category", "year", "college")
        ]
        name = " / ".join(keys)
        shown = " | ".join(str(value) for value in row.values())
        rows[name if name not in rows else f"{name} ({len(rows)})"] = Place(
            (Piece(shown),), frozenset(filter(None, address.split("; ")))
        )
    return rows


def _split(pieces: list[Piece]) -> list[list[Piece]]:
    """Return the pieces of a table row by row."""
    rows: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("<tr>") if piece.origin is None else [piece.text]
        rows[-1].append(Piece(first, piece.origin))
        rows += [[Piece(other)] for other in others]
    return rows


def _marked(text: Any) -> list[Piece]:
    found, end = [], 0
    for mark in text.marks:
        found += [
            Piece(str.__str__(text)[end : mark.start]),
            Piece(str.__str__(text)[mark.start : mark.end], mark.origin),
        ]
        end = mark.end
    return [*found, Piece(str.__str__(text)[end:])]


def _claims(book: Book) -> Mapping[str, frozenset[str]]:
    """Return what the statements are checked against, by the address of their row."""
    rows = load("claims", EDITION)
    rows = rows[rows["id"].isin(list(book.verdicts))]
    return {
        f"{rows.attrs['table']}#{index + 2}": frozenset(seen.address for seen in book.verdicts[claim].sources)
        for index, claim in rows["id"].items()
    }


def _cell_of(name: str) -> str:
    """Return the cell of the chapter a place stands in."""
    return name.partition(", «")[0]


def _texts(place: Place | None) -> list[str] | None:
    return place and [piece.text for piece in place.pieces]


def _said(place: Place) -> str:
    return "".join(piece.text for piece in place.pieces)[:200]


def _listed(cells: Iterable[Any]) -> str:
    return "; ".join(map(str, cells))


def _rounds_alike(text: str, one: float, other: float) -> bool:
    found = re.search(r"\d[\d\u202f]*(?:,\d+)?", text)
    digits = decimals_of(found[0]) if found else 0
    return found is None or round(abs(one), digits) == round(abs(other), digits)
