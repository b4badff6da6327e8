"""A number that a reader can see is in a card, a reference or a listed name, or the build stops: whoever wrote it."""

from __future__ import annotations

import json
import re

import pytest

from analysis.base.spelled_numbers import spelled_numbers
from analysis.book.lint.digits import free_digits, numbers_of
from analysis.book.lint.shown import unaccounted
from analysis.book.render.common.pandoc import MARKDOWN, read_together
from analysis.outlook.forecasts import INNER, OUTER

# What is planted: the text of a cell (`py:` begins a cell of code), the line in it, words that are named, words of the
# message, and whether the source alone shows it.
DIGITS, WORDS, ASKED, CODE = "набрано руками", "набрано словами", "показано выражением", "показано кодом"
PLANTS = {
    "prose": ("Слово.\n\nВыпущено 14 127 человек.", 3, "14 127", DIGITS, True),
    "hyphen for minus": ("Прирост -12 тыс. человек.", 1, "12", DIGITS, True),
    "bracket that begins a list": ("(45) тысяч человек.", 1, "45", "список начат с числа", True),
    "after a bracket": ("Всего (45) тысяч.", 1, "45", DIGITS, True),
    "glued to a name": ("Рост-47 велик.", 1, "Рост-47", DIGITS, True),
    "emphasis within": ("Рост 1**3** человек.", 1, "3", DIGITS, True),
    "code span": ("Рост `12,3 %` за год.", 1, "12,3", DIGITS, True),
    "words as code": ("Рост `GDP 12.3` за год.", 1, "12.3", DIGITS, True),
    "block of code": ("Слово.\n\n```\nитого 48\n```", 4, "48", DIGITS, True),
    "formula": ("Рост $x = 12{,}3$ за год.", 1, "12,3", DIGITS, True),
    "formula set upright": ("Рост $\\mathrm{49}\\,\\%$ за год.", 1, "49", DIGITS, True),
    "heading": ("## Рост на 50 %", 1, "50", DIGITS, True),
    "link": ("См. [51 колледж](https://rosstat.gov.ru).", 1, "51", DIGITS, True),
    "title of a link": ('См. [сайт](https://rosstat.gov.ru "Всего 52").', 1, "52", DIGITS, True),
    "footnote": ("Слово^[Всего 53.].", 1, "53", DIGITS, True),
    "table of words": ("| а | б |\n|---|---|\n| в | всего 54 |", 3, "54", DIGITS, True),
    "mark without a card": ('Всего [55]{q="kabcdef"}.', 1, "55", DIGITS, True),
    "number of a document": ("Приняли 349 стажеров.", 1, "349", DIGITS, True),
    "fraction": ("Это ½ выпуска.", 1, "½", DIGITS, True),
    "Roman sign": ("Это Ⅱ место.", 1, "Ⅱ", "набрано", True),
    "other digits": ("Это ٤٥ человек.", 1, "٤٥", DIGITS, True),
    "expression of words": ('Доля `{python} "12,4 %"` выросла.', 1, "12,4", DIGITS, True),
    "expression of a number": ("Доля `{python} 56` выросла.", 1, "56", DIGITS, True),
    "expression that computes": ("Слово.\n\nДоля `{python} str(since - 1943)` выросла.", 3, "57", ASKED, False),
    "printed": ("py:x = since - 1942\nprint('за', x)", 2, "58", CODE, False),
    "printed as it is": ("py:#| output: asis\nprint('за', since - 1941)", 2, "59", CODE, False),
    "words of code": ('py:print("рост 77")', 1, "77", DIGITS, True),
    "Markdown of code": ("py:from IPython.display import Markdown\nMarkdown('= 78')", 2, "78", CODE, False),
    "table of code": (
        "py:#| label: tbl-own\n#| tbl-cap: Имена\nimport pandas as pd\npd.DataFrame({'a': [since - 1931]})",
        4,
        "69",
        CODE,
        False,
    ),
    "picture": ("py:import matplotlib.pyplot as plt\nplt.title('GDP 81 %')", 2, "81", DIGITS, True),
    "picture's number": ("py:import matplotlib.pyplot as plt\nplt.text(0.5, 0.5, 82)", 2, "82", DIGITS, True),
    "spelled": ("Выросла на двенадцать процентов.", 1, "двенадцать", WORDS, True),
    "spelled in a heading": ("## Рост вдвое", 1, "вдвое", WORDS, True),
    "spelled in a table": ("| а |\n|---|\n| каждый третий |", 3, "каждый третий", WORDS, True),
    "spelled in part": ("Выросла на дв**енадцать** процентов.", 1, "двенадцать", WORDS, True),
    "spelled by an expression": ('Рост `{python} "на треть от года"`.', 1, "треть", WORDS, True),
    "half": ("Слово.\n\nРаботает половина\nвыпускников.", 3, "Работает половина"[9:], WORDS, True),
    "Roman place": ("Регион занял II место.", 1, "II место", WORDS, True),
    "place in words": ("Регион занял первое место.", 1, "первое место", WORDS, True),
    "spelled in code": ('py:print("рост на двадцать пять процентов")', 1, "двадцать пять", WORDS, True),
}
ROW = re.compile(r"^ *(\S+\.ipynb, ячейка \d+(?:, строка \d+)?) {2,}(.*?) *$", re.MULTILINE)


def places(kinds) -> dict[str, str]:
    # The parameters and the heading are the first cells.
    return {
        kind: f"chapters/one.ipynb, ячейка {number}, строка {PLANTS[kind][1]}" for number, kind in enumerate(kinds, 3)
    }


def missed(kinds, text: str) -> dict[str, str]:
    told = ROW.findall(text)
    return {
        kind: place
        for kind, place in places(PLANTS).items()
        if kind in kinds
        and not any(where == place and PLANTS[kind][2] in said and PLANTS[kind][3] in said for where, said in told)
    }


def test_one_build_names_every_free_number_and_the_check_those_of_the_source(report, tiny, write_chapter):
    write_chapter("one", "# Первая {#sec-one}", *(plant[0] for plant in PLANTS.values()))
    code, out, _ = report("check")
    in_source = [kind for kind, plant in PLANTS.items() if plant[4]]
    assert code == 1 and not missed(in_source, out), out
    code, _, err = report("build", "--renderer", "builtin", "--to", "html", "--quiet")
    assert code == 2 and "Traceback" not in err and not (tiny / "_book/tiny").exists()
    assert not missed(PLANTS, err), err
    # Nothing is told twice.
    told = ROW.findall(err)
    assert len(told) == len(set(told))


SOUND = [
    "Издание `{python} edition`.",
    "См. [-@sec-two] и @sec-two.",
    "Рост [@statistics, с. 5] и @statistics [с. 5, рис. 7].",
    "1. а\n2. б",
    "Площадь м^2^, м², H~2~O, ОКВЭД2, 3D-печать, 1С:Предприятие, ТОП-50.",
    "Слово `v(year=2020)` и ``{python} v('employed', year=2020)``.",
    "$K = \\frac{1}{n}\\sum_{i=1}^{10} x_i \\cdot 100$",
    "Одно и то же, один из многих, первая глава, двойной диплом, в первую очередь, третьей группы.",
    "<https://rosstat.gov.ru/45>",
    "py:#| include: false\nprint(45)",
    "py:import matplotlib.pyplot as plt\nx = [1, 2]",
]


def test_what_is_accounted_for_is_no_mistake(report, tiny, write_chapter):
    (tiny / "data/sources.bib").write_text(
        "@misc{statistics, title={Сборник}, author={Росстат}, year={2021}}\n", encoding="utf-8"
    )
    write_chapter("two", "# Вторая {#sec-two}", *SOUND[:1], *SOUND[2:])
    write_chapter("one", "# Первая {#sec-one}", SOUND[1])
    code, out, err = report("build", "--renderer", "builtin", "--to", "html", "--quiet")
    assert code == 0, out + err


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("№ 349 стажеров", ["349"]),
        ("Закон № 349 действует", []),
        ("Закон\u00a0№\u00a0349-1", ["349-1"]),
    ],
)
def test_number_of_a_document_stands_in_its_name_alone(text, found):
    assert numbers_of(text, ["Закон № 349"]) == found


def test_card_of_nothing_is_no_source():
    cell = {
        "cell_type": "markdown",
        "source": "`{python} x`",
        "metadata": {"user_expressions": [_value("x", '[45]{q="kaaaaaa"}')]},
    }
    for told, stops in (({}, True), ({"kind": "value", "value": "45"}, True), ({"from": ["data/a.csv#2"]}, False)):
        assert [one.text for one in unaccounted({"chapters/a.ipynb": [cell]}, {"kaaaaaa": told})] == ["45"] * stops


def _value(expression: str, text: str) -> dict:
    return {"expression": expression, "result": {"status": "ok", "data": {"text/markdown": text}, "metadata": {}}}


@pytest.mark.parametrize("form", ["text/markdown", "text/html", "text/plain"])
def test_what_is_written_from_data_is_accounted_for(form):
    output = {"output_type": "display_data", "data": {form: "всего 45"}, "metadata": {"from_data": True}}
    cell = {"cell_type": "code", "source": "x", "metadata": {}, "outputs": [output]}
    assert not list(unaccounted({"chapters/a.ipynb": [cell]}, {}))
    output["metadata"] = {}
    assert [one.text for one in unaccounted({"chapters/a.ipynb": [cell]}, {})] == ["45"]


def test_words_behind_a_gap_of_a_draft_are_the_builds_own():
    tree = json.loads(read_together(["Всего [нет данных: за 2021 год]{.mark .gap}, 5"], MARKDOWN)[0])
    assert free_digits(tree["blocks"]) == ["5"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("На двадцать пять процентов, две трети, сто тысяч", ["двадцать пять", "две трети", "сто тысяч"]),
        ("Вчетверо, дважды, полтора, трёхкратный рост, двухлетний", 5),
        ("Первое по стране место, на втором месте, пятая часть, каждый десятый, одна треть, один процент", 6),
        ("IV квартал, II место", 2),
        ("десятки человек, сотни, тысячи, миллион, миллиарды рублей", 5),
        ("высот, местам, специалистам, семьей, пятница, часть, стоит, куста, шестерни, честь, оба, третью смену", 0),
        ("одно и то же, один из, первая глава, первое рабочее место, двойной диплом, в первую очередь, XX век", 0),
        ("\ufffc тысяч человек", 0),
    ],
)
def test_words_that_say_a_number(text, found):
    told = spelled_numbers(text)
    assert told == found if isinstance(found, list) else len(told) == found


def test_listed_words_stand_whatever_their_case_and_blanks():
    assert spelled_numbers("Три\u00a0правила. Еще три правила", ["три правила"]) == []
    assert spelled_numbers("Три правила и три", ["три правила"]) == ["три"]


def test_words_of_the_intervals_are_those_of_the_program():
    # data/codes/typed_numbers.csv lets chapter 1.4 say «четыре исхода из пяти» and «девятнадцать из двадцати».
    assert (INNER / 100, OUTER / 100) == (4 / 5, 19 / 20)
