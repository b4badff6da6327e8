"""What pandoc loses or reads otherwise than meant without a remark: told with its place; everyday syntax is not."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_raw_cell

LOST = {
    "link without a scheme": ("[сайт](www.rosstat.gov.ru)", 3, "Запишите адрес целиком"),
    "link to an address of words": ("[сайт](наш сайт)", 3, "никуда не ведёт"),
    "link to nothing": ("[сайт]()", 3, "никуда не ведёт"),
    "link that runs": ("[сайт](javascript:alert(1))", 3, "никуда не ведёт"),
    "link to a chapter that is not there": ("[глава](none.ipynb)", 3, "главы «none.ipynb» нет"),
    "link to a label that is not there": ("[глава](#sec-none)", 3, "«#sec-none» никуда не ведёт"),
    "link with a gap": ("[сайт] (https://gov.ru)", 3, "скобки не вплотную"),
    "link the wrong way round": ("(сайт)[https://gov.ru]", 3, "переставлены"),
    "picture without brackets": ("![схема]img/a.png", 3, "ссылка или изображение"),
    "picture with a gap after its sign": ("! [схема](img/a.png)", 3, "ссылка ведёт на рисунок"),
    "key in brackets": ("см. [report2021]", 3, "ключ источника или метка, но не ссылка"),
    "sign and key apart": ("см. [@ report2021]", 3, "но не ссылка"),
    "sign behind the key": ("см. [report2021@]", 3, "но не ссылка"),
    "citation in round brackets": ("(@report2021)", 3, "ссылка в лишних скобках"),
    "citation in two brackets": ("см. [[@report2021]]", 3, "ссылка в лишних скобках"),
    "citation glued to a word": ("см.@report2021", 3, "ссылка не прочитана"),
    "dash instead of a hyphen": ("см. [–@fig-rate]", 3, "лишний знак «–»"),
    "two signs": ("см. [@@report2021]", 3, "лишний знак «@»"),
    "row with too many cells": ("| а | б |\n|---|---|\n| в | г | д |", 5, "ячеек 3, а столбцов 2"),
    "head with too many cells": ("| а | б |\n|---|\n| в |", 3, "ячеек 2, а столбцов 1"),
    "table without a rule": ("| а | б |\n| в | г |", 3, "под шапкой нет черты"),
    "table glued to a paragraph": ("слово\n| а | б |\n|---|---|\n| в | г |", 4, "вплотную к тексту"),
    "rule that makes a heading": ("слово\n---", 3, "делает её заголовком"),
    "heading underlined": ("Раздел\n======", 3, "делает её заголовком"),
    "rule glued to two lines": ("слово\nслово\n---", 5, "черта не прочитана"),
    "strong of underscores not closed": ("это __важно и всё", 3, "выделение"),
    "strike not closed": ("это ~~лишнее и всё", 3, "зачёркивание"),
    "formula that cannot be set": ("слово $\\nope{a}$", 3, "формула не читается"),
    "formula without a brace": ("$$\n\\frac{a}{b\n$$", 4, "формула не читается"),
    "expression within a formula": ("$r = `{python} x`$ процентов", 3, "выражение внутри формулы"),
    "LaTeX in the text": ("слово\n\n\\newpage", 5, "команда LaTeX"),
    "LaTeX with braces": ("\\textbf{важно}", 3, "команда LaTeX"),
    "one mark of a merge": ("слово\n\n>>>>>>> чужая", 5, "метка слияния"),
    "other mark of a merge": ("<<<<<<< HEAD\nслово", 3, "метка слияния"),
    "callout of no kind": ("::: {.callout}\nа\n:::", 3, "класса «.callout» нет"),
    "class of Quarto that is not here": ("::: {.column-margin}\nа\n:::", 3, "основной столбец"),
    "format that is none": ('::: {.content-visible when-format="htm"}\nа\n:::', 3, "формата «htm» нет"),
    "visible nowhere": ("::: {.content-visible}\nа\n:::", 3, "не сказано, в каком формате"),
    "link by a name that nobody gives": ("см. [сайт][росстат]", 3, "нет адреса"),
    "address without its bracket": ("см. <https://gov.ru и далее", 3, "ссылка или изображение"),
    "picture with its brackets swapped": ("!(img/a.png)[схема]", 3, "переставлены"),
    "label without braces": ("| а |\n|---|\n| в |\n\n: Меры #tbl-x", 7, "без фигурных скобок"),
    "heading label in round brackets": ("## Раздел (#sec-x)", 3, "атрибуты заголовка"),
    "heading that skips a level": ("### Раздел", 3, "после «#» стоит «###»"),
    "heading that skips two levels": ("## А\n\n##### Б", 5, "после «##» стоит «#####»"),
    "heading without words": ("##\n\nслово", 3, "заголовок без слов"),
    "comment with a dash too few": ("слово <!- заметка ->", 3, "комментарий"),
    "emphasis not closed": ("это *важно и всё", 3, "выделение «*»"),
    "emphasis of underscores not closed": ("это _важно и всё", 3, "выделение «*» или «_»"),
    "emphasis of underscores not opened": ("это важно_, и всё", 3, "выделение «*» или «_»"),
    "formula with one dollar": ("где $x – доля", 3, "формула «$» не закрыта"),
    "formula with a dollar too many": ("где $x$$ – доля", 3, "формула «$» не закрыта"),
    "formula with a dollar too few": ("где $$x$ – доля, $$y$$ – число", 3, "внутри формулы знак «$»"),
    "formula with blanks": ("где $ x_i $ – доля", 3, "между знаком доллара и ней пробел"),
    "formula between round brackets": (r"где \(x\) – доля", 3, "которых Markdown не знает"),
    "formula between square brackets": (r"\[x = \frac{a}{b}\]", 3, "которых Markdown не знает"),
    "sign of HTML that is none": ("слово&nbsp;слово &nbps;", 3, "такого знака HTML нет"),
    "sign of HTML without its end": ("слово &nbsp слово", 3, "такого знака HTML нет"),
    "shortcode": ("слово\n\n{{< pagebreak >}}", 5, "страницы разбивает вёрстка"),
    "shortcode misspelt": ("{{< inclde a.qmd >}}", 3, "Вставьте сам текст"),
    "table of Excel as text": ("Мера\tСрок\nкурсы\tвесна", 3, "таблица вставлена текстом"),
    "list of Word": ("Меры:\n•\tкурсы;\n•\tярмарки", 4, "список со знаками из Word"),
    "list without blanks": ("-курсы\n-ярмарки", 3, "после знака нет пробела"),
    "paragraph of Word": ("\tВыпускники колледжей (их большинство) нашли работу.", 3, "абзац с отступом"),
    "paragraph indented with an expression": (
        "    Доля `{python} y` выпускников колледжей выросла",
        3,
        "абзац с отступом",
    ),
    "options of a code cell": ("#| label: tbl-x", 3, "клавиши Esc и Y"),
    "brace before a reference": ("см. {@fig-rate}", 3, "фигурная скобка"),
    "colour that only pages have": ('[слово]{style="color:red"}', 3, "атрибут «style» ничего не меняет"),
}


@pytest.mark.parametrize("name", LOST)
def test_what_would_be_lost_is_told_with_its_place(faults, name):
    text, line, said = LOST[name]
    found = faults(text)
    told = [one for one in found if said in f"{one.text}: {one.problem}. {one.remedy}"]
    assert [(one.file, one.cell, one.line) for one in told] == [("chapters/one.ipynb", 3, line)], found
    assert all(one.remedy.endswith(".") for one in found)


SOUND = {
    "links": (
        "[сайт](https://gov.ru/a_(b)), <https://gov.ru>, [почта](mailto:a@gov.ru), [раздел](#sec-one),"
        " [PDF](report.pdf), [глава](one.ipynb)"
    ),
    "link by its name": "[сайт][gov]\n\n[gov]: https://gov.ru",
    "brackets for a remark": "он [так в тексте] (см. ниже) и [Минтруд] (Москва)",
    "citations": "[см. @report2021, с. 10], [-@report2021], @report2021 [с. 10], [@report2021, с. 10; @stat]",
    "tables": "| а | б |\n|:--|--:|\n| в |\n| г \\| д | е |\n\nслово\n\n| а |\n|---|\n| `a|b` |",
    "table without bars outside": "а | б\n--|--\nв | г",
    "grid": "+---+---+\n| а | б |\n+===+===+\n| в | г |\n+---+---+",
    "table in a block": "::: {.landscape}\n| а | б |\n|---|---|\n| в | г |\n:::",
    "lines of verse": "| первая\n| вторая",
    "rules": "слово\n\n---\n\nслово\n\n***",
    "struck": "это ~~лишнее~~, __важно__, snake_case_name, __init__",
    "formulas": "$\\left\\{ a \\right\\}$, $\\text{доля}_i$ и $$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$",
    "path of Windows": "папка D:\\Доклад\\data и \\\\server\\share",
    "quotation": "> слово\n>\n> - пункт",
    "lists": "1. а\n2. б\n\n(1) в\n\na) г\n\n- [ ] д\n\nслово\n- е",
    "pasted table": (
        "<table>\n  <tr><td>Мера [ ** __ а|б</td></tr>\n  <tr><td>`{python} x`</td></tr>\n</table>\n\n: Меры"
        " {#tbl-x}\n\nсм. [-@tbl-x]"
    ),
    "headings down and up": "## А\n\n### Б\n\n#### В\n\n## Г\n\n### Д",
    "title of a callout": "::: {.callout-note}\n#### Как читать\nслово\n:::\n\n## Раздел",
    "remark with a star": "показатель* вырос\n\n*без учёта микропредприятий",
    "stars and underscores": (
        "а * б * в, 2\\*2, _quarto.yml, snake_case, слово*слово, *курсив с* и _курсив_,\n*курсив* строки\n*курсив*"
        " строки"
    ),
    "dollars": "курс US$, $ за баррель, \\$x, $a_1$ + $b$, ($a$)\nи $c$ $d$ и $f(x)$, $\\text{цена в \\$}$",
    "brackets": r"скобка \(а\ и \[Минтруд\], путь C:\(x\y",
    "signs of HTML": "R&D; A&B, &laquo;слово&raquo;&nbsp;&#8239;слово & слово",
    "tabs": "1.\tкурсы\n2.\tярмарки\n\nТермин\n:\tслово\n\n-\tкурсы\n-\tярмарки\n\nслово\tслово\nслово",
    "code with an indent": (
        "слово\n\n    доля = число / всего\n\n    data/\n    chapters/\n\n```\nэто не код вовсе\n```"
    ),
    "shortcode shown": "{{{< pagebreak >}}}, {{< meta title >}}",
    "hash": "тег #ПроКолледж, C# и https://gov.ru/#sec-x",
    "marked words": "[слово]{.underline} [слово]{.smallcaps} [слово]{.mark}",
}


@pytest.mark.parametrize("name", SOUND)
def test_everyday_syntax_is_let_alone(faults, name):
    assert faults(SOUND[name]) == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (['report.table("employed")'], "клавиши Esc и Y"),
        (["## таблица\nx = 5\nx"], "клавиши Esc и Y"),
        (["%matplotlib inline\nimport pandas as pd"], "клавиши Esc и Y"),
        ([new_raw_cell("plot()")], "клавиши Esc и Y"),
        ([new_code_cell("v = report.value"), 'доля `v("employed")`'], "без «{python}»"),
        (["доля `{python} pct(a)` и `pct(b)`"], "без «{python}»"),
        ([new_code_cell("report = x"), "год `report.edition.year`"], "без «{python}»"),
    ],
)
def test_code_that_stands_as_text_is_told(find, cells, said):
    (found,) = find(one=["# А", *cells])
    assert (found.cell, found.line) == (1 + len(cells), 1) and said in f"{found.problem}. {found.remedy}"


def test_text_that_only_looks_like_code_is_let_alone(find):
    assert (
        find(
            one=[
                "# А",
                "Итог",
                "[PDF](report.pdf)",
                "Курсы(весна)",
                "---",
                "`pct(x)`, ``v(x)``, `df.columns` и `v`",
                new_code_cell("v = 1"),
                new_raw_cell("слово"),
            ]
        )
        == []
    )


@pytest.mark.parametrize(
    ("code", "line", "said"),
    [
        ("x = 1\nexit()", 2, "останавливает главу"),
        ("import sys\nif x:\n    sys.exit(1)", 3, "останавливает главу"),
        ("import os; os._exit(0)", 1, "останавливает главу"),
        ('x = input("имя: ")', 1, "ждёт ответа"),
        ("%time\nbreakpoint()", 2, "ждёт ответа"),
        ("%debug", 1, "ждёт ответа"),
        ("import pdb; pdb.set_trace()", 1, "ждёт ответа"),
        ("%matplotlib agg\nplt.plot([1])", 1, "рисунков в докладе не будет"),
        ("x = 1\n%matplotlib notebook", 2, "рисунков в докладе не будет"),
    ],
)
def test_command_that_a_build_cannot_obey_is_told(find, code, line, said):
    (found,) = find(one=["# А", new_code_cell(code)])
    assert (found.cell, found.line) == (2, line) and said in found.problem


def test_commands_that_only_look_like_it_are_let_alone(find):
    assert (
        find(
            one=[
                "# А",
                new_code_cell("%matplotlib inline\n# exit()\nx.exit(); print('input()')\ntable.quit"),
                new_code_cell("!ls\n%%time"),
            ]
        )
        == []
    )
