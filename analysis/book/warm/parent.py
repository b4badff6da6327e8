"""The process that kernels are forked from: `python -m analysis.book.warm.parent '{"listener": …, "calls": …}'`.

It has one thread and opens no socket of a kernel itself, so that a fork of it is a sound process. It ends with the
process that started it, whatever ended that one: then its standard input does.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NoReturn

from analysis.base.garbage import seldom

_PIECE = 1 << 16  # bytes of a request that are taken at once
_STREAMS = 2  # the output and the errors of a kernel come with its request


def main() -> None:
    """Get warm, then fork a kernel for every request until standard input ends."""
    asked = json.loads(sys.argv[1])
    # The folder this was started in, which `-m` lays before all others.
    del sys.path[0]
    # Whoever comes while this is still getting warm waits in its queue.
    listener = socket.socket(fileno=asked["listener"])
    kernels: set[int] = set()
    _get_warm(asked["calls"])
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.register(sys.stdin.fileno(), selectors.EVENT_READ)
        signal.signal(signal.SIGCHLD, lambda *_: _reap(kernels))
        while True:
            ready = {key.fd for key, _ in selector.select()}
            if sys.stdin.fileno() in ready:
                break
            if listener.fileno() in ready:
                _serve(listener, selector, kernels)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _end(kernels)


def _get_warm(calls: Iterable[tuple[str, str, list]]) -> None:
    """Import what every kernel imports, call what is asked for, and put it where no collection looks at it again."""
    seldom()
    for name in ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger"):
        importlib.import_module(name)
    for module, function, given in calls:
        try:
            getattr(importlib.import_module(module), function)(*given)
        except Exception:  # noqa: BLE001 - whatever it is, the kernel that needs it meets it again
            traceback.print_exc()
    gc.collect()
    # A collection would else write to every page, and the kernels would share none of them.
    gc.freeze()


def _serve(listener: socket.socket, selector: selectors.BaseSelector, kernels: set[int]) -> None:
    asker, _ = listener.accept()
    with asker:
        request, streams, _, _ = socket.recv_fds(asker, _PIECE, _STREAMS)
        try:
            while piece := asker.recv(_PIECE):
                request += piece
            if len(streams) < _STREAMS:  # whoever asked is gone
                return
            asked = json.loads(request)
            sys.stdout.flush()
            sys.stderr.flush()
            pid = os.fork()
            if not pid:
                selector.close()
                listener.close()
                asker.close()
                _become_kernel(asked, streams)
            kernels.add(pid)
            asker.sendall(str(pid).encode())
        finally:
            for stream in streams:
                os.close(stream)


def _become_kernel(asked: dict[str, Any], streams: list[int]) -> NoReturn:
    """Be the kernel that was asked for, until it ends."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDONLY)
        for number, stream in enumerate([nothing, *streams]):
            os.dup2(stream, number)
        os.environ.clear()
        # By this a kernel finds out that its parent is gone.
        os.environ.update(asked["env"] | {"JPY_PARENT_PID": str(os.getppid())})
        os.chdir(asked["cwd"])
        _forget()
        application = importlib.import_module("ipykernel.kernelapp").IPKernelApp
        sys.argv = ["ipykernel_launcher", *asked["arguments"]]
        application.launch_instance(asked["arguments"])
    except BaseException:  # noqa: BLE001 - nothing may get back into the loop of the parent
        traceback.print_exc()
        os._exit(1)
    # Nothing of the parent's is to be done again at the end: what was flushed is all that is owed.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _forget() -> None:
    """Make what two kernels must not share their own: chance, and the list of what was read."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    if reads := sys.modules.get("analysis.base.reads"):
        reads.forget()


def _reap(kernels: set[int]) -> None:
    """Bury the kernels that have ended."""
    for pid in list(kernels):
        with suppress(ChildProcessError):
            if os.waitpid(pid, os.WNOHANG)[0]:
                kernels.discard(pid)


def _end(kernels: Iterable[int]) -> None:
    for pid in list(kernels):
        with suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
