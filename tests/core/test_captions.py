"""Captions, notes and sources hold what the closed list allows.

Everything else is text or is refused with its place.
"""

import re

import pandas as pd
import pytest

from analysis.base.errors import DataError
from analysis.catalogue import clear_cache, load, publications
from analysis.catalogue.bibliography import faults as bib_faults
from analysis.catalogue.captions import BadMarkupError, Known, faults, pieces
from analysis.editions.check import check_edition
from analysis.report import open_report
from analysis.show.exhibits import caption_of

KNOWN = Known({"tbl-plan", "fig-map"}, {"report2021", "stat"})
EDITION = "kemerovo-2021"


def read(note: str) -> list[tuple]:
    return [tuple(piece) for piece in pieces(note, KNOWN)]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("просто слова", [("просто слова", "", "")]),
        (
            "см. [Росстат](https://rosstat.gov.ru/a_b).",
            [("см. ", "", ""), ("Росстат", "https://rosstat.gov.ru/a_b", ""), (".", "", "")],
        ),
        ("[почта](mailto:a@b.ru)", [("почта", "mailto:a@b.ru", "")]),
        ("[план](#tbl-plan)", [("план", "#tbl-plan", "")]),
        ("из [-@tbl-plan]", [("из ", "", ""), ("tbl-plan", "", "[-@tbl-plan]")]),
        ("@fig-map и [@fig-map]", [("fig-map", "", "@fig-map"), (" и ", "", ""), ("fig-map", "", "@fig-map")]),
        ("[@stat, с. 10; @report2021]", [("[stat, с. 10; report2021]", "", "[@stat, с. 10; @report2021]")]),
        (
            "@kuzbass, @stat, a@b.ru, [в ред. 2021], [x]{q=1}, *a* `b`{=typst} [a] (б)",
            [("@kuzbass, @stat, a@b.ru, [в ред. 2021], [x]{q=1}, *a* `b`{=typst} [a] (б)", "", "")],
        ),
    ],
)
def test_a_note_is_words_links_citations_and_references(note, said):
    assert read(note) == said


def test_a_bracket_without_its_other_half_is_text():
    note = "[@stat, *с* [1]"
    assert "".join(words for words, *_ in read(note)) == note and not any(
        target or markdown for _, target, markdown in read(note)
    )


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1",
        "JAVASCRIPT:x",
        "java\tscript:x",
        " javascript:x",
        "javascript&colon;x",
        "javascript%3ax",
        "data:text/html,x",
        "vbscript:x",
        "file:///x",
        "//evil.example",
        "/etc",
        "примечание",
        "<https://a.b>",
        'https://a.b "x"',
        "#sec-plan",
        "#tbl-none",
        "plan.html",
        "",
    ],
)
def test_a_link_of_a_note_leads_nowhere_else(target):
    with pytest.raises(BadMarkupError, match="ведет"):
        read(f"а [слово]({target}) б")


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ("[@kuzbass]", "источника «kuzbass» нет"),
        ("[@stat; @statt]", "«statt».*«stat»"),
        ("[см. @stat]", "записана не так"),
        ("[@tbl-plam]", "«tbl-plam».*«tbl-plan»"),
        ("@fig-none", "fig-none"),
        ("[@tbl-plan; @stat]", "вместе"),
        ("![а](https://a.b/x.png)", "изображение"),
        ("[ ](https://a.b)", "нет слов"),
    ],
)
def test_what_points_at_nothing_is_refused(note, message):
    with pytest.raises(BadMarkupError, match=message):
        read(note)


def test_every_fault_has_its_row_and_column():
    rows = pd.DataFrame(
        [
            {"id": "tbl-a", "caption": "{year.x}", "note": "", "sources": "stat"},
            {"id": "tbl-b", "caption": "а", "note": "[x](javascript:y)", "sources": "stat;nobody"},
        ]
    )
    rows.attrs["table"] = "data/x/exhibits.csv"
    found = [(one.row, one.column, str(one)) for one in faults(rows, {"stat"}, set(rows["id"]))]
    assert [(row, column) for row, column, _ in found] == [(2, "caption"), (3, "note"), (3, "sources")]
    assert all(said.startswith("data/x/exhibits.csv, строка ") and "столбец" in said for *_, said in found)
    assert (
        "«{year.x}» – не вставка" in found[0][2]
        and "Исправьте" in found[0][2]
        and "javascript:y" in found[1][2]
        and "nobody" in found[2][2]
    )


def test_a_full_stop_in_a_text_ends_no_sentence_of_its_fault():
    rows = pd.DataFrame([{"id": "tbl-a", "caption": "{г. Кемерово}", "note": "![г. Кемерово](x.png)", "sources": ""}])
    caption, note = faults(rows, set(), set())
    assert "«{г. Кемерово}» – не вставка" in caption.problem and caption.remedy.startswith("Исправьте")
    assert "«![г. Кемерово](x.png)» – изображение" in note.problem and note.remedy.startswith("Уберите")


@pytest.fixture
def exhibits(project, monkeypatch):
    """Change the row of a table in a copy of the project."""
    monkeypatch.setenv("REPORT_ROOT", str(project))
    file = project / "data/federal/exhibits.csv"

    def change(old: str, new: str):
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        clear_cache()
        return open_report(EDITION)

    yield change
    clear_cache()


LEAK = "{year._repr_markdown_.__globals__[os].environ[SECRET_TOKEN]}"
CASES = [
    LEAK,
    "{year.x}",
    "{year[0]}",
    "{year!r}",
    "{year:>9}",
    "{}",
    "{0}",
    "{",
    "}",
    "{{year}}",
    "{{=typst}}",
    "{nobody}",
    "{year!r:{region}}",
]


@pytest.mark.parametrize("text", CASES)
@pytest.mark.parametrize(
    ("column", "old"),
    [("caption", "SWOT-анализ системы содействия занятости выпускников,"), ("note", "знак «минус» означает отток.")],
)
def test_a_brace_that_is_no_placeholder_stops_with_its_place(exhibits, monkeypatch, text, column, old):
    monkeypatch.setenv("SECRET_TOKEN", "топ-секрет")
    report = exhibits(old, f"{old[:-1]} {text}{old[-1:]}")
    label, given = ("tbl-swot", {}) if column == "caption" else ("tbl-labour-migration", {"first": 2018, "last": 2020})
    place = 2 + list(load("exhibits", EDITION)["id"]).index(label)  # the first line of the file names the columns
    with pytest.raises(DataError, match=rf"exhibits\.csv, строка {place} \(«{label}»\), столбец «{column}»") as caught:
        caption_of(report, label, given)
    assert "топ-секрет" not in str(caught.value)
    if text != "{nobody}":  # which names an exhibit gives is known in its chapter
        rows = load("exhibits", EDITION)
        assert [(one.row, one.column) for one in faults(rows, publications(), set(rows["id"]))] == [(place, column)]


def test_a_caption_and_a_note_are_text_but_for_the_closed_list(exhibits):
    hostile = (
        '`#(""A"" + ""B"")` *без НДС* ~цен~ $к$ @kuzbass [в ред. 2021 г.] <script> [л](javascript:alert(1))'
        " {region_short}"
    )
    report = exhibits(
        ",SWOT-анализ системы содействия занятости выпускников,,",
        f',"{hostile}","*a* [Росстат](https://rosstat.gov.ru) [@report2021, с. *1*] <b>",',
    )
    caption = caption_of(report, "tbl-swot")
    assert str(caption.text) == hostile.replace('""', '"').replace("{region_short}", report.region.short)
    assert not set(caption.text._repr_markdown_()) & set("`*~$@[]<>{}")
    assert caption.note == "*a* Росстат (https://rosstat.gov.ru) [report2021, с. *1*] <b>"
    assert (
        caption.note_markdown
        == "Примечание – &#42;a&#42; [Росстат](https://rosstat.gov.ru) [@report2021, с. &#42;1&#42;] &#60;b&#62;"
        " Источник: [@report2021]."
    )


def test_the_check_before_a_build_names_captions_sources_and_their_places(exhibits, project):
    exhibits(",SWOT-анализ системы содействия занятости выпускников,,,", ",{year.x},[x](javascript:y),nobody,")
    added = project / "data/editions" / EDITION / "printed_exhibits.csv"
    text = added.read_text(encoding="utf-8")
    added.write_text(text.replace('full,"Наименования', 'full,"![](x.png) Наименования', 1), encoding="utf-8")
    clear_cache()
    with (project / "data/sources.bib").open("a", encoding="utf-8") as out:
        out.write("@online{a, title={\\\\href{x}{y}}}\n")
    found = [one for one in check_edition(EDITION) if one.rule == "markup"]
    assert [one.column for one in found] == [None, "caption", "note", "sources", "note"] and {
        one.severity for one in found
    } == {"error"}


def test_names_put_into_a_note_cannot_be_markup(exhibits, project):
    file = project / "data/codes/territories.csv"
    text = file.read_text(encoding="utf-8")
    assert ",Кузбасса," in text or "Кузбасса" in text
    report = exhibits("знак «минус» означает отток.", "знак «минус» – {region_short}.")
    object.__setattr__(report.region, "short", "[x](javascript:alert(1)) {year} @report2021")
    caption = caption_of(report, "tbl-labour-migration", {"first": 2018, "last": 2020})
    assert (
        "[x](javascript:alert(1)) {year} @report2021" in caption.note
        and "](" not in caption.note_markdown
        and "{year}" not in caption.note_markdown
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("@online{a, title={\\href{javascript:x}{y}}}", "LaTeX"),
        ("@online{a, title={\\input{/etc/hostname}}}", "LaTeX"),
        ("@online{a, title={5% роста}}", r"\\%"),
        ("@online{a, title={$x$}}", r"\\\$"),
        ("@online{a, url={javascript:alert(1)}}", "адрес"),
        ('@online{a, URL = "data:x"}', "адрес"),
        ("@online{a, url={//evil}}", "адрес"),
        ("@online{a]b, title={x}}", "ключ"),
        ("@online{a, title={x\x07}}", "U\\+0007"),
        ("@online{a, title={Цена ~5 рублей}}", "«∼»"),
        ("@online{a, title={``Кадры''}}", "кавычки"),
        ("@online{a, note={`Кадры'}}", "кавычки"),
        ("@online{a,\n  type = {Приказ \\& письмо},\n}", "буква в букву"),
        ("@online{a,\n  type = {Приказ {РФ}},\n}", "буква в букву"),
    ],
)
def test_sources_hold_texts_and_addresses_only(project, monkeypatch, line, message):
    monkeypatch.setenv("REPORT_ROOT", str(project))
    file = project / "data/sources.bib"
    assert bib_faults() == []
    before = file.read_text(encoding="utf-8").count("\n")
    with file.open("a", encoding="utf-8") as out:
        out.write(f"{line}\n")
    found, *_ = bib_faults()
    assert (
        found.row == before + 1 + line.startswith("@online{a,\n")
        and re.search(message, str(found))
        and str(found).startswith("data/sources.bib, строка")
    )


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\x00", "\x7f", "\ue000", "\uf0b7", "\ufffe"])
def test_what_is_no_text_is_refused_with_its_cell(project, monkeypatch, sign):
    monkeypatch.setenv("REPORT_ROOT", str(project))
    file = project / "data/editions" / EDITION / "swot.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Идет проект", f"Идет{sign} проект", 1), encoding="utf-8")
    clear_cache()
    with pytest.raises(
        DataError, match=rf"swot\.csv, строка \d+, столбец «text»: в ячейке есть знак U\+{ord(sign):04X}.*Удалите"
    ):
        load("swot", EDITION)
    clear_cache()
