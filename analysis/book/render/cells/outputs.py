"""Outputs of code cells: a closed list of forms, the best known one is taken, everything else is refused by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from analysis.base.errors import RenderError
from analysis.base.inline import joined
from analysis.base.marks import FROM_DATA
from analysis.book.render.cells.addresses import refuse_addresses
from analysis.book.render.cells.cut import refuse_cut
from analysis.book.render.cells.formulas import formula
from analysis.book.render.cells.pictures import PICTURES, require_picture
from analysis.book.render.cells.prose import refuse_lost_text
from analysis.book.render.common.tables import parsed

MARKDOWN, HTML, LATEX, PLAIN = "text/markdown", "text/html", "text/latex", "text/plain"
# Colours and moves of a terminal.
_TERMINAL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_=>]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f]")
# `<Axes: xlabel='x'>`, `<BarContainer object of 10 artists>`: the name of an object, not what it says.
_OBJECT = re.compile(
    r"<[\w.]+ object\b[^<>]*>|<(?:class|module|function|bound method|built-in|generator|a list"
    r" of)\b[^<>]*(?:<[^<>]*>[^<>]*)*>|<(?:Axes|Figure)\b[^<>]*>"
    r"|<(?:matplotlib|seaborn|IPython|pandas)\.|<[A-Z][\w.]*: [^<>]*>"
)
# The same within other words, where nothing else can be meant.
_NAMED = re.compile(
    r"<(?:module '|function [\w.<]|bound method |built-in (?:function|method) |generator object"
    r" )[^<>]*(?:<[^<>]*>[^<>]*)*>?"
)
_WHOLE = re.compile(r"<(?!NA>).*>|Text\([-\d].*|Figure\(\d+x\d+\)", re.DOTALL)
# What a drawing function returns beside its picture: `(0.0, 1.0)`, `[<…Line2D …>]`.
_WRAPPED = re.compile(r"[(\[<].*[)\]>]|Text\([-\d].*")
# The same over several lines: the limits or the ticks of axes.
_LIMITS = re.compile(r"\((?:np\.float64\(|array\(.*\bText\()", re.DOTALL)
# Of HTML what runs or loads, in a tag and not in words.
_LIVE = re.compile(
    r"<\s*/?(?:script|iframe|object|embed|form|input|button|svg|video|audio|link|base|meta)\b[^>]*|<[^<>]*\son\w+\s*=[^>]*|<[^<>]*=\s*[\"']?\s*(?:javascript|vbscript|data):[^>]*",
    re.IGNORECASE,
)
_REMEDIES = {
    "application/vnd.plotly.v1+json": (
        'нарисуйте то же в matplotlib или сохраните как картинку: Image(fig.to_image("png"))'
    ),
    "application/vnd.jupyter.widget-view+json": "в докладе нажимать нечего: выведите само значение",
    "application/json": "выведите таблицу (pandas.DataFrame) или текст: print(…)",
    "application/javascript": "нарисуйте то же в matplotlib",
    "application/geo+json": "нарисуйте карту в matplotlib: GeoDataFrame.plot()",
    "application/pdf": 'добавьте вид png: %config InlineBackend.figure_formats = ["svg", "png"]',
    "image/gif": "сохраните один кадр в PNG",
    HTML: 'из HTML в них идут только таблицы, поэтому выведите pandas.DataFrame, рисунок matplotlib или Markdown("…")',
    LATEX: 'в доклад идут только формулы: Math(r"…") или $…$ в ячейке Markdown; таблицу выведите как pandas.DataFrame',
}
_REMEDY = "выведите таблицу (pandas.DataFrame), рисунок matplotlib или текст: print(…)"


def settled(outputs: Sequence[Mapping[str, Any]], where: str, asis: bool) -> list[dict[str, Any]]:
    """Return the outputs of a cell as a reader sees them, each in its one form (several of a picture).

    Parameters
    ----------
    outputs
        Outputs of the cell as its notebook holds them.
    where
        Chapter and cell, as messages begin.
    asis
        Whether what is printed is Markdown (`output: asis`).

    Returns
    -------
    list
        Outputs as notebooks hold them; those for nobody left out.

    Raises
    ------
    RenderError
        An output has no form that all formats can show, or shows an address instead of a value.
    """
    beside_picture = any(PICTURES.keys() & output.get("data", {}).keys() for output in outputs)
    done = [(_settled(output, where, asis, beside_picture), output) for output in outputs]
    return [
        {**shown, "metadata": {FROM_DATA: True}} if given.get("metadata", {}).get(FROM_DATA) else shown
        for shown, given in done
        if shown is not None
    ]


def _settled(output: Mapping[str, Any], where: str, asis: bool, beside_picture: bool) -> dict[str, Any] | None:
    kind = output["output_type"]
    if kind == "error":
        cause = " ".join(f"{output.get('ename')}: {output.get('evalue')}".split())
        raise RenderError(
            f"{where}: в тетради сохранена ошибка {cause}. Исправьте код ячейки и соберите доклад заново."
        )
    if kind == "stream":
        if output.get("name") != "stdout":
            return None  # warnings name files of the builder; the log has them
        text = _printed(joined(output["text"]), where, "напечатанное")
        refuse_names(text, where, "напечатанное")
        refuse_cut(text, where)
        if asis:
            refuse_lost_text(text, where)
        shown = (
            {"output_type": "display_data", "metadata": {}, "data": {MARKDOWN: text}}
            if asis
            else {"output_type": "stream", "name": "stdout", "text": text}
        )
        return shown if text.strip() else None
    if kind not in ("display_data", "execute_result"):
        raise RenderError(f"{where}: вывод вида «{kind}» не поддерживается. Выполните главу заново: report build.")
    data = _form(output.get("data", {}), where)
    if PLAIN in data:
        text = joined(data[PLAIN])
        if kind == "execute_result" and beside_picture and _echo(text):
            return None
        data = {PLAIN: _result(text, where, asis)}
    return {"output_type": "display_data", "metadata": {}, "data": data} if data else None


def _form(data: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return the best form of a bundle that all formats can show; a richer form than text is never dropped for text."""
    known = (MARKDOWN, HTML, *PICTURES, LATEX, PLAIN)
    if broken := next((mime for mime in known if mime in data and not isinstance(data[mime], str | list)), None):
        raise RenderError(f"{where}: вывод вида {broken} записан не текстом. Выполните главу заново: report build.")
    data = {mime: content for mime, content in data.items() if content or mime not in (HTML, LATEX, *PICTURES)}
    refusals = []
    for mimes, taken in (([MARKDOWN], _markdown), ([HTML], _table), (PICTURES, _pictures), ([LATEX], _formula)):
        if forms := {mime: joined(data[mime]) for mime in mimes if mime in data}:
            try:
                return taken(forms, where)
            except RenderError as error:
                refusals.append(error)
    unknown = [mime for mime in data if mime not in known]
    if mime := next((mime for mime in unknown if mime in _REMEDIES), None if refusals else next(iter(unknown), None)):
        raise _unshown(mime, where)
    if refusals:
        raise refusals[0]
    return {PLAIN: data[PLAIN]} if PLAIN in data else {}


def _unshown(mime: str, where: str) -> RenderError:
    return RenderError(
        f"{where}: вывод вида {mime} не показать ни в PDF, ни в Word. Замените его: {_REMEDIES.get(mime, _REMEDY)}."
    )


def _markdown(forms: Mapping[str, str], where: str) -> dict[str, str]:
    text = _marked(forms[MARKDOWN], where, MARKDOWN)
    refuse_lost_text(text, where)
    return {MARKDOWN: text}


def _table(forms: Mapping[str, str], where: str) -> dict[str, str]:
    """Return HTML that is nothing but tables, or that says itself that print leaves it out."""
    html = _marked(forms[HTML], where, HTML)
    if (
        not re.search(r"<table\b|data-only=", html, re.IGNORECASE)
        and re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL).strip()
    ):
        raise _unshown(HTML, where)
    if re.search(r"<style\b(?![^>]*\bscoped\b)", html, re.IGNORECASE):
        raise RenderError(
            f"{where}: цвета таблицы (Styler) не попадут ни в PDF, ни в Word. Выведите саму таблицу без «.style», числа"
            " округлите: df.round(1)."
        )
    if re.search(r"<caption\b", html, re.IGNORECASE):
        raise RenderError(
            f"{where}: подпись внутри таблицы вида {HTML} не получит номера. Дайте её строками «#| label: tbl-имя» и"
            " «#| tbl-cap: Подпись»; из сводки statsmodels выведите одну таблицу: model.summary().tables[1]."
        )
    refuse_cut(html, where, html=True)
    if live := _LIVE.search(html):
        raise RenderError(
            f"{where}: в таблице вида {HTML} есть «{' '.join(live[0].split())[:40]}», в докладе ничего не исполняется."
            " Уберите это или выведите pandas.DataFrame."
        )
    parsed({"t": "RawBlock", "c": ["html", html]}, f"{where}, вывод вида {HTML}")
    return {HTML: html}


def _pictures(forms: Mapping[str, str], where: str) -> dict[str, str]:
    for mime, content in forms.items():
        require_picture(mime, content, where)
    return dict(forms)


def _formula(forms: Mapping[str, str], where: str) -> dict[str, str]:
    if (maths := formula(forms[LATEX], where)) is None:
        raise _unshown(LATEX, where)
    return {MARKDOWN: maths}


def _marked(text: str, where: str, mime: str) -> str:
    if found := _CONTROL.search(text):
        raise RenderError(
            f"{where}: в выводе вида {mime} есть управляющий знак с кодом {ord(found[0])}. Уберите его из текста."
        )
    refuse_addresses(text, where, f"вывод вида {mime}")
    refuse_names(unescape(re.sub(r"<[^<>]*>", " ", text)) if mime == HTML else text, where, f"вывод вида {mime}")
    return text


def _printed(text: str, where: str, what: str) -> str:
    """Return what a terminal would show in the end: no colours, of a line drawn anew the last state."""
    text = _TERMINAL.sub("", text).replace("\r\n", "\n")
    lines = [
        next((part for part in reversed(line.split("\r")) if part.strip()), "") if "\r" in line else line
        for line in text.split("\n")
    ]
    text = "\n".join(lines)
    if found := _CONTROL.search(text):
        raise RenderError(f"{where}: {what} содержит управляющий знак с кодом {ord(found[0])}. Уберите его из текста.")
    refuse_addresses(text, where, what)
    return text


def refuse_names(text: str, where: str, what: str) -> None:
    """Stop where a module or a function stands by its name for a machine.

    Parameters
    ----------
    text
        What is shown.
    where
        Chapter, and cell if there is one, as messages begin.
    what
        What shows it, as messages call it.

    Raises
    ------
    RenderError
        The text shows such a name.
    """
    if found := _NAMED.search(text):
        raise RenderError(
            f"{where}: {what} показывает служебное имя объекта «{' '.join(found[0].split())[:80]}», читателю оно ничего"
            " не скажет. Выведите само значение (возможно, после имени забыты скобки «()»)."
        )


def _echo(text: str) -> bool:
    """Whether a result is what a drawing function returned and nobody meant to show."""
    text = text.strip()
    if "\n" in text:
        return bool(_OBJECT.search(text) or _LIMITS.match(text))
    return bool(_OBJECT.search(text) or _WRAPPED.fullmatch(text))


def _result(text: str, where: str, asis: bool) -> str:
    text = _printed(text, where, "результат ячейки")
    refuse_cut(text, where)
    quoted = text.strip()[:1] in ("'", '"')
    if not quoted and (_WHOLE.fullmatch(text.strip()) or _OBJECT.search(text)):
        raise RenderError(
            f"{where}: результат ячейки – служебное имя объекта «{' '.join(text.split())[:80]}», читателю оно ничего не"
            " скажет. Поставьте в конце последней строки точку с запятой или закончите ячейку вызовом plt.show()."
        )
    if asis and text.strip():
        raise RenderError(
            f"{where}: при «output: asis» показывается напечатанное, а последняя строка ячейки даёт результат"
            f" «{' '.join(text.split())[:60]}». Напечатайте его: print(…)."
        )
    return text
