"""The copy of the stage in which Quarto works, and what it needs beside the chapters."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64decode
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from PIL import Image

from analysis.base import marks
from analysis.base.errors import RenderError
from analysis.base.inline import joined, shown
from analysis.base.markdown import TITLE
from analysis.base.places import KEY
from analysis.book import written_at
from analysis.book.front import headed
from analysis.book.render.cells.chapter import settled_chapter
from analysis.book.render.cells.options import cell_options
from analysis.book.render.cells.prose import refuse_lost_text
from analysis.book.render.common import fonts
from analysis.book.render.common.dates import date_in_words
from analysis.book.render.common.typst_source import TURNED_LINE, UPRIGHT_LINE, template
from analysis.book.render.common.word_reference import write_reference
from analysis.book.render.quarto.gate import refuse_live
from analysis.book.render.quarto.widths import with_widths

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

OUTPUTS = "outputs"
THEME = "report.scss"
SCREEN = (96, 96)  # dots per inch of a picture that does not tell
LANDSCAPE = "{.landscape}"
CONTENTS = "\n#contents\n"  # as the template of the printed book calls them
_DRAWN = re.compile(r'(<img src=")\.\./figures/([\w-]+)(?=")')
LABEL = re.compile(r"\{[^{}\n]*#((?:fig|tbl|eq|sec)-[\w-]+)")


def prepare(stage: Path, scratch: Path, config: BookConfig, formats: tuple[str, ...] = ()) -> None:
    """Copy the stage and make the copy ready for Quarto.

    What the built-in renderer refuses of outputs, options and settings is refused here by the same lists.

    Quarto leaves files of its own beside the sources, therefore it never works
    in the stage itself. The chapters move to the root of the copy, so that the
    pages of the book come to lie side by side.

    Parameters
    ----------
    stage
        The executed book; it is only read.
    scratch
        Where the copy goes; what is there is removed.
    config
        The book as `_quarto.yml` describes it.
    formats
        What will be made.
    """
    if scratch.exists():
        shutil.rmtree(scratch)
    shutil.copytree(stage, scratch)
    for source in sorted((scratch / "chapters").iterdir()):
        source.rename(scratch / source.name)
    adapt(scratch / "_quarto.yml", config)
    for page in sorted(scratch.glob("*.qmd")):
        text = page.read_text(encoding="utf-8")
        refuse_lost_text(text, page.name, first=True)
        page.write_text(with_widths([(flat(headed(text, page.name)), UPRIGHT_LINE)])[0], encoding="utf-8")
    appendices = {entry.stem for entry in config.entries if entry.appendix}
    for notebook in sorted(scratch.glob("*.ipynb")):
        tree = settled_chapter(written_at.read(notebook), notebook.name, formats, config.echo)
        lay_pictures(tree, scratch, notebook.stem)
        notebook.write_text(lean(tree, notebook.stem in appendices, scratch / "figures"), encoding="utf-8")
    lay_contents(scratch, config)
    (scratch / written_at.FILE).unlink(missing_ok=True)
    refuse_double_labels(scratch)
    refuse_live(scratch)
    with as_file(files("analysis.book.render") / "assets" / "quarto") as assets:
        shutil.copytree(assets, scratch, dirs_exist_ok=True)
        shared = (assets.parent / "exhibits.css").read_text(encoding="utf-8")
    # Plain CSS is SCSS too, and the rules of a theme are what it ends with.
    look = (scratch / THEME).read_text(encoding="utf-8")
    (scratch / THEME).write_text(f"{look}\n{shared}", encoding="utf-8")
    typst = template(config) + (scratch / "typst" / "floats.typ").read_text(encoding="utf-8")
    # A dollar sign is a command in Quarto's templates.
    typst += "" if config.home else CONTENTS
    (scratch / "typst" / "typst-show.typ").write_text(typst.replace("$", "$$"), encoding="utf-8")
    write_reference(scratch / "reference.docx")
    for folder in fonts.folders():
        shutil.copytree(folder, scratch / "fonts", dirs_exist_ok=True)
    shutil.copytree(fonts.others(), scratch / "fonts" / "others", ignore=shutil.ignore_patterns("LICENSE*", "*.txt"))


def lay_contents(scratch: Path, config: BookConfig) -> None:
    """Have the first page, where the book has one, end with the contents of the printed book."""
    if config.home is None:
        return
    page = scratch / Path(config.home.file).name
    block = f"```{{=typst}}{CONTENTS}```\n"
    if page.suffix == ".qmd":
        page.write_text(f"{page.read_text(encoding='utf-8').rstrip()}\n\n{block}", encoding="utf-8")
        return
    tree = json.loads(page.read_text(encoding="utf-8"))
    tree["cells"].append({"cell_type": "markdown", "id": "contents", "metadata": {}, "source": block})
    page.write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")


def adapt(file: Path, config: BookConfig) -> None:
    """Point the list of chapters to where they lie now, and have the date printed in words.

    The stage has numbered the appendices; called appendices, they would get «приложение A» once more.
    """
    tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    book = tree["book"]
    book["chapters"] = [flat_entry(item) for item in [*book["chapters"], *book.pop("appendices", [])]]
    # To Quarto these are Markdown.
    book |= {name: marks.markdown(str(book[name])) for name in ("title", "subtitle", "author") if name in book}
    # Without the key Quarto would show the code.
    tree["execute"] = {**(tree.get("execute") or {}), "echo": config.echo}
    tree["book"]["date-format"] = "D MMMM YYYY [года]" if date_in_words(config.date) != config.date else "YYYY"
    file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")


def flat_entry(item: str | dict) -> str | dict:
    """Return a file of the list of chapters, or a part with its files, as they lie in the flattened book."""
    if isinstance(item, str):
        return item.removeprefix("chapters/")
    return {"part": marks.markdown(str(item["part"])), "chapters": [flat_entry(file) for file in item["chapters"]]}


def flat(text: str) -> str:
    """Return Markdown whose relative targets fit the flattened book."""
    return re.sub(r"\]\((?:\.\./|chapters/)", "](", text)


def of_kind(name: str, figures: Path) -> str:
    """Return where a figure within HTML lies in the flattened book: Quarto adds a kind to those of Markdown alone."""
    return f"figures/{name}.{'png' if (figures / f'{name}.png').is_file() else 'svg'}"


def lean(tree: dict[str, Any], appendix: bool, figures: Path) -> str:
    """Return the text of a settled notebook with one form per value, the one that all formats share.

    Of several forms Quarto takes HTML for HTML pages, in which labels and
    citations are not resolved; the Markdown form says the same to every format.

    Parameters
    ----------
    tree
        The notebook, changed.
    appendix
        Whether it is one.
    figures
        Folder of the figures.

    Returns
    -------
    str
        As JSON.
    """
    outputs, prose, texts, line = [], [], [], UPRIGHT_LINE
    for cell in tree["cells"]:
        cell["metadata"].pop(KEY, None)
        source = flat("".join(cell["source"]))
        if cell["cell_type"] == "markdown":
            cell["source"] = (announced(source) if appendix else source).splitlines(keepends=True)
            for value in cell["metadata"].get("user_expressions", []):
                value["result"]["data"] = {"text/markdown": shown(value["result"]["data"])}
            closes = source.startswith(":::") and TITLE not in source
            line = TURNED_LINE if LANDSCAPE in source else UPRIGHT_LINE if closes else line
            prose.append((cell, line))
        for output in cell.get("outputs", []):
            if "text/markdown" in output.get("data", {}):
                outputs.append(output)
                text = flat("".join(output["data"]["text/markdown"]))
                texts.append((_DRAWN.sub(lambda found: found[1] + of_kind(found[2], figures), text), line))
    widened = with_widths([*texts, *(("".join(cell["source"]), line) for cell, line in prose)])
    for (cell, _), text in zip(prose, widened[len(texts) :], strict=True):
        cell["source"] = text.splitlines(keepends=True)
    for output, text in zip(outputs, widened[: len(texts)], strict=True):
        output["data"] = {"text/markdown": text.splitlines(keepends=True)}
    return json.dumps(tree, ensure_ascii=False, indent=1)


def lay_pictures(tree: dict[str, Any], scratch: Path, chapter: str) -> None:
    """Lay pictures that outputs hold as a drawing and as dots into files, of which each format takes its own.

    Of the two Quarto would give Word the drawing, which needs a converter that does not come with Quarto.

    Parameters
    ----------
    tree
        A settled notebook, changed.
    scratch
        Folder of the copy.
    chapter
        What the names of the files begin with.
    """
    for number, cell in enumerate(tree["cells"], start=1):
        for place, output in enumerate(cell.get("outputs", []), start=1):
            data = output.get("data", {})
            dots = next((data[mime] for mime in ("image/png", "image/jpeg") if mime in data), None)
            if "image/svg+xml" not in data or dots is None:
                continue
            path = scratch / OUTPUTS / f"{chapter}-{number}-{place}"
            path.parent.mkdir(exist_ok=True)
            path.with_suffix(".svg").write_text(joined(data["image/svg+xml"]), encoding="utf-8")
            with Image.open(BytesIO(b64decode(joined(dots)))) as picture:
                picture.save(path.with_suffix(".png"), dpi=picture.info.get("dpi", SCREEN))
            options, _ = cell_options(joined(cell["source"]), chapter)
            output["data"] = {
                "text/markdown": f"![]({OUTPUTS}/{path.name}){{fig-alt={marks.attribute(options.fig_alt or '')}}}"
            }


def announced(source: str) -> str:
    """Return the text of an appendix with its title marked, for print sets it apart."""
    title = re.compile(r"^(# [^{\n]*)(?:\{(.*)\})?$", re.MULTILINE)
    return title.sub(lambda found: f"{found[1]}{{{found[2] or ''} .book-appendix}}", source, count=1)


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
