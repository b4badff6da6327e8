"""Titles of tables and figures: each body exhibit has one, it is true, and it follows the data."""

import json
import re

import pytest

from analysis.base import fragments, paths
from analysis.base.gaps import GapError
from analysis.book.config import read_config
from analysis.quantities import Quantity
from analysis.report import open_report
from analysis.show.exhibits import Exhibit
from analysis.show.titles import TITLES, kinds, shares, title

FINISHED, OTHER = ("kemerovo-2021", "kemerovo-2022"), "tatarstan-2022"
# A run of digits that is not part of a word or of the name of an interval.
DIGITS = re.compile(r"(?<![\w-])\d+(?:[\u00a0\u202f,.]\d+)*(?![\d-])")


def cells(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def shown():
    """Return the labels of the exhibits of the body and of the appendices of each edition, its fragments included."""
    labels = {}
    for edition in (*FINISHED, OTHER):
        labels[edition] = {False: set(), True: set()}
        for entry in read_config(paths.project_root()).notebooks:
            sources = cells(paths.project_root() / entry.file)
            for file in fragments.files(paths.prose(edition) / entry.stem):
                sources += [part.source for part in fragments.fragment(file).parts() if part.kind == "code"]
            labels[edition][entry.appendix] |= {label for source in sources for label in fragments.exhibits(source)}
    return labels


@pytest.fixture(scope="module")
def reports():
    return {edition: open_report(edition) for edition in (*FINISHED, OTHER)}


def exhibit(report, label):
    kind, _, name = label.partition("-")
    return (report.table if kind == "tbl" else report.figure)(name)


def test_every_exhibit_of_the_body_has_a_rule_and_none_of_the_appendices(shown):
    # Maps of graduates and what a lost print showed wait for data that nobody has; few values make no picture.
    waiting = {"fig-graduates-map-15", "fig-graduates-map-23", "fig-azot-model"}
    few = {"fig-unemployed-spo", "fig-informal", "fig-wage-by-education"}
    body, appendices = (set().union(*(labels[part] for labels in shown.values())) for part in (False, True))
    assert body - set(TITLES) == waiting | few
    assert set(TITLES) & appendices == set()
    assert set(TITLES) <= body


@pytest.mark.parametrize("edition", [*FINISHED, OTHER])
def test_every_exhibit_that_is_shown_has_a_title(edition, reports, shown):
    made = {label: exhibit(reports[edition], label) for label in sorted(shown[edition][False])}
    untitled = [label for label, one in made.items() if isinstance(one, Exhibit) and not one.title]
    assert untitled == []
    for one in made.values():
        if isinstance(one, Exhibit):
            assert one.markdown.startswith(
                f"::: {{.exhibit-title}}\n{one.title.markdown()}\n:::\n\n::: {{#{one.label}}}"
            )
            assert one.title[:1].isupper() or one.title[:1].isdigit()
            assert not re.search(r"(?<!чел)(?<!п)\.$", one.title) and len(one.title) <= 190


def test_exhibits_of_appendices_have_no_title(reports, shown):
    made = [
        exhibit(reports[FINISHED[0]], label) for label in sorted(shown[FINISHED[0]][True]) if label.startswith("tbl-")
    ]
    assert made and all(one.title is None for one in made if isinstance(one, Exhibit))


@pytest.mark.parametrize("edition", [*FINISHED, OTHER])
def test_every_number_of_a_title_can_be_asked(edition, reports, monkeypatch):
    monkeypatch.setenv("REPORT_CARDS", "1")
    for label in TITLES:
        if not (said := title(reports[edition], label)):
            continue
        marked = [(mark.start, mark.end) for mark in said.marks]
        loose = [run[0] for run in DIGITS.finditer(said) if not any(a <= run.start() < b for a, b in marked)]
        assert loose == [], f"{label}: {said}"


def share(value):
    return None if value is None else Quantity(value, "percent", 1)


def values(own, **near):
    return {"kemerovo": share(own)} | {name: Quantity(value, "percent", 1) for name, value in near.items()}


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (4.0, "Безработица в Кузбассе в 2020 году ниже, чем у всех соседей: 4,0 %"),
        (5.5, "Безработица в 2020 году ниже только в Томской области: в Кузбассе – 5,5 %"),
        (7.0, "Безработица в 2020 году выше только в Красноярском крае: в Кузбассе – 7,0 %"),
        (9.0, "Безработица в Кузбассе в 2020 году выше, чем у всех соседей: 9,0 %"),
        (6.0, "Безработица в 2020 году выше только в Красноярском крае: в Кузбассе – 6,0 %"),
    ],
)
def test_standing_follows_the_values_and_ties_are_no_place(own, words, reports):
    near = {"tomsk": 5.0, "novosibirsk": 6.0, "krasnoyarsk": 8.0}
    said = kinds.standing(reports[FINISHED[0]], "Безработица", values(own, **near), 2020)
    assert said.replace("\u00a0", " ") == words


def test_where_a_neighbour_is_not_known_nothing_is_said_of_all(reports):
    unknown = values(4.0, tomsk=5.0, novosibirsk=6.0, krasnoyarsk=None)
    for rule in (kinds.standing, kinds.widest):
        with pytest.raises(GapError):
            rule(reports[FINISHED[0]], "Безработица", unknown, 2020)
    with pytest.raises(GapError):
        kinds.standing(reports[FINISHED[0]], "Безработица", values(5.0, tomsk=5, novosibirsk=5, krasnoyarsk=5), 2020)


def test_the_largest_of_what_is_named_is_said_to_be_that():
    names = {"B": "«Добыча»", "C": "«Обработка»"}
    told = shares.largest_share("больше всего в разделе", names, {"B": share(30.0), "C": share(20.0)}, "из названных")
    assert told.replace("\u00a0", " ") == "Из названных больше всего в разделе «Добыча»: 30,0 %"
    told = shares.largest_share("больше всего в разделе", names, {"B": share(60.0), "C": share(40.0)}, "из названных")
    assert told.replace("\u00a0", " ") == "Больше всего в разделе «Добыча»: 60,0 %"


def test_a_ratio_names_the_larger_one_first_and_small_ones_without_a_multiple():
    few, many = Quantity(4.4, "thousand_people", 1), Quantity(14.9, "thousand_people", 1)
    told = kinds.against(("въезжают", few), ("выезжают", many)).replace("\u00a0", " ")
    assert told == "Выезжают в 3,4 раза больше, чем въезжают: 14,9 против 4,4 тыс. чел."
    near = Quantity(5.0, "thousand_people", 1)
    assert "раза" not in kinds.against(("въезжают", few), ("выезжают", near))
    assert "столько же" in kinds.against(("въезжают", few), ("выезжают", few))


def test_a_long_series_says_since_when(reports):
    series = {year: share(value) for year, value in zip(range(2010, 2016), (9.0, 7.0, 8.0, 7.5, 7.2, 6.0), strict=True)}
    told = kinds.since(reports[FINISHED[0]], "Безработица", ("самая высокая", "самая низкая"), series)
    assert told.replace("\u00a0", " ") == "Безработица в Кузбассе в 2015 году самая низкая с 2010 года: 6,0 %"
    series[2015] = share(7.3)
    with pytest.raises(GapError):
        kinds.since(reports[FINISHED[0]], "Безработица", ("самая высокая", "самая низкая"), series)


def edited(project, table, old, new):
    (file,) = (project / "data").rglob(f"{table}.csv")
    lines = file.read_text(encoding="utf-8").splitlines()
    found = [number for number, line in enumerate(lines) if line.startswith(old)]
    assert len(found) == 1
    lines[found[0]] = new
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_other_data_make_another_title_and_missing_ones_none(project):
    file = project / "data/editions/kemerovo-2021/targeted_contracts.csv"
    text, row = file.read_text(encoding="utf-8"), "targeted_contracts,kemerovo,all,2020,147"
    assert row in text

    def said():
        return title(open_report("kemerovo-2021"), "tbl-targeted")

    assert said().endswith("стало больше: 147 вместо 27")
    file.write_text(text.replace(row, "targeted_contracts,kemerovo,all,2020,20").replace(",147\n", ",20\n"), "utf-8")
    assert "больше: 1" in said() or "меньше" in said()
    file.write_text(
        text.replace(f"{row},A", "targeted_contracts,kemerovo,all,2020,,M").replace(",147\n", ",\n"), "utf-8"
    )
    assert "147" not in str(said() or "")


def test_a_table_of_words_counts_what_it_holds(project):
    file = project / "data/editions/kemerovo-2021/swot.csv"
    rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    assert title(open_report("kemerovo-2021"), "tbl-swot").endswith("больше, чем слабых: 7 против 4")
    weak = [row for row in rows if row.startswith("W,")]
    file.write_text("".join([row for row in rows if not row.startswith("S,")] + weak[:0]), encoding="utf-8")
    assert title(open_report("kemerovo-2021"), "tbl-swot").endswith("меньше, чем слабых: 0 против 4")


def test_the_authors_own_title_stands_instead(project):
    folder = project / "data/editions/kemerovo-2021/prose/11-conditions"
    (folder / "tbl-wages.title.md").write_text("Заработная плата отстает от российской\n", encoding="utf-8")
    assert open_report("kemerovo-2021").table("wages").title is None
    assert open_report("kemerovo-2021").table("employed").title
