"""Maps of the colleges that train for a group of specialties, drawn once their table is filled."""

from __future__ import annotations

from analysis.catalogue import load
from analysis.numerals import NBSP, decimal
from analysis.show import theme
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import counted, short

GROUPS = ("15", "23")


def _register(number: str) -> None:
    @figure(f"graduates-map-{number}")
    def graduates_map(report) -> Drawing | None:
        return _map(report, f"{number}.00.00")


for _number in GROUPS:
    _register(_number)


def _map(report, group: str) -> Drawing | None:
    """Draw the colleges of a group with a circle for their graduates; None while there is no row for it."""
    from analysis.show.maps import Place, draw_map

    table = load("graduates_by_college", report.edition.id)
    frame = table[(table["group"] == group) & (table["year"] == report.edition.year)]
    known = frame[frame["graduates"].notna()].sort_values("graduates", ascending=False)
    if known.empty:
        return None
    places = [Place(row.lon, row.lat, row.graduates, theme.BLUE, f"{row.college} {decimal(row.graduates, 0)}")
              for row in known.itertuples()]
    fig = draw_map(report, places)
    top, total = known.iloc[0], known["graduates"].sum()
    alt = (f"Карта: {report.region.name}, {counted(len(known), 'организация')} с выпуском {report.edition.year} года по группе "
           f"{group} {short(report, 'groups', group)}, всего {decimal(total, 0)}{NBSP}выпускников. Больше всего – {top['college']}: "
           f"{decimal(top['graduates'], 0)}{NBSP}человек.")
    absent = len(frame) - len(known)
    note = f"Нет данных: {counted(absent, 'организация')}." if absent else None
    return Drawing(fig, frame.reset_index(drop=True), alt, {"year": report.edition.year}, note)
