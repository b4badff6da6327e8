"""Tables are loaded whole and typed, or refused in one plain sentence."""

import json
import os
import re

import pytest

from analysis.base.errors import DataError, UsageError
from analysis.base.gaps import GapError
from analysis.catalogue import load
from analysis.editions.check import check_edition
from analysis.editions.edition import read_edition
from analysis.editions.listed import UnknownNameError
from analysis.quantities.absent import gaps_of
from analysis.report import open_report

from .conftest import HEADER, RATE, judge


def test_sound_table_is_typed(package):
    frame = load("rate")
    assert (
        frame["year"].tolist() == [2019, 2020, 2020]
        and frame["value"].iloc[1] == 6.7
        and frame["note"].iloc[2] == "нет"
    )


def test_sound_edition_passes(package):
    assert check_edition("tiny") == []


@pytest.mark.parametrize(
    ("fault", "text", "said"),
    [
        (
            "missing column",
            RATE.replace(",value", "").replace(",5.5", "").replace(",6.7", ""),
            r"rate\.csv, строка 1, столбец «value»: нет столбца",
        ),
        ("duplicate key", RATE + "rate,north,,2020,7.0,A,book,с. 1,\n", r"строка 5: повтор ключа"),
        (
            "text for a number",
            RATE.replace("6.7", "много"),
            r"строка 3, столбец «value»: здесь должно быть число.*«много»",
        ),
        ("decimal comma", RATE.replace("6.7", '"6,7"'), r"строка 3, столбец «value»: здесь должно быть число"),
        ("semicolons", RATE.replace(",", ";"), r"точкой с запятой.*report template"),
        ("extra cell", RATE.replace("6.7,A", "6.7,A,A"), r"строка 3"),
        ("extra column", RATE.replace(HEADER, HEADER + ",more"), r"столбец «more»: лишний столбец"),
        ("columns in another order", RATE.replace("year,value", "value,year"), r"не по порядку"),
        (
            "unknown territory",
            RATE.replace("south", "suoth"),
            r"столбец «territory»: нет в таблице territories.*«suoth».*«south»",
        ),
        ("unknown source", RATE.replace("book", "bok", 1), r"столбец «source»: нет такого источника.*«book»"),
        ("blank value not marked missing", RATE.replace("6.7", ""), r"строка 3, столбец «value»: .*статусом A"),
        ("value marked missing", RATE.replace("2020,,M", "2020,1.0,M"), r"строка 4, столбец «value»: .*статусом M"),
        ("unknown indicator", RATE.replace("rate,north,,2019", "rote,north,,2019"), r"столбец «indicator»"),
    ],
)
def test_fault_is_named_with_place_and_remedy(package, fault, text, said):
    package("data/rate.csv", text)
    first = str(check_edition("tiny")[0])
    assert re.search(said, first) and "\n" not in first


def test_missing_file_is_named(package, tmp_path):
    (tmp_path / "project/data/rate.csv").unlink()
    with pytest.raises(DataError, match=r"data/rate\.csv: нет файла"):
        load("rate")


def test_file_of_another_encoding_is_named(package):
    package("data/rate.csv", RATE, encoding="cp1251")
    with pytest.raises(DataError, match="UTF-8"):
        load("rate")


def test_byte_order_mark_of_excel_is_read(package):
    package("data/rate.csv", RATE, encoding="utf-8-sig")
    assert load("rate")["value"].iloc[0] == 5.5


def test_edited_table_is_read_again(package):
    load("rate")
    package("data/rate.csv", RATE.replace("6.7", "9.75"))
    assert 9.75 in load("rate")["value"].tolist()


def test_unknown_table_gets_the_nearest_name(package):
    with pytest.raises(DataError, match="«rate»"):
        load("rates")


def test_unknown_edition_gets_the_nearest_name(package):
    with pytest.raises(UsageError, match="«tiny»"):
        read_edition("tinny")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("regoin: north", "неизвестное поле «regoin».*«region»"),
        ("год: 2020", "неизвестное поле «год»"),
        ("year: двадцать", "«year»: нужно целое число"),
        ("year: 2020.0", "«year»: нужно целое число"),
        ("year: true", "«year»: нужно целое число"),
        ("year: [2020]", "«year»: нужно целое число"),
        ("year:", "«year»: нужно целое число"),
        ("year: 99999", "«year»: нужно не больше 2100"),
        ("year: -2020", "«year»: нужно не меньше 1990"),
        (f"year: {'9' * 4000}", "«year»: нужно не больше"),
        (f"year: {'9' * 5000}", "строка 9: "),
        ("as_of: вчера", "«as_of»: нужна дата"),
        ('as_of: "2021-11-01"', "«as_of»: нужна дата"),
        ("as_of: 2021-11-01 10:30:00", "«as_of»: нужна дата"),
        ("as_of: 2021-31-11", "строка 9: «2021-31-11» – такой даты нет"),
        ("as_of: 2021-02-30", "строка 9: «2021-02-30» – такой даты нет"),
        ("as_of: 2019-11-01", r"as_of: 2019-11-01\) не между"),
        ("as_of: 2022-01-01", r"as_of: 2022-01-01\) не между"),
        ("published: 2019", "published: 2019.*раньше отчётного года"),
        ("first_year: 2021", "first_year: 2021.*позже последнего"),
        ("first_year: 17", "«first_year»: нужно не меньше"),
        ("title: 5", "«title»: нужна строка"),
        ('title: ""', "«title»: нужна одна непустая строка"),
        ('title: "  "', "«title»: нужна одна непустая строка"),
        ('title: "а\\nб"', "«title»: нужна одна непустая строка"),
        ("title: {a: 1}", "«title»: нужна строка"),
        ("region: Север", "«region»: нужен код"),
        ("region: south", "территория «south» названа дважды"),
        ("comparison: south", "«comparison»: нужен список"),
        ("comparison: [south, south]", "территория «south» названа дважды"),
        ("comparison: [1]", "«comparison.1-е значение»: нужна строка"),
        ("comparison: {south: 1}", "«comparison»: нужен список"),
        ("id: other", "поле «id» – «other», а папка зовётся «tiny»"),
        ("id: tiny\nid: tiny", "строка 10: поле «id» уже дано в строке 9"),
        ("title: !!python/object:os.system x", "строка 9: обозначение"),
        ("title: &a T\nsubtitle: *a", "строка 9: ссылки YAML"),
        ("wider: " + "[" * 2000, "строка 9: вложенность"),
        ("\ttitle: T", "строка 10: "),
        ("---\nid: tiny", "второй документ"),
        ("2020: year", "строка 10: имя поля должно быть текстом"),
        ("title: \0", "строка 9: "),
    ],
)
def test_fields_of_an_edition_are_strict(package, line, said):
    name = line.partition(":")[0]
    kept = [
        f"{key}: {value}"
        for key, value in {
            "id": "tiny",
            "title": "T",
            "subtitle": "S",
            "region": "north",
            "year": 2020,
            "published": 2021,
            "as_of": "2021-11-01",
            "comparison": "[south]",
            "wider": "[]",
        }.items()
        if key != name
    ]
    package("data/editions/tiny/edition.yml", "\n".join([*kept, line]))
    with pytest.raises(DataError, match=said) as caught:
        read_edition("tiny")
    assert str(caught.value).startswith("Файл data/editions/tiny/edition.yml") and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ожидались строки"),
        (b"- a\n", "ожидались строки"),
        (b"text", "ожидались строки"),
        ("id: издание".encode("cp1251"), "строка 1: .*UTF-8"),
        ("id: tiny".encode("utf-16"), "UTF-8"),
        (b"\xef\xbb\xbfid: tiny\n", "«title»: поле не заполнено"),
    ],
)
def test_a_file_that_is_no_edition_is_told_so(package, tmp_path, content, said):
    (tmp_path / "project/data/editions/tiny/edition.yml").write_bytes(content)
    with pytest.raises(DataError, match=said):
        read_edition("tiny")


@pytest.mark.parametrize(("make", "said"), [(os.mkfifo, "это не обычный файл"), (os.mkdir, "это папка")])
@pytest.mark.parametrize("name", ["editions/tiny/edition.yml", "rate.csv", "datapackage.json", "sources.bib"])
def test_what_is_no_file_is_told_and_not_waited_for(package, tmp_path, name, make, said):
    file = tmp_path / "project/data" / name
    file.unlink()
    make(file)
    with pytest.raises(DataError, match=f"{name}.*{said}"):
        judge("tiny")


def test_value_keeps_where_it_stands(package):
    value = open_report("tiny").value("rate")
    (seen,) = value.sources
    assert (value.value, value.unit, seen.year, seen.source, seen.table) == (
        6.7,
        "percent",
        2020,
        "book",
        "data/rate.csv",
    )


def test_missing_value_stays_missing(package):
    assert open_report("tiny").value("rate", "south", 2020).missing


def test_one_observation_in_two_tables_is_refused(package, tmp_path):
    file = tmp_path / "project/data/datapackage.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["resources"].append({**content["resources"][-1], "name": "again", "path": "again.csv"})
    package("data/datapackage.json", json.dumps(content))
    package("data/again.csv", RATE)
    with pytest.raises(DataError, match=r"двух таблицах \(data/rate\.csv, data/again\.csv\)"):
        open_report("tiny").frame("rate")


@pytest.mark.parametrize("asked", [{"territories": ["suoth"]}, {"categories": ["A"]}])
def test_names_that_no_list_knows_are_refused(package, asked):
    with pytest.raises(UnknownNameError):
        open_report("tiny").frame("rate", **asked)


def test_rows_that_are_not_there_are_a_gap(package):
    with pytest.raises(GapError, match="1999"):
        open_report("tiny").frame("rate", years=[1999])
    report = open_report("tiny")
    lacking = report.value("rate", "north", 1999)
    assert lacking.missing and report.values("rate", "year", territory="north", keys=[1999, 2019])[1999].missing
    (gap,) = gaps_of(lacking)
    assert "1999" in gap.what and gap.why == "нет в собранных данных"


def test_a_missing_row_gives_the_reason_of_its_note(package):
    (gap,) = gaps_of(open_report("tiny").value("rate", "south", 2020))
    assert gap.why == "нет"


def test_without_a_year_only_the_editions_own_or_a_single_one_is_meant(package):
    rows = "".join(f"rate,south,,{year},5,A,book,с. 1,\n" for year in (2018, 2019))
    package("data/rate.csv", RATE.replace("rate,south,,2020,,M,book,с. 1,нет\n", "") + rows)
    assert open_report("tiny").value("rate", "south").missing


def test_what_more_than_one_row_answers_says_in_what_they_differ(package):
    rows = [f"rate,south,{code},{year},5,A,book,с. 1,\n" for code in "AB" for year in (2018, 2019)]
    package("data/rate.csv", RATE.replace("rate,south,,2020,,M,book,с. 1,нет\n", "") + "".join(rows))
    said = r"подходят 2 наблюдения, нужно одно\. Уточните категорию \(A, B\)\.$"
    with pytest.raises(DataError, match=said):
        open_report("tiny").value("rate", "south", 2018)


def test_a_category_of_what_is_not_divided_is_said_to_be_none(package):
    with pytest.raises(DataError, match=r"нет категории «A»\. Показатель так не делится"):
        open_report("tiny").value("rate", "north", 2019, category="A")
    with pytest.raises(DataError, match=r"нет категории «A»\.$"):
        load("rate", category="A")
    with pytest.raises(UnknownNameError, match="нет категории «A»"):
        open_report("tiny").values("rate", by="category", keys=["A"], territory="north", year=2019)


def test_a_comparison_without_its_region_is_refused(package):
    package("data/rate.csv", RATE.replace("north", "south").replace("south,,2020,,M", "south,,2018,,M"))
    with pytest.raises(GapError, match="Север"):
        open_report("tiny").frame("rate", territories=["north", "south"])


def test_a_region_without_parts_is_named(package):
    with pytest.raises(GapError, match="муниципальные территории региона"):
        open_report("tiny").parts()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (("rates",), "Нет показателя «rates».*«rate»"),
        (("rate", "nort"), "«nort».*«north»"),
    ],
)
def test_wrong_question_gets_the_nearest_answer(package, question, said):
    with pytest.raises(DataError, match=said):
        open_report("tiny").value(*question)


def test_indicator_is_loaded_with_where_its_values_come_from(package):
    rows = load("rate", territory="north", years=[2020])
    assert rows[["value", "source", "locator", "table"]].iloc[0].tolist() == [6.7, "book", "с. 1", "data/rate.csv"]
    assert str(rows["year"].dtype) == "Int64" and rows.attrs["indicator"]["unit"] == "percent"


def test_indicator_of_an_edition_table_is_loaded_by_its_own_name(package, tmp_path):
    file = tmp_path / "project/data/datapackage.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    (rate,) = [resource for resource in content["resources"] if resource["name"] == "rate"]
    package(
        "data/editions/tiny/datapackage.json",
        json.dumps({"name": "edition", "resources": [{**rate, "name": "printed", "path": "printed.csv"}]}),
    )
    package("data/editions/tiny/printed.csv", RATE.replace("rate,", "share,"))
    assert load("share", "tiny", years=2019)["value"].tolist() == [5.5]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"name": "rates"}, "ни таблицы, ни показателя «rates».*«rate»"),
        ({"name": "rate", "territory": "nort"}, "нет территории «nort».*«north»"),
        ({"name": "rate", "territory": ["north", "suoth"]}, "нет территории «suoth».*«south»"),
        ({"name": "rate", "years": 2091}, "нет значения «2091».*Есть: 2019, 2020"),
        ({"name": "rate", "category": "A"}, "нет категории «A»"),
    ],
)
def test_wrong_names_of_a_question_are_answered_with_the_nearest(package, asked, said):
    with pytest.raises(DataError, match=said):
        load(asked.pop("name"), **{"years": range(2019, 2021)} | asked)
