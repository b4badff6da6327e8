"""Open a file somebody was sent: recognise its kind by content, keep it bounded, hand its cells to a reader."""

from __future__ import annotations

from pathlib import Path

from analysis.base.errors import STEERING, reason
from analysis.ingest.opening import kinds as _kinds
from analysis.ingest.opening import limits
from analysis.ingest.opening import text as _text
from analysis.ingest.opening import workbook as _workbook
from analysis.ingest.opening import xml as _xml
from analysis.ingest.opening.refusal import refusal
from analysis.ingest.opening.sheets import NO_RESULT, Kind, Opened, Sheet

__all__ = ["NO_RESULT", "Kind", "Opened", "Sheet", "open_file"]


def open_file(path: Path) -> Opened:
    """Open a publisher's file.

    Parameters
    ----------
    path : Path
        A workbook (.xlsx, .xlsm, .xlsb, .ods, .xls), a CSV or TSV, an XML; what it is tells its content.

    Returns
    -------
    Opened
        Results of formulas as they are stored; nothing is calculated, run or fetched.

    Raises
    ------
    DataError
        One sentence: the file is missing, empty, damaged, encrypted, something else than a table, or beyond `limits`.
    """
    path = Path(path)
    # The name is told on the screen and kept in the record of what was taken.
    if STEERING.search(path.name):
        raise refusal(
            path.with_name(STEERING.sub("?", path.name)),
            "назван со знаком, который нельзя напечатать",
            "переименуйте его",
        )
    try:
        if path.is_dir():
            raise refusal(path, "– папка", "укажите файл в ней")
        if not path.exists():
            raise refusal(path, "не найден", "проверьте имя и папку")
        if not path.is_file():
            raise refusal(path, "– не обычный файл", "укажите файл с таблицей")
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            raise refusal(path, f"больше {limits.FILE_BYTES // limits.MIB} МБ", "выгрузите показатели по отдельности")
        with path.open("rb") as file:
            head = file.read(_kinds.HEAD_BYTES)
            if not head.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
                raise refusal(path, "пуст", "скачайте его заново")
            made = _kinds.container(path, head)
            content = head + file.read() if made in ("xml", "text") else b""
    except OSError as error:
        raise refusal(path, f"не читается ({reason(error)})", "проверьте имя и права доступа") from None
    if made == "zip":
        return _workbook.open_archive(path)
    if made == "ole":
        return _workbook.open_old(path)
    if made == "xml":
        return Opened(path, "xml", content=_xml.checked_xml(path, content))
    return Opened(path, "csv", [Sheet(path.name, _text.read_text(path, content))])
