"""No edition prints the words of another region: whose each row is, and whom its words may name."""

import csv
import shutil
import time
from pathlib import Path

import frictionless
import pytest

from analysis.base import paths
from analysis.catalogue import clear_cache, load, opened, read_table, tables
from analysis.editions.check import check_edition
from analysis.editions.edition import read_edition
from analysis.editions.foreign import allowed, foreign
from analysis.editions.owners import Owners

EDITION = "kemerovo-2021"
REGION = "data/regions/kemerovo"


@pytest.fixture
def copied(project, monkeypatch):
    """Return a copy of the project that is the one of this process."""
    monkeypatch.setenv("REPORT_ROOT", str(project))
    clear_cache()
    yield project
    clear_cache()


@pytest.fixture
def tomsk(copied) -> Path:
    """Return an edition of Tomsk that was copied whole, its settings changed."""
    folder = copied / "data/editions/tomsk-2021"
    shutil.copytree(copied / "data/editions" / EDITION, folder)
    settings = (folder / "edition.yml").read_text(encoding="utf-8")
    for old, new in (
        ("id: kemerovo-2021", "id: tomsk-2021"),
        ("Кемеровская область – Кузбасс", "Томская область"),
        ("region: kemerovo", "region: tomsk"),
        ("[novosibirsk, tomsk, krasnoyarsk]", "[novosibirsk, krasnoyarsk]"),
    ):
        assert old in settings
        settings = settings.replace(old, new)
    (folder / "edition.yml").write_text(settings, encoding="utf-8")
    return folder


def change(file: Path, number: int, **cells: str) -> None:
    """Change cells of the row that a spreadsheet gives this number."""
    with file.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    for column, text in cells.items():
        rows[number - 2][head.index(column)] = text
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *rows])


def owned(edition: str) -> list:
    return [finding for finding in check_edition(edition) if finding.rule == "owner"]


def hits(text: str, edition: str = EDITION) -> list[str]:
    project = opened()
    own = allowed(read_edition(edition), project.everywhere("territories"))
    return [hit.words for hit in foreign(text, project, own)]


def test_the_first_edition_holds_its_own_words_only():
    assert owned(EDITION) == []


def test_a_copied_edition_is_refused_file_by_file(tomsk, report):
    refused = {finding.file.rpartition("/")[2] for finding in owned("tomsk-2021")}
    words = {
        part.file.name
        for table in tables("tomsk-2021").values()
        for part in table.parts
        if tomsk in part.file.parents and part.owner and len(read_table(part))
    }
    assert words and words <= refused
    status, said, _ = report("check", "tomsk-2021")
    assert status == 1 and "Ошибок: 0" not in said
    status, _, said = report("build", "tomsk-2021")
    assert status == 2 and "доклад не собран" in said
    assert not (tomsk.parents[2] / "_book/tomsk-2021").exists()


def test_a_copied_region_is_refused_too(tomsk):
    shutil.copytree(tomsk.parents[1] / "regions/kemerovo", tomsk.parents[1] / "regions/tomsk")
    refused = {finding.file for finding in owned("tomsk-2021")}
    assert {f"data/regions/tomsk/{name}.csv" for name in ("names", "documents", "legal_acts", "territories")} <= refused


def test_the_settings_may_not_name_another_region(tomsk):
    settings = tomsk / "edition.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("Томская область", "Кузбасс в 2021 году"), encoding="utf-8"
    )
    (found,) = [finding for finding in owned("tomsk-2021") if finding.column == "subtitle"]
    assert found.value == "Кузбасс" and "Кемеровская область – Кузбасс" in found.problem


def test_a_row_in_the_wrong_layer_is_named_with_the_right_one(copied):
    change(copied / "data/federal/documents.csv", 3, territory="kemerovo")
    change(copied / REGION / "documents.csv", 2, territory="tomsk")
    change(copied / REGION / "names.csv", 4, territory="")
    said = [str(finding) for finding in owned(EDITION)]
    assert len(said) == 3
    for place, words in (
        ("data/federal/documents.csv, строка 3", "Перенесите ее в папку data/regions/kemerovo"),
        ("data/regions/kemerovo/documents.csv, строка 2", "строка другого региона (Томская область)"),
        ("data/regions/kemerovo/names.csv, строка 4", "Впишите «kemerovo»"),
    ):
        assert [place in text and words in text for text in said].count(True) == 1, place


def test_words_of_another_region_are_found_in_every_table_of_words(copied):
    change(copied / "data/federal/exhibits.csv", 2, note="Данные Томской области.")
    change(copied / "data/editions" / EDITION / "swot.csv", 3, text="Техникумы Омской области и ЯНАО")
    change(copied / "data/editions" / EDITION / "facts.csv", 2, note="Как в Республике Татарстан.")
    change(copied / REGION / "names.csv", 2, short="Министерство Хакасии")
    found = {
        (finding.file.rpartition("/")[2], finding.row, finding.column, finding.value) for finding in owned(EDITION)
    }
    assert found == {
        ("exhibits.csv", 2, "note", "Томской"),
        ("swot.csv", 3, "text", "Омской"),
        ("facts.csv", 2, "note", "Татарстан"),
        ("names.csv", 2, "short", "Хакасии"),
    }


def test_the_texts_of_an_edition_are_held_to_the_same(copied):
    folder = copied / "data/editions" / EDITION
    file = next((folder / "prose").rglob("*.md"))
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, "", "Так же в Омской области и в Кузбассе."]) + "\n", encoding="utf-8")
    (found,) = owned(EDITION)
    assert (found.row, found.value) == (len(lines) + 2, "Омской") and found.file.endswith(file.name)
    with (folder / "mentions.csv").open("a", encoding="utf-8") as stream:
        within = file.relative_to(folder / "prose").as_posix()
        stream.write(f"prose,{within},в Омской области,omsk,Для сравнения.,kemerovo\n")
    assert owned(EDITION) == []


def test_a_mention_is_explained_word_for_word(copied):
    folder = copied / "data/editions" / EDITION
    change(folder / "swot.csv", 3, text="Финал в Омской области; выпускники едут в Омскую область")
    with (folder / "mentions.csv").open("a", encoding="utf-8") as stream:
        stream.write("swot,text,Финал в Омской области,omsk,Место события.,kemerovo\n")
    assert [finding.value for finding in owned(EDITION)] == ["Омскую"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("в Томской области и Красноярском крае, соседях", []),
        ("Сибирский федеральный округ, СФО, Россия, Кузбасс, Новокузнецк", []),
        ("Республикой Татарстан; татарстанские; Татарстана", ["Татарстан", "татарстанские", "Татарстана"]),
        ("омские техникумы и Омск", ["омские"]),
        ("комиссия, открытие Коми, комик", ["Коми"]),
        ("в Удмуртской Республике – Удмуртии", ["Удмуртской", "Удмуртии"]),
        ("Ханты-Мансийском автономном округе – Югре, ХМАО", ["Ханты-Мансийском", "Югре", "ХМАО"]),
        ("Уральском федеральном округе, УФО, уральский", ["Уральском федеральном округе", "УФО"]),
        ("Москвой и Санкт-Петербургом; КЧР", ["Москвой", "Санкт-Петербургом"]),
        ("Северной Осетией", ["Северной Осетией"]),
        ("Еврейскую автономную область", ["Еврейскую"]),
    ],
)
def test_names_are_met_in_every_case_and_as_whole_words(text, found):
    assert hits(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Тайга и Юрга, в Юрге; густая тайга", ["Тайга", "Юрга", "Юрге"]),
        ("кузбасские, Кузбассом, Кузбасса", ["кузбасские", "Кузбассом", "Кузбасса"]),
        ("КРИРПО и КАО «Азот»; азот", ["КРИРПО", "КАО «Азот"]),
        ("Новокузнецкий техникум, Междуреченском", ["Новокузнецкий", "Междуреченском"]),
        ("Томская область, томские", []),
    ],
)
def test_towns_and_bodies_of_another_region_are_its_names(tomsk, text, found):
    assert tomsk.is_dir() and hits(text, "tomsk-2021") == found


def test_the_net_is_cheap():
    known = tables(EDITION)
    frames = {name: read_table(table) for name, table in known.items()}
    edition = read_edition(EDITION)
    list(Owners(edition, opened(), known, frames).strangers())
    begun = time.process_time()
    list(Owners(edition, opened(), known, frames).strangers())
    assert time.process_time() - begun < 0.3


def test_a_folder_of_an_unknown_region_is_named_with_the_nearest(copied):
    (copied / "data/regions/kemerovo").rename(copied / "data/regions/kemerow")
    (found,) = [finding for finding in owned(EDITION) if finding.file == "data/regions/kemerow"]
    assert "«kemerovo»" in found.remedy


def test_every_row_of_words_has_an_owner():
    about = {"figure_statements", "forecasts", "graduates_by_college", "acknowledged-printed"}
    bare = {
        table.name
        for whole in tables(EDITION).values()
        for table in whole.parts
        if table.layer.startswith(("regions", "editions")) and not table.owner and not table.holds_observations
    }
    assert bare - about == {"territories"}


@pytest.mark.parametrize("layer", ["federal", "regions/kemerovo", f"editions/{EDITION}"])
def test_each_layer_is_a_package_of_its_own(layer):
    folder = paths.data() / layer
    # The schemas that layers share lie above them, where frictionless goes only if told to trust the paths.
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []
    described = {part.file for table in tables(EDITION).values() for part in table.parts if part.layer == layer}
    assert described == set(folder.rglob("*.csv"))


def test_nothing_of_a_region_stays_in_the_layers_of_all():
    words = ("Кузбас", "Кемеров", "кузбас", "кемеров", "КРИРПО", "Азот", "Новокузнец")
    # Assertions speak of the prose of chapters as it stands.
    skipped = {"assertions", "territories", "territory_names", "territory_history", "acknowledged", "vintages"}
    for name, table in tables().items():
        if name not in skipped and not table.holds_observations:
            rows = load(name).astype(object).fillna("").astype(str)
            for column, said in rows.items():
                assert [text for text in said if any(word in text for word in words)] == [], (name, column)
