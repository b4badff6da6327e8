"""Tables, descriptors and the bibliography, damaged in every way people damage them.

One sentence with file, place and remedy.
"""

from __future__ import annotations

import csv
import json
import re
from contextlib import suppress

import pytest

from analysis.base import reads
from analysis.base.bibtex import entries
from analysis.base.errors import DataError, ReportError
from analysis.base.strict_json import load
from analysis.catalogue import load as table
from analysis.editions.check import check_edition

from .conftest import HEADER, LISTS, RATE, judge

ENGLISH = re.compile(
    r"\b(?:error|invalid|expect|line|column|unexpected|object|argument|codec|decode|delimiter|string|field larger)\b",
    re.IGNORECASE,
)
ROW = "rate,north,,2020,6.7,A,book,с. 1,"


def refused(kind: type[ReportError] = DataError) -> str:
    with pytest.raises(kind) as error:
        judge("tiny")
    told = str(error.value)
    assert "\n" not in told and not ENGLISH.search(told.replace("«string»", "")), told
    return told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"rate\.csv, строка 1: нет строки с именами столбцов"),
        ("\n\n", r"строка 1: нет строки с именами столбцов"),
        (",,,\n", "нет строки с именами столбцов"),
        (RATE.replace("note", "value", 1), r"строка 1, столбец «value»: столбец назван дважды"),
        (RATE.replace("с. 1,\n", 'с. 1,"не закрыто\n', 1), r"строка 2: кавычки"),
        (RATE.replace("с. 1,", '"с." 1,', 1), r"строка 2: кавычки"),
        (RATE.replace("с. 1", "я" * 32_768, 1), r"строка 2: .*ячейка длиннее 32767 знаков"),
        (RATE.replace("с. 1", "я" * 140_000, 1), r"строка 2: .*длиннее"),
        (RATE.replace("с. 1", "с.\0 1", 1), r"строка 2, столбец «locator»: .*знак U\+0000"),
        (RATE.replace("с. 1", "с.\x0b1", 1), r"знак U\+(000B|FFFE)"),
        (RATE.replace("с. 1", "\ufffe", 1), r"знак U\+(000B|FFFE)"),
        (RATE.replace("с. 1,", "с. 1", 1), r"строка 2: число ячеек"),
        (RATE.replace(ROW, ROW + "\n\n"), r"строка 4: пустая строка"),
        *(
            (RATE.replace("6.7", value), r"строка 3, столбец «value»: здесь должно быть число")
            for value in (
                "inf",
                "-inf",
                "nan",
                "NaN",
                "1_000",
                "٣",
                "１",
                "1 000",
                "6.7%",
                "=6.7",
                "0x10",
                "1e",
                "6-7",
                "2021-11-01",
                "−6.7",
                "6.7.1",
                "#Н/Д",
            )
        ),
        *(
            (RATE.replace("6.7", value), r"строка 3, столбец «value»: число слишком велико")
            for value in ("1e400", "-1e400", "9" * 5000, "1e16")
        ),
        *(
            (RATE.replace("2019", value, 1), r"строка 2, столбец «year»: здесь должно быть целое число")
            for value in ("2019.0", "٢٠١٩", "год", "2019-01-01", "2019 ")
        ),
        *(
            (RATE.replace("2019", value, 1), r"строка 2, столбец «year»: число слишком велико")
            for value in ("9" * 30, "9" * 5000)
        ),
    ],
)
def test_a_damaged_table_is_named_with_its_place(package, text, said):
    package("data/rate.csv", text)
    assert re.search(said, refused())


def test_the_longest_cell_of_a_workbook_is_read_and_no_library_moves_the_bound(package):
    package("data/rate.csv", RATE.replace("с. 1", "я" * 32_767, 1))
    assert len(table("rate", "tiny")["locator"].iloc[0]) == 32_767
    before = csv.field_size_limit(10**9)
    try:
        package("data/rate.csv", RATE.replace("с. 1", "я" * 32_768, 1))
        assert "длиннее" in refused() and csv.field_size_limit() == 10**9
    finally:
        csv.field_size_limit(before)


def test_quoted_headings_and_old_line_ends_are_read(package):
    package(
        "data/rate.csv", RATE.replace(HEADER, ",".join(f'"{name}"' for name in HEADER.split(","))).replace("\n", "\r")
    )
    judge("tiny")


def resources(change):
    """Return a change of the first resource of the package."""

    def changed(content: dict) -> None:
        change(content["resources"][0])

    return changed


def dropped(name: str):
    return resources(lambda one: one.pop(name))


def put(name: str, value):
    return resources(lambda one: one.__setitem__(name, value))


def schema(**told):
    return put("schema", {"fields": [{"name": "id", "type": "string"}]} | told)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (dropped("name"), "поле «resources.1-е значение.name»: поле не заполнено"),
        (dropped("path"), "«territories»: поле «.*path»: поле не заполнено"),
        (dropped("schema"), "у таблицы «territories» нет схемы"),
        (put("schema", "нет.json"), r"Файл data/нет\.json не читается \(такого файла"),
        (put("schema", 5), "schema.*»: нужн|schema"),
        (put("schema", []), "schema"),
        (put("path", 5), "path»: нужна строка"),
        # The name becomes that of a page and of a link to it.
        *(
            (put("path", path), "«.*»: в имени могут быть")
            for path in (
                "javascript:alert(1).csv",
                "data:text/html,x.csv",
                "a#b.csv",
                "a?b.csv",
                "a%2fb.csv",
                "<b>.csv",
                ".hidden.csv",
            )
        ),
        *(
            (put("path", path), "не путь внутри папки")
            for path in ("../../secret.csv", "/etc/passwd", "..\\x.csv", " ", "a\0b")
        ),
        (put("path", "нет.csv"), r"data/нет\.csv: нет файла таблицы"),
        (put("path", "."), "папка, а не файл"),
        (put("name", 5), "name»: нужна строка"),
        (put("name", "rate"), "таблица «rate» описана дважды"),
        (put("licenses", "MIT"), "licenses»: нужен список"),
        (lambda content: content.__setitem__("resources", {}), "«resources»: нужен список"),
        (lambda content: content.__setitem__("resources", [5]), "«resources.1-е значение»: нужен раздел"),
        (lambda content: content["resources"].clear(), "не описано ни одной таблицы"),
        (lambda content: content.pop("resources"), "не описано ни одной таблицы"),
        (schema(fields=[]), "fields»: нужно хотя бы одно"),
        (schema(fields=5), "fields»: нужен список"),
        (schema(fields=[{"type": "string"}]), "name»: поле не заполнено"),
        (schema(fields=[{"name": "id"}]), "type»: поле не заполнено"),
        (schema(fields=[{"name": "id", "type": "text"}]), "«id»: поле «.*type»: такого значения нет"),
        (schema(fields=[{"name": "id", "type": "string"}] * 2), "столбец «id» описан дважды"),
        (schema(primaryKey="код"), "столбец «код», а его нет"),
        (schema(primaryKey=5), "primaryKey"),
        (schema(foreignKeys=[{"fields": "код", "reference": {"resource": "units", "fields": "id"}}]), "столбец «код»"),
        (schema(foreignKeys=[{"fields": "id"}]), "reference»: поле не заполнено"),
        (
            schema(fields=[{"name": "id", "type": "string", "constraints": {"pattern": "["}}]),
            "pattern»: это не регулярное выражение",
        ),
        (schema(fields=[{"name": "id", "type": "string", "constraints": {"enum": "а"}}]), "enum»: нужен список"),
        (schema(fields=[{"name": "id", "type": "string", "constraints": {"minimum": "1"}}]), "minimum"),
        (
            lambda content: content["resources"][-1]["schema"]["foreignKeys"][0]["reference"].__setitem__(
                "resource", "нет"
            ),
            "таблицы «нет»",
        ),
        (
            lambda content: content["resources"][-1]["schema"]["foreignKeys"][0]["reference"].__setitem__(
                "fields", "нет"
            ),
            "столбца «нет»",
        ),
    ],
)
def test_a_damaged_descriptor_is_named_with_its_place(package, tmp_path, change, said):
    content = json.loads((tmp_path / "project/data/datapackage.json").read_text(encoding="utf-8"))
    change(content)
    package("data/datapackage.json", json.dumps(content, ensure_ascii=False))
    assert re.search(said, refused())


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("territories", "kind"),
        ("units", "scale"),
        ("limits", "jump"),
        ("breaks", "year"),
        ("rate", "note"),
        ("rate", "year"),
    ],
)
@pytest.mark.parametrize("change", [dict.clear, lambda field: field.update(type="boolean")])
def test_a_schema_without_a_column_that_the_program_reads_is_named(package, tmp_path, name, column, change):
    content = json.loads((tmp_path / "project/data/datapackage.json").read_text(encoding="utf-8"))
    schema = next(one for one in content["resources"] if one["name"] == name)["schema"]
    change(next(one for one in schema["fields"] if one["name"] == column))
    schema["fields"] = [one for one in schema["fields"] if one]
    schema.pop("primaryKey", None)
    package("data/datapackage.json", json.dumps(content))
    assert re.search(f"data/datapackage.json, схема таблицы «{name}»: (нет столбца|у столбца) «{column}»", refused())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "строка 1: .*нужно значение"),
        ("{", "строка 1: .*имя в двойных кавычках"),
        ('{"a": 1,}', "лишняя запятая"),
        ('{"a": [1,]}', "лишняя запятая"),
        ('{"a": 1\n "b": 2}', "строка 2: .*не хватает запятой"),
        ('{"a" 1}', "нет двоеточия"),
        ('{"a": "б}', "кавычка не закрыта"),
        ('{"a": "б\n"}', "перевод строки"),
        ('{"a": "\\д"}', "обратную косую"),
        ("{}\n{}", "строка 2: .*после последней скобки"),
        ("{'a': 1}", "двойных кавычках"),
        ('{"a": 1, "a": 2}', "имя «a» .*дважды"),
        ('{"b": {"a": 1, "a": 2}}', "имя «a» .*дважды"),
        ('{"a": NaN}', "«NaN» – не число"),
        ('{"a": -Infinity}', "не число"),
        ("[" * 100_000, "слишком глубоко|нужно значение"),
        ('{"a":' * 100_000, "слишком глубоко"),
        ('{"a": ' + "9" * 5000 + "}", "слишком длинное число"),
        ("[]", "в фигурных скобках"),
        ("5", "в фигурных скобках"),
        ("null", "в фигурных скобках"),
        ('{"a": None}', "нужно значение"),
        ("// a\n{}", "нужно значение"),
    ],
)
def test_damaged_json_is_named_with_its_line(content, said):
    with pytest.raises(DataError, match=said) as error:
        load(content, "Файл x.json")
    assert str(error.value).startswith("Файл x.json") and not ENGLISH.search(str(error.value))


@pytest.mark.parametrize(
    ("content", "line"),
    [('{"а": 1}'.encode("cp1251"), 1), ("a: 1\nb: ключ".encode("cp1251"), 2), ("a: 1".encode("utf-16"), 1)],
)
def test_text_of_another_encoding_is_named_with_its_line(content, line, tmp_path):
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(DataError, match=rf"x\.json, строка {line}: это не текст в кодировке UTF-8"):
        reads.text(tmp_path / "x.json")


def test_text_with_a_byte_order_mark_is_read_without_it(tmp_path):
    (tmp_path / "x.json").write_bytes(b'\xef\xbb\xbf{"a": 1}')
    assert load(reads.text(tmp_path / "x.json"), "Файл x.json") == {"a": 1}


SOUND = (
    '@book{one,\n  title = {А {Б}},\n  note = "в {"} кавычках",\n  year = 2021,\n}\n% заметка\n@online{two,'
    " title={В\\_Г}}\n"
)


def test_entries_are_read():
    assert entries(SOUND, "x.bib") == {
        "one": {"title": "А Б", "note": 'в " кавычках', "year": "2021"},
        "two": {"title": "В_Г"},
    }
    told = entries("@online{a, title={{СПО} -- итоги}, url={https://x.ru/a--b\\_c}, type={Приказ -- 2},}", "x.bib")
    assert told == {"a": {"title": "СПО – итоги", "url": "https://x.ru/a--b_c", "type": "Приказ -- 2"}}
    assert entries("@book{a, title={Д'Артаньян}, url={https://x.ru/a'b}}", "x.bib") == {
        "a": {"title": "Д’Артаньян", "url": "https://x.ru/a'b"}
    }
    assert entries("", "x.bib") == {} and entries("@misc{k}\n", "x.bib") == {"k": {}}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{А {Б}}", "{А {Б}", "строка 2: поле «title» записи «one» не закрыто"),
        ('кавычках"', "кавычках", "строка 3: поле «note» записи «one» не закрыто"),
        ("2021,\n}", "2021,\n", "строка 4: запись «one» записана не так"),
        ("two", "one", "строка 7: ключ «one» уже есть"),
        ("title = ", "title ", "строка 1: запись «one» записана не так"),
        ("{А {Б}},", "{А {Б}}", "строка 2: запись «one» записана не так"),
        ("@book{one,", "@book{,", "строка 1: здесь должна начинаться запись"),
        ("@book{one,", "@book one,", "строка 1: здесь должна"),
        ("@book", "book", "строка 1: здесь должна"),
        ("% заметка", "заметка", "строка 6: здесь должна"),
        ("2021", ",", "строка 4: у поля «year»"),
        ("}}\n", "}}\n}", "строка 8: здесь должна"),
        ("{В", "В", "строка 7: запись «two» записана не так"),
    ],
)
def test_a_damaged_entry_is_named_with_its_line(old, new, said):
    assert old in SOUND
    with pytest.raises(DataError, match=said):
        entries(SOUND.replace(old, new), "x.bib")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "sources.bib: в файле нет ни одной записи"),
        ("@book{book, title={Ж}}".encode("cp1251"), "sources.bib, строка 1: .*UTF-8"),
        (b"@book{book, title = {T}", "sources.bib, строка 1: запись «book»"),
    ],
)
def test_a_damaged_bibliography_is_named(package, tmp_path, content, said):
    (tmp_path / "project/data/sources.bib").write_bytes(content)
    assert re.search(said, refused())


@pytest.mark.parametrize(
    ("old", "new"), [("region: north", "region: nort"), ("[south]", "[soth]"), ("wider: []", "wider: [rusia]")]
)
def test_a_territory_that_no_list_knows_is_named(package, tmp_path, old, new):
    file = tmp_path / "project/data/editions/tiny/edition.yml"
    package("data/editions/tiny/edition.yml", file.read_text(encoding="utf-8").replace(old, new))
    assert "editions/tiny/edition.yml: такой территории нет в таблице territories" in refused()


def test_a_bibliography_that_is_not_there_is_named(package, tmp_path):
    (tmp_path / "project/data/sources.bib").unlink()
    assert "data/sources.bib не читается (такого файла" in refused()


# Rows for lists that the sound package leaves empty, so that each of their cells can be emptied.
FILLED = {
    "territory_names": "Сев.,north,",
    "territory_history": "south,north,2014-01-01,,Так",
    "limits": "rate,rate,percent,0,100,5",
    "identities": "same,=,rate,rate,2000,2100,0,Так",
    "breaks": "rate,north,2020,kind,Так,book",
    "acknowledged": "ranges,rate,north,,2019,5.5,Так,book",
}


@pytest.mark.parametrize("name", [*LISTS, "rate"])
def test_no_emptied_cell_is_a_fault_of_the_program(package, tmp_path, name):
    for other, row in FILLED.items():
        package(f"data/{other}.csv", ",".join(column for column, _ in LISTS[other]) + f"\n{row}\n")
    file = tmp_path / f"project/data/{name}.csv"
    heading, *rows = file.read_text(encoding="utf-8").splitlines()
    for place, _ in enumerate(heading.split(",")):
        cells = rows[0].split(",")
        cells[place] = ""
        package(f"data/{name}.csv", "\n".join([heading, ",".join(cells), *rows[1:]]) + "\n")
        try:
            said = [str(one) for one in check_edition("tiny")]
        except ReportError as error:
            said = [str(error)]
        assert not [one for one in said if "\n" in one or ENGLISH.search(one)], (place, said)
    package(f"data/{name}.csv", f"{heading}\n")
    with suppress(ReportError):
        check_edition("tiny")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("6.7", "много", r"rate\.csv, строка 3, столбец «value»: здесь должно быть число"),
        (ROW, ROW + "\n" + ROW, "строка 4: повтор ключа"),
    ],
)
def test_a_backtest_names_a_damaged_table_with_its_place(report, package, old, new, said):
    package("data/rate.csv", RATE.replace(old, new))
    code, _, err = report("backtest", "tiny")
    assert code == 2 and re.search(said, err) and not ENGLISH.search(err)
