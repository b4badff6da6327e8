"""One thread for linear algebra: matrices here are small, and threads that wait cost more than they bring."""

from __future__ import annotations

import os

_NAMES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def one_thread() -> None:
    """Ask for one thread unless the environment says otherwise; before numpy is imported, or to no avail."""
    for name in _NAMES:
        os.environ.setdefault(name, "1")
