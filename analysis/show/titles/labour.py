"""Titles of what shows the labour market: employment, wages, unemployment, migration, the structure of the economy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.quantities import Quantity, Text, Year
from analysis.quantities.formula import Factor, Operation
from analysis.show.face import Report
from analysis.show.observed import of_year
from analysis.show.titles import kinds, shares
from analysis.show.titles.asked import first_true, shorts
from analysis.show.wording import lowered


def employed(report: Report) -> Text:
    """Return how the number of the employed changed in a year, beside the country's."""
    return _change(report, "Численность занятых", "f", "employed")


def wages(report: Report) -> Text:
    """Return how wages changed in a year, beside the country's."""
    return _change(report, "Заработная плата", "f", "wage")


def employment_rate(report: Report) -> Text:
    """Return where the employment rate stands among the neighbours, or since when it was not as high or as low."""
    return _level(report, "Уровень занятости", "employment_rate", ("самый высокий", "самый низкий"))


def unemployment_rate(report: Report) -> Text:
    """Return where the unemployment rate stands among the neighbours, or since when it was not as high or as low."""
    return _level(report, "Уровень безработицы", "unemployment_rate", ("самый высокий", "самый низкий"))


def employment_gap(report: Report) -> Text:
    """Return the neighbour whose employment rate is farthest from the region's."""
    return kinds.widest(report, "Уровень занятости", *_drawn(report, "employment_rate"))


def wage_gap(report: Report) -> Text:
    """Return the neighbour whose wages are farthest from the region's."""
    return kinds.widest(report, "Заработная плата", *_drawn(report, "wage_nominal"))


def education(report: Report) -> Text:
    """Return where the share of the employed with vocational education stands among the neighbours."""
    return kinds.standing(
        report, "Доля занятых с СПО", *_latest(report, "employed_education_share", "secondary-vocational")
    )


def tension(report: Report) -> Text:
    """Return where tension stands among the neighbours; else the search for work, else long unemployment."""
    measures = {
        "tension": "Напряженность на рынке труда",
        "job_search_months": "Средний срок поиска работы",
        "long_term_unemployed_share": "Доля тех, кто ищет работу год и дольше,",
    }
    return first_true(
        *(
            partial(lambda subject, name: kinds.standing(report, subject, *_latest(report, name)), subject, name)
            for name, subject in measures.items()
        )
    )


def labour_migration(report: Report) -> Text:
    """Return how many more leave the region for work than come to it, or the other way round."""
    year = report.latest("labour_outflow")
    left, came = (report.value(name, year=year) for name in ("labour_outflow", "labour_inflow"))
    said = kinds.against((f"из {report.region.short_gen} на работу выезжают", left), ("въезжают", came))
    return Text(f"{said} ({year!s}{NBSP}год)")


def migration_balance(report: Report) -> Text:
    """Return where the balance of migration for work stands among the neighbours."""
    return kinds.standing(report, "Сальдо трудовой миграции", *_latest(report, "labour_balance"))


def economy(report: Report) -> Text:
    """Return the branch in which value added differs most from the country's."""
    year = report.latest("gva_structure")
    ours = {key: value for key, value in report.values("gva_structure", year=year).items() if not value.missing}
    theirs = report.values("gva_structure", territory=report.edition.all_subjects, keys=list(ours), year=year)
    names = {key: lowered(name) for key, name in shorts(report, "sections", ours).items()}
    return shares.farthest_from_country(names, ours, theirs, "добавленной стоимости")


def employment_structure(report: Report) -> Text:
    """Return the branch with most employed of those that are named."""
    indicator, region = "employment_structure_printed", report.edition.region
    frame = of_year(report.frame(indicator, territories=[region]), report.edition.year - 1)
    known = dict(zip(frame["category"], report.quantities(frame), strict=True))
    names = {key: f"«{name}»" for key, name in shorts(report, "sections", known).items()}
    return shares.largest_share("больше всего занятых в разделе", names, known, "из названных разделов")


def wages_by_section(report: Report) -> Text:
    """Return the branches in which wages rose most and fell most."""
    year = report.edition.year
    index = report.values("wage_index_printed", year=year)
    changes = {key: _beyond_hundred(value) for key, value in index.items()}
    changes |= report.values("wage_increase_printed", year=year)
    names = {key: f"в{NBSP}разделе «{name}»" for key, name in shorts(report, "sections", changes).items()}
    return shares.extremes("из названных разделов", "заработная плата", names, changes, {1: "выросла", -1: "снизилась"})


TITLES: dict[str, Callable[[Report], Text]] = {
    "tbl-employed": employed,
    "tbl-education": education,
    "tbl-wages": wages,
    "tbl-tension": tension,
    "tbl-labour-migration": labour_migration,
    "fig-economy": economy,
    "fig-employment-structure": employment_structure,
    "fig-employment-rate": employment_rate,
    "fig-unemployment-rate": unemployment_rate,
    "fig-employment-gap": employment_gap,
    "fig-wage-gap": wage_gap,
    "fig-wages-by-section": wages_by_section,
    "fig-labour-migration-balance": migration_balance,
}


def _level(report: Report, subject: str, indicator: str, superlatives: tuple[str, str]) -> Text:
    return first_true(
        lambda: kinds.standing(report, subject, *_latest(report, indicator)),
        lambda: kinds.since(report, subject, superlatives, report.past(indicator).usable),
    )


def _latest(report: Report, indicator: str, category: str | None = None) -> tuple[dict[str, Quantity], Year]:
    """Return the values of the region and its neighbours in the last year, and the year."""
    year = report.latest(indicator)
    sides = (report.edition.region, *report.edition.comparison)
    return {key: report.value(indicator, key, year, category) for key in sides}, year


def _drawn(report: Report, indicator: str) -> tuple[dict[str, Quantity], Year]:
    """Return the same in the last year that a figure of the long series reaches: its labels are of that year."""
    years = range(report.since, report.edition.published + 1)
    rows = report.frame(indicator, territories=[report.edition.region], years=years)
    known = rows[rows["value"].notna()]
    if known.empty:
        raise GapError(())
    last = Year(int(known["year"].max()), "последний год рисунка")
    sides = (report.edition.region, *report.edition.comparison)
    return {key: report.value(indicator, key, last) for key in sides}, last


def _change(report: Report, subject: str, gender: str, indicator: str) -> Text:
    """Return the change of the last year with the one before it that has a row."""
    last = report.latest(indicator)
    sides = (report.edition.region, report.edition.wider[0])
    values = {key: report.values(indicator, "year", territory=key, keys=[last - 1, last]) for key in sides}
    return kinds.change_beside(report, subject, gender, values, (last - 1, last))


def _beyond_hundred(value: Quantity) -> Quantity:
    """Return an index as the change that it states."""
    change = None if value.value is None else value.value - 100
    return replace(value, value=change, formula=Operation("−", value.formula, Factor(100)))
