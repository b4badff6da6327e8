"""The copy of the stage in which Quarto works, and what it needs beside the chapters."""

from __future__ import annotations

import json
import re
import shutil
from importlib.resources import as_file, files
from pathlib import Path

from analysis.book.render.builtin import fonts
from analysis.errors import RenderError

CHAPTERS = "chapters/"
LABEL = re.compile(r"\{[^{}\n]*#((?:fig|tbl|eq|sec)-[\w-]+)")


def prepare(stage: Path, scratch: Path) -> None:
    """Copy the stage and make the copy ready for Quarto.

    Quarto leaves files of its own beside the sources, therefore it never works
    in the stage itself. The chapters move to the root of the copy, so that the
    pages of the book come to lie side by side.
    """
    if scratch.exists():
        shutil.rmtree(scratch)
    shutil.copytree(stage, scratch)
    for source in sorted((scratch / "chapters").iterdir()):
        source.rename(scratch / source.name)
    config = scratch / "_quarto.yml"
    config.write_text(config.read_text(encoding="utf-8").replace(CHAPTERS, ""), encoding="utf-8")
    for page in sorted(scratch.glob("*.qmd")):
        page.write_text(flat(page.read_text(encoding="utf-8")), encoding="utf-8")
    for notebook in sorted(scratch.glob("*.ipynb")):
        notebook.write_text(lean(notebook.read_text(encoding="utf-8")), encoding="utf-8")
    refuse_double_labels(scratch)
    with as_file(files("analysis.book.render") / "assets" / "quarto") as assets:
        shutil.copytree(assets, scratch, dirs_exist_ok=True)
    for folder in fonts.folders():
        shutil.copytree(folder, scratch / "fonts", dirs_exist_ok=True)


def flat(text: str) -> str:
    """Return Markdown whose relative targets fit the flattened book."""
    return re.sub(r"\]\((?:\.\./|chapters/)", "](", text)


def lean(notebook: str) -> str:
    """Return the notebook with one form per output, the one that all formats share.

    Of several forms Quarto takes HTML for HTML pages, in which labels and
    citations are not resolved; the Markdown form says the same to every format.
    """
    tree = json.loads(notebook)
    for cell in tree["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = flat("".join(cell["source"])).splitlines(keepends=True)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/markdown" in data:
                text = flat("".join(data["text/markdown"]))
                output["data"] = {"text/markdown": text.splitlines(keepends=True)}
    return json.dumps(tree, ensure_ascii=False, indent=1)


def refuse_double_labels(scratch: Path) -> None:
    """Raise where a label stands twice: Quarto would silently keep one of the two."""
    seen: dict[str, str] = {}
    for file in sorted([*scratch.glob("*.qmd"), *scratch.glob("*.ipynb")]):
        for label in LABEL.findall(file.read_text(encoding="utf-8")):
            if label in seen:
                raise RenderError(
                    f"Метка «{label}» стоит дважды: в {seen[label]} и в {file.name}. Переименуйте одну из них."
                )
            seen[label] = file.name
