"""R1: kill -9 at any moment; what was confirmed is there, and the file is whole."""

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path

from fieldguide.services.notebook import open_notebook
from tests.faults import killed
from tests.faults.conftest import Rounds
from tests.faults.examination import assert_sound, log_is_live, lost_of
from tests.faults.promises import Promise
from tests.faults.window_typing import letter
from tests.faults.writer import Ack, acks_of

BLOCK = 10
"""Kills of one profile: as many again fill a file that takes long to read through each time."""
LONGEST_S = 0.5
MOST_STARTS = 300
"""Where every moment is missed in which a file is unfinished."""
LOSS_S = 1.0
"""What may be typed and not yet kept."""
EARLY = 20
"""Each time this many kills one comes before the first save."""


@dataclass
class Found:
    """What rounds found; ``live`` died with a log, ``early`` before a first save."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    live: int = 0
    early: int = 0

    def __add__(self, other: "Found") -> "Found":
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Found(*(one + another for one, another in pairs))


def killed_writer(profile: Path, seed: int, chance: random.Random) -> list[Ack]:
    """Let a writer run for a while, kill it, and answer with what it had confirmed."""
    early = seed % EARLY == EARLY - 1
    writer = killed.start("writer", str(profile), str(seed))
    before = killed.first_lines(writer, 0 if early else 1)
    time.sleep(LONGEST_S * chance.random() * (1.0 if early else chance.random()))
    return acks_of(before + killed.lines_of(writer))


def kill_again_and_again(profile: Path, block: int) -> Found:
    """Some rounds over one profile, with a look at all of it behind each."""
    chance = random.Random(20130530 + block)
    known: list[Ack] = []
    found = Found(rounds=BLOCK)
    for number in range(BLOCK):
        acks = killed_writer(profile, block * BLOCK + number, chance)
        known += acks
        found.early += not acks
        found.live += log_is_live(profile)
        found.lost += len(lost_of(profile, known))
        assert_sound(profile)
    found.acknowledged = len(known)
    return found


def test_what_is_said_to_be_saved_survives_a_kill(
    tmp_path: Path, rounds: Rounds, promise: Promise
) -> None:
    blocks = range(rounds(200, 1_000) // BLOCK)
    # Two at a time: while one starts a program the other reads a file through.
    with ThreadPoolExecutor(2) as pool:
        parts = pool.map(lambda block: kill_again_and_again(tmp_path / str(block), block), blocks)
        found = sum(parts, Found())
    assert found.rounds == rounds(200, 1_000)
    assert found.lost == 0
    assert found.live >= 0.9 * found.rounds
    assert found.early < 0.1 * found.rounds, "most rounds must have something to lose"
    promise(
        "R1",
        f"{found.rounds} kills, {found.acknowledged:,} acknowledged, {found.lost} lost, 0 damaged; "
        f"{found.live / found.rounds:.0%} with a live log, {found.early} before a first save",
        f"{found.rounds} kills: 0 lost, 0 damaged; >= 90 % with a live log",
    )


def test_a_window_killed_in_the_middle_of_a_word_loses_no_more_than_a_second(
    guide_file: Path, tmp_path: Path, rounds: Rounds, promise: Promise
) -> None:
    chance = random.Random(20130603)
    longest, typed, kept = 0.0, 0, 0
    for number in range(rounds(6, 40)):
        profile = tmp_path / str(number)
        window = killed.start("window_typing", str(guide_file), str(profile))
        moments = killed.first_lines(window, 1)
        time.sleep(chance.uniform(1.0, 2.4))
        window.kill()
        end = time.monotonic_ns()
        moments += killed.said_by(window)[0]
        notebook = open_notebook(profile, create=False)
        text = "".join(notebook.note(card.id).text for card in notebook.notes())
        notebook.close()
        assert_sound(profile)
        assert text == "".join(letter(place) for place in range(len(text)))
        typed, kept = typed + len(moments), kept + len(text)
        if len(text) < len(moments):
            longest = max(longest, (end - int(moments[len(text)])) / 1e9)
    assert longest <= LOSS_S
    promise(
        "R1",
        f"window killed {rounds(6, 40)} times in the middle of a word: {kept} of {typed} keys "
        f"there, none wrong; the oldest that is not was {longest:.2f} s old",
        f"at most {LOSS_S:.0f} s of typing",
    )


def left_in(profile: Path) -> list[Path]:
    """What was begun and never finished."""
    return list(profile.glob(".*.new*"))


def test_a_program_killed_while_it_makes_the_first_profile_leaves_one_that_opens(
    tmp_path: Path, rounds: Rounds, promise: Promise
) -> None:
    chance = random.Random(20130531)
    began = time.perf_counter()
    killed.first_lines(writer := killed.start("writer", str(tmp_path / "whole"), "0"), 1)
    start_s = time.perf_counter() - began
    killed.lines_of(writer)
    count, unfinished = 0, 0
    while count < rounds(30, 150) or (not unfinished and count < MOST_STARTS):
        profile = tmp_path / str(count)
        count += 1
        writer = killed.start("writer", str(profile), "0")
        time.sleep(start_s * chance.uniform(0.4, 1.0))
        killed.lines_of(writer)
        left = left_in(profile)
        unfinished += bool(left)
        for path in left:
            an_hour_ago = path.stat().st_mtime - 3_700
            os.utime(path, (an_hour_ago, an_hour_ago))
        notebook = open_notebook(profile, create=True)
        note = notebook.start(None, "")
        notebook.save(note.id, "after", note.revision.id)
        notebook.close()
        assert_sound(profile)
        assert left_in(profile) == []
    assert unfinished, "no round was killed in the middle"
    promise(
        "R1",
        f"first start killed {count} times: each opens; {unfinished} left unfinished "
        "files, cleared up at the next start after an hour",
        "each opens; nothing stays behind",
    )
