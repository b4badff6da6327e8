"""One build at a time; a dead one is no obstacle."""

from __future__ import annotations

import subprocess
import sys

import pytest

from analysis.base.errors import UsageError
from analysis.base.lock import locked

HOLD = (
    "import sys, time\nfrom pathlib import Path\nfrom analysis.base.lock import locked\nwith locked(Path(sys.argv[1]),"
    " 'А'):\n    print('held', flush=True)\n    time.sleep(60)\n"
)


def test_second_build_is_refused_until_the_first_is_gone(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline().strip() == "held"
        with pytest.raises(UsageError, match="Занято"), locked(tmp_path / "lock", "Занято."):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with locked(tmp_path / "lock", "Занято."):
        pass
    with locked(tmp_path / "lock", "Занято."):
        pass
