"""What `report edition roll` says it has made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.base import paths, reads
from analysis.base.russian import agreed
from analysis.editions import review
from analysis.filling.fill_list import FILLED
from analysis.rolling.roll import Rolled

HEADS = ("Утверждение", "Раздел", "Текст", "Вердикт", "По данным было", "По данным стало", "Как верно или почему нет")
TEXT_HEADS = ("Текст", "Что с ним", "Почему", "Начало")


def told(made: Rolled, files: tuple[Path, Path], book: Path, listed: pd.DataFrame) -> Iterator[str]:
    """Yield what was made, a line each.

    Parameters
    ----------
    made : Rolled
    files : tuple of Path
        Where the table of statements and that of texts were written.
    book : Path
        Where the workbook to fill was written.
    listed : pandas.DataFrame
        The fill list of the edition.

    Yields
    ------
    str
    """
    edition, last = made.edition, made.last
    folder = reads.label(paths.edition(edition.id))
    yield f"Издание {edition.id}: {folder} (отчётный год {edition.year}, учёт на {edition.as_of:%d.%m.%Y})"
    words = {name: many for name, many in made.marked.items() if name != review.PROSE}
    texts = made.marked.get(review.PROSE, 0)
    rows = sum(words.values())
    yield (
        f"Помечено «{review.MARK}»: {rows} {agreed(rows, 'строка', 'строки', 'строк')} в {len(words)}"
        f" {agreed(len(words), 'таблице', 'таблицах', 'таблицах')}"
        + (f" и {texts} {agreed(texts, 'текст', 'текста', 'текстов')}" if texts else "")
        + f". Список – {folder}/{review.FILE}"
    )
    statements, texts_file = files
    if len(made.texts):
        states = made.texts["state"].value_counts(sort=False)
        yield (
            f"Тексты {last.id}: "
            + "; ".join(f"{state} – {many}" for state, many in states.items())
            + (f". Что с каждым и почему – {texts_file}")
        )
    lacking = int(listed["state"].ne(FILLED).sum())
    yield f"Заполнить: {lacking} из {len(listed)} чисел и записей – книга {book}, затем report ingest {book}"
    if made.archived:
        yield f"Прогнозы {last.id} сохранены ({made.archived} строк): новое издание сравнит их с тем, что наступило"
    if len(made.statements):
        counts = made.statements["outcome"].value_counts()
        said = ", ".join(f"{name} {many}" for name, many in counts.items())
        yield f"Утверждения {last.id} на новых числах: {said}. Таблица для автора – {statements}"
    yield f"Дальше: report edition status {edition.id}; report diff {last.id} {edition.id}"
