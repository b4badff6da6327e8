"""The staged book with pictures and tables that authors put into its texts by hand."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from pathlib import Path

import nbformat
from PIL import Image, ImageDraw

from analysis.book import authored

NOTE = "\n\n::: {.exhibit-note}\nИсточник: [@rep, с. 5].\n:::\n"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><rect x="10" y="10" width="380" height="180"'
    ' fill="none" stroke="#146"/><text x="40" y="110" font-size="40">Колледж</text></svg>'
)
EXCEL = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta name=Generator content="Microsoft Excel 15">
<style>
.xl65 {mso-number-format:"\\@"; font-weight:700;}
</style></head>
<body>
<!--StartFragment-->
<table border=0 cellpadding=0 cellspacing=0 width=384 style='border-collapse:collapse;width:288pt'>
 <colgroup><col width=128 style='mso-width-source:userset'></colgroup>
 <tr height=20 style='height:15.0pt'>
  <td rowspan=2 class=xl65 style='width:96pt'>Мера<o:p></o:p></td>
  <td colspan=2 class=xl65>Кто&nbsp;отвечает</td>
 </tr>
 <tr><td class=xl65>Колледж</td><td class=xl65>Центр</td></tr>
 <tr><td><p class=MsoNormal><b>Опрос</b> работодателей<o:p></o:p></p><p class=MsoNormal>и <i>выпускников</i></p></td>
  <td><span style='mso-spacerun:yes'>  </span>да, м<sup>к</sup> и Н<sub>о</sub></td>
  <td align=right>`{python} share`</td></tr>
 <tr><td>Договор * с # цехом $x$</td><td colspan=2>совместно</td></tr>
</table>
<!--EndFragment-->
</body>
</html>"""


def drawn(width: int, height: int, fmt: str = "PNG", **options) -> bytes:
    image = Image.new("RGB", (width, height), "#dde8f4")
    ImageDraw.Draw(image).ellipse((10, 10, width - 10, height - 10), outline="#124", width=6)
    out = io.BytesIO()
    image.save(out, fmt, **options)
    return out.getvalue()


TEXT = f"""# Введение {{.unnumbered #sec-introduction}}

Схема – на рисунке [-@fig-scheme], здание – на рисунке [-@fig-house], связи – на рисунке [-@fig-links];
меры – в таблице [-@tbl-measures].

![Схема *взаимодействия*](img/Схема%20связей.png){{#fig-scheme fig-alt="Круг на голубом поле" width="60%"}}{NOTE}
::: {{#fig-house}}

![image.png](attachment:image.png){{fig-alt="Колледж, вид «с улицы»"}}

Здание колледжа

:::{NOTE}
![Связи](img/links.svg){{#fig-links fig-alt="Прямоугольник со словом «Колледж»"}}{NOTE}
{EXCEL}

: Меры содействия {{#tbl-measures}}{NOTE}
Дальше идёт текст.
"""


def lay(stage: Path, book) -> Path:
    """Put the text into the introduction of a staged book, as the stage step does."""
    folder = stage.parent / "project" / "chapters"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "Схема связей.png").write_bytes(drawn(900, 500))
    (folder / "img" / "links.svg").write_text(SVG, encoding="utf-8")
    value = book.inline("share", "5,5\u00a0%")
    cell = book.text_cell(TEXT, value) | {
        "attachments": {"image.png": {"image/png": b64encode(drawn(700, 400, "JPEG")).decode("ascii")}}
    }
    notebook = nbformat.from_dict(json.loads(book.notebook(cell)))
    (stage / authored.FOLDER).mkdir()
    for cell, passage in authored.passages("chapters/introduction.ipynb", notebook.cells, folder, executed=True):
        done = authored.settle(passage)
        cell.source = done.markdown
        for name, content in done.files.items():
            (stage / authored.FOLDER / name).write_bytes(content)
    notebook.cells[-1].pop("attachments")
    (stage / "chapters/introduction.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    return stage
