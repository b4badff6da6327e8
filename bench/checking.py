"""What `report check` costs: processor seconds and memory, beside those of reading the same tables and no more.

Seconds differ from machine to machine and with what else it does; their ratio does so far less.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.base import paths
from analysis.base.russian import comma

ROUNDS = 3
_READ = "import csv, sys, pandas\nfor file in sys.argv[1:]: list(csv.reader(open(file, encoding='utf-8')))"
_WAIT = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


def compare(ways: Mapping[str, Sequence[str]], rounds: int = ROUNDS) -> dict[str, list[tuple[float, float]]]:
    """Run commands in turns.

    Parameters
    ----------
    ways : mapping
        The commands by their names.
    rounds : int
        How often each is run.

    Returns
    -------
    dict
        Of every round the processor seconds, children among them, and the largest memory in megabytes.
    """
    taken: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, command in ways.items():
            taken[way].append(_cost(command))
    return taken


def _cost(command: Sequence[str]) -> tuple[float, float]:
    """Run a command from a small process: what a child is counted to have held begins with what its parent holds."""
    said = subprocess.run([sys.executable, "-c", _WAIT, *command], stdout=subprocess.PIPE, check=True).stdout
    status, seconds, held = json.loads(said)
    if status:
        raise subprocess.CalledProcessError(status, list(command))
    return seconds, held / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    """Print the medians and their ratio."""
    tables = sorted(map(str, paths.data().glob("**/*.csv")))
    taken = compare(
        {
            "read": [sys.executable, "-c", _READ, *tables],
            "check": [sys.executable, "-c", "from analysis.cli import main; main()", "check", "--quiet"],
        }
    )
    read, check = (statistics.median(cost for cost, _ in taken[way]) for way in ("read", "check"))
    memory = max(size for _, size in taken["check"])
    size = sum(Path(table).stat().st_size for table in tables) / 1e6
    print(f"Таблиц: {len(tables)}, {comma(f'{size:.1f}')} МБ, повторов: {ROUNDS}, показаны медианы.")
    print(f"Прочитать таблицы (pandas, csv): {comma(f'{read:.1f}')} с процессора")
    print(f"report check:                    {comma(f'{check:.1f}')} с, до {memory:.0f} МБ памяти")
    print(f"Отношение проверки к чтению:     {comma(f'{check / read:.1f}')}")


if __name__ == "__main__":
    main()
