"""What is done to Quarto's pages besides numbering."""

from __future__ import annotations

import pytest
from lxml import html

from analysis.base.errors import RenderError
from analysis.book.render.quarto.pages import finish

HEAD = (
    '<script src="site_libs/quarto-html/quarto.js" type="module"></script>'
    '<script src="site_libs/quarto-html/tabsets/tabsets.js" type="module"></script>'
)


def laid(folder, body: str, head: str = HEAD):
    libs = folder / "site_libs" / "quarto-html"
    (libs / "tabsets").mkdir(parents=True)
    (libs / "quarto.js").write_text(
        'import * as tabsets from "./tabsets/tabsets.js";\ntabsets.init();\n', encoding="utf-8"
    )
    (libs / "tabsets" / "tabsets.js").write_text("export function init() {}\n", encoding="utf-8")
    (folder / "index.html").write_text(
        '<!DOCTYPE html><html lang="ru"><head><meta'
        f' charset="utf-8">{head}</head><body><main>{body}</main></body></html>',
        encoding="utf-8",
    )
    return folder


def test_scripts_run_from_disk(tmp_path):
    finish(laid(tmp_path, '<p>Текст</p><a href="./">К началу</a>'), ["index.html"], "fonts")
    page = html.fromstring((tmp_path / "index.html").read_bytes())
    assert page.xpath("//script/@src") == ["site_libs/quarto-html/quarto.js"]
    assert not page.xpath("//script[@type='module']")
    assert "import " not in (tmp_path / "site_libs/quarto-html/quarto.js").read_text(encoding="utf-8")
    assert "fonts/fonts.css" in page.xpath("//link/@href")
    assert page.xpath("//a/@href") == ["index.html"]
    assert "Текст" in page.text_content()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<p><span class="quarto-unresolved-ref">?fig-x</span></p>', "fig-x"),
        ("<p>на рисунке <strong>?@fig-y</strong></p>", "fig-y"),
        ('<img src="figures/none.svg">', "figures/none.svg"),
        ('<img src="https://example.org/a.png">', "из сети"),
        ('<script src="//cdn.example.org/a.js"></script>', "из сети"),
    ],
)
def test_page_that_would_mislead_is_refused(tmp_path, body, said):
    with pytest.raises(RenderError, match=said):
        finish(laid(tmp_path, body), ["index.html"], "fonts")


def test_a_text_like_the_mark_of_a_lost_reference_is_a_text(tmp_path):
    finish(laid(tmp_path, "<p>вопрос?@tbl-5 и ?@ivan</p>"), ["index.html"], "fonts")


def test_link_to_another_site_is_no_loading(tmp_path):
    finish(laid(tmp_path, '<a href="https://example.org/">Росстат</a>'), ["index.html"], "fonts")
