"""The command line as a process: bytes, pipes, locales, and computers without a screen."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import sys; from fieldguide.main import main; sys.exit(main())"


def program(
    *arguments: str | bytes, out: int | IO[bytes] = subprocess.PIPE, **variables: str
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "app"), **variables},
    )


def test_bytes_that_are_no_text_reach_a_real_program(guide_file: Path, tmp_path: Path) -> None:
    for arguments in (["search", "--json"], ["note", "list", "--json"], ["show"]):
        found = program(
            "--guide",
            str(guide_file),
            "--profile",
            str(tmp_path),
            *arguments,
            b"\xff\xed\xa0\x80\xe4\xbb\x81",
        )
        out, err = found.communicate(timeout=20)
        assert found.returncode in (0, 1), err
        assert b"Traceback" not in err
        if found.returncode == 0:
            json.loads(out)


def test_hanzi_leave_as_utf8_whatever_the_locale(small_guide: Path) -> None:
    found = program(
        "--guide", str(small_guide), "search", "北医院", "--json",
        LC_ALL="C", PYTHONIOENCODING="latin-1", PYTHONCOERCECLOCALE="0",
    )  # fmt: skip
    out, err = found.communicate(timeout=20)
    assert (found.returncode, err) == (0, b"")
    assert json.loads(out.decode("utf-8"))[0]["title_zh"] == "北医院"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_disk_is_said(small_guide: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        found = program("--guide", str(small_guide), "show", "visit/north", out=full)
        _, err = found.communicate(timeout=20)
    assert found.returncode == 1
    assert err == b"The answer cannot be written: No space left on device.\n"


def test_a_reader_that_goes_away_is_no_failure(guide_file: Path) -> None:
    found = program("--guide", str(guide_file), "list", "source", "--json")
    assert found.stdout is not None
    found.stdout.close()
    assert found.stderr is not None
    assert (found.stderr.read(), found.wait(timeout=20)) == (b"", 0)
    found.stderr.close()


def test_a_closed_output_is_no_traceback(small_guide: Path) -> None:
    line = f'"{sys.executable}" -c "{PROGRAM}" --guide "{small_guide}" show visit/north >&-'
    done = subprocess.run(
        line, shell=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "app")},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is always a screen")
@pytest.mark.parametrize("asked", ["", "xcb", "wayland"])
def test_without_a_screen_that_is_said_and_qt_is_not_tried(asked: str) -> None:
    started = program(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM=asked)
    out, err = started.communicate(timeout=20)
    assert (started.returncode, out) == (1, b"")
    assert err.startswith(b"There is no screen here")
    assert err.count(b"\n") == 1
