"""Books that a killed build left between old and new: made whole by whatever command is called next."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.base import paths
from analysis.base.errors import UsageError, reason
from analysis.base.lock import BusyError, locked
from analysis.book.swap import recover


def repair(editions: Iterable[str]) -> list[str]:
    """Finish or drop what a killed build began to put in place; what another process is putting there is left to it.

    Returns
    -------
    list of str
        A sentence for every edition that stays as it is.
    """
    return [sentence for edition in editions if (sentence := _repaired(edition))]


def _repaired(edition: str) -> str:
    try:
        with locked(paths.build(edition) / "lock", "Доклад собирается в другом окне."):
            recover([paths.book(edition), paths.figures(edition)], paths.swap_marker(edition))
    except BusyError:
        return ""
    except UsageError as error:
        return str(error)
    except OSError as error:
        return (
            f"Замена доклада «{edition}» была прервана, и закончить её не удаётся: {error.filename} ({reason(error)}). "
            "Проверьте права и место на диске и повторите команду."
        )
    return ""
