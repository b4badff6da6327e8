"""Files are taken for what they are; one that cannot be read ends in one sentence."""

import datetime as dt

import openpyxl
import pytest

from analysis.ingest.opening import NO_RESULT, limits, open_file
from tests.ingest import containers as made

DAY = dt.date(2020, 1, 1)


@pytest.fixture
def saved(tmp_path):
    """Return a function that saves sheets of a new workbook and opens it."""

    def save(*sheets, name="table.xlsx", prepare=lambda book: None):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        prepare(book)
        book.save(tmp_path / name)
        return open_file(tmp_path / name)

    return save


def test_cells_keep_their_kinds(saved):
    times = [
        dt.datetime.fromisoformat("2020-05-01T10:00"),
        dt.datetime.fromisoformat("2020-05-01T00:00"),
        dt.timedelta(hours=36),
    ]
    opened = saved(("Отчет", [["Томск", 1, 2.5, True, DAY, *times, None, "  с пробелами "]]))
    assert opened.kind == "workbook" and opened.remarks == ()
    row = opened.sheets[0].rows[0]
    assert row == ["Томск", 1.0, 2.5, True, DAY, times[0], dt.date(2020, 5, 1), 1.5, None, "  с пробелами "]
    assert type(row[3]) is bool and type(row[4]) is type(row[6]) is dt.date


def test_rows_begin_at_the_first_cell_of_the_sheet(saved):
    assert saved(("Л", [[None], [None, "B2"]])).sheets[0].rows == [[None, None], [None, "B2"]]


def test_an_empty_sheet_is_a_sheet_without_rows(saved):
    assert saved(("Пустой", []), ("Полный", [["а"]])).sheets[0].rows == []


@pytest.mark.parametrize("name", ["table.xls", "table.csv", "table"])
def test_kind_is_told_by_content_not_by_name(saved, tmp_path, name):
    saved(("Отчет", [["Томск"]]))
    (tmp_path / "table.xlsx").rename(tmp_path / name)
    assert open_file(tmp_path / name).kind == "workbook"


def test_a_hidden_sheet_is_read_and_named(saved):
    def hide(book):
        book["Тайный"].sheet_state = "hidden"

    opened = saved(("Отчет", [["а"]]), ("Тайный", [["б"]]), prepare=hide)
    assert opened.sheets[1].rows == [["б"]]
    assert any("Тайный" in remark and "скрыт" in remark for remark in opened.remarks)


def test_merged_ranges_are_told(saved, tmp_path):
    opened = saved(
        ("Отчет", [["а", None], [None, None], [1, 2]]), prepare=lambda book: book["Отчет"].merge_cells("A1:B2")
    )
    assert opened.sheets[0].merged == [((0, 0), (1, 1))] and opened.sheets[0].rows[0] == ["а", None]
    old = open_file(
        made.xls(tmp_path / "old.xls", {"Данные": made.cells([["а"], [None, 1]]) + made.merged(0, 0, 0, 1)})
    )
    assert old.sheets[0].merged == [((0, 0), (0, 1))] and old.sheets[0].rows == [["а", None], [None, 1.0]]


def test_days_and_times_keep_their_kinds(saved):
    """A day is a day, with a time or without; a time of day and a duration are the numbers that Excel keeps."""
    cells = [
        dt.date(2021, 9, 1),
        dt.datetime.fromisoformat("2021-09-01T18:30"),
        dt.time(6),
        dt.timedelta(hours=36),
        True,
        1.5,
        3,
        None,
        'а"\n\u2028𝄞',
    ]
    row = saved(("Отчет", [[*cells, "конец"]])).sheets[0].rows[0]
    assert row == [
        dt.date(2021, 9, 1),
        dt.datetime.fromisoformat("2021-09-01T18:30"),
        0.25,
        1.5,
        True,
        1.5,
        3,
        None,
        'а"\n\u2028𝄞',
        "конец",
    ]
    assert [type(cell) for cell in row[:5]] == [dt.date, dt.datetime, float, float, bool]


def test_stored_results_are_read_and_missing_ones_told(tmp_path):
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"а"&amp;"б"</f><v>аб</v></c><c'
        ' r="C1"><f>SUM(A1:B1)</f><v></v></c><c r="D1" t="str"><f>""</f><v></v></c></row><row r="3"><c'
        ' r="F3"><f>A1</f></c></row>'
    )
    opened = open_file(made.xlsx(tmp_path / "f.xlsx", {"Отчет": made.sheet_xml(rows)}))
    assert opened.sheets[0].rows[0][:4] == [2.0, "аб", NO_RESULT, None]
    assert opened.sheets[0].rows[2][5] == NO_RESULT
    assert [remark for remark in opened.remarks if "C1, F3" in remark and "Отчет" in remark]


def test_errors_stand_in_their_cells(tmp_path):
    rows = '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    new = open_file(made.xlsx(tmp_path / "e.xlsx", {"Л": made.sheet_xml(rows)}))
    old = open_file(made.xls(tmp_path / "e.xls", {"Л": made.error(0, 0, 0x17) + made.formula_error(0, 1, 0x07)}))
    free = open_file(
        made.ods(
            tmp_path / "e.ods",
            '<table:table table:name="Л"><table:table-row><table:table-cell table:formula="of:=X"'
            ' office:value-type="string" office:string-value=""'
            ' calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell><table:table-cell'
            ' table:formula="of:=1/0" office:value-type="string" office:string-value=""'
            ' calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row></table:table>',
        )
    )
    for opened in (new, old, free):
        assert opened.sheets[0].rows == [["#REF!", "#DIV/0!"]]
        assert any("A1, B1" in remark for remark in opened.remarks)


def test_text_that_begins_like_a_formula_is_text(tmp_path, saved):
    live = ['=HYPERLINK("http://example.org","x")', "+1+1", "-1+1", "@SUM(A1)"]
    rows = "<row>" + "".join(f'<c t="inlineStr"><is><t>{made.escape(text)}</t></is></c>' for text in live) + "</row>"
    opened = open_file(made.xlsx(tmp_path / "h.xlsx", {"Л": made.sheet_xml(rows)}))
    assert opened.sheets[0].rows == [live] and opened.remarks == ()
    (tmp_path / "h.csv").write_text(
        ";".join(f'"{text.replace(chr(34), chr(34) * 2)}"' for text in live) + "\n", encoding="utf-8"
    )
    assert open_file(tmp_path / "h.csv").sheets[0].rows == [live]


def test_macros_are_remarked_and_not_run(tmp_path):
    part = {"xl/vbaProject.bin": b'\xd0\xcf\x11\xe0 Shell "touch ran"'}
    new = open_file(made.xlsx(tmp_path / "m.xlsm", {"Л": made.sheet_xml("<row><c><v>1</v></c></row>")}, part))
    old = open_file(made.xls(tmp_path / "m.xls", {"Л": made.cells([[1]])}, storage="_VBA_PROJECT_CUR"))
    for opened in (new, old):
        assert opened.sheets[0].rows == [[1.0]]
        assert any("макросы" in remark and "не запускались" in remark for remark in opened.remarks)


def test_a_lie_about_the_dimension_changes_nothing(tmp_path):
    lying = made.sheet_xml("<row><c><v>1</v></c></row>").replace(
        "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    assert open_file(made.xlsx(tmp_path / "d.xlsx", {"Л": lying})).sheets[0].rows == [[1.0]]


def test_open_document_repeats_are_unfolded(tmp_path):
    cell = (
        '<table:table-cell office:value-type="float" office:value="7"'
        ' table:number-columns-repeated="2"><text:p>7</text:p></table:table-cell>'
    )
    empty = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell'
        ' table:number-columns-repeated="1024"/></table:table-row>'
    )
    opened = open_file(
        made.ods(
            tmp_path / "r.ods",
            f'<table:table table:name="Л"><table:table-row>{cell}</table:table-row>{empty}</table:table>',
        )
    )
    assert opened.sheets[0].rows == [[7.0, 7.0]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_csv_is_read_in_the_encodings_of_excel(tmp_path, encoding):
    text = "Территория;2020\r\nКемеровская область – Кузбасс;1190,9\r\nТомская область;«…»\r\n"
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    opened = open_file(tmp_path / "t.csv")
    assert opened.kind == "csv"
    assert opened.sheets[0].rows == [
        ["Территория", "2020"],
        ["Кемеровская область – Кузбасс", "1190,9"],
        ["Томская область", "«…»"],
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_recognised_and_nothing_converted(tmp_path, separator):
    rows = [["id", "value", "note"], ["007", "1 234,5" if separator != "," else "1234.5", "a"], ["-", "12.50", "b"]]
    (tmp_path / "t.csv").write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    assert open_file(tmp_path / "t.csv").sheets[0].rows == rows


def test_decimal_commas_do_not_pass_for_separators(tmp_path):
    (tmp_path / "t.csv").write_text("Регион;2019;2020\nТомск;1,5;2,5\nОмск;3,5;4,5\n", encoding="utf-8")
    assert open_file(tmp_path / "t.csv").sheets[0].rows[1] == ["Томск", "1,5", "2,5"]


def test_where_two_separators_cut_alike_the_comma_is_a_decimal_one(tmp_path):
    (tmp_path / "t.csv").write_text("0,5;1,5\n2,5;3,5\n", encoding="utf-8")
    assert open_file(tmp_path / "t.csv").sheets[0].rows == [["0,5", "1,5"], ["2,5", "3,5"]]


def test_quoted_cells_keep_separators_and_lines(tmp_path):
    (tmp_path / "t.csv").write_text('a,b\n"один, два","две\nстроки"\n', encoding="utf-8")
    assert open_file(tmp_path / "t.csv").sheets[0].rows[1] == ["один, два", "две\nстроки"]


def test_xml_is_handed_on_as_it_is(tmp_path):
    (tmp_path / "x.xml").write_bytes(
        content := '<?xml version="1.0" encoding="windows-1251"?><a>Томск</a>'.encode("cp1251")
    )
    opened = open_file(tmp_path / "x.xml")
    assert (opened.kind, opened.content) == ("xml", content)


def test_cells_beyond_the_limit_are_refused_not_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "CELLS", 5)
    (tmp_path / "t.csv").write_text("a;b\n1;2\n3;4\n", encoding="utf-8")
    with pytest.raises(Exception, match="больше 5 ячеек"):
        open_file(tmp_path / "t.csv")
    monkeypatch.setattr(limits, "CELLS", 6)
    assert len(open_file(tmp_path / "t.csv").sheets[0].rows) == 3
