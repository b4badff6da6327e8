"""The built-in renderer stops at what it cannot show as meant, and names the place."""

from __future__ import annotations

import pytest

from analysis.base.errors import RenderError

BOX = "::: {{{}}}\nтекст\n:::"


def spoil(stage, book, *cells):
    (stage / "chapters/introduction.ipynb").write_text(book.notebook(*cells), encoding="utf-8")


HEAD = "# Введение {.unnumbered #sec-introduction}\n\n"
SPOILED_TEXT = {
    "unresolved figure": ("[-@fig-rat]", "fig-rat.*fig-rate"),
    "unresolved section": ("@sec-nowhere", "sec-nowhere"),
    "link to nothing": ("[туда](#nowhere)", "nowhere"),
    "link to a file that is no chapter": ("[туда](other.ipynb)", "other.ipynb"),
    "unknown source": ("[@nobody]", "nobody"),
    "taken label": ("## Ещё {#sec-conditions}", "sec-conditions"),
    "missing picture": ("::: {#fig-x}\n![](../figures/absent){fig-alt='a'}\n\nПодпись\n:::", "absent"),
    "picture without a description": ("![](../figures/rate)", "rate.*fig-alt"),
    "picture from the network": ("![](https://example.org/a.png){fig-alt='a'}", "example.org"),
    "figure without a caption": ("::: {#fig-x}\n![](../figures/rate){fig-alt='a'}\n:::", "fig-x"),
    "shortcode": ("{{< video a.mp4 >}}", "video"),
    "unknown value of the book": ("{{< meta my.key >}}", "title, subtitle, author"),
    "included file": ("{{< include _part.qmd >}}", "сам текст"),
    "end of a page": ("{{< pagebreak >}}", "вёрстка"),
    "proof": (BOX.format(".proof"), "proof.*Доказательство"),
    "name of a file of code": ("```{.python filename='run.py'}\nx\n```", "filename"),
    "annotated code": ("```python\nprint(1)  # <1>\n```\n1. Пояснение", "# <1>"),
    "capital of a label": ("@Fig-rate", "@fig-rate"),
    "address of memory": ("Число 0x7f45d152ea50 в тексте", "адрес в памяти"),
    "address in a description": ("![](../figures/rate){fig-alt='Axes at 0x7f45d152ea50'}", "адрес в памяти"),
    "address in a block": ("```\n<object at 0x7f45d152ea50>\n```", "адрес в памяти"),
    "tabset": (BOX.format(".panel-tabset"), "panel-tabset"),
    "column": (BOX.format(".column-margin"), "column-margin"),
    "layout": (BOX.format("layout-ncol=2"), "layout-ncol"),
    "theorem": (BOX.format("#thm-a"), "thm-a"),
    "unknown callout": (BOX.format(".callout-hint"), "callout-hint"),
    "diagram": ("```{mermaid}\na --> b\n```", "mermaid"),
    "code in text": ("```{python}\n1\n```", "python"),
    "inline value never computed": ("`{python} missing`", "missing"),
    "raw html": ("<iframe src='a'></iframe>", "iframe"),
    "raw latex": ("```{=latex}\n\\newpage\n```", "latex"),
    "raw inline html": ("слово <kbd>K</kbd>", "kbd"),
    "raw inline latex": ("слово `\\newpage`{=latex}", "latex"),
    "raw inline of an unknown language": ("слово `x`{=rtf}", "rtf"),
    "link to a script": ("[туда](javascript:alert(1))", "javascript:alert"),
    "link to a script in disguise": ("[туда](java&#115;cript&colon;alert(1))", "javascript:alert"),
    "link to a script behind a percent sign": ("[туда](javascript%3Aalert)", "javascript"),
    "bare link to a script": ("<javascript:alert(1)>", "javascript"),
    "link to data": ("[туда][1]\n\n[1]: data:text/html,x", "data:text"),
    "link to a host without a scheme": ("[туда](//evil.example/a)", "//evil.example"),
    "link to a file of the machine": ("[туда](file:///etc/passwd)", "file:///etc"),
    "link in a note": ("::: {.exhibit-note}\n[туда](vbscript:x)\n:::", "vbscript"),
    "link in a footnote": ("а[^1]\n\n[^1]: [туда](vbscript:x)", "vbscript"),
    "link in a table of HTML": (
        "```{=html}\n<table><tr><td><a href='javascript:x'>1</a></td></tr></table>\n```",
        "javascript:x",
    ),
    "ragged table": (
        "```{=html}\n<table><colgroup><col></colgroup><tr><td>1</td><td>2</td></tr></table>\n```",
        "colspan",
    ),
}


@pytest.mark.parametrize("fault", SPOILED_TEXT)
def test_text_is_refused_with_its_place(stage, book, build, fault):
    text, message = SPOILED_TEXT[fault]
    spoil(stage, book, book.text_cell(HEAD + text))
    with pytest.raises(RenderError, match=f"(?s){message}") as caught:
        build(stage)
    assert "introduction.ipynb" in str(caught.value)
    assert caught.value.exit_status == 1
    # What is advised can be done with this renderer.
    assert "Quarto" not in str(caught.value)


SPOILED_CELLS = {
    "unknown option": ("#| fig-capp: Подпись\nplot()", "fig-cap"),
    "ill-typed option": ("#| echo: maybe\nplot()", "echo"),
    "broken options": ("#| label: [\nplot()", "«#|»"),
}


@pytest.mark.parametrize("fault", SPOILED_CELLS)
def test_cell_options_are_refused_with_their_place(stage, book, build, fault):
    source, message = SPOILED_CELLS[fault]
    spoil(stage, book, book.text_cell(HEAD), book.code(source))
    with pytest.raises(RenderError, match=message) as caught:
        build(stage)
    assert "introduction.ipynb, ячейка 4" in str(caught.value)


def test_stored_error_is_refused(stage, book, build):
    error = {"output_type": "error", "ename": "ValueError", "evalue": "плохо", "traceback": []}
    spoil(stage, book, book.text_cell(HEAD), book.code("fail()", error))
    with pytest.raises(RenderError, match="ValueError: плохо"):
        build(stage)


def test_failed_inline_value_is_refused(stage, book, build):
    failed = {"expression": "x", "result": {"status": "error", "ename": "NameError", "evalue": "нет x"}}
    spoil(stage, book, book.text_cell(HEAD + "`{python} x`", failed))
    with pytest.raises(RenderError, match="нет x"):
        build(stage)


def test_picture_word_cannot_show_is_refused(stage, build):
    (stage / "figures/rate.png").unlink()
    build(stage, ("html", "pdf"))
    with pytest.raises(RenderError, match=r"rate.*png"):
        build(stage, ("docx",))


def test_list_of_sources_needs_a_place(stage, build):
    (stage / "chapters/references.qmd").write_text("# Список {.unnumbered #sec-references}\n", encoding="utf-8")
    with pytest.raises(RenderError, match="refs"):
        build(stage)


def test_code_shown_in_text_is_left_alone(stage, book, build):
    spoil(stage, book, book.text_cell(HEAD + "Пишите `{{python}} x`.\n\n```\n`{python} y`\n```"))
    page = build(stage).page("introduction")
    assert "<code>{python} x</code>" in page and "`{python} y`" in page


def test_a_shortcode_in_three_braces_is_shown_in_two(stage, book, build):
    text = "{{{< meta title >}}} и `{{{< meta nokey >}}}`\n\n```\n{{{< include a.qmd >}}}\n```\n\n{{< meta title >}}"
    spoil(stage, book, book.text_cell(HEAD + text))
    page = build(stage).page("introduction")
    assert "<p>{{&lt; meta title &gt;}} и <code>{{&lt; meta nokey &gt;}}</code></p>" in page
    assert (
        "{{&lt; include a.qmd &gt;}}" in page
        and "<p>Занятость выпускников: пробная книга</p>" in page
        and "{{{" not in page
    )


def test_a_hexadecimal_number_in_code_is_no_address(stage, book, build):
    spoil(stage, book, book.text_cell(HEAD + "```python\nmask = 0xFFFFFFFF\n```"))
    assert "0xFFFFFFFF" in build(stage).page("introduction")
