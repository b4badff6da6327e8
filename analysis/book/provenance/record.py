"""The record of a build in the terms of W3C PROV, laid out as PROV-JSON.

Data files, chapters and documents are entities, executing a chapter and rendering the
book are activities, programs are agents. Identifiers are made of file names and
relations are counted, so that the same build gives the same bytes.
See https://www.w3.org/TR/prov-dm/ and https://www.w3.org/submissions/prov-json/.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from nbformat import NotebookNode

from analysis.base import paths
from analysis.base.files.hashes import sha256
from analysis.book.gaps import Printed
from analysis.book.provenance import numbers
from analysis.book.provenance.exhibits import ExhibitRecord
from analysis.book.provenance.facts import Facts
from analysis.book.provenance.prose import FOLDER

PREFIX = {"spo": "urn:spo-report:"}
PAGES = (".html", ".pdf", ".docx")
RUNS = ("python", "papermill", "nbclient")  # the tools that execute; the others render
Record = dict[str, dict[str, Any]]


def record(
    edition: str,
    facts: Facts,
    executed: Mapping[str, NotebookNode],
    parameters: Mapping[str, Mapping],
    exhibits: Iterable[ExhibitRecord],
    out: Path,
) -> Record:
    """Return the record of a build.

    Parameters
    ----------
    edition
        Its id.
    facts
        Facts of the project.
    executed
        Chapters as they came from their kernels, without times.
    parameters
        Values by chapter, the defaults among them.
    exhibits
        What the chapters told of their tables and figures.
    out
        Folder with the finished documents.

    Returns
    -------
    Record
        PROV-JSON as a tree.
    """
    told: Record = defaultdict(dict)
    told["prefix"].update(PREFIX)
    project(told, edition, facts)
    for name, value in sorted(facts.hashes.items()):
        told["entity"][file_id(name)] = {"prov:label": name, "spo:sha256": value}
    for name, number in sorted(facts.tools.items()):
        told["agent"][f"spo:tool/{name}"] = {
            "prov:type": named("prov:SoftwareAgent"),
            "prov:label": name,
            "spo:version": number,
        }
    for chapter, notebook in executed.items():
        execution(told, chapter, notebook, facts, parameters[chapter])
    for shown in exhibits:
        exhibit(told, shown, out)
    listed(told, list(executed), out)
    rendering(told, list(executed), facts, out)
    return dict(told)


def write(path: Path, told: Record) -> None:
    """Write a record as PROV-JSON."""
    path.write_text(
        json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
    )


def project(told: Record, edition: str, facts: Facts) -> None:
    """Tell the state of the project; what is not known is said to be unknown.

    Parameters
    ----------
    told
        The record, added to.
    edition
        Its id.
    facts
        Facts of the project.
    """
    state: dict[str, Any] = {
        "prov:label": f"издание {edition}",
        "spo:edition": edition,
        "spo:dataSha256": facts.data_hash,
        **printed(facts.printed),
    }
    if facts.commit:
        state |= {
            "spo:commit": facts.commit,
            "spo:committed": typed(facts.committed, "xsd:dateTime"),
            "spo:dirty": typed(str(facts.dirty).lower(), "xsd:boolean"),
        }
        if facts.changed:
            state["spo:changed"] = list(facts.changed)
    else:
        state["spo:commit"] = "неизвестен: проект лежит вне хранилища Git"
    told["entity"]["spo:project"] = state
    if facts.lock:
        told["entity"][file_id(paths.LOCK)] = {"prov:label": paths.LOCK, "spo:sha256": facts.lock}


def printed(share: Printed) -> dict[str, Any]:
    """Return how much of the report is printed, as PROV-JSON holds it: `report edition status` reads it."""
    counted = {
        "paragraphsPrinted": share.paragraphs,
        "paragraphs": share.all_paragraphs,
        "exhibitsPrinted": share.exhibits,
        "exhibits": share.all_exhibits,
        "leftOut": share.left,
    }
    return {f"spo:{name}": typed(str(number), "xsd:int") for name, number in counted.items()}


def execution(told: Record, chapter: str, notebook: NotebookNode, facts: Facts, parameters: Mapping) -> None:
    """Tell how a chapter was executed: from which notebook and data, with which parameters, into what.

    Parameters
    ----------
    told
        The record, added to.
    chapter
        File of the chapter.
    notebook
        The executed chapter.
    facts
        Facts of the project.
    parameters
        Values of the chapter.
    """
    stem = PurePosixPath(chapter).stem
    activity, result = f"spo:execution/{stem}", f"spo:executed/{stem}"
    told["activity"][activity] = {
        "prov:label": f"расчет главы {chapter}",
        **{f"spo:parameter-{name}": plain(value) for name, value in sorted(parameters.items())},
    }
    text = nbformat.writes(notebook)
    told["entity"][result] = {
        "prov:label": f"рассчитанная глава {chapter}",
        "spo:sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
    }
    relate(told, "used", activity=activity, entity=file_id(chapter))
    for name in notebook.metadata.get("reads", []):
        if name in facts.hashes:
            relate(told, "used", activity=activity, entity=file_id(name))
    if facts.lock:
        relate(told, "used", activity=activity, entity=file_id(paths.LOCK))
    relate(told, "used", activity=activity, entity="spo:project")
    relate(told, "wasGeneratedBy", entity=result, activity=activity)
    relate(told, "wasDerivedFrom", generatedEntity=result, usedEntity=file_id(chapter))
    for name in RUNS:
        relate(told, "wasAssociatedWith", activity=activity, agent=f"spo:tool/{name}")


def exhibit(told: Record, shown: ExhibitRecord, out: Path) -> None:
    """Tell of what and where a table or figure was made, and which files hold it.

    Parameters
    ----------
    told
        The record, added to.
    shown
        What the chapter told of the exhibit.
    out
        Folder with the finished documents.
    """
    known = told["entity"]
    files = sorted((out / FOLDER).glob(f"{shown.label}.*")) if (out / FOLDER).is_dir() else []
    known[f"spo:exhibit/{shown.label}"] = {
        "prov:label": shown.content["caption"],
        **({"spo:fragment": shown.fragment} if shown.fragment else {"spo:cell": typed(str(shown.cell), "xsd:int")}),
        "spo:source": sorted(shown.content["sources"]),
        **{f"spo:sha256-{path.suffix[1:]}": sha256(path) for path in files},
    }
    relate(
        told,
        "wasGeneratedBy",
        entity=f"spo:exhibit/{shown.label}",
        activity=f"spo:execution/{PurePosixPath(shown.chapter).stem}",
    )
    for name in shown.content["read"]:
        if file_id(name) in known:
            relate(told, "wasDerivedFrom", generatedEntity=f"spo:exhibit/{shown.label}", usedEntity=file_id(name))


def listed(told: Record, chapters: Iterable[str], out: Path) -> None:
    """Tell of the workbook of all numbers, where it lies beside the exhibits.

    Parameters
    ----------
    told
        The record, added to.
    chapters
        Files of the chapters whose numbers it lists.
    out
        Folder with the finished documents.
    """
    path = out / FOLDER / numbers.FILE
    if not path.is_file():
        return
    book = f"spo:exhibit/{path.stem}"
    told["entity"][book] = {"prov:label": numbers.TITLE, f"spo:sha256-{path.suffix[1:]}": sha256(path)}
    for chapter in chapters:
        executed = f"spo:executed/{PurePosixPath(chapter).stem}"
        relate(told, "wasDerivedFrom", generatedEntity=book, usedEntity=executed)


def rendering(told: Record, chapters: Iterable[str], facts: Facts, out: Path) -> None:
    """Tell how the documents were made of the executed chapters.

    Parameters
    ----------
    told
        The record, added to.
    chapters
        Files of the chapters.
    facts
        Facts of the project.
    out
        Folder with the finished documents.
    """
    activity = "spo:rendering"
    told["activity"][activity] = {"prov:label": "оформление книги"} | (
        {"prov:endTime": facts.moment} if facts.moment else {}
    )
    stems = [PurePosixPath(chapter).stem for chapter in chapters]
    for stem in stems:
        relate(told, "used", activity=activity, entity=f"spo:executed/{stem}")
    for name in sorted(facts.hashes):
        if name.endswith((".qmd", ".yml", ".bib")) and "editions" not in name:
            relate(told, "used", activity=activity, entity=file_id(name))
    for path in sorted(path for path in out.iterdir() if path.suffix in PAGES):
        document = f"spo:document/{path.name}"
        told["entity"][document] = {"prov:label": path.name, "spo:sha256": sha256(path)}
        relate(told, "wasGeneratedBy", entity=document, activity=activity)
        for stem in [path.stem] if path.stem in stems else stems if path.suffix != ".html" else []:
            relate(told, "wasDerivedFrom", generatedEntity=document, usedEntity=f"spo:executed/{stem}")
    for name in sorted(set(facts.tools) - set(RUNS)):
        relate(told, "wasAssociatedWith", activity=activity, agent=f"spo:tool/{name}")


def relate(told: Record, kind: str, **ends: str) -> None:
    """Add a relation under the next number of its kind.

    Parameters
    ----------
    told
        The record, added to.
    kind
        The relation as PROV names it.
    **ends
        Its ends: role to name.
    """
    told[kind][f"_:{kind}{len(told[kind]) + 1}"] = {f"prov:{name}": end for name, end in ends.items()}


def file_id(name: str) -> str:
    """Return the name of a file in the record."""
    return f"spo:file/{name}"


def named(name: str) -> dict[str, str]:
    """Return a name of the record as PROV-JSON writes one that is a value."""
    return typed(name, "prov:QUALIFIED_NAME")


def typed(text: str, kind: str) -> dict[str, str]:
    """Return a value with its type, as PROV-JSON writes it."""
    return {"$": text, "type": kind}


def plain(value: Any) -> Any:
    """Return a parameter as PROV-JSON can hold it."""
    return value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)
