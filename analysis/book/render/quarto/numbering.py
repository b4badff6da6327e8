"""One numbering over the whole book in Quarto's HTML.

Quarto numbers figures, tables and sources of an HTML book page by page, while
its PDF and Word files, being one document, number them through. The functions
here give the pages the numbers of the whole book. They change parsed pages in
place and know nothing of files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from analysis.base.errors import RenderError

KINDS = ("fig", "tbl", "eq")
NUMBER = re.compile(r"\d+(?=\D*$)")
CAPTION = re.compile(r"^(\s*\S+)\s+(\d+)\s*–\s*")


def number_through(pages: Mapping[str, HtmlElement]) -> dict[str, int]:
    """Give captions and the links to them numbers that run over all pages.

    Parameters
    ----------
    pages
        File name to parsed page, in the order of the book.

    Returns
    -------
    dict
        Label (`fig-…`, `tbl-…`, `eq-…`) to its number in the book.
    """
    numbers: dict[str, int] = {}
    for kind in KINDS:
        count = 0
        for name, page in pages.items():
            for element in labelled(page, kind):
                label = element.get("id", "")
                if label in numbers:
                    raise RenderError(f"{name}: метка «{label}» встречается в книге дважды: переименуйте одну из них.")
                count += 1
                numbers[label] = count
                (set_equation if kind == "eq" else set_caption)(element, count, name)
    for name, page in pages.items():
        for link in page.iterfind(".//a[@href]"):
            if "quarto-xref" in link.get("class", "").split():
                set_link(link, numbers, name)
    return numbers


def labelled(page: HtmlElement, kind: str) -> Iterator[HtmlElement]:
    """Yield the elements of a page that carry a label of the kind, in reading order."""
    for element in page.iter("div", "span"):
        if element.get("id", "").startswith(f"{kind}-") and (
            kind == "eq" or "quarto-float" in element.get("class", "").split()
        ):
            yield element


def set_caption(element: HtmlElement, number: int, name: str) -> None:
    """Write the number of the book into a caption.

    Parameters
    ----------
    element
        The caption.
    number
        The number of the exhibit through the book.
    name
        File name of the page, for messages.

    Raises
    ------
    RenderError
        The caption has no number to be changed.

    """
    caption = element.find(".//figcaption")
    if caption is None or not CAPTION.match(caption.text or ""):
        raise RenderError(f"{name}: у «{element.get('id')}» нет подписи вида «Рисунок 1 – …»: дайте подпись.")
    caption.text = CAPTION.sub(lambda match: f"{match[1].strip()}\N{NO-BREAK SPACE}{number} – ", caption.text, count=1)


def set_equation(element: HtmlElement, number: int, name: str) -> None:
    """Change the number that Quarto writes as the last one in an equation, and in its source.

    Parameters
    ----------
    element
        The equation.
    number
        Its number through the book.
    name
        File name of the page, for messages.

    Raises
    ------
    RenderError
        The equation shows no number.
    """
    shown = [node for node in element.iter() if str(node.tag).endswith("mn")]
    source = [node for node in element.iter() if str(node.tag).endswith("annotation")]
    if not shown:
        raise RenderError(f"{name}: у формулы «{element.get('id')}» не найден номер.")
    for node in (shown[-1], *source[-1:]):
        node.text = NUMBER.sub(str(number), node.text or "")


def set_link(link: HtmlElement, numbers: Mapping[str, int], name: str) -> None:
    """Write the number of the book into a link to an exhibit.

    Parameters
    ----------
    link
        The link.
    numbers
        Number through the book by label.
    name
        File name of the page, for messages.

    Raises
    ------
    RenderError
        The link has no number to be changed.

    """
    label = urlsplit(link.get("href")).fragment
    if not label.startswith(tuple(f"{kind}-" for kind in KINDS)):
        return
    if label not in numbers:
        raise RenderError(f"{name}: ссылка на «{label}» никуда не ведёт: такой метки в книге нет.")
    for node in reversed([link, *link.iterdescendants()]):
        if node.text and NUMBER.search(node.text):
            shown = f"({numbers[label]})" if label.startswith("eq-") else str(numbers[label])
            node.text = NUMBER.sub(shown, node.text)
            return


def number_sources(pages: Mapping[str, HtmlElement]) -> dict[str, int]:
    """Give citations and the list of sources numbers in the order of the first citation in the book.

    Returns
    -------
    dict
        Key of a source to its number.
    """
    numbers: dict[str, int] = {}
    for page in pages.values():
        for citation in citations(page):
            for key in citation.get("data-cites", "").split():
                numbers.setdefault(key, len(numbers) + 1)
    for name, page in pages.items():
        for citation in list(page.iterfind(".//span[@data-cites]")):
            cite(citation, numbers, name)
        for entries in page.xpath("//div[@id='refs']"):
            sort_entries(entries, numbers)
    return numbers


def citations(page: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the citations of a page as they are read: a footnote's ones where the footnote is called."""
    notes = {note.get("id"): note for note in page.xpath("//*[contains(@class, 'footnotes')]//li[@id]")}
    inside = {span for note in notes.values() for span in note.iterfind(".//span[@data-cites]")}
    for element in page.iter("span", "a"):
        if element.get("data-cites") is not None and element not in inside:
            yield element
        elif element.tag == "a" and "footnote-ref" in element.get("class", "").split():
            note = notes.get(urlsplit(element.get("href", "")).fragment)
            if note is not None:
                yield from note.iterfind(".//span[@data-cites]")


def cite(citation: HtmlElement, numbers: Mapping[str, int], name: str) -> None:
    """Write a citation anew: sorted, every source a link, locators kept.

    Parameters
    ----------
    citation
        The citation, changed.
    numbers
        Number of a source in the book by its key.
    name
        File name of the page, for messages.

    Raises
    ------
    RenderError
        A source is not in the list.
    """
    keys = citation.get("data-cites", "").split()
    links = {urlsplit(link.get("href", "")).fragment.removeprefix("ref-"): link for link in citation.iterfind("a")}
    if not links:
        raise RenderError(f"{name}: источник «{keys[0]}» не найден в списке sources.bib.")
    target = next(iter(links.values())).get("href", "").split("#")[0]
    parts = []
    for key in sorted(dict.fromkeys(keys), key=lambda key: numbers[key]):
        link = links.get(key)
        if link is None:  # swallowed by a range such as «1–3»
            link = citation.makeelement("a", {"href": f"{target}#ref-{key}", "role": "doc-biblioref"})
            link.text = "0"
        link.text = re.sub(r"^\d+", str(numbers[key]), link.text or "")
        parts.append(link)
    between = next((link.tail for link in citation.iterfind("a") if link.tail not in (None, "", "]", "–")), ", ")
    for child in list(citation):
        citation.remove(child)
    citation.text = "["
    for link in parts:
        link.tail = between
        citation.append(link)
    parts[-1].tail = "]"


def sort_entries(entries: HtmlElement, numbers: Mapping[str, int]) -> None:
    """Put a list of sources in the order of the book's numbers and write these numbers."""
    ordered = sorted(
        (entry for entry in entries if entry.get("id", "").removeprefix("ref-") in numbers),
        key=lambda entry: numbers[entry.get("id").removeprefix("ref-")],
    )
    for entry in ordered:
        entries.append(entry)
        for margin in entry.xpath(".//*[contains(@class, 'csl-left-margin')]"):
            margin.text = re.sub(r"\d+", str(numbers[entry.get("id").removeprefix("ref-")]), margin.text or "")
