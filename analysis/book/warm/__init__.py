"""Kernels forked from one warm process, which has imported and opened what every chapter needs.

A clean kernel costs seconds of importing before its first cell runs. Here one process (`parent`) imports once, and each
kernel is a fork of it (`provisioner`, found by Jupyter through its entry point): as clean as one started anew, for it
has run no cell, and there at once.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from analysis.base import scratch

# A call: the module, the function in it, what it is given.
Call = tuple[str, str, tuple[str | int, ...]]
_QUEUE = 128  # kernels that may wait for it to get warm
_PATIENCE = 2  # seconds that a parent may take to stop


@dataclass
class Warm:
    """A running parent of kernels.

    Attributes
    ----------
    address : str
        The socket at which it is asked for kernels.
    process : subprocess.Popen
        The process.
    closed : bool
        Whether it was stopped.
    used : float
        Seconds of the processor that it and its kernels have used, once it was stopped.
    """

    address: str
    process: subprocess.Popen = field(repr=False)
    closed: bool = False
    used: float = 0.0

    def close(self) -> None:
        """Stop it, and all its kernels with it."""
        self.closed = True
        before = os.times()
        if self.process.stdin is not None:
            # Its end is what the parent waits for: it comes, too, when this process is killed.
            self.process.stdin.close()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            # Still getting warm: with it goes what it has started for that.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        after = os.times()
        self.used = after.children_user + after.children_system - before.children_user - before.children_system


# Those of this process by their address, for the provisioner to know one that was closed from one that died.
running: dict[str, Warm] = {}


def can_fork() -> bool:
    """Return whether this system makes a sound copy of a process: Windows makes none, macOS none that has threads."""
    return sys.platform == "linux"


@contextmanager
def warm(calls: Iterable[Call] | None, *, env: Mapping[str, str], log: Path) -> Iterator[Warm | None]:
    """Give a parent of kernels that runs until the end of the block; None where none is needed or none can be.

    It is given at once: whoever asks it for a kernel waits until it is warm.

    Parameters
    ----------
    calls : iterable of Call
        What it is to call before it forks any kernel. What fails there fails again in the kernel that needs it, where
        it can be told with its place; here it is only logged. None where no kernel will be asked for.
    env : mapping
        Its environment, and that of its kernels.
    log : Path
        Gets what it prints.

    Yields
    ------
    Warm or None
    """
    if calls is None or not can_fork():
        yield None
        return
    with scratch.folder() as sockets, log.open("wb") as output:
        address = str(sockets / "warm")
        with socket.socket(socket.AF_UNIX) as listener:
            # It listens from now on: whoever comes before the parent has even started waits for it.
            listener.bind(address)
            listener.listen(_QUEUE)
            asked = json.dumps({"listener": listener.fileno(), "calls": list(calls)})
            process = subprocess.Popen(
                [sys.executable, "-m", "analysis.book.warm.parent", asked],
                env=dict(env),
                # An empty one: nothing that lies there can be imported in place of what is meant.
                cwd=sockets,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                pass_fds=[listener.fileno()],
                # Ctrl+C is for the build, which then stops this.
                start_new_session=True,
            )
        running[address] = one = Warm(address, process)
        try:
            yield one
        finally:
            one.close()
            del running[address]
