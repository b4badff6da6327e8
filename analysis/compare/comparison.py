"""Two states of the report, compared in the parts that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import pandas as pd

from analysis.base import paths
from analysis.base.errors import DataError, ReportError, UsageError, did_you_mean
from analysis.compare import forecasts, numbers, prose, verdicts, words
from analysis.compare.sides import Side
from analysis.compare.states import State
from analysis.compare.tables import paired
from analysis.editions.edition import LAST, Edition
from analysis.ledger.ledger import has_statements

PARTS = ("numbers", "words", "verdicts", "forecasts", "prose")


@dataclass(frozen=True)
class Comparison:
    """What has become of one state in another.

    Attributes
    ----------
    before, after : State
    editions : tuple of Edition
        Where two editions are compared, these; else empty.
    frames : mapping of str to pandas.DataFrame
        Of each part that was compared: `numbers`, `words`, `verdicts`, `forecasts`, `prose` as the modules of this room
        give them, and `regions` with the numbers of two editions side by side.
    untold : mapping of str to str
        Of each part that could not be compared, why; a part may have a frame and still leave something untold.
    codes : mapping
        Rows of the lists of codes, by list and id: they name what is shown.
    """

    before: State
    after: State
    editions: tuple[Edition, ...] = ()
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    untold: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    def row(self, code_list: str, code: object) -> Mapping[str, str]:
        """Return the row of a code in its list; an empty one where it is not known."""
        return self.codes.get(code_list, {}).get(str(code), {})

    @property
    def one_region(self) -> bool:
        """Whether rows of both can have one key: two states of the data, or two editions about one region."""
        return len({edition.region for edition in self.editions}) <= 1


def compare(before: State, after: State, parts: Iterable[str] = PARTS, edition: str | None = None) -> Comparison:
    """Compare two states.

    Parameters
    ----------
    before, after : State
        As `analysis.compare.states.laid_out` gives them.
    parts : iterable of str
        Of `PARTS`.
    edition : str, optional
        Of two states of the data: the one edition to look at besides what is common to all.

    Returns
    -------
    Comparison
        A part that one of the states does not allow has a sentence in `untold`.

    Raises
    ------
    UsageError
        There is no such edition; or no part at all can be compared.
    """
    sides = Side(before), Side(after)
    wanted = [part for part in PARTS if part in set(parts)]
    frames: dict[str, pd.DataFrame] = {}
    untold: dict[str, str] = {}
    _require(edition, sides)
    for part in wanted:
        try:
            found, remark = _MAKERS[part](sides, edition)
        except ReportError as error:
            untold[part] = str(error)
            continue
        frames |= found
        if remark:
            untold[part] = remark
    if not frames and len(wanted) == 1:
        raise UsageError(untold[wanted[0]])
    if not frames:
        raise UsageError(f"Сравнить нечего: {untold[wanted[0]]}")
    editions = tuple(side.edition for side in sides if side.edition is not None)
    lists = _lists(sides)
    return Comparison(before, after, editions, frames, untold, lists)


def _lists(sides: tuple[Side, Side]) -> dict[str, dict[str, Mapping[str, str]]]:
    """Return the lists of codes of both states; what cannot be read is named by its id."""
    known: dict[str, dict[str, Mapping[str, str]]] = {}
    for side in sides:
        with suppress(DataError):
            for one in side.tables:
                if "id" in one.rows and not one.table.holds_observations:
                    known.setdefault(one.table.name, {}).update({row["id"]: row for row in one.rows.to_dict("records")})
    return known


def _require(edition: str | None, sides: tuple[Side, Side]) -> None:
    if edition is None:
        return
    if sides[0].edition is not None:
        raise UsageError("Ключ --edition нужен, когда сравнивают состояния всех данных, а здесь названы два издания.")
    known = sorted({*sides[0].editions, *sides[1].editions})
    if edition not in known:
        raise UsageError(f"Ни в одном из двух состояний нет издания «{edition}».{did_you_mean(edition, known)}")


_NONE = pd.DataFrame(columns=list(verdicts.READ))
Made = tuple[dict[str, pd.DataFrame], str]


def _numbers(sides: tuple[Side, Side], edition: str | None) -> Made:
    before, after = (_of(side, side.observations, edition) for side in sides)
    old, new = (side.edition for side in sides)
    frames = {}
    if old is None or new is None or old.region == new.region:
        frames["numbers"] = numbers.number_changes(before, after)
    if old is not None and new is not None:
        frames["regions"] = numbers.side_by_side(before, after, (old.region, new.region), (old.year, new.year))
    return frames, ""


def _words(sides: tuple[Side, Side], edition: str | None) -> Made:
    before, after = ([one for one in side.words if _wanted(side, one.scope, edition)] for side in sides)
    return {"words": words.row_changes(paired(before, after))}, ""


def _verdicts(sides: tuple[Side, Side], edition: str | None) -> Made:
    old, new = (side.edition for side in sides)
    if old is not None and new is not None:
        if old.region != new.region:
            return {}, (
                "Издания о разных регионах: утверждения об одном на данных другого не проверяются. Утверждения каждого"
                " проверит report ledger."
            )
        frames = [_verdicts_of(side, side.state.edition, old.id) for side in sides]
        return {"verdicts": verdicts.verdict_changes(frames[0], frames[1])}, ""
    remarks: list[str] = []
    shared = _shared(sides, edition)
    found = [pd.concat([_tried_verdicts(side, name, remarks) for name in shared] or [_NONE]) for side in sides]
    if remarks and not len(found[0]) + len(found[1]):
        return {}, remarks[0]
    known = [set(frame["edition"]) for frame in found]
    # One side of an edition says nothing of what has become of its statements.
    frames = [frame[frame["edition"].isin(known[0] & known[1])] for frame in found]
    return {"verdicts": verdicts.verdict_changes(frames[0], frames[1])}, " ".join(remarks)


def _verdicts_of(side: Side, edition: str, statements: str) -> pd.DataFrame:
    with side.opened(edition) as report:
        if not has_statements(report, statements):
            return _NONE
        return verdicts.verdicts(report, statements)


def _forecasts(sides: tuple[Side, Side], edition: str | None) -> Made:
    old, new = (side.edition for side in sides)
    if old is not None and new is not None:
        if old.region != new.region:
            return {}, "Издания о разных регионах: прогнозы об одном с исходами другого не сравниваются."
        pairs: list[tuple[str, str, int | None]] = [(old.id, new.id, None)]
    else:
        # What came may be known long before the next edition.
        pairs = [(name, name, LAST) for name in _shared(sides, edition)]
    found, without = [], []
    for forecast, known, vintage in pairs:
        archive = _archive(sides[0], forecast)
        if archive is None:
            without.append(forecast)
            continue
        with sides[1].opened(known, vintage) as report:
            found.append(forecasts.outcomes(archive, report.prospects, forecast))
    if not found:
        names = f" «{without[0]}»" if len(without) == 1 else ""
        return {}, f"У издания{names} нет архива прогнозов: его записывает report archive."
    return {"forecasts": pd.concat(found, ignore_index=True)}, ""


def _archive(side: Side, edition: str) -> pd.DataFrame | None:
    with side.opened(edition) as report:
        if "forecasts" not in report.project.tables(edition) or not (paths.edition(edition) / "forecasts.csv").exists():
            return None
        return report.load("forecasts")


def _prose(sides: tuple[Side, Side], edition: str | None) -> Made:
    if silent := [side.state.label for side in sides if not side.state.prose]:
        return {}, f"Тексты глав есть только в Git и в папке проекта, а {silent[0]} – это таблицы."
    own = f"data/editions/{edition}/"
    before, after = (
        {
            place: text
            for place, text in side.prose.items()
            if edition is None or not place.startswith("data/editions/") or place.startswith(own)
        }
        for side in sides
    )
    said = "" if sides[0].edition is None else "Главы у изданий общие; сравнены тексты, которые у издания свои."
    return {"prose": prose.prose_changes(before, after)}, said


_MAKERS: Mapping[str, Callable[[tuple[Side, Side], str | None], Made]] = {
    "numbers": _numbers,
    "words": _words,
    "verdicts": _verdicts,
    "forecasts": _forecasts,
    "prose": _prose,
}


def _of(side: Side, rows: pd.DataFrame, edition: str | None) -> pd.DataFrame:
    return rows if edition is None else rows[[_wanted(side, scope, edition) for scope in rows["scope"]]]


def _wanted(side: Side, scope: str, edition: str | None) -> bool:
    """Tell whether a scope is to be looked at: with one edition named the others are not."""
    return edition is None or scope == edition or scope not in side.editions


def _shared(sides: tuple[Side, Side], edition: str | None) -> list[str]:
    """Return the editions that both states have."""
    return [name for name in sides[0].editions if name in sides[1].editions and edition in (None, name)]


def _tried_verdicts(side: Side, edition: str, remarks: list[str]) -> pd.DataFrame:
    """Return the verdicts of an edition; where this state does not allow them none, and a remark why."""
    try:
        return _verdicts_of(side, edition, edition)
    except DataError as error:
        remarks.append(str(error))
        return _NONE
