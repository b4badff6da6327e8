"""Jupyter's way to a forked kernel: the provisioner `report-forked`, found by its entry point."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Unicode

from analysis.book import warm

_REPLY = 32  # bytes of a process id
_LOOK = 0.02  # seconds between looks at a kernel that is to end


class Forked:
    """A process that is no child of this one, as `LocalProvisioner` asks a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        # Knows the process from another one that is given its number later.
        self._seen = psutil.Process(pid)

    def poll(self) -> int | None:
        """Return None while it runs; its status is its parent's to know, so 0 is all that can be said."""
        with suppress(psutil.NoSuchProcess):
            if self._seen.is_running() and self._seen.status() != psutil.STATUS_ZOMBIE:
                return None
        return 0

    def wait(self) -> int:
        """Wait until it has ended."""
        while self.poll() is None:
            time.sleep(_LOOK)
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal where it still runs."""
        with suppress(psutil.NoSuchProcess):
            self._seen.send_signal(number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)


class ForkedProvisioner(LocalProvisioner):
    """Has a kernel forked by a warm parent; starts an ordinary one where there is none."""

    address = Unicode(config=True, help="The socket of the parent, see `analysis.book.warm`.")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel: `cmd` names its connection file behind the interpreter and the module."""
        pid = await asyncio.to_thread(self._fork, cmd, kwargs) if self.address else None
        if pid is None:
            return await super().launch_kernel(cmd, **kwargs)
        try:
            forked: Any = Forked(pid)
        except psutil.NoSuchProcess as error:
            raise RuntimeError("the kernel ended before it could be seen") from error
        self.process = forked  # all of a `subprocess.Popen` that the base class asks
        # It leads a group of its own, as one that is started anew does.
        self.pid = self.pgid = pid
        self.cwd = kwargs.get("cwd")
        return self.connection_info

    def _fork(self, cmd: list[str], asked: dict[str, Any]) -> int | None:
        """Return the process id of a new kernel; None where no parent answers.

        Raises
        ------
        RuntimeError
            The parent was closed: whoever waits for a kernel is to stop, too.
        """
        request = {
            "arguments": cmd[cmd.index("-f") :],
            "env": dict(os.environ if asked.get("env") is None else asked["env"]),
            "cwd": str(asked.get("cwd") or Path.cwd()),
        }
        streams = [(asked.get(name) or standard).fileno() for name, standard in _standard()]
        reply = b""
        with suppress(OSError), socket.socket(socket.AF_UNIX) as parent:
            parent.connect(self.address)
            socket.send_fds(parent, [json.dumps(request).encode()], streams)
            parent.shutdown(socket.SHUT_WR)
            reply = parent.recv(_REPLY)
        if not reply and (one := warm.running.get(self.address)) and one.closed:
            raise RuntimeError("the parent of kernels was closed")
        return int(reply) if reply else None


def _standard() -> tuple[tuple[str, Any], ...]:
    return ("stdout", sys.__stdout__), ("stderr", sys.__stderr__)
