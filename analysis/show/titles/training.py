"""Titles of what shows training: colleges, admission, quotas, graduates and what they do."""

from __future__ import annotations

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.quantities import Quantity, Text, Year, total
from analysis.quantities.absent import require_known
from analysis.quantities.indicators import each, growth, highest, rising, share
from analysis.quantities.text import chosen
from analysis.show.dates import span
from analysis.show.face import Report
from analysis.show.observed import of_year, years_of
from analysis.show.spelled import among
from analysis.show.titles import kinds, shares
from analysis.show.titles.asked import Title, first_true, shorts
from analysis.show.wording import capital, num, pct, signed, with_unit

STUDENTS = "college_students"
WITHOUT_WORK = ("registered", "not-employed")


def network(report: Report) -> Text:
    """Return in how few territories more than half of the students are, else what the map says."""
    *_, last = _years(report)
    values = report.values(STUDENTS, "territory", keys=_places(report), year=last)
    return first_true(
        lambda: Text(f"{shares.concentrated(report, 'студентов', values)} ({last!s}{NBSP}год)"),
        lambda: network_map(report),
    )


def network_map(report: Report) -> Text:
    """Return in how many territories there are more students than before."""
    first, last = _first_and_last(report)
    changes = _changes(report, first, last)
    where = among(rising(changes), changes, "территория")
    return Text(f"Студентов с{NBSP}{first!s} по{NBSP}{last!s} год стало больше {where}")


def students_by_territory(report: Report) -> Text:
    """Return the territory where students grew in number fastest."""
    first, last = _first_and_last(report)
    changes = _changes(report, first, last)
    top = highest(changes)
    if float(changes[str(top)]) <= 0:
        raise GapError(())
    said = chosen("Быстрее всего студентов прибавляет", "наибольшее значение", *changes.values())
    name = report.territory(str(top)).short
    return Text(f"{said} {name}: {signed(changes[str(top)])} за{NBSP}{span(first, last)} годы")


def admission_top(report: Report) -> Text:
    """Return the programme with the largest intake."""
    year = report.latest("intake")
    values = report.values("intake", year=year)
    top = highest(values)
    said = chosen("Больше всего приняли на программу", "наибольшее значение", *values.values())
    name = f"{report.code('specialties', top)} «{report.label('specialties', top)}»"
    return Text(f"{said} {name}: {with_unit(values[str(top)])}")


def quotas(report: Report) -> Text:
    """Return the group with the largest share of the quotas."""
    frame = report.frame("quota_share", territories=[report.edition.region])
    dated = of_year(frame[frame["year"].notna()], report.edition.year + 1)
    known = dict(zip(dated["category"], report.quantities(dated), strict=True))
    names = {key: f"{report.code('groups', key)} «{name}»" for key, name in shorts(report, "groups", known).items()}
    return shares.largest_share("больше всего мест за счет бюджета у группы", names, known, "из названных групп")


def admission_quotas(report: Report) -> Text:
    """Return the group with the largest admission, with its share of the quotas."""
    year = report.latest("intake")
    groups = report.load("specialties").set_index("id")["group"]
    intake: dict[str, list[Quantity]] = {}
    for programme, value in report.values("intake", year=year).items():
        intake.setdefault(str(groups[programme]), []).append(value)
    totals = {key: total(values) for key, values in intake.items()}
    top = str(highest(totals))
    frame = report.frame("quota_share", territories=[report.edition.region], categories=[top])
    quota = report.quantities(frame.sort_values("year", kind="stable")).iloc[-1 if frame["year"].notna().all() else 0]
    require_known(quota)
    said = chosen("Больше всего из самых массовых программ приняли по группе", "наибольшее значение", *totals.values())
    name = f"{report.code('groups', top)} «{shorts(report, 'groups', [top])[top]}»"
    return Text(f"{said} {name}: {with_unit(totals[top])}; доля ее в{NBSP}контрольных цифрах – {pct(quota)}")


def training_kinds(report: Report) -> Text:
    """Return how admission of specialists stands to that of workers; of graduates where admission is not known."""
    return first_true(
        lambda: _kinds(report, "spo_admission", ("принимают на программы специалистов", "на программы рабочих")),
        lambda: _kinds(report, "spo_graduates", ("выпускают специалистов", "рабочих")),
    )


def outcomes(report: Report) -> Text:
    """Return how many of the graduates work, and how many are without work."""
    year = report.latest("graduate_outcomes")
    counts = report.values("graduate_outcomes", year=year)
    require_known(*counts.values())
    whole = total(list(counts.values()))
    idle = share(total([counts[key] for key in WITHOUT_WORK]), whole)
    return Text(f"Работают {pct(share(counts['employed'], whole))} выпускников {year!s} года, без работы – {pct(idle)}")


def targeted(report: Report) -> Text:
    """Return how the number of students with a contract of targeted training changed."""
    frame = report.frame("targeted_contracts", [report.edition.region])
    first, last = (Year(year, "крайний год таблицы") for year in (years_of(frame)[0], years_of(frame)[-1]))
    keys = list(dict.fromkeys(frame["category"]))
    # The whole is the largest of what is counted.
    whole = str(highest({key: report.value("targeted_contracts", year=last, category=key) for key in keys}))
    then, now = (report.value("targeted_contracts", year=year, category=whole) for year in (first, last))
    require_known(then, now)
    if then == now or first == last:
        raise GapError(())
    word = chosen("больше" if now > then else "меньше", "сравнение", then, now)
    return Text(
        f"Договоров о{NBSP}целевом обучении с{NBSP}{first!s} по{NBSP}{last!s} год стало {word}:"
        f" {num(now)} вместо {num(then)}"
    )


TITLES: dict[str, Title] = {
    "tbl-network": network,
    "tbl-admission-top": admission_top,
    "tbl-targeted": targeted,
    "fig-quotas": quotas,
    "fig-network-map": network_map,
    "fig-students-by-territory": students_by_territory,
    "fig-admission-quotas": admission_quotas,
    "fig-training-kinds": training_kinds,
    "fig-outcomes-2021": outcomes,
}


def _years(report: Report) -> list[Year]:
    frame = report.frame(STUDENTS, territories=report.parts())
    known = years_of(frame[frame["value"].notna()])
    if not known:
        raise GapError(())
    return [Year(year, "год таблицы") for year in known]


def _first_and_last(report: Report) -> tuple[Year, Year]:
    first, *_, last = [*_years(report), *_years(report)[-1:]]
    if first == last:
        raise GapError(())
    return first, last


def _places(report: Report) -> list[str]:
    """Return the territories that the table of students has."""
    there = set(report.frame(STUDENTS, territories=report.parts())["territory"])
    return [part for part in report.parts() if part in there]


def _changes(report: Report, first: Year, last: Year) -> dict[str, Quantity]:
    """Return the change of students by territory in per cent; one that had none has no rate."""
    then, now = (report.values(STUDENTS, "territory", keys=_places(report), year=year) for year in (first, last))
    changes = each(growth, now, then)
    return {key: change for key, change in changes.items() if not change.missing}


def _kinds(report: Report, stem: str, words: tuple[str, str]) -> Text:
    year = report.latest(f"{stem}_specialists")
    values = [report.value(f"{stem}_{kind}", year=year) for kind in ("specialists", "workers")]
    said = kinds.against((words[0], values[0]), (words[1], values[1]))
    return Text(f"{capital(said)} ({year!s}{NBSP}год)")
