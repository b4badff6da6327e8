"""HTML pasted into texts: what becomes a table of the book, and what is refused with its place."""

from __future__ import annotations

import re

import pytest

from analysis.base.errors import RenderError
from analysis.book.authored import Passage, faults, settle
from analysis.book.render.common.nodes import find, plain_text
from analysis.book.render.common.pandoc import read
from analysis.book.render.common.tables import parsed, rows
from analysis.book.typed import typed_numbers
from analysis.cli.lint import lint_chapters

NOTE = "\n\n::: {.exhibit-note}\nИсточник: составлено авторами.\n:::\n"
BELOW = "\n\n: Меры {#tbl-x}" + NOTE


@pytest.fixture
def passage(tiny):
    return lambda source, **options: Passage("chapters/20-plan.ipynb", 5, source, tiny / "chapters", **options)


@pytest.fixture
def table(passage):
    """Settle a table; return its rows as pandoc reads them, cells as text."""

    def settled(code: str, **options) -> list[list[str]]:
        text = settle(passage(code + BELOW, **options)).markdown
        raw = next(find(read(text)["blocks"], "RawBlock"))
        (native,) = find(parsed(raw, "глава"), "Table")
        return [[plain_text(cell[4]) for cell in cells] for _, cells in rows(native)]

    return settled


def body(*cells: str) -> str:
    return "<table><tr><td>Мера</td></tr>" + "".join(f"<tr><td>{cell}</td></tr>" for cell in cells) + "</table>"


def html_of(passage, code: str, **options) -> str:
    return settle(passage(code + BELOW, **options)).markdown


AROUND = {
    "bare": "{}",
    "a fragment of Windows": "<html>\n<body>\n<!--StartFragment-->\n\n{}\n\n<!--EndFragment-->\n</body>\n</html>",
    "Excel": "<meta charset='utf-8'><style>\ntd\n\t{{mso-x:5;}}\n.xl65\n\t{{color:red;}}\n</style>\n{}",
    "pandas": "<div>\n<style scoped>\n  .dataframe {{ }}\n</style>\n{}\n</div>",
    "Word": (
        "<?xml version='1.0' encoding='utf-8'?><!--[if gte mso 9]><xml><o:x/></xml><![endif]--><div"
        " align=center>\n{}\n</div>"
    ),
    "Google": '<b style="font-weight:normal;" id="docs-internal-guid-5">{}</b>',
    "a fragment": "<!--StartFragment-->{}\n<!--EndFragment-->",
    "centred": "<center>{}</center>",
    "Google Sheets": (
        '<google-sheets-html-origin><style type="text/css"><!--td {{border: 1px'
        " solid;}}--></style>{}</google-sheets-html-origin>"
    ),
}


@pytest.mark.parametrize("kind", AROUND)
def test_what_programs_put_around_a_table_is_dropped(passage, kind):
    text = settle(passage("До.\n\n" + AROUND[kind].format(body("Опрос")) + BELOW + "\nПосле.")).markdown
    before, rest = text.split("::: {#tbl-x}")
    after = rest.split("```")[2]
    before = re.sub("<!--.*?-->", "", before)  # shown nowhere
    assert before.strip() == "До." and "<" not in after and after.strip().endswith("После.")


def test_first_row_is_the_head_with_all_that_its_merged_cells_reach(passage):
    text = html_of(
        passage,
        "<table><tr><td rowspan=2>а</td><td"
        " colspan='2'>б</td></tr><tr><td>в</td><td>г</td></tr><tr><td>д</td><td>е</td><td>ё</td></tr></table>",
    )
    assert (
        '<thead>\n<tr><th rowspan="2">а</th><th'
        ' colspan="2">б</th></tr>\n<tr><th>в</th><th>г</th></tr>\n</thead>\n<tbody>\n<tr><td>д</td>' in text
    )


@pytest.mark.parametrize("head", ["<thead><tr><th>а<tr><th>б</thead>", "<tr><th>а</th></tr><tr><th>б</th></tr>"])
def test_marked_head_of_several_rows_is_kept(passage, head):
    assert "<tr><th>а</th></tr>\n<tr><th>б</th></tr>\n</thead>" in html_of(
        passage, f"<table>{head}<tr><td>в</td></tr></table>"
    )


CELLS = {
    "<b>а</b> <i>б</i>": "<strong>а</strong> <em>б</em>",
    "<STRONG>а</STRONG><EM>б</EM>": "<strong>а</strong><em>б</em>",
    "м<sup>к</sup><sub>о</sub>": "м<sup>к</sup><sub>о</sub>",
    "а<br>б<br/>\n в": "а<br>б<br>в",
    "<p class=MsoNormal>а<o:p></o:p></p>\n<p>б</p>": "а<br>б",
    "<div>а</div><div><br></div><div>б</div>": "а<br>б",
    '<span style="font-weight:700">а</span>': "<strong>а</strong>",
    '<span style="font-style: italic">а</span>': "<em>а</em>",
    '<span style="vertical-align:super">а</span>': "<sup>а</sup>",
    '<font color="red" class="font5">а</font>': "а",
    "а&nbsp;б": "а\u00a0б",
    "а &lt;script&gt; б &amp; в": "а &lt;script&gt; б &amp; в",
    "а*б_в$г#д": "а*б_в$г#д",
    "имя@почта": "имя&#64;почта",
    "`код`": "&#96;код&#96;",
    '<a href="https://example.org/?a=1&b">а</a>': '<a href="https://example.org/?a=1&amp;b">а</a>',
    '<a href="#_ftn" name=_x>а</a>': "а",
    '<a href="file:///C:/x">а</a>': "а",
    "<ul><li>а</li>\n<li>б</li></ul>": "<ul><li>а</li> <li>б</li></ul>",
    "<st1:place>а</st1:place>": "а",
    "<span style='display:none'>тайна</span>а": "а",
    "<span style='mso-spacerun:yes'>   </span>а": "а",
    "<s>а</s>": "<del>а</del>",
    "<!--[if !supportLists]-->а<!--[endif]-->": "а",
    "&nbsp;": "",
    "🙂 а": "🙂 а",
    '[5,5]{q="a1"}': '&#91;5,5&#93;&#123;q="a1"&#125;',
    "а\ue0ffб\ue000": "а\ufffdб\ufffd",
    '<a href="https://a.b\\c">а</a>': "а",
}


@pytest.mark.parametrize("cell", CELLS)
def test_marks_in_cells_keep_their_meaning(passage, cell):
    assert f"<tr><td>{CELLS[cell]}</td></tr>" in html_of(passage, body(cell, "x"))


def test_signs_of_markup_are_text_for_both_readers(table):
    assert table(body("а*б*в $x$ ~г~ @sec {{&lt; meta x >}} ```", "б"))[1] == ["а*б*в $x$ ~г~ @sec {{< meta x >}} ```"]


def test_hidden_rows_stay_hidden_and_cells_without_ends_are_read(table):
    assert table("<table><tr><td>а<td>б<tr style='display:none'><td>x<td>y<tr><td>в<td>г</table>") == [
        ["а", "б"],
        ["в", "г"],
    ]


def test_numbers_that_are_computed_stand_in_cells_with_their_cards(passage):
    text = html_of(
        passage, body('`{python} v("a") if 1 < 2 else x`'), values={'v("a") if 1 < 2 else x': '[5,5\u00a0%]{q="a1"}'}
    )
    assert '<td class="num"><span data-q="a1">5,5\u00a0%</span></td>' in text and "{python}" not in text


def test_div_names_a_table_too(passage):
    text = settle(passage(f"::: {{#tbl-x}}\n\n{body('а')}\n\nМеры *содействия*\n\n:::" + NOTE)).markdown
    assert text.count("#tbl-x") == 1 and "\n```\n\nМеры *содействия*\n\n:::\n\n" in text


TOLD = {
    "everything": (
        body("а"),
        (
            "у таблицы HTML нет метки, подписи и источника. Напишите под таблицей через пустую строку: «: Подпись"
            " таблицы {#tbl-имя}»; под ней три строки"
        ),
    ),
    "label": (
        body("а") + "\n\n: Меры" + NOTE,
        "нет метки. Напишите под таблицей через пустую строку: «: Меры {#tbl-имя}»",
    ),
    "caption": (
        body("а") + "\n\n: {#tbl-x}" + NOTE,
        "нет подписи. Напишите под таблицей через пустую строку: «: Подпись таблицы {#tbl-x}»",
    ),
    "source": (body("а") + "\n\n: Меры {#tbl-x}", "нет источника. Напишите под ней три строки"),
    "label of a figure": (
        body("а") + "\n\n: Меры {#fig-x}" + NOTE,
        "метка таблицы HTML – «fig-x», а начинается она с tbl-",
    ),
    "caption inside": (
        "<table><caption>Меры</caption><tr><td>а</td></tr></table>" + BELOW,
        "несет подпись внутри себя",
    ),
    "two in a block": (f"::: {{#tbl-x}}\n{body('а')}\n\n{body('б')}\n\nМеры\n:::" + NOTE, "в «tbl-x» две таблицы"),
    "open block": (f"::: {{#tbl-x}}\n{body('а')}\n\nМеры", "не закрыт в этой ячейке"),
    "no end": ("<table><tr><td>а</td></tr>\n\nДальше", "таблица HTML не закончена: нет </table>"),
    "no beginning": ("а</table>", "есть конец таблицы HTML, а начала нет"),
    "within": (body(body("а")) + BELOW, "таблица HTML вложена в другую"),
    "empty": ("<table><tr><td>&nbsp;</td></tr></table>" + BELOW, "таблица HTML пуста"),
    "uneven": (
        "<table><tr><td>а</td><td>б</td></tr><tr><td>в</td></tr></table>" + BELOW,
        "неровная: в строке 2 столбцов 1, а в первой 2",
    ),
    "too long a cell": (
        "<table><tr><td>а</td><td>б</td></tr><tr><td colspan=3>в</td></tr></table>" + BELOW,
        "неровная: в строке 2 столбцов 3",
    ),
    "too wide": (f"<table><tr>{'<td>а</td>' * 40}</tr></table>" + BELOW, "в 40 столбцов не поместится"),
    "huge span": ("<table><tr><td colspan=9999>а</td></tr></table>" + BELOW, "столбцов не поместится"),
    "script": (body("<script>x</script>а") + BELOW, "есть <script>: в книгу это не попадает"),
    "script between rows": ("<table><tr><td>а</td></tr><script>x</script></table>" + BELOW, "есть <script>"),
    "hidden script": (body("<span style='display:none'><script>x</script></span>а") + BELOW, "есть <script>"),
    "frame": (body("<iframe src=x></iframe>") + BELOW, "есть <iframe>"),
    "picture": (body("<img src=x onerror=alert(1)>") + BELOW, "есть обработчик «onerror»"),
    "picture alone": (
        body("<img src=x>") + BELOW,
        "есть <img>: в книгу это не попадает. Сохраните рисунок в chapters/img",
    ),
    "picture of its own": (
        body('<img src="data:image/png;base64,AAAA">') + BELOW,
        "есть <img>: в книгу это не попадает. Сохраните рисунок в chapters/img",
    ),
    "handler of a cell": ("<table><tr><td ONCLICK=x>а</td></tr></table>" + BELOW, "есть обработчик «onclick»"),
    "handler of the table": ("<table onload=x><tr><td>а</td></tr></table>" + BELOW, "есть обработчик «onload»"),
    "live link": (body('<a href=" javascript:x">а</a>') + BELOW, "есть ссылка, которая исполняется"),
    "drawing": (body("<svg><path/></svg>") + BELOW, "есть <svg>"),
    "form": (body("<input value=a>") + BELOW, "есть <input>"),
    "citation": (body("по [@rep]") + BELOW, "ссылка «[@rep]» не сработает"),
    "reference": (body("см. @tbl-y") + BELOW, "ссылка «@tbl-y» не сработает"),
    "expression in a tag": (
        '<table><tr><td title="`{python} x`">а</td></tr></table>' + BELOW,
        "выражение стоит не в тексте ячейки",
    ),
    "b": ("слово <b>жирно</b>", "HTML <b> внутри текста не попадет в PDF и Word. Напишите: **жирный**."),
    "sup": ("м<sup>к</sup>", "Напишите: м^2^"),
    "p": ("<p>а</p>", "абзацы разделяет пустая строка"),
    "span": ('<span style="x">а</span>', "Уберите его, оставив текст"),
    "div": ("<div>\nа\n</div>", "<div> внутри текста"),
    "only an end": ("а</span>", "HTML <span>"),
    "live": ("<iframe src='x'></iframe>", "ничего не исполняется"),
    "link": ('<a href="https://example.org">а</a>', "[текст](адрес)"),
    "upper case": ("<B>а</B>", "HTML <b>"),
    "words": ("<o:p></o:p>", "HTML <o:p>"),
}


@pytest.mark.parametrize("kind", TOLD)
def test_what_is_no_table_of_the_book_is_told_with_its_place(passage, kind):
    source, message = TOLD[kind]
    found = faults(passage("Первая.\n\n" + source))
    assert message in str(found[0]) and str(found[0]).startswith("chapters/20-plan.ipynb, ячейка 5, строка 3: ")
    assert "только таблицы" not in str(found[0])
    with pytest.raises(RenderError, match="ячейка 5, строка 3"):
        settle(passage("Первая.\n\n" + source))


@pytest.mark.parametrize(
    "text",
    [
        "а < б и в > г",
        "<https://example.org>",
        "<a@example.org>",
        "а<br>б",
        "<!-- <b> -->",
        "<!-- <table> -->",
        "- а\n\n<!-- -->\n\n- б",
        "$a<b$ и $c>d$",
        "```\n<table>\n```",
        "`<table>`",
        "<Имя>",
        "а&nbsp;б",
        "| а |\n|---|\n| б |\n\n: Меры {#tbl-x}",
    ],
)
def test_ordinary_text_is_left_alone(passage, text):
    assert settle(passage(text)).markdown == text


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "<table width=12 style='x:5pt'><tr><td colspan=2>5,5&nbsp;%</td><td>&#160;слово&#8211;</td></tr></table>",
            ["5,5 %"],
        ),
        ("<style>\n.xl65 {width:5pt}\n</style><table><tr><td>-7</td><td>ТОП-50</td></tr></table>", ["7"]),
        ("![Снимок 2024-05-01 в 12.30.png](attachment:image (1) 2.png)", []),
        ("![Рост на 5](img/a%202.png)", ["5"]),
        ("а < 5 и б > 6", ["5", "6"]),
    ],
)
def test_numbers_of_tables_are_typed_numbers_and_names_of_files_are_not(text, numbers):
    assert [number for _, number in typed_numbers(text)] == numbers


def test_check_sends_numbers_of_a_pasted_table_to_the_data(tiny, write_chapter):
    write_chapter("one", "# Первая {#sec-one}", body("71,5") + BELOW)
    (found,) = lint_chapters(["tiny"])
    assert (
        (found.value, found.rule) == ("71,5", "typed") and "data/" in found.remedy and "таблице HTML" in found.problem
    )
