"""Editions of unlike regions, made by `report edition new` alone: each is built and every page is read.

A republic, a krai, an autonomous area, a federal city, one without neighbours on land, an island, one that was founded
and one that joined within the years of the series.
"""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.catalogue import clear_cache, opened
from analysis.editions.edition import read_edition
from analysis.filling.proposals import compared, likeness
from tests.editions.pages import foreign, pages, unlisted

KINDS = {
    "tatarstan": "a republic",
    "perm": "a krai, founded in 2005",
    "chukotka": "an autonomous area, few people and much that is not published",
    "moscow": "a federal city",
    "kaliningrad": "no neighbours on land",
    "sakhalin": "an island",
    "zabaykalsky": "a krai founded in 2008, in another district since 2018",
    "sevastopol": "a federal city, in the statistics since 2014",
}


@pytest.fixture
def here(project, monkeypatch, tmp_path):
    """Work in an empty folder, on a copy of the project."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("REPORT_ROOT", str(project))
    clear_cache()
    yield project
    clear_cache()


@pytest.mark.slow
@pytest.mark.parametrize("region", KINDS)
def test_a_report_of_any_region_reads_as_one(here, report, region):
    """Build an edition of which only the official series are known, and find no fault with any page."""
    name = f"{region}-2022x"
    status, _, wrong = report("edition", "new", name, "--region", region, "--year", "2021", "--quiet")
    assert (status, wrong) == (0, "")
    status, said, wrong = report("build", name, "--to", "html", "--renderer", "builtin")
    assert status == 0, wrong[-3000:] + said[-3000:]
    edition, territories = read_edition(name), opened().load("territories")
    # An area of its own that is or was part of the region is the region's.
    within = (*edition.territories, *territories.loc[territories["parent"] == region, "id"])
    others = [
        pd.read_csv(file, dtype=str, keep_default_na=False)
        for folder in (here / "data" / "regions").iterdir()
        if folder.name != region
        for file in (folder / "names.csv", folder / "territories.csv")
    ]
    found = []
    for page in pages(here / "_book" / name):
        found += page.faults()
        found += [f"{page.name}: {word}" for word in foreign(page.text, territories, within, others)]
        found += [f"{page.name}: no form of the list: {word}" for word in unlisted(page.text, territories, [region])]
        found += [
            f"{page.name}: a table without observations: {row}" for row in page.rows("data-catalogue") if row[3] == "0"
        ]
    assert found == []
    # Of any subject the official series tell enough.
    home = next(page for page in pages(here / "_book" / name) if page.name == "index.html")
    told = home.main.xpath(".//*[contains(@class, 'said')]")
    assert 3 <= len(told) <= 6 and all(one.xpath(".//*[@data-q]") and one.xpath(".//a") for one in told)
    assert {"11-conditions.html", "12-spo-system.html", "14-forecast.html"} <= {
        file.name for file in (here / "_book" / name).iterdir()
    }
    # The indicators are not the plan's: what is known of them stands without it, and nobody speaks of a plan.
    plan = next(page for page in pages(here / "_book" / name) if page.name == "20-plan.html")
    assert "Плана мероприятий среди данных этого издания нет." in plan.text
    assert len(plan.rows("panel")) > 2 and not plan.rows("plan")


@pytest.mark.parametrize(
    ("region", "reasons", "some"),
    [
        ("moscow", ["сосед", "сосед", "тот же федеральный округ"], {"moscow-oblast", "kaluga"}),
        ("sevastopol", ["сосед", "тот же федеральный округ", "тот же федеральный округ"], {"crimea"}),
        ("kaliningrad", ["тот же федеральный округ"] * 3, set()),
        ("sakhalin", ["тот же федеральный округ"] * 3, {"kamchatka"}),
        ("chukotka", ["сосед"] * 3, {"magadan", "kamchatka", "sakha"}),
    ],
)
def test_where_no_structure_is_known_the_nearest_in_size_are_proposed(region, reasons, some):
    """Propose neighbours, then the district; the structure of value added is not claimed where no table has it."""
    assert likeness(opened(), region, 2021) == ({}, 0)
    found = compared(opened(), region, 2021)
    assert [proposal.reason.partition(";")[0] for proposal in found] == reasons
    assert some <= {proposal.territory for proposal in found}
    assert all("жителей" in proposal.reason and "структура" not in proposal.reason for proposal in found)


def test_it_is_said_that_likeness_could_not_be_asked(here, report):
    status, said, _ = report("edition", "new", "moscow-2022", "--region", "RU-MOW", "--year", "2021")
    assert status == 0
    assert "Структуры ВРП этого региона в данных нет" in said
    assert "Структуры ВРП" in (here / "data" / "editions" / "moscow-2022" / "edition.yml").read_text(encoding="utf-8")
    _, said, _ = report("edition", "new", "tomsk-2022", "--region", "tomsk", "--year", "2021")
    assert "Структуры ВРП" not in said


@pytest.mark.parametrize(
    ("lacking", "column", "sentence"),
    [
        ("tatarstan", "dat", "столбец «dat»: ячейка пуста, а схема требует значения. Заполните ячейку."),
        ("tatarstan", "short_dat", "(tatarstan) нет дательного падежа краткого наименования: заполните столбец"),
        ("bashkortostan", "short_ins", "(bashkortostan) нет творительного падежа краткого наименования: заполните"),
        ("volga", "short_loc", "(volga) нет предложного падежа краткого наименования: заполните столбец «short_loc»"),
    ],
)
def test_a_name_without_a_case_is_refused_and_leaves_nothing(here, report, lacking, column, sentence):
    """Refuse the region, one compared with it and its district, each in one sentence that says what to fill."""
    file = here / "data" / "codes" / "territories.csv"
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    rows.loc[rows["id"] == lacking, column] = ""
    rows.to_csv(file, index=False)
    clear_cache()
    before = sorted(path.as_posix() for path in here.rglob("*") if "build" not in path.parts)
    status, said, wrong = report("edition", "new", "tatarstan-2023", "--region", "tatarstan", "--year", "2021")
    assert (status, said) == (2, "")
    assert sentence in wrong
    assert wrong.count("\n") == 1
    assert sorted(path.as_posix() for path in here.rglob("*") if "build" not in path.parts) == before
    assert list((here.parent / "here").iterdir()) == []
