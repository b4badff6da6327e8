"""Pandoc's document tree as plain dictionaries, and the little needed to change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from heapq import merge
from operator import itemgetter
from typing import Any

from analysis.base import links
from analysis.base.errors import RenderError

OURS = ("typst", "openxml")  # what raw code in text may be written in, besides HTML
Node = dict[str, Any]
Visitor = Callable[[Node], Any]
# Nine nodes of ten hold no other nodes; they are shared between trees, never changed in place.
LEAVES = frozenset(("Str", "Space", "SoftBreak", "LineBreak", "Math", "Code", "RawInline"))


def rewrite(tree: Any, visitors: Mapping[str, Visitor]) -> Any:
    """Rebuild the tree from its leaves up.

    Parameters
    ----------
    tree
        A list of nodes, a node, or anything inside one.
    visitors
        Node type to a function that gets the rebuilt node and returns the node
        to stand in its place, or a list of nodes to be spliced in.
    """
    if isinstance(tree, list):
        out: list[Any] = []
        for item in tree:
            # Most lists are attributes that are not there: an empty one is made without a call.
            if not isinstance(item, dict):
                out.append((rewrite(item, visitors) if item else []) if isinstance(item, list) else item)
            elif (kind := item.get("t")) in LEAVES and kind not in visitors:
                out.append(item)
            elif isinstance(new := rewrite(item, visitors), list):
                out.extend(new)
            else:
                out.append(new)
        return out
    if isinstance(tree, dict):
        rebuilt = {
            key: rewrite(value, visitors) if isinstance(value, list | dict) else value for key, value in tree.items()
        }
        visitor = visitors.get(rebuilt.get("t", ""))
        return visitor(rebuilt) if visitor else rebuilt
    return tree


def find(tree: Any, *types: str) -> Iterator[Node]:
    """Yield the nodes of the given types in reading order."""
    if isinstance(tree, Blocks):
        placed = (tree.by_type.get(kind, ()) for kind in types)
        yield from (node for _, node in merge(*placed, key=itemgetter(0)))
        return
    yield from (node for node in _nodes(tree) if node.get("t") in types)


class Blocks(list[Any]):
    """Blocks that nobody changes: what stands in them is found once, however often it is asked for (`find`)."""

    @cached_property
    def by_type(self) -> dict[str, list[tuple[int, Node]]]:
        """The nodes of each type, each with its place in reading order."""
        found: dict[str, list[tuple[int, Node]]] = {}
        for number, node in enumerate(_nodes(list(self))):
            found.setdefault(node.get("t", ""), []).append((number, node))
        return found


def _nodes(tree: Any) -> Iterator[Node]:
    """Yield everything within a tree that is a mapping, in reading order."""
    waiting = [tree]  # the next one last
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            if item.get("t") not in LEAVES:
                waiting.extend(reversed(item.values()))
        elif isinstance(item, list):
            waiting.extend(reversed(item))


def words(text: str) -> list[Node]:
    """Return the inlines of a plain text; only the ordinary space is a place to break."""
    out: list[Node] = []
    for number, word in enumerate(text.split(" ")):
        if number:
            out.append({"t": "Space"})
        if word:
            out.append({"t": "Str", "c": word})
    return out


def plain_text(tree: Any) -> str:
    """Return the text a reader sees, without marks and footnotes."""
    if isinstance(tree, list):
        return "".join(plain_text(item) for item in tree)
    if not isinstance(tree, dict):
        return ""
    kind, content = tree.get("t"), tree.get("c", "")
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Note", "RawInline", "RawBlock"):
        return ""
    # Of code, formulas and what has attributes the second part is what is shown.
    shown = content[1] if kind in ("Code", "Math", "Link", "Image", "Span", "Quoted", "Cite") else content
    return shown if kind in ("Str", "Code", "Math") else plain_text(shown)


def raw(fmt: str, code: str) -> Node:
    """Return a block in the language of a format."""
    return {"t": "RawBlock", "c": [fmt, code]}


def raw_inline(fmt: str, code: str) -> Node:
    """Return an inline in the language of a format."""
    return {"t": "RawInline", "c": [fmt, code]}


def attr(identifier: str = "", classes: list[str] | None = None, **keys: str) -> list[Any]:
    """Return an attribute triple; underscores of keys become hyphens.

    Parameters
    ----------
    identifier
        Empty for none.
    classes
        None for none.
    **keys
        Other attributes.

    Returns
    -------
    list
        The triple as pandoc has it.
    """
    return [identifier, classes or [], [[key.replace("_", "-"), value] for key, value in keys.items()]]


def div(attributes: list[Any], blocks: list[Node]) -> Node:
    """Return blocks in a div."""
    return {"t": "Div", "c": [attributes, blocks]}


def refuse_foreign(fmt: str, where: str) -> None:
    """Raise at raw code in a language that no format of the book is written in."""
    if fmt not in ("html", *OURS):
        raise RenderError(
            f"{where}: вставка на языке «{fmt}» не попадёт ни в один формат. Запишите её средствами Markdown."
        )


def para(inlines: list[Node]) -> Node:
    """Return inlines as a paragraph."""
    return {"t": "Para", "c": inlines}


def plain(inlines: list[Node]) -> Node:
    """Return inlines as a block that is no paragraph."""
    return {"t": "Plain", "c": inlines}


def link(inlines: list[Node], target: str, classes: list[str] | None = None) -> Node:
    """Return a link.

    Parameters
    ----------
    inlines
        What is shown.
    target
        Where it leads.
    classes
        Classes of the link.

    Returns
    -------
    Node
        The link.

    """
    return {"t": "Link", "c": [attr(classes=classes), inlines, [target, ""]]}


def value(attributes: list[Any], key: str, default: str = "") -> str:
    """Return one key of an attribute triple.

    Parameters
    ----------
    attributes
        Identifier, classes, keys.
    key
        The key.
    default
        What is returned where there is none.

    Returns
    -------
    str
        The value.
    """
    return next((val for name, val in attributes[2] if name == key), default)


def refuse_link(target: str, where: str) -> None:
    """Raise at a link that leads neither to the web, nor to a mailbox, nor to a place of the book."""
    if not links.allowed(target):
        raise RenderError(
            f"{where}: ссылка «{target}» ведёт туда, куда ссылки доклада не ведут. "
            "Можно: https://…, http://…, mailto:…, файл рядом со страницами, метка (#sec-…)."
        )
