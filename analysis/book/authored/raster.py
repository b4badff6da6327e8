"""Raster pictures in one form: known by content, upright, without metadata, no larger than a page needs."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import cast

from PIL import Image, ImageCms, ImageOps

from analysis.book.authored.passage import PictureError

OPENED = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "DIB", "TIFF")
MOST_BYTES = 50_000_000
MOST_PIXELS = 100_000_000
LONGEST = 3000  # points of a side: 300 to the inch on a turned page
THINNEST = 12  # a side may be so many times the other
_SAVE = "Сохраните его как PNG или JPEG"
_OTHERS = (
    (b"%PDF", "это документ PDF"),
    (b"\x1f\x8b", "это сжатый файл (SVGZ или архив)"),
    (b"PK\x03\x04", "это архив или документ Office"),
    (b"\xd0\xcf\x11\xe0", "это документ Office"),
    (b"8BPS", "это файл Photoshop"),
    (b"\xd7\xcd\xc6\x9a", "это рисунок WMF"),
    (b"\x01\x00\x00\x00", "это рисунок EMF"),
    (b"\x00\x00\x01\x00", "это значок ICO"),
)


@dataclass(frozen=True)
class Picture:
    """A picture ready for all formats.

    Attributes
    ----------
    files : dict
        Suffix to content; of two, pages and PDF take the SVG and Word the PNG.
    millimetres : float
        Its own width.
    tall : float
        Height by width.
    """

    files: dict[str, bytes]
    millimetres: float
    tall: float


def normal(content: bytes) -> Picture:
    """Return a raster picture in the form the book holds it in.

    Raises
    ------
    PictureError
        It is no picture of a known kind, damaged, or far too large.
    """
    _require_known(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the bound on pixels below is stricter than Pillow's warning
            with Image.open(io.BytesIO(content), formats=OPENED) as image:
                _require_size(image)
                kind, dots = image.format, image.info.get("dpi", (0, 0))[0]
                image.seek(0)
                image.load()
                upright = _flat(_in_srgb(ImageOps.exif_transpose(image)))
    except Image.DecompressionBombError:
        raise PictureError(*_too_large()) from None
    except PictureError:
        raise
    except Image.UnidentifiedImageError:
        raise PictureError("это не изображение или оно повреждено", f"{_SAVE} заново") from None
    except Exception:  # noqa: BLE001 - decoders raise of everything; what cannot be drawn is damaged, however called
        raise PictureError(
            "файл поврежден или обрезан, целиком его не прочитать", "Сохраните или скопируйте его заново"
        ) from None
    dots = float(dots) if 72 <= float(dots) <= 1200 else 96.0
    millimetres, tall = upright.width / dots * 25.4, upright.height / upright.width
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if kind == "JPEG":
        upright.save(out, "JPEG", quality=90, optimize=True)
    else:
        upright.save(out, "PNG", optimize=True)
    return Picture({"jpg" if kind == "JPEG" else "png": out.getvalue()}, millimetres, tall)


def _require_known(content: bytes) -> None:
    if not content:
        raise PictureError("файл пуст", "Сохраните или скопируйте его заново")
    if len(content) > MOST_BYTES:
        raise PictureError(
            f"файл больше {MOST_BYTES // 1_000_000} МБ", "Уменьшите его: для страницы хватает 3000 точек по ширине"
        )
    if content[4:8] == b"ftyp":
        name = {b"avif": "AVIF", b"avis": "AVIF"}.get(content[8:12], "HEIC")
        raise PictureError(f"это снимок в формате {name}", _SAVE)
    for start, what in _OTHERS:
        if content.startswith(start):
            raise PictureError(f"{what}, а не изображение", _SAVE)


def _require_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise PictureError(*_too_large(f" ({width}×{height} точек)"))
    if max(width, height) > THINNEST * min(width, height):
        raise PictureError(
            f"изображение {width}×{height} точек слишком вытянуто для страницы", "Обрежьте поля или разделите его"
        )


def _too_large(size: str = "") -> tuple[str, str]:
    return f"в изображении слишком много точек{size}", "Уменьшите его: для страницы хватает 3000 точек по ширине"


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in the colours of a screen, by its own profile where it has a sound one."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            screen = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, io.BytesIO(profile), screen, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image


def _flat(image: Image.Image) -> Image.Image:
    """Return the picture on white and with nothing beside its pixels: no place, camera, comment or profile."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L") if image.mode == "I;16" else image.convert("I")
    if image.mode in ("I", "F"):
        low, high = cast("tuple[float, float]", image.getextrema())  # those of its one band
        image = image.point(lambda value: (value - low) * (255 / ((high - low) or 1))).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        white.alpha_composite(image)
        image = white
    image = image.convert("L" if image.mode in ("1", "L") else "RGB")
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare
