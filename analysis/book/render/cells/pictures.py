"""Pictures that cells show: of a kind that the formats know, and whole."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from io import BytesIO

from lxml import etree
from PIL import Image

from analysis.base.errors import RenderError
from analysis.book.render.cells.addresses import refuse_addresses

# By the suffix of their file, with how such a file begins.
PICTURES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
_BEGINS = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff"}


def require_picture(mime: str, content: str, where: str) -> None:
    """Stop at a picture that is none: a reader would see an empty frame.

    Parameters
    ----------
    mime
        Its kind, one of `PICTURES`.
    content
        SVG, or the file in base 64.
    where
        Chapter and cell, as messages begin.

    Raises
    ------
    RenderError
        It is damaged or of another kind, or its words show an address.
    """
    broken = RenderError(f"{where}: картинка вида {mime} повреждена. Выполните главу заново: report build.")
    if mime == "image/svg+xml":
        try:
            tree = etree.fromstring(
                content.encode("utf-8"), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            )
        except etree.XMLSyntaxError as error:
            raise broken from error
        if etree.QName(tree).localname != "svg":
            raise broken
        refuse_addresses(" ".join(tree.itertext()), where, "надпись на рисунке")
        return
    try:
        body = b64decode(content)
    except (NotBase64, ValueError) as error:
        raise broken from error
    if not body.startswith(_BEGINS[mime]):
        raise broken
    try:
        with Image.open(BytesIO(body)) as picture:
            picture.load()
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as error:  # cut off, or no picture behind its first bytes
        raise broken from error
