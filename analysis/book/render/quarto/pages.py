"""Finishing Quarto's HTML pages: one numbering, no network, scripts that run from disk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement

from analysis.base.errors import RenderError
from analysis.book.render.quarto.numbering import number_sources, number_through

LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}
IMPORT = 'import * as tabsets from "./tabsets/tabsets.js";'


def finish(folder: Path, names: Iterable[str], fonts: str) -> None:
    """Finish the pages of a rendered book in place.

    Parameters
    ----------
    folder
        Where the pages lie.
    names
        File names of the pages in the order of the book.
    fonts
        Folder beside the pages whose `fonts.css` names the typefaces.
    """
    pages = {name: html.fromstring((folder / name).read_bytes()) for name in names}
    for name, page in pages.items():
        refuse_unresolved(page, name)
    number_through(pages)
    number_sources(pages)
    for name, page in pages.items():
        plain_scripts(page)
        name_home(page)
        page.head.append(page.makeelement("link", {"rel": "stylesheet", "href": f"{fonts}/fonts.css"}))
        refuse_network(page, name)
        refuse_missing(page, folder, name)
        (folder / name).write_bytes(html.tostring(page, doctype="<!DOCTYPE html>", encoding="utf-8"))
    merge_modules(folder / "site_libs" / "quarto-html")


def refuse_unresolved(page: HtmlElement, name: str) -> None:
    """Raise where Quarto marked a reference that leads nowhere."""
    for element in page.iter("span"):
        if "quarto-unresolved-ref" in element.get("class", "").split():
            raise RenderError(f"{name}: ссылка «{element.text_content()}» никуда не ведёт: такой метки в книге нет.")
    # A text of the data may hold the same signs; Quarto sets its own mark in bold, by itself.
    for element in page.iter("strong"):
        if re.fullmatch(r"\?@(?:fig|tbl|eq|sec)-[\w-]+", element.text_content()):
            raise RenderError(f"{name}: ссылка «{element.text_content()}» никуда не ведёт: такой метки в книге нет.")


def refuse_network(page: HtmlElement, name: str) -> None:
    """Raise where a page would load something from elsewhere; links that a reader may follow are fine."""
    for tag, attribute in LOADED.items():
        for element in page.iter(tag):
            if urlsplit(element.get(attribute, "")).netloc and element.get("rel") != "canonical":
                raise RenderError(f"{name}: страница загружает «{element.get(attribute)}» из сети.")


def refuse_missing(page: HtmlElement, folder: Path, name: str) -> None:
    """Raise where a page shows a picture that is not there.

    Parameters
    ----------
    page
        The page.
    folder
        Where the pages lie.
    name
        File name of the page, for messages.

    Raises
    ------
    RenderError
        A picture is missing.

    """
    for image in page.iter("img"):
        source = image.get("src", "")
        if not source.startswith("data:") and not (folder / unquote(source)).is_file():
            raise RenderError(f"{name}: нет рисунка «{source}».")


def plain_scripts(page: HtmlElement) -> None:
    """Make module scripts ordinary ones: browsers refuse modules to pages opened from disk."""
    for script in list(page.iter("script")):
        if script.get("type") == "module" and script.get("src"):
            if script.get("src").endswith("/tabsets.js"):
                script.drop_tree()
            else:
                script.attrib.pop("type")
                script.set("defer", "defer")


def name_home(page: HtmlElement) -> None:
    """Name the first page in links to it: a folder opened from disk shows a list of files instead."""
    for link in page.iterfind(".//a[@href]"):
        if link.get("href") in ("./", "."):
            link.set("href", "index.html")


def merge_modules(folder: Path) -> None:
    """Put the module that Quarto's script imports into the script itself."""
    script = folder / "quarto.js"
    if not script.is_file():
        return
    text = script.read_text(encoding="utf-8")
    if IMPORT in text:
        module = (folder / "tabsets" / "tabsets.js").read_text(encoding="utf-8").replace("export function", "function")
        text = text.replace(IMPORT, f"const tabsets = (() => {{\n{module}\nreturn {{ init }};\n}})();")
        script.write_text(f"(() => {{\n{text}\n}})();\n", encoding="utf-8")
