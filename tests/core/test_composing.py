"""Fragments of an edition laid into a chapter: order, sections, places, and everything that can be wrong with them."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.base import fragments
from analysis.base.composing import compose, faults, laid_in, require_sound
from analysis.base.errors import UsageError
from analysis.base.places import Place, place_of

CHAPTER = (
    "# Глава {#sec-one}\n\nНачало.",
    'py:report.prose("own")',
    "Слово.\n\n## Первый {#sec-first}\n\nТекст первого.\n\n### Внутри {#sec-inner}\n\nТекст внутри.",
    "py:y = 1",
    "## Второй {#sec-second}\n\nТекст второго.",
    'py:report.prose("end")',
)


def notebook(*sources):
    cells = [new_code_cell(text[3:]) if text.startswith("py:") else new_markdown_cell(text) for text in sources]
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"
    return new_notebook(cells=cells)


@pytest.fixture
def prose(tmp_path, monkeypatch):
    """Write fragments of the chapter `one` and return their folder."""
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))

    def write(**files):
        for name, text in files.items():
            file = tmp_path / "prose" / "one" / f"{name.replace('__', '.').replace('_', '-')}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / "prose"

    return write


def laid(prose, *sources):
    return compose(notebook(*(sources or CHAPTER)), prose, "one")


def texts(composed):
    return [cell.source for cell in composed.cells]


def test_a_chapter_without_anchors_and_fragments_is_left_alone(prose):
    given = notebook("# Глава", "py:x = 1")
    assert compose(given, prose(), "one") is given and compose(given, None, "one") is given


def test_an_anchor_without_a_fragment_leaves_no_trace(prose):
    without = [text for text in CHAPTER if "report.prose" not in text]
    for folder in (None, prose()):
        composed = laid(folder)
        assert texts(composed) == [text.removeprefix("py:") for text in without]
        # What is left knows its own number in the chapter.
        assert [place_of(cell, 0).cell for cell in composed.cells] == [1, 3, 4, 5]


def test_a_fragment_becomes_cells_in_order_at_its_anchor(prose):
    text = 'Абзац `{python} y`.\n\n```{python}\nz = y + 1\n```\n\n\n```{python}\nreport.figure("x")\n```\nКонец.\n'
    composed = laid(prose(own=text))
    assert [(cell.cell_type, cell.source) for cell in composed.cells[:5]] == [
        ("markdown", CHAPTER[0]),
        ("markdown", "Абзац `{python} y`."),
        ("code", "z = y + 1"),
        ("code", 'report.figure("x")'),
        ("markdown", "Конец."),
    ]
    label = "prose/one/own.md"
    assert [place_of(cell, 0) for cell in composed.cells[1:5]] == [
        Place(label, 0, 1),
        Place(label, 0, 4),
        Place(label, 0, 9),
        Place(label, 0, 11),
    ]
    assert laid_in(composed) == [label]
    nbformat.validate(composed)


@pytest.mark.parametrize(
    "text", ["Текст.\n\n```python\nпоказан\n```", "~~~{python}\nx\n~~~", "````\n```{python}\nx\n```\n````"]
)
def test_code_that_is_only_shown_stays_text(prose, text):
    assert texts(laid(prose(own=text)))[1] == text


def test_lines_of_windows_and_a_mark_of_byte_order_change_nothing(prose):
    plain = texts(laid(prose(own="А.\n\n```{python}\nx = 1\n```\n")))
    assert texts(laid(prose(own="А.\r\n\r\n```{python}\r\nx = 1\r\n```\r\n".encode("utf-8-sig")))) == plain


def test_a_section_is_replaced_up_to_the_next_of_its_level(prose):
    composed = laid(prose(sec_first__replace="## Свой {#sec-first}\n\nСвой текст."))
    assert texts(composed) == [
        CHAPTER[0],
        "Слово.",
        "## Свой {#sec-first}\n\nСвой текст.",
        CHAPTER[4],
    ]
    assert place_of(composed.cells[1], 0) == Place("", 3, 1)


def test_an_inner_section_is_replaced_alone_and_the_rest_keeps_its_lines(prose):
    source = "## А {#sec-a}\n\nТекст.\n\n### Б {#sec-b}\n\nСтарое.\n\n### В {#sec-c}\n\nДальше."
    composed = laid(prose(sec_b__replace="### Б {#sec-b}\n\nНовое."), "# Глава {#sec-one}", source)
    assert texts(composed)[1:] == [
        "## А {#sec-a}\n\nТекст.",
        "### Б {#sec-b}\n\nНовое.",
        "### В {#sec-c}\n\nДальше.",
    ]
    assert place_of(composed.cells[3], 0) == Place("", 2, 9)
    assert len({cell.id for cell in composed.cells}) == 4


def test_sections_that_end_together_are_followed_from_within(prose):
    folder = prose(
        sec_first__after="## После первого {#sec-x}",
        sec_inner__after="### После внутреннего {#sec-y}",
        sec_second__after="## В конце {#sec-z}",
        end="Последнее.",
    )
    assert texts(laid(folder))[3:] == [
        "### После внутреннего {#sec-y}",
        "## После первого {#sec-x}",
        CHAPTER[4],
        "Последнее.",
        "## В конце {#sec-z}",
    ]


def test_what_replaces_a_section_may_be_followed(prose):
    folder = prose(sec_second__replace="## Иной {#sec-second}", sec_second__after="## Ещё {#sec-more}")
    assert texts(laid(folder))[-2:] == ["## Иной {#sec-second}", "## Ещё {#sec-more}"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"owm": "Текст."}, r"prose/one/owm\.md: в главе one нет якоря «owm». Возможно, имелось в виду «own»\."),
        ({"own": ""}, r"prose/one/own\.md: фрагмент пуст\. .*удалите файл"),
        ({"own": " \n<!-- потом -->\n"}, "фрагмент пуст"),
        ({"own": b"\xcf\xf0\xe8\xe2\xe5\xf2"}, r"Файл prose/one/own\.md, строка 1: это не текст в кодировке UTF-8"),
        ({"own": "Да.\n\n```{python}\nx = 1\n"}, r"prose/one/own\.md, строка 3: блок кода открыт и не закрыт\. "),
        ({"own": "<<<<<<< моё\nА\n=======\nБ\n>>>>>>> твоё\n"}, r"own\.md, строка 1: в тексте остались метки слияния"),
        ({"sec_thrid__replace": "Т."}, r"в главе one нет раздела «sec-thrid»\."),
        ({"sec_firts__after": "Т."}, r"нет раздела «sec-firts»\. Возможно, имелось в виду «sec-first»\."),
        ({"sec_first__before": "Т."}, r"«\.before» в имени фрагмента ничего не значит\. Якорь: имя\.md; "),
        ({"sec_one__replace": "Т."}, "«sec-one» – вся глава, а заменяется только раздел"),
        (
            {"sec_first__replace": "Т.", "sec_inner__replace": "Т."},
            (
                r"sec-inner\.replace\.md: этот фрагмент в доклад не войдёт: раздел «sec-first» заменён целиком файлом"
                r" sec-first\.replace\.md"
            ),
        ),
        ({"sec_first__replace": "Т.", "sec_inner__after": "Т."}, r"sec-inner\.after\.md: этот фрагмент .* не войдёт"),
        ({"sec_second__replace": "Т.", "end": "Т."}, r"end\.md: этот фрагмент в доклад не войдёт"),
    ],
)
def test_a_wrong_fragment_is_refused_in_one_sentence(prose, files, said):
    folder = prose(**files)
    with pytest.raises(UsageError, match=said) as refused:
        laid(folder)
    assert refused.value.exit_status == 2 and "\n" not in str(refused.value)
    (fault,) = faults(folder, {"one": notebook(*CHAPTER)})
    assert str(fault) == str(refused.value)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("prose/onee/own.md", r"prose/onee: главы «onee» нет\. Возможно, имелось в виду «one»\."),
        ("prose/own.md", r"prose/own\.md: фрагмент лежит не в папке главы\."),
        ("prose/one/own.txt", r"prose/one/own\.txt: это не фрагмент текста"),
        ("prose/one/scheme.png", r"prose/one/scheme\.png: это не фрагмент текста"),
        ("prose/one/more/own.md", r"prose/one/more: это не фрагмент текста"),
        ("prose", r"prose: это файл, а фрагменты"),
    ],
)
def test_what_lies_astray_is_refused(tmp_path, monkeypatch, path, said):
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("Текст.", encoding="utf-8")
    with pytest.raises(UsageError, match=said) as refused:
        require_sound(tmp_path / "prose", {"one": notebook(*CHAPTER)})
    assert "\n" not in str(refused.value)


def test_all_faults_of_an_edition_are_told_at_once(prose):
    folder = prose(owm="Т.", sec_x__after="Т.", own="")
    (folder / ".DS_Store").write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        require_sound(folder, {"one": notebook(*CHAPTER)})
    assert len(str(refused.value).splitlines()) == 3 and refused.value.exit_status == 2


@pytest.mark.parametrize(
    ("code", "name", "lines"),
    [
        ('report.prose("wages-own")', "wages-own", []),
        ("# Своё.\nreport.prose('a1')\n", "a1", []),
        ('x = report.prose("a")', None, [1]),
        ('y = 1\nreport.prose("a")', None, [2]),
        ("report.prose(name)", None, [1]),
        ('report.prose("a", 1)', None, [1]),
        ('report.prose(f"a")', None, [1]),
        ('report.prose("Свой")', None, [1]),
        ('report.prose("a_b")', None, [1]),
        ("report.prose()", None, [1]),
        ("book.prose('a')", None, []),
        ("report.prose('a'", None, []),
    ],
)
def test_an_anchor_is_one_call_of_one_name(code, name, lines):
    assert (fragments.anchor(code), fragments.misplaced(code)) == (name, lines)


def test_a_title_of_the_author_stands_before_the_exhibit_it_names(prose):
    folder = prose(tbl_wages__title="Отстаем на `{python} num(x)`.\n", own='```{python}\nreport.figure("jobs")\n```')
    (folder / "one" / "fig-jobs.title.md").write_text("Рабочих мест меньше", encoding="utf-8")
    composed = laid(folder, *CHAPTER, 'py:report.table("wages")')
    at = [cell.source for cell in composed.cells]
    title = "::: {.exhibit-title}\nОтстаем на `{python} num(x)`.\n:::"
    assert at[at.index('report.table("wages")') - 1] == title
    assert at[at.index('report.figure("jobs")') - 1] == "::: {.exhibit-title}\nРабочих мест меньше\n:::"
    place = place_of(composed.cells[at.index(title)], 0)
    assert place.file.endswith("tbl-wages.title.md") and place.at(2) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Раз.\n\nДва.", "заголовок – одна строка"),
        ("```{python}\nx = 1\n```", "заголовок – одна строка"),
        ("Слова.", "не показывает «tbl-wage».*tbl-wages"),
    ],
)
def test_a_title_is_one_line_of_an_exhibit_that_is_shown(prose, text, said):
    name = "tbl_wage__title" if text == "Слова." else "tbl_wages__title"
    with pytest.raises(UsageError, match=said):
        laid(prose(**{name: text}), *CHAPTER, 'py:report.table("wages")')
