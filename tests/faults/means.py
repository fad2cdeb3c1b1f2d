"""What this machine permits: each answer is empty, or says why a test must be left out."""

import shutil
import subprocess
import sys
from functools import cache

import pytest


@cache
def no_mounts() -> str:
    """A disk of one's own: root, outside the strictest containers."""
    if not sys.platform.startswith("linux"):
        return "only Linux gives a process a disk of its own"
    missing = _missing("unshare", "mount")
    probe = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return missing or _refused(probe, "this user may not mount a disk")


@cache
def no_loops() -> str:
    """A disk in a file."""
    missing = no_mounts() or _missing("mkfs.ext4", "losetup")
    return missing or _refused(["losetup", "--find"], "there is no loop device here")


@cache
def no_empty_network() -> str:
    """A network without anything on it."""
    missing = _missing("unshare")
    return missing or _refused(["unshare", "--net", "true"], "this user may not leave the network")


@cache
def no_trace() -> str:
    """To see what a program asks of the system."""
    return _missing("strace") or _refused(["strace", "-qq", "true"], "no program may be traced")


@cache
def no_disk_errors() -> str:
    """A library between a program and its disk that lets calls fail."""
    return _missing("fiu-run", "fiu-ctrl")


@cache
def no_other_user() -> str:
    """To be someone else for a while."""
    missing = _missing("setpriv")
    probe = ["setpriv", "--reuid=65534", "--clear-groups", "true"]
    return missing or _refused(probe, "only root may become someone else")


@cache
def no_other_time() -> str:
    """A clock that is wrong, for one program."""
    return _missing("faketime")


@cache
def no_gpsbabel() -> str:
    """A program of others that reads what map programs write."""
    return _missing("gpsbabel")


@cache
def no_page_reader() -> str:
    """To read printed pages with another program."""
    return _missing("pdftotext", "pdffonts", "pdftoppm")


def needs(*reasons: str) -> pytest.MarkDecorator:
    """Leave a test out for the first of these reasons that is one."""
    reason = next((one for one in reasons if one), "")
    return pytest.mark.skipif(bool(reason), reason=reason)


def _missing(*tools: str) -> str:
    absent = [tool for tool in tools if shutil.which(tool) is None]
    return f"{', '.join(absent)} not installed" if absent else ""


def _refused(probe: list[str], reason: str) -> str:
    return reason if subprocess.run(probe, capture_output=True).returncode else ""
