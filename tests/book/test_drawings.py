"""Drawings in SVG: what they may hold, and their twin for Word."""

from __future__ import annotations

import io
from base64 import b64encode

import pytest
from PIL import Image

from analysis.book.authored import vector
from analysis.book.authored.passage import PictureError

NS = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
)


def svg(inside: str, before: str = "", attributes: str = 'viewBox="0 0 200 100"') -> bytes:
    return f"{before}<svg {NS} {attributes}>{inside}</svg>".encode()


def test_drawing_is_kept_and_has_a_raster_twin():
    found = vector.normal(
        svg(
            '<rect width="200" height="100" fill="red"/><text x="9" y="50">Схема</text>',
            '<?xml version="1.0"?><!DOCTYPE svg>',
        )
    )
    assert (
        b"<rect" in found.files["svg"]
        and "Схема" in found.files["svg"].decode()
        and b"DOCTYPE" not in found.files["svg"]
    )
    image = Image.open(io.BytesIO(found.files["png"]))
    assert image.width > 1500 and image.getpixel((3, 3))[:3] == (255, 0, 0)
    assert (round(found.millimetres), round(found.tall, 2)) == (53, 0.5)
    assert (
        vector.normal(svg('<rect width="200" height="100"/>')).files
        == vector.normal(svg('<rect width="200" height="100"/>')).files
    )


def test_what_a_program_wrote_for_itself_is_dropped():
    found = vector.normal(
        svg(
            '<!-- D:/Работа/ivanov --><metadata><a xmlns="x">Иванов</a></metadata><inkscape:page>x</inkscape:page><g'
            ' inkscape:label="Слой"><rect width="9" height="9"/></g>'
        )
    )
    assert not any(word in found.files["svg"].decode() for word in ("ivanov", "Иванов", "inkscape", "metadata", "Слой"))


def test_picture_within_a_drawing_is_cleaned_too():
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "blue").save(out, "JPEG", exif=exif)
    code = b64encode(out.getvalue()).decode()
    found = vector.normal(svg(f'<image width="200" height="100" xlink:href="data:image/jpeg;base64,{code}"/>'))
    assert b"data:image/jpeg" in found.files["svg"] and code.encode() not in found.files["svg"]


def test_link_is_not_followed():
    assert (
        b"example"
        not in vector.normal(svg('<a xlink:href="https://example.org"><rect width="9" height="9"/></a>')).files["svg"]
    )


USES = (
    "".join(f'<g id="a{n}">' + f'<use href="#a{n + 1}"/>' * 10 + "</g>" for n in range(9))
    + '<rect id="a9" width="1" height="1"/>'
)
REFUSED = {
    "script": (svg("<script>alert(1)</script>"), "<script>"),
    "handler": (svg('<rect onclick="x()" width="1" height="1"/>'), "сценарий .onclick"),
    "handler on the root": (svg("", attributes='onload="x()"'), "сценарий .onload"),
    "page inside": (svg("<foreignObject><p>x</p></foreignObject>"), "<foreignObject>"),
    "animation": (svg('<animate attributeName="href" to="javascript:x"/>'), "<animate>"),
    "set": (svg('<set attributeName="onclick" to="x()"/>'), "<set>"),
    "picture from the network": (
        svg('<image href="https://example.org/a.png"/>'),
        "берет часть себя из «https://example.org/a.png»",
    ),
    "picture from a file": (svg('<image xlink:href="../../etc/passwd"/>'), "берет часть себя из"),
    "drawing within": (svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), "берет часть себя из"),
    "damaged picture within": (svg('<image href="data:image/png;base64,AAAA"/>'), "поврежден"),
    "use of another file": (svg('<use href="b.svg#x"/>'), "берет часть себя из"),
    "style from the network": (
        svg("<style>@import 'https://example.org/a.css';</style>"),
        "из другого файла или из сети",
    ),
    "style in escapes": (svg("<style>@\\69mport 'a.css';</style>"), "из другого файла или из сети"),
    "fill from the network": (
        svg('<rect style="fill:url( &quot;https://example.org/a&quot; )" width="1" height="1"/>'),
        "из другого файла или из сети",
    ),
    "font from the network": (
        svg("<style>@font-face{src:url(https://example.org/a)}</style>"),
        "из другого файла или из сети",
    ),
    "entity": (
        svg("<text>&x;</text>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "подстановки|поврежден",
    ),
    "laughs": (
        svg("<text>&b;</text>", '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'),
        "подстановки|поврежден",
    ),
    "uses of uses": (svg(USES), "слишком сложен"),
    "use of itself": (svg('<g id="a"><use href="#a"/></g>'), "сам себя"),
    "cut off": (svg("<rect/>")[:-9], "поврежден .строка 1"),
    "other root": (f"<g {NS}><svg/></g>".encode(), "не рисунок SVG"),
    "thread": (svg('<rect width="1" height="100"/>', attributes='viewBox="0 0 1 100"'), "слишком вытянут"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_a_drawing_is_refused(kind):
    content, message = REFUSED[kind]
    with pytest.raises(PictureError, match=message):
        vector.normal(content)
