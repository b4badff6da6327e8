"""Drawings in SVG: a closed list of what they may hold, and a raster twin for Word, drawn by Typst."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode

import typst
from lxml import etree

from analysis.base import paper, scratch
from analysis.book.authored import raster
from analysis.book.authored.passage import PictureError
from analysis.book.authored.raster import THINNEST, Picture
from analysis.book.render.common import fonts

SVG = "http://www.w3.org/2000/svg"
XML = "{http://www.w3.org/XML/1998/namespace}"
XLINK = "{http://www.w3.org/1999/xlink}href"
DOTS = 300
MOST_BYTES = 10_000_000
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "title",
        "desc",
        "image",
        "switch",
        "a",
        "marker",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "clipPath",
        "mask",
        "filter",
        "style",
        "view",
        "feBlend",
        "feColorMatrix",
        "feComponentTransfer",
        "feComposite",
        "feConvolveMatrix",
        "feDiffuseLighting",
        "feDisplacementMap",
        "feDistantLight",
        "feDropShadow",
        "feFlood",
        "feFuncA",
        "feFuncB",
        "feFuncG",
        "feFuncR",
        "feGaussianBlur",
        "feMerge",
        "feMergeNode",
        "feMorphology",
        "feOffset",
        "fePointLight",
        "feSpecularLighting",
        "feSpotLight",
        "feTile",
        "feTurbulence",
    ]
)
_MILLIMETRES = {"": 25.4 / 96, "px": 25.4 / 96, "pt": 25.4 / 72, "pc": 25.4 / 6, "mm": 1.0, "cm": 10.0, "in": 25.4}
_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
# A backslash would spell any of the others.
_OUTSIDE = re.compile(
    r"@import|url\(\s*['\"]?(?!['\"#\s])|image-set\(|src\(|expression\s*\(|javascript:|\\[0-9a-f]", re.IGNORECASE
)
MOST_DRAWN = 200_000  # elements, every use of a symbol counted
_RASTER = "Сохраните рисунок как PNG (не меньше 2000 точек по ширине)"


def looks_like_svg(content: bytes) -> bool:
    """Tell whether a file is a drawing, whatever its name says."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in content[:65536]


def normal(content: bytes) -> Picture:
    """Return a drawing cleaned of what a program wrote for itself, with its raster twin.

    Raises
    ------
    PictureError
        It is damaged, or holds script, text of a page (foreignObject), animation, or anything from elsewhere.
    """
    if len(content) > MOST_BYTES:
        raise PictureError(f"файл SVG больше {MOST_BYTES // 1_000_000} МБ", _RASTER)
    root = _tree(content)
    _clean(root)
    _require_drawable(root)
    etree.cleanup_namespaces(root)
    wide, tall = _size(root)
    if max(wide, tall) > THINNEST * min(wide, tall):
        raise PictureError("рисунок SVG слишком вытянут для страницы", "Обрежьте поля или разделите его")
    clean = etree.tostring(root, encoding="utf-8")
    return Picture({"svg": clean, "png": _drawn(clean, tall / wide)}, wide, tall / wide)


def _tree(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise PictureError(
            f"файл SVG поврежден (строка {error.lineno})",
            f"Сохраните его заново или так: {_RASTER[0].lower()}{_RASTER[1:]}",
        ) from None
    except ValueError:
        raise PictureError("файл SVG поврежден", _RASTER) from None
    if etree.QName(root).text != f"{{{SVG}}}svg":
        raise PictureError("это не рисунок SVG, хотя и похоже", _RASTER)
    if next(root.iter(etree.Entity), None) is not None:
        raise PictureError(
            "в рисунке SVG есть подстановки (<!ENTITY …>)", f"{_RASTER} или сохраните его как обычный SVG"
        )
    return root


def _clean(root: etree._Element) -> None:
    """Drop what other programs keep for themselves, and refuse what is not a drawing."""
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element)
        if element.getroottree().getroot() is not root:
            continue  # dropped with what it was in
        if name.namespace != SVG or name.localname == "metadata":
            _drop(element)
            continue
        if name.localname not in ELEMENTS:
            raise PictureError(f"в рисунке SVG есть <{name.localname}>: такое в книгу не попадает", _RASTER)
        if name.localname == "style" and _OUTSIDE.search("".join(element.itertext())):
            raise PictureError("рисунок SVG берет часть себя из другого файла или из сети", _RASTER)
        for key, value in list(element.attrib.items()):
            _attribute(element, key, value)


def _attribute(element: etree._Element, key: str, value: str) -> None:
    space, local = etree.QName(key).namespace, etree.QName(key).localname
    if local.lower().startswith("on"):
        raise PictureError(f"в рисунке SVG есть сценарий ({local})", _RASTER)
    if local == "href":
        if etree.QName(element).localname == "a":
            del element.attrib[key]  # a picture is not followed
        elif etree.QName(element).localname == "image" and (embedded := _EMBEDDED.match(value)):
            element.set(key, _embedded(value[embedded.end() :]))
        elif not value.startswith("#"):
            raise PictureError(f"рисунок SVG берет часть себя из «{value[:60]}»", _RASTER)
    elif space is not None and key not in (f"{XML}space", f"{XML}lang"):
        del element.attrib[key]
    elif _OUTSIDE.search(value):
        raise PictureError("рисунок SVG берет часть себя из другого файла или из сети", _RASTER)


def _embedded(code: str) -> str:
    """Return a picture within a drawing in the one form of pictures."""
    try:
        content = b64decode("".join(code.split()), validate=True)
    except ValueError:
        raise PictureError("изображение внутри рисунка SVG повреждено", _RASTER) from None
    ((suffix, normal_content),) = raster.normal(content).files.items()
    return f"data:image/{'jpeg' if suffix == 'jpg' else suffix};base64,{b64encode(normal_content).decode('ascii')}"


def _require_drawable(root: etree._Element) -> None:
    """Refuse a drawing that uses parts of itself over and over, or within themselves."""
    named = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    known: dict[etree._Element, int] = {}

    def size(element: etree._Element, within: tuple[etree._Element, ...]) -> int:
        if element in within or len(within) > 200:
            raise PictureError("рисунок SVG повторяет сам себя внутри себя", _RASTER)
        if element not in known:
            used = (
                named.get((element.get("href") or element.get(XLINK) or "")[1:])
                if etree.QName(element).localname == "use"
                else None
            )
            inner = [child for child in element if isinstance(child.tag, str)] + ([used] if used is not None else [])
            known[element] = 1 + sum(size(child, (*within, element)) for child in inner)
        return known[element]

    if size(root, ()) > MOST_DRAWN:
        raise PictureError("рисунок SVG слишком сложен", _RASTER)


def _drop(element: etree._Element) -> None:
    """Remove an element and keep the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _drawn(svg: bytes, tall: float) -> bytes:
    with scratch.folder() as folder:
        (folder / "drawing.svg").write_bytes(svg)
        page = folder / "page.typ"
        width = paper.TEXT_WIDTH
        image = f'#image("drawing.svg", width: {width}mm, height: {width * tall:.3f}mm)'
        page.write_text(f"#set page(width: auto, height: auto, margin: 0pt, fill: white)\n{image}\n", encoding="utf-8")
        try:
            return typst.compile(
                str(page),
                root=str(folder),
                font_paths=fonts.folders(),
                ignore_system_fonts=True,
                format="png",
                ppi=min(DOTS, DOTS / tall),
            )
        except (typst.TypstError, ValueError, RuntimeError):
            raise PictureError("рисунок SVG не нарисовать: он поврежден или пуст", _RASTER) from None


def _size(root: etree._Element) -> tuple[float, float]:
    """Return width and height of a drawing in millimetres: those it names, else those of its box."""
    named = [
        re.fullmatch(r"\s*(\d*\.?\d+)\s*(px|pt|pc|mm|cm|in)?\s*", root.get(key, "")) for key in ("width", "height")
    ]
    box = re.fullmatch(r"\s*\S+[\s,]+\S+[\s,]+(\d*\.?\d+)[\s,]+(\d*\.?\d+)\s*", root.get("viewBox", ""))
    sides = [float(side[1]) * _MILLIMETRES[side[2] or ""] if side else None for side in named]
    wide = tall = 0.0
    if sides[0] is not None and sides[1] is not None:
        wide, tall = sides[0], sides[1]
    elif box:
        wide, tall = (float(side) * _MILLIMETRES[""] for side in box.groups())
        if sides[0] is not None and wide:
            wide, tall = sides[0], tall * sides[0] / wide
    if not (wide and tall):
        raise PictureError("рисунок SVG не назвал своих размеров (width и height или viewBox)", _RASTER)
    return wide, tall
