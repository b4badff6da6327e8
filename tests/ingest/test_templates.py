"""A template is filled in, read back, accepted and loaded.

What was typed is what is loaded, or a sentence names the cell.
"""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from analysis.base.errors import DataError, UsageError
from analysis.catalogue import clear_cache, load
from analysis.ingest.accept import accept
from analysis.ingest.comparing import Options, compare_files
from analysis.ingest.targets import find_target
from analysis.ingest.templates.template import make_template
from analysis.ingest.templates.template_files import write_template

EDITION = "kemerovo-2021"
# The tables the ministry fills, and an official series.
NAMES = [
    "network",
    "admission_top",
    "graduate_outcomes",
    "targeted_contracts",
    "plan",
    "graduates_by_college",
    "unemployment_rate",
    "employed_by_section",
]


@pytest.fixture
def template():
    """Write a template and return its path."""

    def write(name: str, suffix: str = ".xlsx", **options) -> Path:
        file = Path.cwd() / f"{name}{suffix}"
        file.unlink(missing_ok=True)
        write_template(make_template(find_target(name, EDITION), **options), file)
        return file

    return write


@pytest.fixture
def filled(template):
    """Fill a template: cells by (row of the data, column name); returns its path."""

    def fill(name: str, *rows: dict, suffix: str = ".xlsx", formulas: bool = False, **options) -> Path:
        file = template(name, suffix, **options)
        if suffix == ".csv":
            head, *lines = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";")
            lines = [dict(zip(head, line, strict=True)) for line in lines]
            lines += [dict.fromkeys(head, "") for _ in range(len(rows) - len(lines))]
            written = io.StringIO()
            writer = csv.DictWriter(written, head, delimiter=";")
            writer.writeheader()
            writer.writerows(line | (rows[index] if index < len(rows) else {}) for index, line in enumerate(lines))
            file.write_text(written.getvalue(), encoding="utf-8-sig", newline="")
            return file
        book = openpyxl.load_workbook(file)
        sheet = book["Данные"]
        columns = {cell.value: cell.column for cell in sheet[2]}
        for index, row in enumerate(rows, start=3):
            for column, value in row.items():
                cell = sheet.cell(index, columns[column])
                cell.value = value
                # Typed as text, whatever it begins with, unless the test wants a formula.
                if isinstance(value, str) and not formulas:
                    cell.data_type = "s"
        book.save(file)
        return file

    return fill


def take(*files: Path, **options):
    compared = compare_files(files, Options(**options))
    accepted = accept(compared.differences, compared.origins, date(2022, 3, 1), editions=compared.editions)
    clear_cache()
    return compared, accepted


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("name", NAMES)
def test_table_comes_back_as_it_was(untouched, template, name, suffix):
    target = find_target(name, EDITION)
    file = template(name, suffix, values=True)
    compared = compare_files([file], Options(name=name if suffix == ".csv" else None, edition=EDITION))
    rows = [row for row in target.rows if not target.indicators or row["indicator"] in target.indicators]
    found = compared.differences[0] if rows else None
    assert found is None or (found.empty and found.counts["unchanged"] == len(rows) > 0)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_filled_rows_are_loaded_exactly(project, filled, suffix):
    rows = [
        {"value": 3 if suffix == ".xlsx" else "3", "source": "report2021", "locator": "письмо, с. 1"},
        {
            "value": "1 234,5",
            "status": "оценка",
            "source": "report2021",
            "locator": '=HYPERLINK("x")',
            "note": '-1; "кавычки", и запятая',
        },
        {"status": "M", "source": "report2021", "locator": "с. 2", "note": "Колледж не ответил."},
    ]
    before = load("table-network", EDITION)
    compared, _ = take(filled("network", *rows, suffix=suffix, years=[2031]))
    assert compared.differences[0].counts == {"new": 3, "changed": 0, "vanished": 0, "conflict": 0, "unchanged": 0}
    after = load("table-network", EDITION)
    new = after[after["year"] == 2031]
    assert len(after) == len(before) + 3
    assert (
        new[["indicator", "territory"]].values.tolist()
        == before[["indicator", "territory"]].drop_duplicates().head(3).values.tolist()
    )
    assert new["value"].fillna(-1).tolist() == [3, 1234.5, -1]
    assert new["status"].tolist() == ["A", "E", "M"]
    assert new["locator"].tolist()[1] == '=HYPERLINK("x")' and new["note"].tolist()[1:] == [
        '-1; "кавычки", и запятая',
        "Колледж не ответил.",
    ]


def test_plan_is_filled_in_words_and_kept_in_codes(project, filled):
    new = {
        "n": 21,
        "title": "Провести слет",
        "responsible": "Министерство образования Кузбасса; krirpo",
        "expected_result": "Слет проведен",
        "deadline_kind": "date",
        "deadline_iso": "2022-06-01",
        "deadline_printed": "01.06.2022",
        "source": "report2021",
        "locator": "с. 1",
    }
    compared, _ = take(filled("plan", new))
    assert compared.differences[0].counts["new"] == 1 and compared.differences[0].counts["vanished"] == 20
    row = load("plan", EDITION).iloc[-1]
    assert (row["n"], row["responsible"], row["deadline_iso"]) == (21, "ministry-education;krirpo", "2022-06-01")
    assert row["territory"] == "kemerovo"  # nobody has to fill in whose row it is
    assert len(load("plan", EDITION)) == 21


def test_edited_word_is_a_change_and_keeps_the_other_lines(filled, project):
    file = project / f"data/editions/{EDITION}/plan.csv"
    before = file.read_text(encoding="utf-8").splitlines()
    take(filled("plan", {}, {"note": "Перенесено."}, values=True))
    after = file.read_text(encoding="utf-8").splitlines()
    assert [index for index, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]] == [2] and after[
        2
    ].endswith(",Перенесено.,kemerovo")


def test_new_series_asks_for_every_category_of_the_editions_territories(untouched):
    rows = make_template(find_target("employed_by_section"), years=[2030]).rows
    table = load("employed_by_section")
    assert len(rows) == len(table[["territory", "category"]].drop_duplicates()) and {row["year"] for row in rows} == {
        "2030"
    }


def test_table_of_a_new_region_asks_what_the_same_table_asks_elsewhere(project):
    old, new = (project / "data/editions" / name for name in (EDITION, "tomsk-2022"))
    shutil.copytree(old, new)
    (new / "edition.yml").write_text(
        (old / "edition.yml")
        .read_text(encoding="utf-8")
        .replace(f"id: {EDITION}", "id: tomsk-2022")
        .replace("region: kemerovo", "region: tomsk")
        .replace("[novosibirsk, tomsk,", "[novosibirsk, kemerovo,"),
        encoding="utf-8",
    )
    for name in ("network", "targeted_contracts"):
        head = (old / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        (new / f"{name}.csv").write_text(head + "\n", encoding="utf-8")
    clear_cache()
    rows = make_template(find_target("targeted_contracts", "tomsk-2022"), years=[2022]).rows
    assert {(row["indicator"], row["territory"], row["year"]) for row in rows} == {
        ("targeted_contracts", "tomsk", "2022")
    } and len(rows) == 3
    # No towns of the region are in the code list yet: the region stands for them.
    rows = make_template(find_target("network", "tomsk-2022"), years=[2022]).rows
    assert {row["territory"] for row in rows} == {"tomsk"} and len({row["indicator"] for row in rows}) == 4


def test_workbook_offers_lists_and_holds_no_formula(untouched, template):
    book = openpyxl.load_workbook(template("admission_top", values=True))
    data = book["Данные"]
    assert book.sheetnames == ["Данные", "Пояснения", "Списки"] and data.freeze_panes == "A3"
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in data.data_validations.dataValidation}
    assert {"A3", "B3", "C3", "F3", "G3"} <= set(lists) and all(
        formula.startswith("'Списки'!$") for formula in lists.values()
    )
    assert data["B3"].value == "Кемеровская область – Кузбасс" and data["C3"].value.startswith("34.02.01 ")
    assert [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []
    assert "report ingest" in " ".join(str(cell.value) for row in book["Пояснения"] for cell in row)


FAULTS = [
    (
        {"territory": "Кемеровво", "value": 3},
        "Лист «Данные», ячейка B3: «Кемеровво» нет в списке. Возможно, имелось в виду «Кемерово».",
    ),
    ({"value": "три"}, "ячейка E3: здесь должно быть число, а стоит «три»"),
    ({"value": "1.234,5"}, "ячейка E3: здесь должно быть число, а стоит «1.234,5»"),
    ({"value": 5, "year": "2021 г."}, "ячейка D3: здесь должно быть целое число"),
    ({"value": 5, "year": 2021.5}, "ячейка D3: здесь должно быть целое число"),
    ({"value": date(2021, 5, 1)}, "ячейка E3: здесь должно быть число, а стоит «2021-05-01»"),
    ({"value": True}, "ячейка E3: здесь должно быть число, а стоит «true»"),
    ({"value": 5, "status": "M"}, "ячейка E3: число есть, а статус говорит, что данных нет"),
    ({"status": "A"}, "ячейка E3: числа нет, а статус не «нет данных»"),
    ({"value": 5, "status": "хорошее"}, "ячейка F3: «хорошее» нет в списке"),
    (
        {"value": 5, "source": "regions2042"},
        "ячейка G3: «regions2042» нет в списке. Возможно, имелось в виду «regions20",
    ),
    ({"value": 5, "territory": date(2021, 2, 10)}, "ячейка B3: Excel принял код за дату (2021-02-10)"),
]


@pytest.mark.parametrize(("row", "said"), FAULTS)
def test_cell_that_is_not_right_is_named(untouched, filled, row, said):
    with pytest.raises(DataError) as refused:
        compare_files([filled("network", row)], Options())
    assert said in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize("column", ["value", "note"])
def test_formula_without_a_result_is_not_taken_for_one(untouched, filled, column):
    with pytest.raises(DataError, match="формула без результата"):
        compare_files(
            [filled("network", {"value": 5, "note": "а", column: '=HYPERLINK("x")'}, formulas=True)], Options()
        )


def test_merged_cells_are_not_spread_over_rows(untouched, filled):
    file = filled("network", {"value": 5}, {})
    book = openpyxl.load_workbook(file)
    book["Данные"].merge_cells("E3:E4")
    book.save(file)
    with pytest.raises(DataError, match="ячейки E3:E4 объединены"):
        compare_files([file], Options())


def test_category_of_a_divided_indicator_must_be_named(untouched, filled):
    with pytest.raises(DataError, match="ячейка C3: показатель делится по перечню specialties, а категория не названа"):
        compare_files([filled("admission_top", {"value": 5, "category": None})], Options())


HEAD = "indicator;territory;year;value;source\n"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (HEAD + "colleges;Кемерово;2031;5,5;report2021\ncolleges;Белово;2031;6.75;report2021\n", [5.5, 6.75]),
        (HEAD + "colleges;Кемерово;2031;5 500;report2021\ncolleges;Белово;2031;−6,5;report2021\n", [5500, -6.5]),
        (
            HEAD.replace(";", ",") + 'colleges,Кемерово,2031,"5,5",report2021\ncolleges,г. Белово,2031,7,report2021\n',
            [5.5, 7],
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_plain_csv_of_any_make_is_read(untouched, text, values, encoding):
    if encoding == "cp1251" and "−" in text:
        text = text.replace("−", "-")
    file = untouched / "colleges.csv"
    file.write_bytes(text.encode(encoding))
    (found,) = compare_files([file], Options()).differences
    assert [(row["territory"], float(row["value"])) for row in found.put] == [
        ("kemerovo-city", values[0]),
        ("belovo", values[1]),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEAD + "colleges;Кемерово;2031;1.234;report2021\ncolleges;Белово;2031;6,5;report2021\n",
            "ячейка D2: «1.234» читается двояко",
        ),
        (HEAD + "colleges;Кемерово;2031;1,5;report2021;лишнее\n", "строка 2: ячеек больше, чем столбцов"),
        (
            HEAD.replace("value", "vallue") + "colleges;Кемерово;2031;1;report2021\n",
            "нет столбца «vallue». Возможно, имелось в виду «value»",
        ),
        (HEAD.replace("year", "value") + "colleges;Кемерово;2031;1;report2021\n", "столбец «value» стоит дважды"),
        (HEAD.replace("territory", "note") + "colleges;Кемерово;2031;1;report2021\n", "нет столбца «territory»"),
        (
            HEAD + "colleges;Кемерово;2031;1;report2021\nunemployment_rate;Кемерово;2031;1;report2021\n",
            "показатели разных таблиц",
        ),
        ("n;title\n1;а\n", "Не понять, для какой таблицы"),
    ],
)
def test_csv_that_can_be_read_two_ways_is_not_guessed(untouched, text, said):
    file = untouched / "данные.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        compare_files([file], Options())
    assert said in str(refused.value)


def test_template_that_may_have_been_filled_is_not_overwritten(untouched, template):
    file = template("plan")
    with pytest.raises(UsageError, match="уже есть"):
        write_template(make_template(find_target("plan", EDITION)), file)


@pytest.mark.parametrize(("name", "said"), [("netwrok", "«network»"), ("unemployment_rat", "«unemployment_rate»")])
def test_unknown_name_is_answered_with_the_nearest(untouched, name, said):
    with pytest.raises(DataError, match=said):
        find_target(name, EDITION)
