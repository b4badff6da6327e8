"""Slips of the keyboard in chapters are told with file, cell and line; what is written as it should be is let alone."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from analysis.book.lint import mistyped, mistyped_outputs
from analysis.book.render.common import pandoc

EXHIBITS, KEYS = {"fig-rate", "tbl-wages"}, {"report2021", "stat"}


# The text, the line of the cell, what the message says.
EXPRESSIONS = {
    "misspelt language": ("доля `{pyton} 1` всех", 3, "{pyton} 1"),
    "capital": ("доля `{Python} x`", 3, "{Python} x"),
    "no blank": ("доля `{python}x`", 3, "{python}x"),
    "no-break space": ("доля `{python}\u00a0x`", 3, "{python}"),
    "zero width space": ("доля `\u200b{python} x`", 3, "{python}"),
    "line break for a blank": ("доля `{python}\nx`", 3, "{python} x"),
    "blanks in braces": ("доля `{ python } x`", 3, "{ python } x"),
    "blank before braces": ("доля ` {python} x`", 3, "{python} x"),
    "no braces": ("доля `python x`", 3, "python x"),
    "one brace": ("доля `{python x`", 3, "{python x"),
    "other brace": ("доля `python} x`", 3, "python} x"),
    "brace at the end": ("доля `{python x}`", 3, "{python x}"),
    "round brackets": ("доля `(python) x`", 3, "(python) x"),
    "square brackets": ("доля `[python] x`", 3, "[python] x"),
    "wide braces": ("доля `｛python｝ x`", 3, "python"),
    "cyrillic letters": ("доля `{рythоn} x`", 3, "{рythоn} x"),
    "colon": ("доля `{python:} x`", 3, "{python:} x"),
    "half doubled braces": ("доля `{{python} x`", 3, "{{python} x"),
    "r": ("доля `{r} 1`", 3, "язык «r»"),
    "r of knitr": ("доля `r nrow(x)`", 3, "r nrow(x)"),
    "julia": ("доля `{julia} x`", 3, "язык «julia»"),
    "empty": ("доля `{python}`", 3, "{python}"),
    "empty with blanks": ("доля `{python}  `", 3, "пустое выражение"),
    "no python": ("доля `{python} num(x`", 3, "не по правилам Python"),
    "no python over lines": ("доля `{python} a\n+ b`", 3, "не по правилам Python"),
    "two expressions in one": ("доля `{python} a b`", 3, "не по правилам Python"),
    "no backticks": ("доля {python} x всех", 3, "не между обратными апострофами"),
    "no opening backtick": ("доля {python} x` всех", 3, "не между обратными апострофами"),
    "no closing backtick": ("а\n\nИтого `{python} num(x) выпускников", 5, "не между обратными апострофами"),
    "no closing backtick before another": ("Итого `{python} x и `{python} y` вместе", 3, "{python} x и"),
    "closing backtick in another paragraph": ("Итого `{python} x\n\nи так` далее", 3, "не между обратными апострофами"),
    "closing backtick doubled": ("Итого `{python} x`` далее", 3, "не между обратными апострофами"),
    "typographic quotes": ("доля ‘{python} x’ всех", 3, "не между обратными апострофами"),
    "acute accents": ("доля ´{python} x´ всех", 3, "не между обратными апострофами"),
    "wide backticks": ("доля ｀{python} x｀ всех", 3, "не между обратными апострофами"),
    "straight quotes": ("доля '{python} x' всех", 3, "не между обратными апострофами"),
    "guillemets": ("доля «{python} x» всех", 3, "не между обратными апострофами"),
    "lone backtick": ("доля ` всех", 3, "обратный апостроф без пары"),
    "heading": ("## Доля `{pyton} 1` {#sec-x}", 3, "{pyton} 1"),
    "table cell": ("| а | б |\n|---|---|\n| 1 | `{pyton} 1` |", 5, "{pyton} 1"),
    "table caption": ("| а | б |\n|---|---|\n| в | г |\n\n: Подпись `{pyton} 2` {#tbl-x}", 7, "{pyton} 2"),
    "figure caption": ("![Подпись `{pyton} 3`](a.png){#fig-x fig-alt='а'}", 3, "{pyton} 3"),
    "footnote": ("слово[^1]\n\n[^1]: сноска `{pyton} 4`", 5, "{pyton} 4"),
    "list item": ("- раз\n- два `{pyton} 5`", 4, "{pyton} 5"),
    "quotation over lines": ("> слово\n> `{pyton}\n> 6`", 4, "{pyton}"),
    "link text": ("[см. `{pyton} 7`](#sec-one)", 3, "{pyton} 7"),
    "div": ("::: {.landscape}\n`{pyton} 8`\n:::", 4, "{pyton} 8"),
    "placeholder": ("в {region_loc} всего", 3, "вставка «{…}»"),
}
MARKUP = {
    "div not closed": ("::: {.landscape}\n\nтекст", 3, "открыт и не закрыт"),
    "outer div not closed": ("::: {.landscape}\n\n::: {.exhibit-note}\nтекст\n:::\n", 3, "открыт и не закрыт"),
    "html div not closed": ("<div>\n\nтекст", 3, "открыт и не закрыт"),
    "div closed twice": ("::: {.landscape}\nа\n:::\n\nб\n\n:::\n\nв", 9, "закрыт, а не открыт"),
    "div closed only": ("а\n\n::::\n", 5, "закрыт, а не открыт"),
    "div glued to a paragraph": ("а\n::: {.landscape}\nб\n:::", 4, "не прочитана как начало"),
    "div without its brace": ("::: {.landscape\n\nа\n\n:::", 3, "не закрыты скобкой"),
    "div with two words": ("::: {.landscape .x\n\nа\n\n:::", 3, "не прочитана как начало"),
    "div of a misspelt class": ("::: {.landscpe}\nа\n:::", 3, "Возможно, имелось в виду «landscape»"),
    "fence not closed": ("```python\nx = 1\n\nещё", 3, "блок кода открыт и не закрыт"),
    "fence of tildes not closed": ("а\n\n~~~\nx", 5, "блок кода открыт и не закрыт"),
    "fence closed by a shorter one": ("````\nx\n```", 3, "блок кода открыт и не закрыт"),
    "block to be executed": ("```{python}\nx = 1\n```", 3, "блок {python} в тексте не выполняется"),
    "comment not closed": ("<!-- заметка\n\nтекст", 3, "комментарий «<!--» не закрыт"),
    "comment not closed in a line": ("текст <!-- заметка", 3, "комментарий «<!--» не закрыт"),
    "end of a comment": ("текст --> заметка", 3, "без начала"),
    "unknown source": (
        "см. [@report2012, с. 1]",
        3,
        "источника «report2012» нет в data/sources.bib. Возможно, имелось в виду «report2021».",
    ),
    "unknown source in the text": ("как пишет @nobody", 3, "источника «nobody»"),
    "one unknown source of two": ("см. [@stat; @nobody]", 3, "источника «nobody»"),
    "unknown section": ("см. [-@sec-ones]", 3, "«@sec-ones» никуда не ведёт. Возможно, имелось в виду «sec-one»."),
    "unknown figure": ("см. @fig-rates", 3, "Возможно, имелось в виду «fig-rate»"),
    "unknown table in a footnote": ("слово[^1]\n\n[^1]: см. @tbl-nothing", 5, "«@tbl-nothing» никуда не ведёт"),
    "prefix misspelt": ("см. @Fig-rate", 3, "Fig-rate"),
    "no at sign": ("см. [-fig-rate]", 3, "без «@»"),
    "label twice": ("## Ещё {#sec-one}", 3, "метка «sec-one» уже занята (chapters/one.ipynb, ячейка 1, строка 1)"),
    "label of a pasted table twice": (
        "<table><tr><td>а</td></tr></table>\n\n: Меры {#sec-one}",
        5,
        "метка «sec-one» уже занята (chapters/one.ipynb, ячейка 1, строка 1)",
    ),
    "span without a brace": ("[текст]{.small и так", 3, "фигурная скобка"),
    "span without a bracket": ("[текст{.small} и так", 3, "фигурная скобка"),
    "reference without a bracket": ("см. [-@fig-rate и так", 3, "квадратная скобка без пары"),
    "reference without its first bracket": ("см. -@fig-rate] и так", 3, "квадратная скобка без пары"),
    "link without a bracket": ("см. [раздел](#sec-one и так", 3, "ссылка или изображение"),
    "picture without a bracket": ("![подпись](a.png\n\nдалее", 3, "ссылка или изображение"),
    "note without a text": ("слово[^9]", 3, "у сноски нет текста"),
    "note not used": ("слово\n\n[^9]: сноска", 5, "нет ссылки"),
    "note given twice": ("слово[^9]\n\n[^9]: а\n\n[^9]: б", 7, "дан дважды"),
    "heading attributes without a brace": ("## Раздел {#sec-x", 3, "атрибуты заголовка"),
    "heading attributes without a hash": ("## Раздел {sec-x}", 3, "атрибуты заголовка"),
    "heading label of two words": ("## Раздел {#sec x}", 3, "атрибуты заголовка"),
    "heading attributes with a comma": ("## Раздел {#sec-x, .unnumbered}", 3, "атрибуты заголовка"),
    "heading label without braces": ("## Раздел #sec-x", 3, "атрибуты заголовка"),
    "heading class misspelt": ("## Раздел {.unnumbred}", 3, "Возможно, имелось в виду «unnumbered»"),
    "heading without a blank": ("##Раздел", 3, "заголовок не прочитан"),
    "heading glued to a paragraph": ("а\n## Раздел", 4, "заголовок не прочитан"),
    "second title": ("# Ещё глава", 3, "второй заголовок первого уровня"),
    "strong not closed": ("это **важно и всё", 3, "выделение"),
    "formula not closed": ("$$x = 1\n\nдалее", 3, "формула"),
}


@pytest.mark.parametrize("name", [*EXPRESSIONS, *MARKUP])
def test_mistake_is_told_with_its_place(faults, name):
    text, line, said = (EXPRESSIONS | MARKUP)[name]
    found = faults(text)
    told = [one for one in found if said in f"{one.text}: {one.problem}. {one.remedy}"]
    assert [(one.file, one.cell, one.line) for one in told] == [("chapters/one.ipynb", 3, line)], found
    assert all(one.problem and one.remedy.endswith(".") for one in found)
    assert all((one.cell, one.line) >= (3, line) for one in found), "something sound is blamed as well"


SOUND = {
    "expressions": "Рост `{python} pct(a)` и `{python}  b `.",
    "expression over lines in brackets": "рост `{python} f(1,\n  2)` строки",
    "doubled backticks": "пишите ``{pyton} 1`` или ``{python} x``",
    "backticks within doubled ones": "пишите `` `{pyton} 1` ``",
    "doubled braces": "пишите `{{python}} x`",
    "fence": "```\n`{pyton} 1` {x} [ ::: <!-- @nobody\n```",
    "fence of a language": "```python\nx = 1\n```\n\n```{.r}\nx\n```\n\n````\n```{python}\nx\n```\n````",
    "fence of tildes around backticks": "~~~\n```\n`{pyton} 1`\n~~~",
    "indented code": "слово\n\n    `{pyton} 1` {x} [",
    "comment": "слово <!-- `{pyton} 1` @nobody {x} [ --> слово",
    "comment over paragraphs": "<!--\n\n`{pyton} 1`\n\n-->\n\nслово",
    "other code": "файл `datapackage.json`, столбец `graduates_by_college`, папка `data`, `python`, `pip install x`",
    "escaped": r"скобка \{ и \[ и \` и почта \@nobody и \*\* и \#",
    "mail": "почта name@example.ru",
    "brackets in text": "он [Минтруд] и [так далее]",
    "math": "$\\frac{a}{b}$ и\n\n$$r = \\frac{e}{n}$$ {#eq-rate}\n\nпо [-@eq-rate]",
    "references": "см. [-@fig-rate], @tbl-wages, раздел [-@sec-one], [@report2021, с. 10], [@stat; @report2021]",
    "span": "[текст]{.small} и [ссылка](#sec-one)",
    "div": ':::: {.content-visible when-format="html"}\n\n::: {.callout-note}\n## Как читать\nтекст\n:::\n\n::::',
    "empty div": "::: {#colophon}\n:::",
    "notes": "слово[^1]\n\n[^1]: сноска",
    "heading": "## Раздел `{python} x` {#sec-two .unnumbered}\n\n### Ещё {-}",
    "table": "| а | б |\n|---|---|\n| в | `{python} a | b` |\n\n: Меры {#tbl-plan}",
    "pasted table": "<table><tr><td>а</td></tr></table>\n\n: Меры {#tbl-pasted}\n\nв [-@tbl-pasted] и @tbl-pasted",
    "pasted table after a word": (
        "<TABLE>\n<tr><td>а</td></tr>\n</TABLE>\n</div>\n\nТаблица: Меры в\nтексте {#tbl-pasted}\n\nв [-@tbl-pasted]"
    ),
    "headings of one name": "## Итоги\n\nа\n\n## Итоги",
    "strong": "это **важно** и *так*",
    "shortcode": "{{< meta title >}}",
    "rule": "а\n\n---\n\nб",
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_written_as_it_should_be_is_let_alone(faults, name):
    assert faults(SOUND[name]) == []


def test_div_over_cells_is_judged_over_the_chapter_and_told_where_it_opens(find):
    sound = ["# Глава", "::: {.landscape}", new_code_cell("x"), ":::"]
    assert find(one=sound) == []
    (found,) = find(one=[*sound, "слово\n\n::: {.landscape}", new_code_cell("x"), "конец\n\nещё"])
    assert (found.cell, found.line) == (5, 3) and "не закрыт" in found.problem


def test_all_chapters_are_told_at_once_in_their_order(find, tmp_path):
    (tmp_path / "index.qmd").write_text("# О докладе\n\n`{python} x` [-@sec-no]\n", encoding="utf-8")
    found = find(one=["# А {#sec-a}\n\n`{pyton} 1`\n\n`{pyton} 1`"], two=["# Б {#sec-a}\n\n{python} x\n\n[@nobody]"])
    assert [(one.file, one.cell, one.line) for one in found] == [
        ("chapters/one.ipynb", 1, 3),
        ("chapters/one.ipynb", 1, 5),
        ("chapters/two.ipynb", 1, 1),
        ("chapters/two.ipynb", 1, 3),
        ("chapters/two.ipynb", 1, 5),
        ("index.qmd", 0, 3),
        ("index.qmd", 0, 3),
    ]
    assert "только в ячейках Markdown тетради" in found[-1].problem + found[-2].problem


def test_raw_cells_and_captions_of_code_cells_are_prose_that_is_not_evaluated(find):
    cell = new_code_cell('#| label: fig-own\n#| fig-cap: "Рост `{python} x`"\nplot()')
    found = find(one=["# А\n\nсм. @fig-own", cell, new_raw_cell("слово\n`{python} x`")])
    assert [(one.cell, one.line) for one in found] == [(2, 2), (3, 2)]
    assert {one.problem for one in found} == {"выражения вычисляются только в ячейках Markdown тетради"}


@pytest.mark.parametrize(
    ("code", "line", "said"),
    [
        ("a = 1\nb = f(1", 2, "скобка «(» не закрыта"),
        ("a = 'да", 1, "кавычки не закрыты"),
        ("a = 1)", 1, "скобка «)» лишняя"),
        ("a = 1\n  b = 2", 2, "лишний отступ"),
        ("a = “да”", 1, "знак «“»"),
        ("for x in y\n    x", 1, "двоеточия"),
        ("x = = 3", 1, "запись не по правилам Python"),
    ],
)
def test_code_cell_that_is_no_python_is_told(find, code, line, said):
    (found,) = find(one=["# А", new_code_cell(code)])
    assert (
        (found.cell, found.line) == (2, line)
        and said in found.problem
        and found.text == code.splitlines()[line - 1].strip()
    )


def test_sound_code_is_let_alone(find):
    assert (
        find(
            one=[
                "# А",
                new_code_cell("%matplotlib inline\nx = 1"),
                new_code_cell("await x"),
                new_code_cell("x?"),
                new_code_cell(""),
            ]
        )
        == []
    )


def test_label_of_a_code_cell_counts(find):
    cell = new_code_cell("#| label: fig-own\n#| fig-cap: Доля\nplot()")
    (found,) = find(one=["# А", cell], two=["# Б", cell])
    assert (found.file, found.cell, found.line) == (
        "chapters/two.ipynb",
        2,
        1,
    ) and "chapters/one.ipynb, ячейка 2, строка 1" in found.problem


@pytest.mark.parametrize(
    ("cell", "place", "said"),
    [
        (
            new_code_cell("x = 1\n", metadata={"tags": ["remove-cel"]}),
            (2, 1),
            "тег ячейки «remove-cel» сборка не исполняет. Уберите его. Возможно, имелось в виду «remove-cell».",
        ),
        (
            new_code_cell("#| echo: false\n#| lable: tbl-x\nx"),
            (2, 2),
            "параметр ячейки «lable» сборка не исполняет: уберите его. Возможно, имелось в виду «label».",
        ),
        (new_code_cell("#| label: tbl-x\nx"), (2, 1), "нет подписи"),
        (new_code_cell("x\n#| echo: false"), (2, 2), "не исполнится"),
        (new_code_cell('#| tbl-cap: "да\n#| label: tbl-x\nx'), (2, 2), "кавычка не закрыта. Исправьте"),
        (new_raw_cell("слово", metadata={"raw_mimetype": "text/html"}), (2, 1), "ячейка Raw вида text/html"),
        ("слово\n\n---\ntitle: а\n---", (2, 3), "считается настройками"),
        (new_markdown_cell("слово", metadata={"tags": ["remove-cell"]}), (2, 1), "только в ячейке с кодом"),
    ],
)
def test_what_a_cell_asks_for_in_vain_is_told(find, cell, place, said):
    (found,) = list(find(one=["# А", cell]))
    assert (found.cell, found.line) == place and said in f"{found.problem}. {found.remedy}", found


def test_markdown_that_code_shows_is_held_to_the_same(find, tmp_path):
    def shown(*texts):
        outputs = [new_output("display_data", {"text/markdown": text}) for text in texts]
        cells = [new_markdown_cell("# А {#sec-a}"), new_code_cell("x", outputs=outputs)]
        return mistyped_outputs(tmp_path, {"chapters/one.ipynb": cells}, keys=KEYS)

    find(one=["# А {#sec-a}"])
    sound = [
        (
            '**Рост** [5,5 %]{q="abc"}, см. @sec-a, @tbl-x, [@stat],'
            ' [строка](data/grp.html#r2)\n\n![](../figures/a){fig-alt="а"}'
        ),
        "::: {#tbl-x}\n\n| а |\n|---|\n| в |\n\nМеры\n\n:::",
    ]
    assert shown(*sound) == []
    for text, line, said in [
        ("слово\n\nдоля `{pyton} x`", 3, "записано не так"),
        ("это **важно", 1, "выделение"),
        ("::: {.callout-note}\nслово", 1, "не закрыт"),
        ("слово[^1]", 1, "сноски"),
        ("[сайт](nowhere)", 1, "никуда не ведёт"),
        ("см. @fig-none", 1, "никуда не ведёт"),
        ("слово\n\nсм. [@report2012, с. 5]", 3, "источника «report2012» нет в data/sources.bib. Возможно"),
        ("```\nx", 1, "блок кода открыт"),
        ("{{< pagebreak >}}", 1, "не войдет"),
        ("$$x", 1, "формула"),
        ("слово {region_gen}", 1, "вставка «{…}»"),
        ("::: {.callout-nte}\nслово\n:::", 1, "callout-note"),
        ("доля `{python} x`", 1, "только в ячейках Markdown"),
        ("## Раздел", 1, "заголовок из кода"),
        ("слово\n\n![схема](img/a.png)", 3, "выведите Image"),
        ("это <b>важно</b>", 1, "**жирный**"),
    ]:
        (found,) = shown(sound[1], text)
        assert (found.file, found.cell, found.line) == (
            "chapters/one.ipynb",
            2,
            line,
        ) and said in f"{found.problem}. {found.remedy}", found


@pytest.mark.parametrize(
    ("cells", "place"), [(["слово"], (1, 1)), (["слово\n\n## Раздел"], (1, 3)), ([new_code_cell("x"), "слово"], (2, 1))]
)
def test_chapter_without_a_title_is_told(find, cells, place):
    (found,) = find(one=cells)
    assert (found.cell, found.line) == place and "нет названия" in found.problem
    assert find(one=["---\ntitle: А\n---", *cells]) == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("---\nauthor: x\n---\n\n# О докладе", 2, "настройку главы «author»"),
        ("# О докладе\n\n---\nслово\n", 3, "считается настройками"),
    ],
)
def test_settings_of_a_page_are_told(find, tmp_path, text, line, said):
    (tmp_path / "index.qmd").write_text(text, encoding="utf-8")
    (found,) = find()
    assert (found.file, found.cell, found.line) == ("index.qmd", 0, line) and said in found.problem, found


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x1b", "\x7f", "\ue000", "\ufffe"])
def test_sign_that_no_format_shows_is_told(find, sign):
    (found,) = find(one=["# А", f"слово\n\nсло{sign}во"])
    assert (found.cell, found.line) == (2, 3) and f"U+{ord(sign):04X}" in found.problem and sign not in found.text


def test_signs_that_only_look_odd_are_let_alone(find):
    assert (
        find(one=["# А", "сло\u00adво\u200b, \u2066abc\u2069, 👨\u200d👩\u200d👧, é, \u2028слово, e\u0301\ufeff"]) == []
    )


def test_long_paragraph_is_read_in_time(find):
    began = time.perf_counter()
    (found,) = find(one=["# А", "слово " * 20_000 + "`{pyton} x`"])
    assert found.line == 1 and time.perf_counter() - began < 60


def test_lines_are_counted_as_the_desk_counts_them(find):
    sign, expression = find(one=["# А\r\n\r\nслово\u2028слово\x0cслово\r\n\r\nдоля `{pyton} 1`"])
    assert (sign.line, expression.cell, expression.line) == (3, 1, 5)


def test_text_file_in_another_encoding_is_told_with_the_rest(find, tmp_path):
    (tmp_path / "index.qmd").write_bytes("# О докладе\n".encode("cp1251"))
    slip, page = find(one=["# А\n\n`{pyton} 1`"])
    assert (slip.file, slip.line) == ("chapters/one.ipynb", 3)
    assert (page.file, page.line) == ("index.qmd", 1) and "это не текст в кодировке UTF-8" in page.problem


def test_front_matter_that_is_no_yaml_is_told(find, tmp_path):
    (tmp_path / "index.qmd").write_text("---\ntitle: [а\n---\n\nслово\n", encoding="utf-8")
    (found,) = find()
    assert (found.file, found.line) == ("index.qmd", 1) and "YAML" in found.problem


def test_chapters_of_the_report_hold_no_mistake():
    root = Path(__file__).resolve().parents[2]
    assert [
        one for one in mistyped(root, EXHIBITS, KEYS) if "никуда" not in one.problem and "источника" not in one.problem
    ] == []


SAID = "Слово «ёлка» и\u2028число `{python} x`.\n\n| а | б |\n|---|---|\n| 1 | 2 |\n"
APART = {
    "remark": "# Один {#sec-a}\n\n# Два {#sec-a}\n",
    "refused": "---\ntitle: [\n---\n",
    "tab": "```\n\tкод\n```\n",
    "end of line": "один\r\nдва\n",
}


@pytest.mark.parametrize("apart", APART.values(), ids=APART)
def test_texts_read_together_are_read_as_each_by_itself(apart):
    first, between, last = pandoc.read_together([SAID, apart, f"{SAID}\nКонец."], pandoc.MARKDOWN)
    assert between == ""
    for text, tree in ((SAID, first), (f"{SAID}\nКонец.", last)):
        assert json.loads(tree) == json.loads(pandoc.run("-f", pandoc.MARKDOWN, "-t", "json", text=text)[0])


def test_a_chapter_and_a_fragment_that_were_changed_are_read_anew(write_chapter, tmp_path):
    path, prose = write_chapter("one", "# Один {#sec-one}", 'py:report.prose("own")'), tmp_path / "prose"
    fragment = prose / "one" / "own.md"
    fragment.parent.mkdir(parents=True)
    found = []
    for chapter, laid in (("Текст.", "Свой."), ("Доля `{pyton} x`.", "Свой."), ("Текст.", "Доля `{pyton} y`.")):
        write_chapter("one", f"# Один {{#sec-one}}\n\n{chapter}", 'py:report.prose("own")')
        fragment.write_text(laid, encoding="utf-8")
        found.append(
            [(mistake.file.rpartition("/")[2], mistake.text) for mistake in mistyped(path.parent.parent, prose=prose)]
        )
    assert found == [[], [("one.ipynb", "`{pyton} x`")], [("own.md", "`{pyton} y`")]]
