"""Where an exhibit and the whole issue come from, in words on the page."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

from nbformat import NotebookNode

from analysis.base import marks
from analysis.book.provenance.exhibits import ExhibitRecord, outputs
from analysis.book.provenance.facts import NO_GIT, SHORT, Facts

FOLDER = "exhibits"
RECORD = "provenance.json"
FEW = 5  # files that are named one by one
# The renderers let a block so marked through to pages and keep it from print.
ONLY_HTML = 'data-only="html"'


def annotated(
    executed: Mapping[str, NotebookNode],
    exhibits: Iterable[ExhibitRecord],
    facts: Facts,
    parameters: Mapping[str, Mapping],
) -> dict[str, NotebookNode]:
    """Return the chapters with «Данные» and «Как построено» below every exhibit, for pages only.

    Parameters
    ----------
    executed
        Chapters as they came from their kernels.
    exhibits
        What the chapters told of their tables and figures.
    facts
        Facts of the project.
    parameters
        Values by chapter.

    Returns
    -------
    dict
        Copies of the chapters by file.
    """
    known = {(exhibit.chapter, exhibit.label): exhibit for exhibit in exhibits}
    out = {}
    for chapter, given in executed.items():
        notebook = copy.deepcopy(given)
        for _, label, data in outputs(notebook):
            if exhibit := known.get((chapter, label)):
                data["text/markdown"] += f"\n\n```{{=html}}\n{origin(exhibit, facts, parameters[chapter])}\n```"
        out[chapter] = notebook
    return out


def origin(exhibit: ExhibitRecord, facts: Facts, parameters: Mapping) -> str:
    """Return the links to the data of an exhibit and how it was made, as HTML.

    Parameters
    ----------
    exhibit
        What the chapter told of the exhibit.
    facts
        Facts of the project.
    parameters
        Values of its chapter.

    Returns
    -------
    str
        A block that print leaves out.
    """
    what = "таблицы" if exhibit.label.startswith("tbl") else "рисунка"
    links = ", ".join(
        f'<a href="{FOLDER}/{exhibit.label}.{kind}" download aria-label="Данные {what}, {kind.upper()}">'
        f"{kind.upper()}</a>"
        for kind in ("csv", "xlsx")
    )
    rows = [
        exhibit.made,
        ("Состояние", facts.state),
        ("Параметры", ", ".join(f"{name}: {value}" for name, value in parameters.items() if value is not None)),
        ("Данные", _files(exhibit.content["tables"], facts)),
        ("Источники", "; ".join(source["title"] for source in exhibit.content["sources"].values())),
    ]
    listed = "".join(f"<dt>{name}</dt><dd>{marks.html(text)}</dd>" for name, text in rows if text)
    return (
        f'<div class="exhibit-origin" {ONLY_HTML}><p>Данные: {links}</p><details><summary>Как построено</summary>'
        f'<dl>{listed}</dl><p><a href="{RECORD}">Запись о сборке</a></p></details></div>'
    )


def _files(names: Iterable[str], facts: Facts) -> str:
    """Return files with the beginning of their hashes, a few of them by name."""
    names = list(names)
    shown = "; ".join(f"{name} (sha256 {facts.hashes[name][:SHORT]})" for name in names[:FEW] if name in facts.hashes)
    return f"{shown}; и еще файлов: {len(names) - FEW}, все – в записи о сборке" if len(names) > FEW else shown


def colophon(facts: Facts) -> str:
    """Return how this issue was built, as Markdown for all formats."""
    if facts.commit:
        state = [
            f"состояние проекта – коммит `{facts.commit[:SHORT]}` от {_date(facts.committed)}"
            + (
                f"; **с тех пор изменено файлов: {len(facts.changed)}**, поэтому повторить сборку по одному коммиту"
                " нельзя"
                if facts.dirty
                else ""
            )
        ]
    else:
        state = [f"состояние проекта: {NO_GIT}"]
    lines = [
        *state,
        (
            f"данные – файлов: {sum(name.startswith('data/') for name in facts.hashes)}, общая контрольная сумма"
            f" SHA-256 `{facts.data_hash[:SHORT]}`"
        ),
        *([f"зависимости – `requirements.lock`, SHA-256 `{facts.lock[:SHORT]}`"] if facts.lock else []),
        f"программы – {', '.join(f'{name} {number}' for name, number in facts.tools.items())}",
    ]
    points = "\n".join(f"- {line};" for line in lines[:-1]) + f"\n- {lines[-1]}."
    page = (
        f'::: {{.content-visible when-format="html"}}\n\nПолностью – в [записи о сборке (PROV, JSON)]({RECORD}).\n\n:::'
    )
    return f"{points}\n\n{page}"


def _date(moment: str) -> str:
    year, month, day = moment[:10].split("-")
    return f"{day}.{month}.{year}"
