"""One run names every mistake of every chapter, each at its place; the check of the texts names the same."""

from __future__ import annotations

import json
import re

import pytest

from analysis.cli.findings import SHOWN

# What is planted: the text of a cell (`py:` begins a cell of code), the line in it, words of the message. Every kind
# stands in a cell of its own, by turns in two chapters; what hides all that follows comes last.
PLANTS = {
    "language": ("Доля `{pyton} since` всех.", 1, "выражение записано не так"),
    "no blank": ("Доля `{python}str(since)` всех.", 1, "выражение записано не так"),
    "no braces": ("Доля `python str(since)` всех.", 1, "выражение записано не так"),
    "capital": ("Доля `{Python} since` всех.", 1, "выражение записано не так"),
    "wide braces": ("Доля `｛python｝ since` всех.", 1, "выражение записано не так"),
    "doubled braces": ("Доля `{{python}} str(since)` всех.", 1, "с удвоенными скобками"),
    "doubled backticks": ("Доля ``{python} str(since)`` всех.", 1, "с удвоенными скобками"),
    "no closing backtick": ("Слово.\n\nИтого `{python} str(since) человек.", 3, "не между обратными апострофами"),
    "nested backticks": ("Доля `{python} str(`since`)` всех.", 1, "скобка «(» не закрыта"),
    "line break": ("Доля `{python} since\n+ since` всех.", 1, "выражение не по правилам Python"),
    "curly quotes": ("Доля `{python} str(“since”)` всех.", 1, "знак «“»"),
    "other alphabet": ("Доля `{python} sinсe + 1` всех.", 1, "русские буквы вперемешку"),
    "decimal comma": ("Доля `{python} since / 1,5` всех.", 1, "через запятую"),
    "dollars": ("Доля ${python} since$ всех.", 1, "между знаками доллара"),
    "bare": ("Доля `f'{since}'` всех.", 1, "без «{python}»"),
    "number": ("Выпущено 14 127 человек.", 1, "число набрано руками"),
    "number in a heading": ("Слово.\n\n## Итоги 2021 года", 3, "число набрано руками"),
    "number in a caption": ("| а |\n|---|\n| б |\n\n: Меры 2021 года {#tbl-planted}", 5, "число набрано руками"),
    "number in a list": ("- раз\n- в 2021 году", 2, "число набрано руками"),
    "number in a table": ("| а | б |\n|---|---|\n| в | 12,5 |", 3, "число набрано руками"),
    "number in a note": ("Слово[^n].\n\n[^n]: В 2021 году.", 3, "число набрано руками"),
    "number read aloud": ('![Рост](a.png){#fig-planted fig-alt="Рост на 5 %"}', 1, "число набрано руками"),
    "number in a title": ('[Сайт](https://rosstat.gov.ru "В 2021 году")', 1, "число набрано руками"),
    "number in an expression": ('Всего `{python} "85 регионов"`.', 1, "число набрано руками"),
    "number in code": ("py:words = 'рост на 5 %'", 1, "число набрано руками"),
    "number glued": ("Рост за год2021 велик.", 1, "число набрано руками"),
    "number before a citation": ("Слово [в 2021 году @statistics].", 1, "число набрано руками"),
    "number that begins a list": ("5. колледжей закрыто", 1, "список начат с числа 5"),
    "source": ("Слово [@nobody2020].", 1, "источника «nobody2020» нет в data/sources.bib"),
    "source with a near one": ("Слово [@statistic].", 1, "Возможно, имелось в виду «statistics»"),
    "source in other letters": ("Слово [@stаtistics].", 1, "похожие русские"),
    "source in a note": ("Слово[^m].\n\n[^m]: См. [@nobody2021].", 3, "источника «nobody2021» нет"),
    "source in a caption": (
        "| а |\n|---|\n| б |\n\n: Меры [@nobody2022] {#tbl-cited}",
        5,
        "источника «nobody2022» нет",
    ),
    "source without its sign": ("Слово [nobody2023].", 1, "но не ссылка"),
    "reference": ("См. [-@sec-tow].", 1, "Возможно, имелось в виду «sec-two»"),
    "label taken": ("## Раздел {#sec-one}", 1, "метка «sec-one» уже занята"),
    "index": ("Площадь м^к велика.", 1, "индекс не закрыт"),
    "span": ("[слово]{.mark и дальше", 1, "фигурная скобка"),
    "python": ("py:x = (1", 1, "скобка «(» не закрыта"),
    "option": ("py:#| lable: tbl-x\nlen('')", 1, "«lable»"),
    "div": ("Слово.\n\n::: {.landscape}\n\nслово", 3, "открыт и не закрыт"),
    "fence": ("```python\nслово", 1, "блок кода открыт и не закрыт"),
}
# A row of the table: its place, and the words behind it.
ROW = re.compile(r"^ *(\S+\.ipynb, ячейка \d+, строка \d+) {2,}(.*?) *$", re.MULTILINE)


@pytest.fixture
def planted(tiny, write_chapter):
    """Plant all faults and return the place of each."""
    (tiny / "data/sources.bib").write_text(
        "@misc{statistics, title={Сборник}, author={Росстат}, year={2021}}\n", encoding="utf-8"
    )
    chapters: dict[str, list[str]] = {"one": ["# Первая {#sec-one}"], "two": ["# Вторая {#sec-two}"]}
    places = {}
    for number, (name, (text, line, _)) in enumerate(PLANTS.items()):
        chapter = {"label taken": "two", "div": "one", "fence": "two"}.get(name, "two" if number % 2 else "one")
        chapters[chapter].append(text)
        # The parameters are the first cell.
        places[name] = f"chapters/{chapter}.ipynb, ячейка {len(chapters[chapter]) + 1}, строка {line}"
    for stem, cells in chapters.items():
        write_chapter(stem, *cells)
    return places


def test_one_build_names_every_mistake_of_all_chapters_and_the_check_the_same(report, planted, tiny):
    code, out, err = report("build", "--renderer", "builtin", "--to", "html", "--quiet")
    assert (code, out) == (2, "") and "Traceback" not in err and "WARNING" not in err
    told = ROW.findall(err)
    missed = {
        name: place
        for name, place in planted.items()
        if not any(where == place and PLANTS[name][2] in said for where, said in told)
    }
    assert not missed, err
    assert f"Ошибок: {len(told)}, доклад не собран" in err and not (tiny / "_book/tiny").exists()
    code, out, _ = report("check")
    checked = {(where, " ".join(said.split())) for where, said in ROW.findall(out)}
    assert code == 1 and checked == {(where, " ".join(said.split())) for where, said in told}


def test_what_fails_and_what_is_shown_stands_beside_what_is_mistyped(report, write_chapter):
    write_chapter("one", "# Первая {#sec-one}\n\nДоля `{pyton} since`.", "См. [-@sec-two].")
    shown = "py:from IPython.display import Markdown\nMarkdown('См. [@nobody2020].')"
    table = "py:import pandas as pd\nname = ['а']\npd.DataFrame({'a': name}, index=['б'])"
    write_chapter("two", "# Вторая {#sec-two}", shown, table)
    code, _, err = report("build", "--renderer", "builtin", "--to", "html", "--quiet")
    said = [" ".join(line.split()) for line in err.splitlines()]
    assert code == 2 and "Ошибок: 3, доклад не собран" in err
    for place, words in (
        ("chapters/one.ipynb, ячейка 2, строка 3", "выражение записано не так"),
        ("chapters/two.ipynb, ячейка 3", "источника «nobody2020» нет"),
        ("chapters/two.ipynb, ячейка 4, строка 3", "таблица из кода без подписи"),
    ):
        assert any(line.startswith(place) and words in line for line in said), err
    write_chapter("two", "# Вторая {#sec-two}", "`{python} nothing`", shown)
    code, _, err = report("build", "--renderer", "builtin", "--to", "html", "--quiet")
    assert code == 2 and "{pyton}" in err and "имени «nothing» нет" in err


def test_table_with_a_caption_is_an_exhibit(report, write_chapter):
    table = "py:#| label: tbl-names\n#| tbl-cap: Имена\nimport pandas as pd\npd.DataFrame({'a': ['б']}, index=['в'])"
    write_chapter("two", "# Вторая {#sec-two}\n\nСм. [-@tbl-names].", table)
    assert report("build", "--renderer", "builtin", "--to", "html", "--quiet")[0] == 0


def test_chapter_that_cannot_be_read_hides_no_other(report, tiny, write_chapter):
    write_chapter("one", "# Первая {#sec-one}\n\nДоля `{pyton} since`.")
    write_chapter("three", "# Третья", parameters="since: date = 1")
    file = tiny / "chapters/two.ipynb"
    file.write_text(file.read_text(encoding="utf-8")[:-30], encoding="utf-8")
    for command in (["build", "tiny"], ["build"], ["check"]):
        _, out, err = report(*command)
        said = out + err
        assert "chapters/one.ipynb, ячейка 2, строка 3" in said and "Ошибок: 3" in said
        assert re.search(r"chapters/two\.ipynb, строка \d+ .*файл обрывается", said)
        assert re.search(r"chapters/three\.ipynb, ячейка 1, строка 1 .*параметра «since»", said)


def test_mistakes_of_the_data_and_of_the_chapters_are_told_together(report, tiny, write_chapter):
    write_chapter("one", "# Первая {#sec-one}\n\nДоля `{pyton} since`.", f"py:open({str(tiny / 'ran')!r}, 'w')")
    described = tiny / "data/datapackage.json"
    package = json.loads(described.read_text(encoding="utf-8"))
    fields = [{"name": "places", "type": "integer"}]
    package["resources"].append({"name": "places", "type": "table", "path": "places.csv", "schema": {"fields": fields}})
    described.write_text(json.dumps(package), encoding="utf-8")
    (tiny / "data/places.csv").write_text("places\nмного\n", encoding="utf-8")
    code, _, err = report("build", "--quiet")
    assert code == 2 and "data/places.csv, строка 2" in err and "chapters/one.ipynb, ячейка 2, строка 3" in err
    assert not (tiny / "ran").exists(), "chapters ran on data that are wrong"


def test_no_mistake_of_a_chapter_is_left_untold(report, write_chapter):
    write_chapter("one", "# Первая {#sec-one}", *["В 2021 году."] * (SHOWN + 5))
    _, out, _ = report("check")
    assert len(ROW.findall(out)) == SHOWN + 5 and f"Ошибок: {SHOWN + 5}" in out


def test_texts_laid_into_chapters_are_held_to_the_same(report, tiny, write_chapter):
    write_chapter(
        "one", "# Первая {#sec-one}\n\nСлово.", 'py:report.prose("labour")', "## Раздел\n\nДоля `{pyton} since`."
    )
    file = tiny / "data/editions/tiny/prose/one/labour.md"
    file.parent.mkdir(parents=True)
    file.write_text("Доля `{pyton} since`.\n\nВ 2021 году [@nobody].\n", encoding="utf-8")
    for command in (["check", "tiny"], ["build", "tiny"]):
        _, out, err = report(*command)
        said = out + err
        assert "Ошибок: 4" in said, said
        for place in ("labour.md, строка 1", "labour.md, строка 3", "chapters/one.ipynb, ячейка 4, строка 3"):
            assert place in said, said
