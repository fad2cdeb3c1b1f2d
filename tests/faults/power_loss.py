"""Cuts the power of a disk while notes are written to it; in a mount namespace of its own, as root.

The disk is ext4 in a file. Shutting it down without its log drops all that was not yet brought to
the disk, as a flat battery does; mounting it again is the start after that.
"""

import argparse
import fcntl
import json
import os
import random
import shutil
import struct
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from fieldguide.errors import FieldGuideError
from tests.faults import killed
from tests.faults.examination import assert_sound, lost_of
from tests.faults.writer import Ack, acks_of

SHUTDOWN = 0x8004587D
"""EXT4_IOC_SHUTDOWN"""
WITHOUT_LOG = 2
SIZE = 96 * 1024 * 1024
LONGEST_S = 0.4
BLOCK = 10
"""Cuts of one profile."""
PATIENCE_S = 10.0


@dataclass
class Found:
    """All rounds together; ``late`` was acknowledged while the power went, and lost."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    late: int = 0
    damaged: int = 0


class Disk:
    """A file system in a file."""

    def __init__(self, image: Path, folder: Path) -> None:
        self._image, self.folder = image, folder
        with image.open("wb") as file:
            file.truncate(SIZE)
        _run("mkfs.ext4", "-q", "-F", str(image))
        folder.mkdir()

    def mount(self) -> None:
        """Start it."""
        _run("mount", "-o", "loop", str(self._image), str(self.folder))

    def cut(self) -> int:
        """Take the power away; the answer is the last moment at which it surely was there."""
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            before = time.monotonic_ns()
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", WITHOUT_LOG))
        finally:
            os.close(handle)
        return before

    def clear(self) -> None:
        """Make room: a full disk is another matter, and kills by another signal."""
        for old in self.folder.iterdir():
            if old.name != "lost+found":
                shutil.rmtree(old)
        os.sync()

    def unmount(self) -> None:
        """Let go of it; the system may need a moment for that."""
        end = time.monotonic() + PATIENCE_S
        while subprocess.run(["umount", str(self.folder)], capture_output=True).returncode:
            assert time.monotonic() < end, "the disk stays busy"
            time.sleep(0.02)
        while subprocess.run(
            ["losetup", "-j", str(self._image)], capture_output=True, text=True
        ).stdout:
            assert time.monotonic() < end, "the loop stays busy"
            time.sleep(0.02)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


class Rounds:
    """Writes and cuts, again and again, and remembers what must still be there."""

    def __init__(self, disk: Disk, unsafe: bool) -> None:
        self._disk = disk
        self._options = ["--unsafe"] if unsafe else []
        self._known: list[Ack] = []
        self._chance = random.Random(20130601)
        self.found = Found()

    def go(self, number: int) -> None:
        """One round; the first of a profile is cut while the profile is made, or soon after."""
        profile = self._disk.folder / str(number // BLOCK)
        first = number % BLOCK == 0
        if first:
            self._known.clear()
            self._disk.clear()
        writer = killed.start("writer", str(profile), str(number), *self._options)
        lines = killed.first_lines(writer, 0 if first else 1)
        time.sleep(LONGEST_S * self._chance.random())
        cut = self._disk.cut()
        writer.kill()
        acks = acks_of(lines + killed.said_by(writer)[0])
        self._disk.unmount()
        self._disk.mount()
        self._known += acks
        self.found.rounds += 1
        self.found.acknowledged += len(acks)
        self._look(profile, cut)

    def _look(self, profile: Path, cut: int) -> None:
        try:
            missing = lost_of(profile, self._known)
            assert_sound(profile)
        except FieldGuideError:
            self.found.damaged += 1
            return
        lost = [ack for ack in missing if ack.at < cut]
        self.found.lost += len(lost)
        self.found.late += len(missing) - len(lost)
        self._known = [ack for ack in self._known if ack not in missing]


def main() -> None:
    """Print what was found as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("rounds", type=int)
    parser.add_argument("--unsafe", action="store_true")
    options = parser.parse_args()
    disk = Disk(options.folder / "disk.img", options.folder / "disk")
    disk.mount()
    rounds = Rounds(disk, options.unsafe)
    for number in range(options.rounds):
        rounds.go(number)
    disk.unmount()
    print(json.dumps(asdict(rounds.found)))


if __name__ == "__main__":
    main()
