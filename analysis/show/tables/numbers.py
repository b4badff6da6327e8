"""The numeric tables: territories by years, programmes by measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.base.gaps import GapError
from analysis.editions.needs import ALL, NEIGHBOURS, PARTS, SIDES, SOME, SOME_PARTS, Need
from analysis.quantities import Quantity, Text
from analysis.quantities.absent import missing_of
from analysis.quantities.indicators import index
from analysis.show.face import Report
from analysis.show.needs import needs
from analysis.show.observed import years_of
from analysis.show.tables.layout import Cell, Grid, Row, heading, number
from analysis.show.training import TRAINING, by_group, groups
from analysis.show.wording import joined


@needs(Need("employed", "y-2..y", SIDES), Need("employed_index_printed", "y", SIDES))
def employed(report: Report) -> Grid:
    """Tabulate employed persons by territory, with last year's index as printed and as recomputed."""
    years = _years(report, "employed")
    last = years[-1]
    before = years[-2] if len(years) > 1 else last
    rows: list[list[Cell | str]] = []
    recomputed: dict[str, Quantity] = {}
    printed: dict[str, Quantity] = {}
    for territory in report.edition.territories:
        values = report.values("employed", "year", territory=territory, keys=years)
        recomputed[territory] = index(values[last], values[before])
        printed[territory] = report.value("employed_index_printed", territory, last)
        rows.append([heading(report.territory(territory).name), *map(number, values.values())])
    span = _span(years) | {"compared": _compared(report)}
    if before == last:
        return Grid([["Территория", str(last)]], rows, (36, 16), span)
    rates = _rates(rows, printed, recomputed)
    head: list[Row] = [
        [
            Cell("Территория", rows=2),
            Cell("Занято, тыс. чел.", columns=len(years)),
            Cell(f"{last} к {before}, %", columns=len(rates), rows=3 - len(rates)),
        ],
        [*map(str, years), *(rates if len(rates) > 1 else ())],
    ]
    widths = (34, *[13] * len(years), *(13, 12)[-len(rates) :])
    return Grid(head, rows, widths, span, _differences(report, printed, recomputed))


@needs(Need("employed_education_share", "y-3..y-1", SIDES, "higher;secondary-vocational"))
def education(report: Report) -> Grid:
    """Tabulate the shares of the employed with higher and with secondary vocational education."""
    years, kinds = _years(report, "employed_education_share"), ("higher", "secondary-vocational")
    rows = []
    for territory in report.edition.territories:
        shares = [report.value("employed_education_share", territory, year, kind) for year in years for kind in kinds]
        rows.append([heading(report.territory(territory).name), *map(number, shares)])
    head: list[Row] = [
        [Cell("Территория", rows=2), *(Cell(str(year), columns=2) for year in years)],
        ["высшее", "СПО"] * len(years),
    ]
    return Grid(head, rows, (34, *[11] * 2 * len(years)), _span(years))


@needs(Need("wage", "y-3..y", SIDES))
def wages(report: Report) -> Grid:
    """Tabulate average monthly nominal wages by territory."""
    years = _years(report, "wage")
    rows = [
        [
            heading(report.territory(territory).name),
            *map(number, report.values("wage", "year", territory=territory, keys=years).values()),
        ]
        for territory in report.edition.territories
    ]
    return Grid([["Территория", *map(str, years)]], rows, (36, *[16] * len(years)), _span(years))


@needs(*(Need(what, "y-2..y", NEIGHBOURS) for what in ("job_search_months", "long_term_unemployed_share", "tension")))
def tension(report: Report) -> Grid:
    """Tabulate the search for work, long unemployment and tension, by year and region."""
    measures = {
        "job_search_months": "Поиск работы, месяцев",
        "long_term_unemployed_share": "Ищут работу 12 месяцев и более, %",
        "tension": "Коэффициент напряженности",
    }
    return _measures_by_year(report, measures)


@needs(*(Need(what, "y-2..y", NEIGHBOURS) for what in ("labour_inflow", "labour_outflow", "labour_balance")))
def labour_migration(report: Report) -> Grid:
    """Tabulate workers coming to work, leaving for work, and the balance."""
    measures = {
        "labour_inflow": "Въезжают на работу в субъект",
        "labour_outflow": "Выезжают на работу в другие субъекты",
        "labour_balance": "Сальдо",
    }
    return _measures_by_year(report, measures)


@needs(
    Need("colleges", "y-2..y", PARTS),
    Need("college_students", "y-2..y", PARTS),
    Need("college_branches", "y-2..y", SOME_PARTS),
    Need("college_students_index_printed", "y", PARTS),
)
def network(report: Report) -> Grid:
    """Tabulate colleges with their branches and students, by municipal territory."""
    frame = report.frame("college_students", report.parts())
    years, there = years_of(frame), set(frame["territory"])
    last, first = years[-1], years[0]
    rows: list[list[Cell | str]] = []
    recomputed: dict[str, Quantity] = {}
    printed: dict[str, Quantity] = {}
    for part in (part for part in report.parts() if part in there):
        students = report.values("college_students", "year", territory=part, keys=years)
        recomputed[part] = index(students[last], students[first])
        printed[part] = report.value("college_students_index_printed", part, last)
        colleges = [_colleges(report, part, year) for year in years]
        rows.append([heading(report.territory(part).name), *colleges, *map(number, students.values())])
    # Against itself a single year has no rate.
    rates = _rates(rows, printed, recomputed) if first < last else ()
    head: list[Row] = [
        [
            Cell("Территория", rows=2),
            Cell("Число ПОО (и филиалов)", columns=len(years)),
            Cell("Студентов, чел.", columns=len(years)),
            *([Cell(f"{last} к {first}, %", columns=len(rates), rows=3 - len(rates))] if rates else []),
        ],
        [*map(str, years), *map(str, years), *(rates if len(rates) > 1 else ())],
    ]
    note = _differences(report, printed, recomputed)
    widths = (30, *[7] * len(years), *[8] * len(years), *(11, 10)[2 - len(rates) :])
    return Grid(head, rows, widths, _span(years), note)


@needs(*(Need(what, categories=SOME) for what in ("intake", "certificate_mean", "applications_per_place")))
def admission_top(report: Report) -> Grid:
    """Tabulate the programmes with the largest intake, by the measures of which anything is known."""
    titles = {
        "intake": ("Общий прием, чел.", 14),
        "certificate_mean": ("Средний балл аттестата (очная форма)", 18),
        "applications_per_place": ("Заявлений на одно бюджетное место (очная форма)", 22),
    }
    year = report.latest("intake")
    programmes = list(report.values("intake", year=year))
    columns = {measure: report.values(measure, year=year, keys=programmes) for measure in titles}
    known = [measure for measure, values in columns.items() if not all(value.missing for value in values.values())]
    rows = [
        [heading(f"{code} {report.label('specialties', code)}"), *(number(columns[measure][code]) for measure in known)]
        for code in programmes
    ]
    head: list[Row] = [["Профессия, специальность", *(titles[measure][0] for measure in known)]]
    return Grid(head, rows, (46, *(titles[measure][1] for measure in known)), {"year": year})


@needs(Need("targeted_contracts", "y-2..y", categories=ALL))
def targeted(report: Report) -> Grid:
    """Tabulate students with a contract of targeted training, by who pays."""
    years = _years(report, "targeted_contracts")
    categories = dict.fromkeys(report.frame("targeted_contracts", [report.edition.region])["category"])
    rows = [
        [
            heading(report.label("contract_funding", category)),
            *map(number, report.values("targeted_contracts", "year", category=category, keys=years).values()),
        ]
        for category in categories
    ]
    return Grid(
        [["Студенты, заключившие договор о целевом обучении", *map(str, years)]],
        rows,
        (55, *[15] * len(years)),
        _span(years),
    )


@needs(*(Need(what, "y", categories=SOME) for what in TRAINING))
def training_demand(report: Report) -> Grid:
    """Tabulate training beside demand, by groups of programmes; a measure of which nothing is known has no column."""
    short = report.load("indicators").set_index("id")["short"]
    columns = {measure: by_group(report, measure) for measure in TRAINING}
    known = [measure for measure, values in columns.items() if not all(value.missing for value in values.values())]
    rows = [
        [heading(f"{code} {report.label('groups', code)}"), *(number(columns[measure][code]) for measure in known)]
        for code in groups(report)
    ]
    head: list[Row] = [["Укрупненная группа", *(short[measure] for measure in known)]]
    return Grid(head, rows, (46, *[16] * len(known)), {"year": report.edition.year})


TABLES = {
    "employed": employed,
    "education": education,
    "wages": wages,
    "tension": tension,
    "labour-migration": labour_migration,
    "network": network,
    "admission-top": admission_top,
    "targeted": targeted,
    "training-demand": training_demand,
}


def _rates(
    rows: Sequence[list[Cell | str]], printed: Mapping[str, Quantity], ours: Mapping[str, Quantity]
) -> tuple[str, ...]:
    """Add to each row the rate computed here, and before it the printed one where any was printed; return their heads.

    Parameters
    ----------
    rows : sequence of list
        One for each key, in order; they are added to.
    printed, ours : mapping
        By the same keys.
    """
    both = any(not quantity.missing for quantity in printed.values())
    for row, (key, rate) in zip(rows, ours.items(), strict=True):
        row.extend([number(printed[key])] * both + [number(rate)])
    return ("напечатано", "пересчет") if both else ("пересчет",)


def _measures_by_year(report: Report, measures: Mapping[str, str]) -> Grid:
    """Lay the measures that are known of the region side by side, for it and its neighbours."""
    years_of_each = {measure: _known_years(report, measure) for measure in measures}
    measures = {measure: title for measure, title in measures.items() if years_of_each[measure]}
    years = sorted({year for known in years_of_each.values() for year in known})
    if not years:
        raise GapError(missing_of(report.value(measure) for measure in years_of_each))
    rows = []
    for territory in (report.edition.region, *report.edition.comparison):
        values = [report.value(measure, territory, year) for measure in measures for year in years]
        rows.append([heading(report.territory(territory).name), *map(number, values)])
    head: list[Row] = [
        [Cell("Регион", rows=2), *(Cell(title, columns=len(years)) for title in measures.values())],
        [*map(str, years)] * len(measures),
    ]
    near = [report.territory(name).gen for name in report.edition.comparison]
    whose = joined([report.region.gen, *(near if len(near) == 1 else ["соседних регионов"] * bool(near))])
    return Grid(head, rows, (28, *[8] * len(years) * len(measures)), _span(years) | {"regions_gen": whose})


def _years(report: Report, indicator: str, territory: str | None = None) -> list[int]:
    rows = report.frame(indicator, [territory or report.edition.region])
    return sorted(int(year) for year in rows["year"].dropna().unique())


def _compared(report: Report) -> Text:
    """Return «в Кузбассе, соседних регионах, Сибирском федеральном округе и России», of what is compared."""
    country, *districts = report.edition.wider
    near = [report.territory(name).loc for name in report.edition.comparison]
    others = [*(near if len(near) == 1 else ["соседних регионах"] * bool(near))]
    wider = [*(report.territory(name).loc for name in districts), report.territory(country).short_loc]
    return joined([report.region.inside, *others, *wider])


def _known_years(report: Report, indicator: str) -> list[int]:
    """Return the years in which something is known of the region; none where no table has a row for it."""
    try:
        rows = report.frame(indicator, [report.edition.region])
    except GapError:
        return []
    return sorted(int(year) for year in rows.loc[rows["value"].notna(), "year"].dropna().unique())


def _span(years: Sequence[int]) -> dict[str, str | int]:
    return {"first": years[0], "last": years[-1]}


def _colleges(report: Report, part: str, year: int) -> Cell:
    """Return the number of colleges, with the branches among them in brackets as the printed table has it."""
    value = report.value("colleges", part, year)
    colleges = number(value)
    rows = report.frame("college_branches")
    rows = rows[(rows["territory"] == part) & (rows["year"] == year)]
    if rows["value"].isna().all():
        return colleges
    branches = number(report.value("college_branches", part, year))
    return Cell(colleges.words + " (" + branches.words + ")", number=True, quantity=value)


def _differences(report: Report, printed: Mapping[str, Quantity], recomputed: Mapping[str, Quantity]) -> str:
    """Say in words where the printed rate does not follow from the row it stands in."""
    wrong = [
        f"{report.territory(key).name} ({number(printed[key]).text} вместо {number(recomputed[key]).text})"
        for key in printed
        if not printed[key].missing
        and not recomputed[key].missing
        and number(printed[key]).text != number(recomputed[key]).text
    ]
    if not wrong:
        return ""
    return f"Напечатанный темп не следует из чисел своей строки: {', '.join(wrong)}."
