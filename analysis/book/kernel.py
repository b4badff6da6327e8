"""A clean kernel of the running interpreter, independent of what else is installed on the machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from traitlets import Unicode

NAME = "python3"


class _RunningInterpreter(KernelSpecManager):
    """Whatever kernel a notebook names, it gets the interpreter that builds the report."""

    warm_parent = Unicode(help="The socket of a warm parent of kernels; empty where each is started anew.")

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002 - whatever it is
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        provisioner = {"provisioner_name": "report-forked", "config": {"address": self.warm_parent}}
        metadata = {"kernel_provisioner": provisioner} if self.warm_parent else {}
        return KernelSpec(argv=argv, display_name="Python", language="python", metadata=metadata)


def manager(folder: Path, parent: str = "") -> AsyncKernelManager:
    """Return a manager for one kernel.

    Kernels started side by side on TCP race for ports between choosing and
    opening one. Where the system has them, sockets in a folder of our own take
    the place of ports.

    Parameters
    ----------
    folder
        An empty folder with a short path: names of sockets are limited to about 100 bytes.
    parent
        The address of the warm process that is to fork the kernel (`analysis.book.warm`).
    """
    return AsyncKernelManager(
        kernel_name=NAME,
        kernel_spec_manager=_RunningInterpreter(warm_parent=parent),
        connection_file=str(folder / "kernel.json"),
        transport="ipc" if os.name == "posix" else "tcp",
    )


def environment(work: Path, **variables: str) -> dict[str, str]:
    """Return the environment of a kernel: nothing of the user's settings, nothing written to the home folder.

    Parameters
    ----------
    work
        Folder for what IPython, Jupyter and matplotlib want to keep.
    **variables
        What else the kernel is to know.
    """
    folders = {
        name: work / name.lower() for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "MPLCONFIGDIR")
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        **{name: str(folder) for name, folder in folders.items()},
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        **variables,
    }
