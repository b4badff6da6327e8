"""The one sentence a file is refused with, and the reasons that several kinds of file share."""

from __future__ import annotations

from pathlib import Path

from analysis.base.errors import DataError
from analysis.ingest.opening import limits

AS_WORKBOOK = "сохраните таблицу в Excel как книгу .xlsx и повторите"
AGAIN = "выгрузите или сохраните его заново"
IN_PARTS = "выгрузите показатели по отдельности"

# What is wrong and what to do: `refusal(path, *DAMAGED)`.
DAMAGED = ("поврежден или загружен не полностью", "скачайте его заново")
PASSWORD = ("закрыт паролем", "снимите пароль и сохраните его заново")
WEB_PAGE = ("– веб-страница, а не таблица", "скачайте сам файл с данными или " + AS_WORKBOOK)
WORD_DOCUMENT = ("– документ Word", "перенесите таблицу в Excel и сохраните как книгу .xlsx")
NO_TABLE = ("– не текст и не книга Excel", "выгрузите таблицу как .xlsx или .csv")


def refusal(path: Path, wrong: str, remedy: str) -> DataError:
    """Return the error «Файл «…» – what is wrong: what to do.».

    Parameters
    ----------
    path : Path
        The file; its name alone stands in the sentence.
    wrong, remedy : str
        In Russian, without a final point.

    Returns
    -------
    DataError
        To be raised by the caller.
    """
    return DataError(f"Файл «{path.name}» {wrong}: {remedy}.")


def most_cells() -> str:
    """Return how many cells a file may have, as a sentence prints it."""
    return f"{limits.CELLS:,}".replace(",", " ")


def too_big(path: Path, sheet: str = "") -> DataError:
    """Return the refusal of a workbook with too many cells."""
    where = f"на листе «{sheet}» " if sheet else ""
    return refusal(
        path,
        f"{where}занимает больше {most_cells()} ячеек",
        f"удалите лишние строки и столбцы (и далекие случайные ячейки) или {IN_PARTS}",
    )
