"""The `#|` options and the tags of cells: each is honoured, or refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from analysis.base import strict_yaml
from analysis.base.errors import RenderError, did_you_mean
from analysis.book.settings import is_one_of


@dataclass(frozen=True)
class Options:
    """What a code cell asks of the renderer; `echo` is None where the book decides."""

    label: str = ""
    fig_cap: str = ""
    fig_alt: str = ""
    tbl_cap: str = ""
    echo: bool | None = None
    include: bool = True
    output: bool | str = True
    warning: bool = False
    error: bool = False
    eval: bool = True

    @property
    def caption(self) -> str:
        """The caption of the exhibit, empty where there is none."""
        return self.fig_cap or self.tbl_cap


TEXTS = ("label", "fig-cap", "fig-alt", "tbl-cap")
# What is honoured; a value outside stands in the list to be told why.
VALUES: dict[str, tuple[Any, ...]] = {
    "echo": (True, False),
    "include": (True, False),
    "output": (True, False, "asis"),
    "warning": (False,),
    "error": (False,),
    "eval": (True,),
}
# What to do instead of options people are likely to know from Quarto.
INSTEAD = {
    "warning": "предупреждения называют временные файлы и в доклад не идут; нужное напечатайте через print",
    "error": "ошибка в ячейке останавливает сборку; исправьте код",
    "eval": "все ячейки выполняются; код, который выполнять не надо, перенесите в ячейку Markdown между строками ```",
    "results": "вид напечатанного задаёт output: asis",
    "message": "сообщения в доклад не идут",
    "tags": "теги ставят в JupyterLab: Property Inspector → Cell Tags",
    "fig-width": "размер задаёт код: plt.figure(figsize=(6.5, 3))",
    "fig-height": "размер задаёт код: plt.figure(figsize=(6.5, 3))",
    "fig-dpi": "плотность задаёт код: plt.figure(dpi=150)",
    "out-width": "размер задаёт код: plt.figure(figsize=(6.5, 3))",
    "fig-subcap": "разделите ячейку: у каждого рисунка свои label и fig-cap",
    "tbl-subcap": "разделите ячейку: у каждой таблицы свои label и tbl-cap",
    "layout-ncol": "соберите рисунок из частей кодом: plt.subplots(1, 2)",
    "layout": "соберите рисунок из частей кодом: plt.subplots(1, 2)",
    "code-fold": "код либо показан (echo: true), либо нет: в печати его не свернуть",
    "code-summary": "код в печати не свернуть",
    "column": (
        "широкую таблицу поставьте на альбомную страницу: ячейка Markdown «::: {.landscape}» перед ней и «:::» после"
    ),
    "lst-label": "покажите код блоком ``` в ячейке Markdown",
    "lst-cap": "покажите код блоком ``` в ячейке Markdown",
    "tbl-colwidths": "ширины столбцов встроенный вывод рассчитывает сам",
    "classes": "оформление задаёт книга",
}
_OPTION = re.compile(r"#\|")
_ASTRAY = re.compile(r"^[ \t]*#[ \t]*\|[ \t]*[\w-]+[ \t]*:")
_LABEL = re.compile(r"[A-Za-zА-Яа-яЁё][\w.-]*")
_REFERRED = re.compile(r"(fig|tbl)-.+")
# Kinds of labels that Quarto numbers and this book does not.
_OTHER = re.compile(r"(lst|eq|sec|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau|vid)-")

# Quarto's tags and those of Jupyter Book that mean the same on paper.
TAGS: dict[str, dict[str, Any]] = {
    "parameters": {},
    "injected-parameters": {"include": False},
    "remove-cell": {"include": False},
    "hide-cell": {"include": False},
    "remove-input": {"echo": False},
    "hide-code": {"echo": False},
    "show-code": {"echo": True},
    "remove-output": {"output": False},
    "hide-output": {"output": False},
    "show-output": {"output": True},
    "hide-warnings": {},
}
# Tags that say how to test a notebook, nothing of what is shown.
_OF_TESTS = "nbval-"


def cell_options(source: str, where: str, tags: Iterable[str] = ()) -> tuple[Options, str]:
    """Split a cell into its options and its code.

    Parameters
    ----------
    source
        Text of a code cell.
    where
        Chapter, and cell if there is one, as messages begin.
    tags
        Tags of the cell.

    Returns
    -------
    Options, str
        What it asks for, and its code.

    Raises
    ------
    RenderError
        An option or a tag is unknown, ill-typed, given twice or in the wrong place, or says nothing beside the others.
    """
    lines = source.splitlines()
    head = next((number for number, line in enumerate(lines) if not _OPTION.match(line)), len(lines))
    if astray := next((number for number, line in enumerate(lines[head:], start=head + 1) if _ASTRAY.match(line)), 0):
        typed = lines[astray - 1].strip()
        raise RenderError.at(
            where,
            f"параметр «{typed}» не исполнится: такие строки начинаются с «#|» и стоят первыми в ячейке",
            "Перенесите её в начало ячейки.",
            line=astray,
            about=typed,
        )
    given = strict_yaml.load(
        "\n".join(line[2:].removeprefix(" ") for line in lines[:head]), f"{where}, параметры «#|»", error=RenderError
    )
    if given is not None and not isinstance(given, dict):
        raise RenderError.at(
            where,
            f"параметры «#|» пишут в виде «#| имя: значение», а здесь «{str(given)[:60]}»",
            "Исправьте строку.",
            about="#|",
        )
    options = Options(**{key.replace("-", "_"): _checked(key, value, where) for key, value in (given or {}).items()})
    options = tagged(options, set(given or ()), tags, where)
    _require_sense(options, set(given or ()), where)
    return options, "\n".join(lines[head:])


def tagged(options: Options, given: set[str], tags: Iterable[str], where: str) -> Options:
    """Return the options with what the tags of the cell ask for; an option of the cell wins over a tag.

    Parameters
    ----------
    options
        What the cell asks for.
    given
        Names of the options that it gives itself.
    tags
        Tags of the cell.
    where
        Chapter, and cell if there is one, as messages begin.

    Returns
    -------
    Options
        What cell and tags ask for.

    Raises
    ------
    RenderError
        A tag is unknown.
    """
    for tag in tags:
        name = tag.replace("_", "-").lower()
        if name.startswith(_OF_TESTS):
            continue
        if name not in TAGS:
            raise RenderError.at(
                where,
                f"тег ячейки «{tag}» сборка не исполняет",
                f"Уберите его.{did_you_mean(name, TAGS)}",
                about=tag,
            )
        asked = {key: value for key, value in TAGS[name].items() if key not in given}
        options = replace(options, **asked)
    if "parameters" in set(tags) and options.echo is None:
        # Its code holds the values of the desk, not those of this build.
        options = replace(options, echo=False)
    return options


def refuse_tags(tags: Iterable[str], where: str) -> None:
    """Stop at tags of a cell of text: nothing hides one."""
    if tags := list(tags):
        raise RenderError.at(
            where,
            f"тег «{tags[0]}» действует только в ячейке с кодом",
            "Уберите тег; ненужный текст удалите.",
            about=tags[0],
        )


def _checked(key: str, value: Any, where: str) -> Any:
    instead = f" ({INSTEAD[key]})" if key in INSTEAD else ""
    if key not in TEXTS and key not in VALUES:
        hint = "" if instead else did_you_mean(key, (*TEXTS, *VALUES)).strip()
        problem = f"параметр ячейки «{key}» сборка не исполняет: уберите его{instead}"
        raise RenderError.at(where, problem, hint, about=key)
    if key in VALUES:
        if not is_one_of(value, VALUES[key]):
            allowed = " или ".join(str(value).lower() for value in VALUES[key])
            raise RenderError.at(
                where,
                f"у параметра ячейки «{key}» недопустимое значение «{str(value).lower()}», исполняется только"
                f" «{allowed}»: исправьте или уберите его{instead}",
                about=key,
            )
        return value
    if not isinstance(value, str) or not value.strip():
        shown = "пусто" if value is None or value == "" else str(value)[:60]
        raise RenderError.at(
            where,
            f"у параметра ячейки «{key}» недопустимое значение «{shown}»: нужен один текст, в кавычках, если в нём"
            " двоеточие или цифры",
            about=key,
        )
    if re.search(r"\n[ \t]*\n", value.strip()):
        raise RenderError.at(where, f"параметр ячейки «{key}» занимает несколько абзацев", "Оставьте один.", about=key)
    return " ".join(value.split("\n")).strip()


def _require_sense(options: Options, given: set[str], where: str) -> None:
    """Stop where an option would not be honoured because of the others."""
    label = options.label
    if label and (not _LABEL.fullmatch(label) or _OTHER.match(label)):
        raise RenderError.at(
            where,
            f"метка «{label}» не поддерживается: у рисунка она начинается с «fig-», у таблицы – с «tbl-», без пробелов",
            "Исправьте label.",
            about=label,
        )
    _require_fitting_caption(options, where)
    if options.fig_alt and label.startswith("tbl-"):
        raise RenderError.at(where, f"описание рисунка (fig-alt) дано таблице «{label}»", "Уберите его.", about=label)
    _require_reader(options, given, where)


def _require_fitting_caption(options: Options, where: str) -> None:
    """Stop at a caption without a label of its kind, and at a label without a caption."""
    label = options.label
    prefix, kind = ("fig", "рисунка") if options.fig_cap else ("tbl", "таблицы")
    if options.fig_cap and options.tbl_cap:
        raise RenderError.at(
            where,
            "подпись дана и рисунку (fig-cap), и таблице (tbl-cap)",
            "Оставьте одну или разделите ячейку.",
        )
    if options.caption and not label:
        raise RenderError.at(
            where,
            f"есть подпись {kind} ({prefix}-cap), но нет метки",
            f"Добавьте строку «#| label: {prefix}-имя».",
        )
    if options.caption and not re.match(rf"{prefix}-.", label):
        raise RenderError.at(
            where,
            f"подпись {kind} ({prefix}-cap), а метка «{label}»",
            f"Метка {kind} начинается с «{prefix}-».",
            about=label,
        )
    if _REFERRED.fullmatch(label) and not options.caption:
        raise RenderError.at(
            where,
            f"есть метка «{label}», но нет подписи",
            f"Добавьте строку «#| {label[:3]}-cap: Подпись».",
            about=label,
        )


def _require_reader(options: Options, given: set[str], where: str) -> None:
    """Stop at options of an output or of code that is hidden: nobody would see what they ask for."""
    hides = "include: false" if not options.include else "output: false" if options.output is False else ""
    # A label that nothing refers to may name a hidden cell.
    named = [key for key in TEXTS if key in given and (key != "label" or _REFERRED.fullmatch(options.label))]
    if hides and named:
        raise RenderError.at(
            where,
            f"вывод ячейки скрыт ({hides}), поэтому «{named[0]}» никто не увидит",
            "Уберите одно из двух.",
            about=named[0],
        )
    if not options.include and "echo" in given and options.echo:
        raise RenderError.at(
            where,
            "ячейка скрыта (include: false), поэтому «echo: true» не исполнится",
            "Уберите одно из двух.",
            about="echo: true",
        )
