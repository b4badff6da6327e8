"""Open a file somebody was sent: recognise its kind by content, keep it bounded, hand its cells to a reader."""

from __future__ import annotations

from pathlib import Path

from analysis.base.errors import STEERING, reason
from analysis.ingest.opening import limits
from analysis.ingest.opening.delimited import read_delimited
from analysis.ingest.opening.kinds import HEAD_BYTES, Container, container
from analysis.ingest.opening.refusal import IN_PARTS, refusal
from analysis.ingest.opening.sheets import NO_RESULT, Kind, OpenedFile, Sheet, cell_name
from analysis.ingest.opening.strict_xml import checked_xml
from analysis.ingest.opening.workbook import open_archive, open_old

__all__ = ["NO_RESULT", "Kind", "OpenedFile", "Sheet", "cell_name", "open_file"]

# Bytes of a file with nothing in it, marks of encodings among them.
_BLANK = b"\0\t\r\n \xef\xbb\xbf\xff\xfe"


def open_file(path: Path) -> OpenedFile:
    """Open a publisher's file.

    Parameters
    ----------
    path : Path
        A workbook (.xlsx, .xlsm, .xlsb, .ods, .xls), a CSV or TSV, an XML; what it is tells its content.

    Returns
    -------
    OpenedFile
        Results of formulas as they are stored; nothing is calculated, run or fetched.

    Raises
    ------
    DataError
        One sentence: the file is missing, empty, damaged, encrypted, something else than a table, or beyond `limits`.
    """
    path = Path(path)
    _refuse_name(path)
    made, content = _container(path)
    if made == "zip":
        return open_archive(path)
    if made == "ole":
        return open_old(path)
    if made == "xml":
        return OpenedFile(path, "xml", content=checked_xml(path, content))
    return OpenedFile(path, "csv", [Sheet(path.name, read_delimited(path, content))])


def _refuse_name(path: Path) -> None:
    # The name is told on the screen and kept in the record of what was taken.
    if STEERING.search(path.name):
        raise refusal(
            path.with_name(STEERING.sub("?", path.name)),
            "назван со знаком, который нельзя напечатать",
            "переименуйте его",
        )


def _container(path: Path) -> tuple[Container, bytes]:
    """Return what a file is made as, and of an XML or a text what it holds: the others are read by their openers."""
    try:
        _refuse_no_file(path)
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            if not head.strip(_BLANK):
                raise refusal(path, "пуст", "скачайте его заново")
            made = container(path, head)
            return made, head + file.read() if made in ("xml", "text") else b""
    except OSError as error:
        raise refusal(path, f"не читается ({reason(error)})", "проверьте имя и права доступа") from None


def _refuse_no_file(path: Path) -> None:
    if path.is_dir():
        raise refusal(path, "– папка", "укажите файл в ней")
    if not path.exists():
        raise refusal(path, "не найден", "проверьте имя и папку")
    if not path.is_file():
        raise refusal(path, "– не обычный файл", "укажите файл с таблицей")
    if path.stat().st_size > limits.FILE_BYTES:
        raise refusal(path, f"больше {limits.FILE_BYTES // limits.MIB} МБ", IN_PARTS)
