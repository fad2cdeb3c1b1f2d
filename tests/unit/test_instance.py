import os
import subprocess
import sys
import time
from pathlib import Path

from fieldguide.storage.instance import LOCK_FILE, REQUEST_FILE, Instance, Lock

HOLDER = """
import sys, time
from pathlib import Path
from fieldguide.storage.instance import Instance

one = Instance(Path(sys.argv[1]))
print(one.first(), flush=True)
time.sleep(60)
"""


def holder(profile: Path) -> subprocess.Popen[str]:
    app = str(Path(__file__).resolve().parents[2] / "app")
    started = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(profile)],
        env={**os.environ, "PYTHONPATH": app},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "True\n"
    return started


def test_only_one_program_is_the_first(tmp_path: Path) -> None:
    one, two = Instance(tmp_path / "profile"), Instance(tmp_path / "profile")
    assert one.first()
    assert one.first(), "asking again changes nothing"
    assert not two.first()
    one.leave()
    assert two.first()
    assert not one.first()
    two.leave()


def test_two_profiles_have_a_first_each(tmp_path: Path) -> None:
    one, two = Instance(tmp_path / "one"), Instance(tmp_path / "two")
    assert one.first()
    assert two.first()
    one.leave()
    two.leave()


def test_a_killed_program_leaves_no_lock(tmp_path: Path) -> None:
    running = holder(tmp_path)
    mine = Instance(tmp_path)
    assert not mine.first()
    running.kill()
    running.communicate()
    assert (tmp_path / LOCK_FILE).exists(), "the file stays and says nothing"
    assert mine.first()
    mine.leave()


def test_a_program_that_is_started_by_the_first_holds_no_lock(tmp_path: Path) -> None:
    mine, other = Instance(tmp_path), Instance(tmp_path)
    assert mine.first()
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    mine.leave()
    began = time.monotonic()
    assert other.first()
    assert time.monotonic() - began < 1
    other.leave()
    child.kill()
    child.wait()


def test_a_request_is_heard_once(tmp_path: Path) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert first.first()
    assert not first.asked()
    second.ask()
    second.ask()
    assert first.asked()
    assert not first.asked()
    first.leave()


def test_a_request_of_before_is_forgotten_at_the_start(tmp_path: Path) -> None:
    (tmp_path / REQUEST_FILE).touch()
    first = Instance(tmp_path)
    assert first.first()
    assert not first.asked()
    first.leave()


def test_where_no_lock_can_be_had_the_window_opens_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    profile = tmp_path / "file" / "profile"
    one = Instance(profile)
    assert one.first()
    one.ask()
    assert not one.asked()
    one.leave()


def test_a_lock_can_be_taken_again_after_it_was_given_back(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "lock")
    assert lock.take()
    lock.release()
    lock.release()
    assert lock.take()
    lock.release()
