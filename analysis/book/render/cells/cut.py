"""Tables of which pandas shows the ends only: what it left out the reader would never miss."""

from __future__ import annotations

import re

from analysis.base.errors import RenderError

# What it writes below such a table or row, and how it ends the text of a cell that it cuts.
_CUT = re.compile(
    r"\d+ rows [×x] \d+ columns|^[ \t]+\.\.\.?[ \t]*\n(?:.*\n)*?.*(?P<length>(?:Length: |length=)\d+)", re.MULTILINE
)
# An array of numpy, a list of IPython: the middle or the end is three full stops.
_CUT_ARRAY = re.compile(r"\barray\([^()]*\.\.\.[,\s\]]|\[ *[-+\d][-+\d.e ]* \.\.\. +[-+\d][-+\d.e ]*\]")
_CUT_LIST = re.compile(r"\n\s*\.\.\.[\])}]\s*\Z")
_CUT_CELL = re.compile(r"<t[dh][^<>]*>([^<>]{40,})\.\.\.</t[dh]>")


def refuse_cut(text: str, where: str, html: bool = False) -> None:
    """Raise where a table that pandas wrote lacks rows, columns or the ends of texts.

    Parameters
    ----------
    text
        What is shown.
    where
        Chapter and cell, as messages begin.
    html
        Whether the table is one of HTML.

    Raises
    ------
    RenderError
        The table is cut.
    """
    if found := _CUT.search(text):
        raise RenderError(
            f"{where}: таблица показана не целиком, pandas выпустил середину («{found['length'] or found[0]}»)."
            ' Отберите нужное: df.head(10), df[["столбец"]] – или снимите ограничение строкой'
            ' pd.set_option("display.max_rows", None, "display.max_columns", None).'
        )
    if not html and (_CUT_ARRAY.search(text) or (text.lstrip()[:1] in ("[", "(", "{") and _CUT_LIST.search(text))):
        raise RenderError(
            f"{where}: массив или список показан не целиком («…»). Отберите нужное: x[:10] – или выведите таблицу:"
            " pandas.DataFrame(x)."
        )
    if html and (found := _CUT_CELL.search(text)):
        raise RenderError(
            f"{where}: текст ячейки таблицы обрезан («{found[1][:40]}…»). Добавьте строку"
            ' pd.set_option("display.max_colwidth", None).'
        )
