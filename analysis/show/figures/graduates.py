"""Maps of the colleges that train for a group of specialties, drawn once their table is filled."""

from __future__ import annotations

import pandas as pd

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP, NO_DATA, decimal
from analysis.editions.needs import Words
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures.maps import Place, draw_map
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import codes, short
from analysis.show.needs import needs
from analysis.show.wording import count_of

GROUPS = ("15", "23")


def _register(number: str) -> None:
    @figure(f"graduates-map-{number}")
    @needs(Words("graduates_by_college"))
    def graduates_map(report: Report) -> Drawing:
        return _map(report, f"{number}.00.00")


for _number in GROUPS:
    _register(_number)


def _map(report: Report, group: str) -> Drawing:
    """Draw the colleges of a group with a circle for their graduates; a gap while there is no row for it."""
    table = report.load("graduates_by_college")
    frame = table[(table["group"] == group) & (table["year"] == report.edition.year)].reset_index(drop=True)
    known = frame[frame["graduates"].notna()].sort_values("graduates", ascending=False)
    if known.empty:
        raise GapError([report.unfilled("graduates_by_college", f"группа {group}, {report.edition.year} год")])
    unplaced = int(known[["lat", "lon"]].isna().any(axis=1).sum())
    known = _placed(known, codes(report, "territories"))
    places = [
        Place(row.lon, row.lat, row.graduates, theme.BLUE, f"{row.college} {decimal(row.graduates, 0)}")
        for row in known.itertuples()
    ]
    fig = draw_map(report, places)
    top, total = known.iloc[0], known["graduates"].sum()
    alt = (
        f"Карта: {report.region.name}, {count_of(len(known), 'организация')} с выпуском {report.edition.year} года по"
        f" группе {group} {short(report, 'groups', group)}, всего {decimal(total, 0)}{NBSP}выпускников. Больше всего –"
        f" {top['college']}: {decimal(top['graduates'], 0)}{NBSP}человек."
    )
    absent = len(frame) - len(known)
    notes = [f"{NO_DATA.capitalize()}: {count_of(absent, 'организация')}."] if absent else []
    if unplaced:
        notes.append(f"Без собственных координат, в центре своей территории: {count_of(unplaced, 'организация')}.")
    return Drawing(fig, frame, alt, {"year": report.edition.year}, " ".join(notes) or None)


def _placed(colleges: pd.DataFrame, territories: pd.DataFrame) -> pd.DataFrame:
    """Put a college whose coordinates are not given at the centre of its territory."""
    incomplete = colleges[["lat", "lon"]].isna().any(axis=1)
    centres = {axis: colleges["territory"].map(territories[axis]) for axis in ("lat", "lon")}
    return colleges.assign(**{axis: colleges[axis].mask(incomplete, centre) for axis, centre in centres.items()})
