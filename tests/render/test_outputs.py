"""What cells show: forms that all formats have are rendered, all else is refused by chapter, cell and kind."""

from __future__ import annotations

import io
import re
from base64 import b64decode, b64encode

import pandas as pd
import pytest
from PIL import Image

from analysis.base.errors import RenderError
from analysis.book.render.cells.chapter import settled_chapter
from analysis.book.render.cells.outputs import settled

HEAD = "# Введение {.unnumbered #sec-introduction}\n\nСм. [-@sec-conditions]."
ADDRESS = "0x7f45d152ea50"
WHERE = "глава.ipynb, ячейка 3"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'


def picture(kind: str) -> str:
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(file, kind)
    return b64encode(file.getvalue()).decode()


PNG, JPEG = picture("PNG"), picture("JPEG")


def shows(data: dict, kind: str = "display_data") -> dict:
    return {"output_type": kind, "metadata": {}, "data": data}


def result(text: str) -> dict:
    return shows({"text/plain": text}, "execute_result")


def said(text: str, name: str = "stdout") -> dict:
    return {"output_type": "stream", "name": name, "text": text}


def settle(*outputs, asis: bool = False) -> list[dict]:
    return settled(list(outputs), WHERE, asis)


UNKNOWN = {
    "plotly": {"application/vnd.plotly.v1+json": {"data": []}},
    "plotly with its page": {
        "application/vnd.plotly.v1+json": {"data": []},
        "text/html": "<div><script>x</script></div>",
    },
    "widget": {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "IntSlider(value=0)"},
    "JSON": {"application/json": {"a": 1}, "text/plain": "<IPython.core.display.JSON object>"},
    "bokeh": {"application/javascript": "f()", "application/vnd.bokehjs_exec.v0+json": ""},
    "vega": {"application/vnd.vegalite.v5+json": {"mark": "bar"}, "text/plain": "alt.Chart(...)"},
    "script": {"application/javascript": "alert(1)", "text/plain": "<IPython.core.display.Javascript object>"},
    "map": {"application/geo+json": {}, "text/plain": "<GeoJSON object>"},
    "film": {"video/mp4": "AAAA", "text/plain": "x"},
    "film as a page": {"text/html": '<video src="a.mp4"></video>', "text/plain": "<IPython.core.display.Video object>"},
    "sound": {"audio/wav": "AAAA", "text/plain": "x"},
    "moving picture": {"image/gif": "R0lG", "text/plain": "<IPython.core.display.Image object>"},
    "newer picture": {"image/webp": "UklG", "text/plain": "x"},
    "page of PDF": {"application/pdf": "JVBE", "text/plain": "<Figure size 640x480 with 1 Axes>"},
    "page": {"text/html": "<p>абзац</p>", "text/plain": "x"},
    "frame": {"text/html": '<iframe src="https://example.org"></iframe>', "text/plain": "x"},
    "table with colours": {
        "text/html": "<style>#T td {color: red}</style><table><tr><td>1</td></tr></table>",
        "text/plain": "<Styler>",
    },
    "table with a caption": {
        "text/html": "<table><caption>OLS</caption><tr><td>1</td></tr></table>",
        "text/plain": "x",
    },
    "table of LaTeX": {"text/latex": r"\begin{tabular}{l}a\end{tabular}", "text/plain": "x"},
    "text of LaTeX": {"text/latex": r"\textbf{жирно}", "text/plain": "x"},
    "two formulas and words": {"text/latex": "$a$ и $b$", "text/plain": "x"},
    "kind of tomorrow": {"application/x.new+json": {"a": 1}, "text/plain": "понятный текст"},
}


@pytest.mark.parametrize("fault", UNKNOWN)
def test_a_form_that_print_has_not_is_refused_and_never_falls_to_text(fault):
    with pytest.raises(RenderError) as caught:
        settle(shows(UNKNOWN[fault]))
    mime = next(mime for mime in UNKNOWN[fault] if mime != "text/plain")
    message = str(caught.value)
    assert message.startswith(f"{WHERE}: ") and "Quarto" not in message and "\n" not in message
    assert fault.startswith("table with") or (
        message.startswith(f"{WHERE}: вывод вида {mime} ") and "Замените его: " in message
    )


BEST = {
    "Markdown first": ({"text/html": "<p>x</p>", "text/markdown": "**да**", "text/plain": "x"}, {"text/markdown"}),
    "empty Markdown is nothing to show": (
        {"text/html": "<p>x</p>", "text/markdown": "", "text/plain": "x"},
        {"text/markdown"},
    ),
    "table": ({"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "1"}, {"text/html"}),
    "table beside a schema": (
        {"application/vnd.dataresource+json": {}, "text/html": "<table><tr><td>1</td></tr></table>"},
        {"text/html"},
    ),
    "picture beside a page": ({"text/html": "<div>x</div>", "image/png": PNG, "text/plain": "x"}, {"image/png"}),
    "picture beside a live one": ({"application/vnd.plotly.v1+json": {}, "image/png": PNG}, {"image/png"}),
    "picture beside PDF": ({"application/pdf": "JVBE", "image/png": PNG}, {"image/png"}),
    "all kinds of one picture": (
        {"image/png": PNG, "image/svg+xml": SVG, "image/jpeg": JPEG},
        {"image/png", "image/svg+xml", "image/jpeg"},
    ),
    "picture of a formula": ({"text/latex": r"\unknown text", "image/png": PNG}, {"image/png"}),
    "text of a number": ({"text/plain": "0.25"}, {"text/plain"}),
}


@pytest.mark.parametrize("case", BEST)
def test_the_best_known_form_is_taken(case):
    data, kinds = BEST[case]
    assert [set(output["data"]) for output in settle(shows(data))] == [kinds]


FORMULAS = {
    r"$\alpha+\beta$": r"$\alpha+\beta$",
    r"$\displaystyle \frac{1}{2}$": r"$\displaystyle \frac{1}{2}$",
    r"$ x $": "$x$",
    "$$x\n\n=1$$": "$$x =1$$",
    r"\(x\)": "$x$",
    r"\[x\]": "$$x$$",
    r"\begin{equation}x\end{equation}": "$$x$$",
    r"\begin{align*}a&=b\\c&=d\end{align*}": r"$$\begin{aligned}a&=b\\c&=d\end{aligned}$$",
    "$x % примечание\n+1$": "$x +1$",
}


@pytest.mark.parametrize("latex", FORMULAS)
def test_a_formula_is_set_as_one(latex):
    assert settle(shows({"text/latex": latex, "text/plain": "ТЕКСТ"}))[0]["data"] == {"text/markdown": FORMULAS[latex]}


def test_a_formula_with_a_command_nobody_knows_is_refused():
    with pytest.raises(RenderError, match=rf"^{WHERE}: в формуле «.*nosuch"):
        settle(shows({"text/latex": r"$\nosuch{x}$"}))


RETURNED = (
    f"<seaborn.axisgrid.FacetGrid at {ADDRESS}>",
    f"<seaborn.axisgrid.JointGrid at {ADDRESS}>",
    f"<seaborn.axisgrid.PairGrid at {ADDRESS}>",
    "<Axes: xlabel='x'>",
    f"[<matplotlib.lines.Line2D at {ADDRESS}>]",
    "Text(0.5, 1.0, 'Z')",
    "(0.0, 1.0, 0.0, 2.0)",
    "(np.float64(-0.05),\n np.float64(1.05),\n np.float64(0.9))",
    "(array([0., 1.]),\n [Text(0, 0, '0'), Text(1, 0, '1')])",
    "(array([1., 2.]),\n array([0., 1.]),\n <BarContainer object of 2 artists>)",
    "array([<Axes: >, <Axes: >], dtype=object)",
    f"{{'whiskers': [<matplotlib.lines.Line2D at {ADDRESS}>,\n  <matplotlib.lines.Line2D at {ADDRESS}>]}}",
    "<Figure size 640x480 with 1 Axes>",
    "(<Figure size 640x480 with 1 Axes>, <Axes: title={'center': 'x'}>)",
    "<BarContainer object of 3 artists>",
)
OBJECTS = [text for text in RETURNED if "<" in text or text.startswith("Text(")]


@pytest.mark.parametrize("text", RETURNED)
@pytest.mark.parametrize("first", [True, False])
def test_what_a_drawing_function_returns_beside_its_picture_is_dropped(text, first):
    outputs = [result(text), shows({"image/png": PNG, "text/plain": "<Figure size 1x1>"})]
    assert [set(one["data"]) for one in settle(*(outputs if first else outputs[::-1]))] == [{"image/png"}]


@pytest.mark.parametrize(
    "text",
    [
        *OBJECTS,
        f"<object object at {ADDRESS}>",
        f"[<__main__.Thing object at {ADDRESS.upper().replace('X', 'x')}>]",
        "<IPython.core.display.Image object>",
        "<class 'int'>",
    ],
)
def test_the_name_of_an_object_alone_is_refused(text):
    with pytest.raises(RenderError, match=f"^{WHERE}: .*точку с запятой"):
        settle(result(text))


@pytest.mark.parametrize(
    "text",
    [
        "0.25",
        "'a <b> c'",
        "[1, 2]",
        "0    1\n1    <NA>\ndtype: Int64",
        "array(['a'], dtype='<U1')",
        "a < b > c",
        "2 at 3",
    ],
)
def test_a_harmless_result_is_shown(text):
    assert settle(result(text))[0]["data"]["text/plain"] == text


WAYS = {
    "print": said(f"готово {ADDRESS}\n"),
    "object printed": said(f"<__main__.Thing object at {ADDRESS}>"),
    "address of Windows": said("<__main__.Thing object at 0x000001F2A3B4C5D0>"),
    "Markdown": shows({"text/markdown": f"**{ADDRESS}**"}),
    "cell of a table": shows({"text/html": f"<table><tr><td>&lt;object object at {ADDRESS}&gt;</td></tr></table>"}),
    "cut cell of a table": shows(
        {"text/html": "<table><tr><td>&lt;__main__.VeryLongName object at 0x7f4...</td></tr></table>"}
    ),
    "result": result(f"{{'a': <object object at {ADDRESS}>}}"),
    "column of a series": result(f"0    <object object at {ADDRESS}>\ndtype: object"),
    "writing on a picture": shows({"image/svg+xml": SVG.replace("<rect", f"<title>{ADDRESS}</title><rect")}),
    "formula": shows({"text/latex": rf"$\text{{{ADDRESS}}}$"}),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_address_of_memory_passes(way):
    with pytest.raises(RenderError, match=f"^{WHERE}: .*адрес в памяти"):
        settle(WAYS[way])


NAMED = {
    "module printed": said("<module 'pandas' from '/usr/lib/pandas/__init__.py'>"),
    "function in a text": said("Итого: <built-in method upper of str object>"),
    "nested": result("defaultdict(<function __main__.<lambda>()>, {})"),
    "Markdown": shows({"text/markdown": "Итого: <bound method Series.sum of 0    1>"}),
    "cell of a table": shows({"text/html": "<table><tr><td>&lt;function f(x)&gt;</td></tr></table>"}),
}


@pytest.mark.parametrize("way", NAMED)
def test_no_name_of_an_object_for_a_machine_passes(way):
    with pytest.raises(RenderError, match=f"^{WHERE}: .*служебное имя объекта"):
        settle(NAMED[way])


def test_a_table_of_which_pandas_shows_the_ends_only_is_refused():
    many, wide, long = (
        pd.DataFrame({"а": range(100)}),
        pd.DataFrame({f"с{n}": [n] for n in range(40)}),
        pd.DataFrame({"а": ["слово " * 30]}),
    )
    for output in (
        shows({"text/html": many._repr_html_()}),
        shows({"text/html": wide.to_html(max_cols=10, show_dimensions="truncate")}),
        said(f"{many}\n"),
        result(repr(many["а"])),
        result(repr(pd.Index(range(300), dtype=float))),
    ):
        with pytest.raises(RenderError, match=f"^{WHERE}: таблица показана не целиком"):
            settle(output)
    with pytest.raises(RenderError, match=f"^{WHERE}: текст ячейки таблицы обрезан .*max_colwidth"):
        settle(shows({"text/html": long._repr_html_()}))


def test_a_whole_table_of_pandas_passes():
    few = pd.DataFrame({"а": ["слово...", "Length: 5"], "б": [1, 2]})
    assert settle(shows({"text/html": few._repr_html_()}), said(f"{few}\nLength: 5"), result(repr(few["б"])))


@pytest.mark.parametrize(
    "text",
    [
        "array([   0,    1,    2, ..., 4997, 4998, 4999], shape=(5000,))",
        "array([[1., 1.],\n       ...,\n       [1., 1.]], shape=(2000, 2))",
        "[0,\n 1,\n 2,\n ...]",
        "{'а': 0,\n 'б': 1,\n ...}",
        "[   0    1    2 ... 4997 4998 4999]",
    ],
)
def test_an_array_or_a_list_that_was_cut_is_refused(text):
    for output in (result(text), said(text)):
        with pytest.raises(RenderError, match=f"^{WHERE}: массив или список показан не целиком"):
            settle(output)


@pytest.mark.parametrize("text", ["array([0, 1])", "[1, 2]", "И так далее ...", "[слово]\nещё\n...", "слово (1 ... 2)"])
def test_three_full_stops_of_words_pass(text):
    assert settle(said(text))


LIVE = (
    "<table><tr><td onclick=f()>1</td></tr></table>",
    "<table><tr><td>1<script>f()</script></td></tr></table>",
    '<table ONLOAD = "f()"><tr><td>1</td></tr></table>',
    "<table><tr><td><a href=' javascript:f()'>1</a></td></tr></table>",
    "<table><tr><td><iframe src=a></iframe></td></tr></table>",
    "<table><tr><td><input></td></tr></table>",
)


@pytest.mark.parametrize("html", LIVE)
def test_a_table_in_which_something_runs_is_refused(html):
    with pytest.raises(RenderError, match=f"^{WHERE}: .*ничего не исполняется"):
        settle(shows({"text/html": html}))


def test_words_of_a_table_about_scripts_pass():
    html = "<table><tr><td>&lt;script&gt; онлайн onclick=1, javascript: язык</td></tr></table>"
    assert settle(shows({"text/html": html}))[0]["data"]["text/html"] == html


def test_a_picture_that_is_cut_off_is_refused():
    with pytest.raises(RenderError, match=f"{WHERE}: картинка вида image/png повреждена"):
        settle(shows({"image/png": b64encode(b64decode(PNG)[:60]).decode()}))


def test_an_address_in_an_inline_value_or_typed_text_is_refused(book):
    for cell in (
        book.text_cell("`{python} x`", book.inline("x", f"<object at {ADDRESS}>")),
        book.text_cell(f"<object object at {ADDRESS}>"),
        book.code(f"#| echo: true\nx = 'object at {ADDRESS}'"),
    ):
        with pytest.raises(RenderError, match=r"глава\.ipynb, ячейка 1: .*адрес в памяти"):
            settled_chapter({"cells": [cell]}, "глава.ipynb")


def test_a_picture_that_happens_to_look_like_an_address_passes():
    data = "data:image/png;base64,AAAA0x7f45d152ea50AAAA"
    assert settle(shows({"text/markdown": f'![]({data}){{fig-alt="a"}}'}))


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("\x1b[31mКРАСНЫЙ\x1b[0m и \x1b[1;38;5;12mсиний\x1b[m", "КРАСНЫЙ и синий"),
        ("\x1b]8;;https://a.ru\x1b\\ссылка\x1b]8;;\x1b\\", "ссылка"),
        ("1/3\r2/3\r3/3\nвсё\r\n", "3/3\nвсё\n"),
        ("\x1b[2K\x1b[1Gготово", "готово"),
    ],
)
def test_colours_and_moves_of_a_terminal_are_stripped(printed, seen):
    assert settle(said(printed))[0]["text"] == seen
    assert settle(said(printed), asis=True)[0]["data"]["text/markdown"] == seen


def test_other_signs_of_control_are_refused():
    with pytest.raises(RenderError, match=f"{WHERE}: напечатанное содержит управляющий знак с кодом 8"):
        settle(said("a\x08b"))
    with pytest.raises(RenderError, match=f"{WHERE}: в выводе вида text/markdown есть управляющий знак с кодом 27"):
        settle(shows({"text/markdown": "\x1b[1mx"}))


@pytest.mark.parametrize(
    ("mime", "content"),
    [
        ("image/png", "AAAA"),
        ("image/png", "не картинка"),
        ("image/jpeg", PNG),
        ("image/svg+xml", "<svg"),
        ("image/svg+xml", "<html/>"),
    ],
)
def test_a_picture_that_is_none_is_refused(mime, content):
    with pytest.raises(RenderError, match=f"{WHERE}: картинка вида {re.escape(mime)} повреждена"):
        settle(shows({mime: content}))


def test_an_error_kept_in_the_notebook_and_warnings():
    with pytest.raises(RenderError, match=f"{WHERE}: в тетради сохранена ошибка ValueError: плохо"):
        settle({"output_type": "error", "ename": "ValueError", "evalue": "плохо", "traceback": []})
    assert settle(said("FutureWarning", "stderr")) == []


def test_what_is_printed_as_markdown_is_not_a_result():
    with pytest.raises(RenderError, match=r"output: asis.*print"):
        settle(result("'## Заголовок'"), asis=True)


def test_known_forms_reach_all_three_formats(stage, book, build):
    cells = [
        book.text_cell(HEAD),
        book.code("x", shows({"text/latex": r"$\displaystyle \frac{7}{9}$", "text/plain": "ТЕКСТ-ВМЕСТО"})),
        book.code(
            "#| fig-alt: Снимок\nx", shows({"image/jpeg": JPEG, "text/plain": "<IPython.core.display.Image object>"})
        ),
        book.code("x", said("\x1b[31mКРАСНЫЙ\x1b[0m")),
        book.code("x", result("0.125")),
    ]
    (stage / "chapters/introduction.ipynb").write_text(book.notebook(*cells), encoding="utf-8")
    done = build(stage, ("html", "pdf", "docx"))
    page = done.page("introduction")
    assert (
        "<mfrac><mn>7</mn><mn>9</mn></mfrac>" in page
        and ".jpg" in page
        and 'alt="Снимок"' in page
        and "КРАСНЫЙ" in page
        and "0.125" in page
    )
    assert "ТЕКСТ-ВМЕСТО" not in page and "IPython" not in page and "\x1b" not in page
