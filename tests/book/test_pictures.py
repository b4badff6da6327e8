"""Pictures that authors put into texts: whence they may come, what they must have, how they enter the book."""

from __future__ import annotations

import io
import os
import struct
import unicodedata
import zlib
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from analysis.base.errors import RenderError
from analysis.book.authored import Passage, faults, settle
from analysis.cli.lint import lint_chapters

NOTE = "\n\n::: {.exhibit-note}\nИсточник: [@rep].\n:::\n"
GOOD = '{#fig-x fig-alt="Круг на поле"}'


def drawn(width=60, height=40, mode="RGB", fmt="PNG", colour=None, **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), colour).save(out, fmt, **options)
    return out.getvalue()


@pytest.fixture
def chapters(tiny) -> Path:
    folder = tiny / "chapters"
    (folder / "img").mkdir()
    (folder / "img" / "scheme.png").write_bytes(drawn())
    return folder


@pytest.fixture
def passage(chapters):
    return lambda source, **options: Passage("chapters/20-plan.ipynb", 5, source, chapters, **options)


@pytest.fixture
def told(passage):
    """Return what is told of a text, all faults as one text."""
    return lambda source, **options: "\n".join(map(str, faults(passage(source, **options))))


def picture(target: str, words="Схема связей", attributes=GOOD, note=NOTE) -> str:
    return f"![{words}]({target}){attributes}{note}"


def test_picture_beside_the_chapter_is_a_figure(passage, chapters):
    done = settle(passage("До.\n" + picture("img/scheme.png") + "\nПосле."))
    ((name, content),) = done.files.items()
    assert (
        f'::: {{#fig-x}}\n\n![](../pictures/{name}){{fig-alt="Круг на поле" width="16mm"}}\n\nСхема'
        " связей\n\n:::\n\n::: {.exhibit-note}" in done.markdown
    )
    assert done.markdown.startswith("До.\n\n:::") and done.markdown.endswith("\nПосле.")
    assert Image.open(io.BytesIO(content)).size == (60, 40)
    assert done.sources == [chapters / "img" / "scheme.png"]


def test_picture_in_a_block_of_its_own_is_a_figure(passage):
    block = '::: {#fig-x}\n\n![image.png](img/scheme.png){fig-alt="Круг"}\n\nСхема\n*связей*\n\n:::'
    assert "\n\nСхема *связей*\n\n:::\n\n" in settle(passage(block + NOTE)).markdown


def test_note_may_stand_in_the_next_cell(passage):
    assert settle(passage(picture("img/scheme.png", note=""), after=NOTE)).files
    with pytest.raises(RenderError, match="нет источника"):
        settle(passage(picture("img/scheme.png", note="\n\nТекст."), after=NOTE))


@pytest.mark.parametrize("name", ["image.png", "Схема связей.png", "3f2c-44 (1).png", "снимок_экрана 2.png"])
@pytest.mark.parametrize("spelled", ["as it is", "as JupyterLab writes it", "in angle brackets"])
def test_pasted_picture_is_a_figure(passage, name, spelled):
    target = {
        "as it is": f"attachment:{name}",
        "as JupyterLab writes it": f"attachment:{quote(name, safe='()')}",
        "in angle brackets": f"<attachment:{name}>",
    }[spelled]
    code = b64encode(drawn()).decode("ascii")
    attached = {"other.png": {"image/png": "x"}, name: {"image/png": code[:40] + "\n" + code[40:]}}
    assert settle(passage(picture(target), attachments=attached)).files


def test_the_same_name_in_two_cells_is_two_pictures(passage):
    names = [
        list(
            settle(
                passage(
                    picture("attachment:image.png"),
                    attachments={"image.png": {"image/png": b64encode(drawn(colour=colour)).decode()}},
                )
            ).files
        )
        for colour in ("red", "blue")
    ]
    assert names[0] != names[1]


def test_picture_written_into_the_text_is_a_figure(passage):
    assert settle(passage(picture(f"data:image/png;base64,{b64encode(drawn()).decode()}"))).files


@pytest.mark.parametrize(("spelled", "kept"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_letters_of_two_parts_are_the_same_letters(passage, chapters, spelled, kept):
    name = "Район й.png"
    (chapters / "img" / unicodedata.normalize(kept, name)).write_bytes(drawn())
    assert settle(passage(picture("img/" + unicodedata.normalize(spelled, name)))).files


MISSING = {
    "everything": (
        "![image.png](img/scheme.png)",
        (
            "нет метки, подписи, описания fig-alt и источника. Напишите: ![Подпись рисунка](img/scheme.png){#fig-scheme"
            ' fig-alt="что видно на рисунке"}; под рисунком три строки: «::: {.exhibit-note}», «Источник: [@ключ].»,'
            " «:::»"
        ),
    ),
    "label": (
        '![Схема](img/scheme.png){fig-alt="Круг"}' + NOTE,
        'нет метки. Напишите: ![Схема](img/scheme.png){#fig-scheme fig-alt="Круг"}.',
    ),
    "caption": (
        picture("img/scheme.png", words=""),
        "нет подписи. Напишите: ![Подпись рисунка](img/scheme.png){#fig-x",
    ),
    "name for a caption": (picture("img/scheme.png", words="Снимок экрана.PNG"), "нет подписи"),
    "description": (
        "![Схема](img/scheme.png){#fig-x}" + NOTE,
        "нет описания fig-alt. Напишите: ![Схема](img/scheme.png){#fig-x fig-alt=",
    ),
    "name for a description": (
        picture("img/scheme.png", attributes='{#fig-x fig-alt="scheme.png"}'),
        "нет описания fig-alt",
    ),
    "source": (picture("img/scheme.png", note=""), "нет источника. Напишите: под рисунком три строки"),
    "source in a note": (
        picture("img/scheme.png", note=NOTE.replace("Источник: [@rep]", "Примечание – схема")),
        "нет источника",
    ),
    "label of another kind": (
        picture("img/scheme.png", attributes='{#tbl-x fig-alt="Круг"}'),
        "«tbl-x», а начинается она с fig-. Напишите: ",
    ),
    "caption in a block": (
        '::: {#fig-x}\n![](img/scheme.png){fig-alt="Круг"}\n:::' + NOTE,
        "нет подписи. Напишите: ![](img/scheme.png)",
    ),
    "two captions": (
        '::: {#fig-x}\n![Одна](img/scheme.png){fig-alt="Круг"}\n\nДругая\n:::' + NOTE,
        "подпись рисунка «fig-x» дана дважды",
    ),
    "two pictures": (
        '::: {#fig-x}\n![](img/scheme.png){fig-alt="Круг"}\n\n![](img/scheme.png){fig-alt="Круг"}\n\nПодпись\n:::'
        + NOTE,
        "два изображения",
    ),
    "open block": (
        '::: {#fig-x}\n![](img/scheme.png){fig-alt="Круг"}\n\nПодпись',
        "блок рисунка «fig-x» не закрыт в этой ячейке",
    ),
    "note inside": (
        (
            '::: {#fig-x}\n![](img/scheme.png){fig-alt="Круг"}\n\nПодпись\n\n::: {.exhibit-note}\nИсточник:'
            " [@a].\n:::\n:::"
        ),
        "внутри рисунка «fig-x» стоит другой блок",
    ),
    "in a line": ("Слово " + picture("img/scheme.png"), "стоит внутри строки"),
    "in a table": ("| а |\n|---|\n| ![С](img/scheme.png) |", "стоит внутри строки"),
    "in a link": ("[![С](img/scheme.png)](https://example.org)", "стоит внутри строки"),
    "by reference": ("![Схема][s]\n\n[s]: img/scheme.png", "записан отдельно от него"),
    "quotation marks of print": (
        picture("img/scheme.png", attributes="{#fig-x fig-alt=”Круг на поле”}"),
        "не разобрать «на поле”»",
    ),
    "what nothing honours": (
        picture("img/scheme.png", attributes='{#fig-x fig-alt="Круг" fig-align="center"}'),
        'стоит «fig-align="center"», а в книге это ничего не меняет',
    ),
    "width of nothing": (
        picture("img/scheme.png", attributes='{#fig-x fig-alt="Круг" width="300%"}'),
        "ширина рисунка .* «300%»".replace(".* ", "«img/scheme.png» – "),
    ),
    "html": (
        '<img src="img/scheme.png" width="500" onerror="x()">',
        "HTML <img> внутри текста не попадет в PDF и Word. Напишите: ![Подпись](img/scheme.png){#fig-имя",
    ),
}


@pytest.mark.parametrize("kind", MISSING)
def test_what_a_figure_lacks_is_asked_for_in_one_sentence(told, kind):
    source, message = MISSING[kind]
    said = told(f"Первая строка.\n\n{source}").split("\n")[0]
    assert message in said
    assert said.startswith("chapters/20-plan.ipynb, ячейка 5, строка ") and "picture-" not in said


def test_code_and_formulas_show_pictures_without_being_any(told):
    assert (
        told("`![a](b.png)` и\n\n```\n![a](b.png)\n<b>\n```\n\n$a ![a](b) <b> c$ \\![a](b)\n\n<!-- ![a](b.png) <b> -->")
        == ""
    )


PLACES = {
    "missing": ("img/schema.png", "файла рисунка нет. Возможно, имелось в виду «img/scheme.png»"),
    "elsewhere": ("pictures/scheme.png", "файла рисунка нет (есть «img/scheme.png»)"),
    "letter case": (
        "img/Scheme.PNG",
        "написано не теми буквами (большие и малые различаются). Напишите: img/scheme.png",
    ),
    "letter case of a folder": ("IMG/scheme.png", "Напишите: img/scheme.png"),
    "no suffix": ("img/scheme", "файла рисунка нет"),
    "out of the project": ("../../secret.png", "лежит вне папки chapters"),
    "out of the chapters": ("../data/secret.png", "лежит вне папки chapters"),
    "out and in": ("img/../../data/secret.png", "лежит вне папки chapters"),
    "root": ("/etc/passwd", "ведет от корня диска"),
    "disk": ("C:/img/a.png", "ведет от корня диска"),
    "disk of Windows": ("C:\\img\\a.png", "ведет от корня диска"),
    "home": ("~/a.png", "ведет от корня диска"),
    "file address": ("file:///srv/a.png", "ведет от корня диска"),
    "network": ("https://example.org/a.png", "лежит в сети"),
    "network without a scheme": ("//example.org/a.png", "лежит в сети"),
    "slashes of Windows": ("img\\\\scheme.png", "обратная косая черта. Напишите: img/scheme.png"),
    "slash of Windows": ("img\\scheme.png", "обратная косая черта. Напишите: img/scheme.png"),
    "folder": ("img", "папка или устройство"),
    "no attachment": ("attachment:image.png", "картинки «image.png» в ячейке нет"),
    "other data": ("data:text/html;base64,PGI+", "вписана прямо в текст и не в том виде"),
    "link out": ("img/out.png", "лежит вне папки chapters"),
    "link to nothing": ("img/loop.png", "лежит вне папки chapters"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_pictures_come_from_the_chapters_alone(told, tiny, chapters, kind):
    target, message = PLACES[kind]
    for secret in (tiny / "data" / "secret.png", tiny.parent / "secret.png"):
        secret.write_bytes(drawn())
    (chapters / "img" / "out.png").symlink_to(tiny / "data" / "secret.png")
    (chapters / "img" / "loop.png").symlink_to("loop.png")
    assert message in told(picture(target))


def test_file_that_may_not_be_read_is_told(told, chapters, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "файл рисунка не прочитать (нет прав)" in told(picture("img/scheme.png"))


FORMS = {
    name: drawn(mode=mode, fmt=fmt, **options)
    for name, (mode, fmt, options) in {
        "jpeg named png": ("RGB", "JPEG", {}),
        "cmyk": ("CMYK", "JPEG", {}),
        "grey": ("L", "JPEG", {}),
        "palette": ("P", "PNG", {}),
        "one bit": ("1", "PNG", {}),
        "deep grey": ("I;16", "PNG", {}),
        "gif": ("P", "GIF", {}),
        "webp": ("RGB", "WEBP", {}),
        "bmp": ("RGB", "BMP", {}),
        "tiff": ("CMYK", "TIFF", {}),
        "lab": ("LAB", "TIFF", {}),
        "progressive": ("RGB", "JPEG", {"progressive": True}),
    }.items()
}


@pytest.mark.parametrize("kind", FORMS)
def test_pictures_are_known_by_content_and_kept_as_png_or_jpeg(passage, chapters, kind):
    (chapters / "img" / "a.png").write_bytes(FORMS[kind])
    ((name, content),) = settle(passage(picture("img/a.png"))).files.items()
    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, image.mode in ("L", "RGB"), image.size) == (
            {"jpg": "JPEG", "png": "PNG"}[name[-3:]],
            True,
            (60, 40),
        )


def kept(passage, chapters, content: bytes) -> tuple[Image.Image, str]:
    (chapters / "img" / "a.jpg").write_bytes(content)
    done = settle(passage(picture("img/a.jpg")))
    return Image.open(io.BytesIO(*done.files.values())), done.markdown


def test_what_a_camera_wrote_is_not_published_and_the_picture_stands_upright(passage, chapters):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    image, _ = kept(passage, chapters, drawn(fmt="JPEG", exif=exif, comment=b"SecretComment"))
    assert image.size == (40, 60) and not image.getexif()
    assert b"Secret" not in image.fp.getvalue()


def test_transparency_becomes_white(passage, chapters):
    image, _ = kept(passage, chapters, drawn(mode="RGBA", colour=(0, 0, 0, 0)))
    assert image.getpixel((5, 5)) == (255, 255, 255)


def test_first_picture_of_a_moving_one_is_taken(passage, chapters):
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(
        out, "GIF", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")]
    )
    assert kept(passage, chapters, out.getvalue())[0].getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("size", "dpi", "given", "becomes", "width"),
    [
        ((6000, 4000), None, "", (3000, 2000), '"165mm"'),
        ((4000, 1000), None, "", (3000, 750), ""),
        ((600, 300), (300, 300), "", (600, 300), '"51mm"'),
        ((1000, 4000), None, "", (750, 3000), '"48mm"'),
        ((2000, 1000), None, 'width="50%"', (2000, 1000), '"82mm"'),
        ((2000, 1000), None, "width=4cm", (2000, 1000), '"40mm"'),
    ],
)
def test_picture_fits_the_page(passage, chapters, size, dpi, given, becomes, width):
    content = drawn(*size, mode="L", **({"dpi": dpi} if dpi else {}))
    (chapters / "img" / "a.png").write_bytes(content)
    done = settle(passage(picture("img/a.png", attributes=f'{{#fig-x fig-alt="Круг" {given}}}')))
    assert Image.open(io.BytesIO(*done.files.values())).size == becomes
    assert (f"width={width}" if width else 'fig-alt="Круг"}') in done.markdown


def bomb() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


NO_PICTURES = {
    "cut off": (drawn(300, 300, fmt="JPEG")[:-900], "файл поврежден или обрезан"),
    "cut off png": (drawn(300, 300)[:-40], "файл поврежден или обрезан"),
    "only the start": (drawn()[:20], "поврежден"),
    "text": ("Не картинка".encode(), "это не изображение или оно повреждено. Сохраните его как PNG или JPEG заново"),
    "empty": (b"", "файл пуст"),
    "bomb": (bomb(), "слишком много точек"),
    "pdf": (b"%PDF-1.7\n", "это документ PDF, а не изображение"),
    "docx": (b"PK\x03\x04....", "документ Office"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "это снимок в формате HEIC. Сохраните его как PNG или JPEG"),
    "svgz": (b"\x1f\x8b\x08", "сжатый файл"),
    "thread": (drawn(2000, 2), "слишком вытянуто"),
}


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_what_is_no_picture_is_told(told, chapters, kind):
    content, message = NO_PICTURES[kind]
    (chapters / "img" / "a.png").write_bytes(content)
    said = told(picture("img/a.png"))
    assert "рисунок «img/a.png»: " in said and message in said
    assert os.fspath(chapters) not in said


def test_check_tells_of_a_missing_picture(tiny, write_chapter):
    write_chapter("one", "# Первая {#sec-one}", picture("img/a.png"))
    (found,) = [one for one in lint_chapters(["tiny"]) if one.rule == "authored"]
    assert found.severity == "error" and "chapters/one.ipynb" in str(found) and "файла рисунка нет" in str(found)
