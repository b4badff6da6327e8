"""Layers of data: whose a table is, how those of one name are joined, where each row of the whole stands."""

import json

import pytest

from analysis.base.errors import DataError
from analysis.base.paths import published_name
from analysis.catalogue import find_defects, load, opened, table, tables
from analysis.catalogue.places import files, place
from analysis.catalogue.vintages import file_as_of
from analysis.editions.check import check_edition
from analysis.editions.edition import read_edition
from analysis.editions.names import Names
from analysis.quantities.rows import row_seen
from analysis.show.published import publish

SHARED = {
    "fields": [
        {"name": "id", "type": "string", "constraints": {"required": True, "unique": True}},
        *({"name": name, "type": "string"} for name in ("name", "short", "gen", "dat", "loc")),
        {"name": "territory", "type": "string", "owner": True},
    ],
    "primaryKey": "id",
}
LAYERS = {"federal": ("federal", ""), "region": ("regions/north", "north"), "edition": ("editions/tiny", "north")}
UP = {"federal": "../", "region": "../../", "edition": "../../"}
HEAD = "id,name,short,gen,dat,loc,territory\n"


def line(name, owner):
    return f"{name},{name},{name},{name},{name},{name},{owner}\n"


@pytest.fixture
def layers(package):
    """Return a writer of the table `names` of one layer; each layer has two rows until something is rewritten."""
    package("data/schemas/names.json", json.dumps(SHARED))

    def write(layer, *rows, schema=None):
        folder, _ = LAYERS[layer]
        resource = {"name": "names", "path": "names.csv", "schema": schema or f"{UP[layer]}schemas/names.json"}
        package(f"data/{folder}/datapackage.json", json.dumps({"name": layer, "resources": [resource]}))
        package(f"data/{folder}/names.csv", HEAD + "".join(rows))

    for layer, (_, owner) in LAYERS.items():
        write(layer, line(f"{layer}-a", owner), line(f"{layer}-b", owner))
    return write


@pytest.mark.usefixtures("layers")
def test_a_table_of_one_name_is_the_rows_of_all_layers_the_widest_first():
    rows = load("names", "tiny")
    assert rows["id"].tolist() == ["federal-a", "federal-b", "region-a", "region-b", "edition-a", "edition-b"]
    assert load("names")["id"].tolist() == ["federal-a", "federal-b"]
    assert [part.layer for part in table("names", "tiny").parts] == ["federal", "regions/north", "editions/tiny"]


@pytest.mark.usefixtures("layers")
def test_every_row_knows_its_file_and_its_number_there():
    rows = load("names", "tiny")
    chosen = rows[rows["id"].isin(["federal-b", "region-a", "edition-b"])]
    assert [place(chosen, index) for index in chosen.index] == [
        ("data/federal/names.csv", 3),
        ("data/regions/north/names.csv", 2),
        ("data/editions/tiny/names.csv", 3),
    ]
    seen = row_seen(chosen, chosen.index[1], "tiny")
    assert (seen.table, seen.row) == ("data/regions/north/names.csv", 2)
    assert files(rows) == [part.label for part in table("names", "tiny").parts]


@pytest.mark.usefixtures("layers")
def test_prose_finds_the_names_of_every_layer():
    names = Names(read_edition("tiny"))
    assert [str(names.name(f"{layer}-a")) for layer in LAYERS] == ["federal-a", "region-a", "edition-a"]


def test_a_layer_that_is_not_there_is_empty(layers, package):
    package("data/regions/north/datapackage.json", json.dumps({"name": "north", "resources": []}))
    assert load("names", "tiny")["id"].tolist() == ["federal-a", "federal-b", "edition-a", "edition-b"]
    settings = (opened().root / "data/editions/tiny/edition.yml").read_text(encoding="utf-8")
    package(
        "data/editions/tiny/edition.yml", settings.replace("region: north", "region: south").replace("[south]", "[]")
    )
    layers("edition", line("edition-a", "south"))
    assert load("names", "tiny")["id"].tolist() == ["federal-a", "federal-b", "edition-a"]
    assert check_edition("tiny") == []


def test_a_layer_that_comes_is_seen(layers, package):
    folder = opened().root / "data/regions/north"
    (folder / "datapackage.json").unlink()
    assert load("names", "tiny")["id"].tolist() == ["federal-a", "federal-b", "edition-a", "edition-b"]
    layers("region", line("late", "north"))
    assert "late" in load("names", "tiny")["id"].tolist()


def test_a_key_in_two_layers_is_one_sentence_that_names_both_rows(layers):
    layers("edition", line("edition-a", "north"), line("region-b", "north"))
    with pytest.raises(DataError) as caught:
        load("names", "tiny")
    assert str(caught.value) == (
        "data/editions/tiny/names.csv, строка 3, столбец «id»: такая строка уже есть в файле"
        " data/regions/north/names.csv, строка 3 (значение «region-b»). Оставьте ее в одном из файлов или дайте ей"
        " другой код."
    )
    (defect,) = find_defects(table("names", "tiny"))
    assert (defect.file, defect.row) == ("data/editions/tiny/names.csv", 3)
    assert check_edition("tiny") == [defect]


def test_layers_that_describe_a_table_differently_are_refused(layers):
    layers("edition", schema={"fields": SHARED["fields"][:-1]})
    with pytest.raises(DataError, match=r"regions/north/names\.csv и data/editions/tiny/names\.csv зовутся одинаково"):
        tables("tiny")


@pytest.mark.parametrize("path", ["../../../schemas/names.json", "../../names.json", "../../schemas/../x.json"])
def test_a_schema_lies_in_its_package_or_in_the_shared_folder_only(layers, path):
    layers("edition", schema=path)
    with pytest.raises(DataError, match="не путь внутри папки"):
        tables("tiny")


def test_a_region_that_no_list_knows_is_one_sentence_with_the_nearest(package, report):
    settings = (opened().root / "data/editions/tiny/edition.yml").read_text(encoding="utf-8")
    package("data/editions/tiny/edition.yml", settings.replace("region: north", "region: nort"))
    found = check_edition("tiny")
    expected = (
        "data/editions/tiny/edition.yml: такой территории нет в таблице territories (значение «nort»). Возможно,"
        " имелось в виду «north»."
    )
    assert [str(one) for one in found] == [expected]
    status, _, said = report("build", "tiny")
    assert status == 2 and "nort" in said and said.count("\n") == 1


@pytest.mark.parametrize("region", ["../../x", "[a]", "''"])
def test_settings_without_a_plain_region_lead_to_no_folder(package, region):
    settings = (opened().root / "data/editions/tiny/edition.yml").read_text(encoding="utf-8")
    package("data/editions/tiny/edition.yml", settings.replace("region: north", f"region: {region}"))
    assert {described.layer for described in tables("tiny").values()} == {""}
    with pytest.raises(DataError, match="region"):
        check_edition("tiny")


def test_each_file_of_a_joined_table_is_published_by_itself(layers, package, tmp_path):
    descriptor = opened().root / "data/federal/datapackage.json"
    described = json.loads(descriptor.read_text(encoding="utf-8"))
    fields = [{"name": name, "type": "string"} for name in ("id", "name")]
    described["resources"].append({"name": "status", "path": "status.csv", "schema": {"fields": fields}})
    package("data/federal/datapackage.json", json.dumps(described))
    package("data/federal/status.csv", "id,name\nA,обычное\nM,отсутствует\n")
    publish("tiny", tmp_path / "out")
    for name, row in (("federal-names", "federal-a"), ("north-names", "region-a"), ("names", "edition-a")):
        page = (tmp_path / "out" / f"{name}.html").read_text(encoding="utf-8")
        assert f'<tr id="r2"><th scope="row">2<td>{row}' in page and page.count("<tr id=") == 2
    assert published_name("data/regions/north/codes/founders.csv") == "codes-founders"


@pytest.mark.usefixtures("layers")
def test_data_as_they_were_known_are_those_of_each_layer():
    root = opened().root / "data"
    for part in table("names", "tiny").parts:
        assert file_as_of(part, "2020-01-01", root) == part.file
    assert len(load("names", "tiny", vintage="2020-01-01")) == 6
