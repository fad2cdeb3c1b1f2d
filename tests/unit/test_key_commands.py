"""The passphrase on the command line: asked for, never an argument, and never needed in vain."""

import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from fieldguide.domain.safety import new_code
from fieldguide.services.safety import Safety
from fieldguide.storage import key_names, sqlite, vault
from fieldguide.storage.instance import Instance
from fieldguide.storage.key_content import Cost, Slot
from tests.unit.conftest import Run
from tests.unit.test_cli_process import PROGRAM, ROOT

OLD, NEW = "lantern seven ferry umbrella", "仁济 and a long walk"
CODE = re.compile(r"\b[A-Z2-9]{4}(?:-[A-Z2-9]{4}){7}\b")

Input = Callable[[str], None]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A try that costs nothing: what one should cost is tested beside the vault."""

    def slot(key: bytes, secret: bytes, cost: Cost | None) -> Slot:
        return Slot.of(key, secret, Cost(1, 64, 1))

    monkeypatch.setattr(vault, "passphrase_slot", slot)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Input:
    """Put a text on standard input, which is no terminal then."""

    def put(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    put("")
    return put


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., str]:
    """A file with a secret in each line."""

    def write(*lines: str, ending: str = "\n") -> str:
        path = tmp_path / "secrets"
        path.write_bytes("".join(line + ending for line in lines).encode())
        return str(path)

    return write


@pytest.fixture
def locked(run: Run, given: Input, written: Callable[..., str]) -> str:
    """Notes under OLD with one note; the answer is the recovery code."""
    run("note", "add", "visit/north", "F: 2,750 beds")
    status, out, err = run("passphrase", "set", "--passphrase-file", written(OLD), "--json")
    assert (status, err) == (0, "")
    return str(json.loads(out)["code"])


STEPS: Sequence[tuple[list[str], list[str]]] = (
    (["passphrase", "set"], [OLD]),
    (["passphrase", "change"], [OLD, NEW]),
    (["passphrase", "change", "--json"], [NEW, OLD]),
    (["passphrase", "code"], [OLD]),
    (["passphrase", "code", "--json"], [OLD]),
    (["recover"], ["CODE", NEW]),
    (["recover", "--json"], ["CODE", OLD]),
    (["passphrase", "remove"], [OLD]),
    (["passphrase", "set", "--json"], [NEW]),
    (["passphrase", "remove", "--json"], [NEW]),
)
"""Command and the lines of its file; CODE stands for the recovery code that was said last."""


def test_the_commands_keep_their_shape(
    run: Run, given: Input, written: Callable[..., str], golden: Callable[[str, str], None]
) -> None:
    run("note", "add", "visit/north", "F: 2,750 beds")
    said, code = "", ""
    for command, lines in STEPS:
        file = written(*(code if line == "CODE" else line for line in lines))
        status, out, err = run(*command, "--passphrase-file", file)
        said += f"$ fieldguide {' '.join(command)}\n{out}{err}[{status}]\n"
        code = (CODE.findall(out) or [code])[0]
    golden("passphrase.txt", CODE.sub("CODE", said))


@pytest.mark.parametrize(
    "command",
    [
        ["note", "add", "visit/north", "more"],
        ["note", "list"],
        ["note", "show", "x"],
        ["export", "-o", "notes.zip"],
        ["backup", "make"],
        ["backup", "restore", "last"],
        ["passphrase", "change"],
        ["passphrase", "code"],
        ["passphrase", "remove"],
        ["recover"],
        ["wipe", "--export", "notes.zip"],
    ],
)
def test_without_the_passphrase_nothing_is_shown_or_done(
    run: Run, locked: str, given: Input, profile: Path, command: list[str],
    written: Callable[..., str],
) -> None:  # fmt: skip
    files = [path for path in profile.rglob("*") if path.is_file() and path.suffix != ".lock"]
    before = {path: path.read_bytes() for path in files}
    status, out, err = run(*command)
    assert (status, out) == (1, "")
    assert "--passphrase-file" in err
    status, out, err = run(*command, "--passphrase-file", written("a wrong one", NEW))
    assert (status, out) == (1, "")
    assert "Traceback" not in err
    assert err.count("\n") == 1
    for nothing in ("", "\n"):
        given(nothing)
        status, out, err = run(*command, "--passphrase-file", "-")
        assert (status, out) == (1, "")
        assert err.endswith(": nothing was given.\n")
    assert {path: path.read_bytes() for path in files} == before
    assert not (Path.cwd() / "notes.zip").exists()


def test_with_the_passphrase_all_commands_work(
    run: Run, locked: str, given: Input, written: Callable[..., str], tmp_path: Path
) -> None:
    secret = ["--passphrase-file", written(OLD)]
    (note,) = json.loads(run("note", "list", "--json", *secret)[1])
    assert run("note", "show", note["id"], *secret) == (0, "F: 2,750 beds\n", "")
    assert run("note", "add", "visit/north", "Q: how many nurses?", *secret)[0] == 0
    target = tmp_path / "notes.zip"
    assert run("export", "-o", str(target), *secret)[:2] == (0, f"2 notes written to {target}\n")
    name = run("backup", "make", *secret)[1].strip()
    assert name in run("backup", "list")[1], "the names tell nothing"
    run("note", "add", "visit/north", "a third", *secret)
    assert "are back" in run("backup", "restore", name, *secret)[1]
    assert len(json.loads(run("note", "list", "--json", *secret)[1])) == 2


def test_a_note_may_follow_the_passphrase_on_standard_input(
    run: Run, locked: str, given: Input
) -> None:
    given(f"{OLD}\nF: 今 beds\nmore\n")
    status, out, err = run("note", "add", "visit/north", "-", "--passphrase-file", "-")
    assert (status, err) == (0, "")
    given(f"{OLD}\r\n")
    shown = run("note", "show", out.strip(), "--passphrase-file", "-", "--json")[1]
    assert json.loads(shown)["text"] == "F: 今 beds\nmore\n"


@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_line_is_the_passphrase_however_it_was_written(
    run: Run, locked: str, written: Callable[..., str], ending: str, mark: str
) -> None:
    file = written(mark + OLD, ending=ending)
    assert run("note", "list", "--passphrase-file", file)[0] == 0


def test_a_file_that_is_not_there_is_a_sentence(run: Run, locked: str, tmp_path: Path) -> None:
    for name in (str(tmp_path / "nowhere"), str(tmp_path)):
        status, out, err = run("note", "list", "--passphrase-file", name)
        assert (status, out) == (1, "")
        assert "cannot be read for the passphrase" in err


def test_a_passphrase_is_no_argument_and_no_variable(
    run: Run, locked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDGUIDE_PASSPHRASE", OLD)
    assert run("note", "list")[0] == 1
    assert run("note", "list", "--passphrase", OLD)[0] != 0
    for command in ("set", "change", "remove"):
        assert run("passphrase", command, OLD)[0] == 2


def test_the_code_opens_what_the_passphrase_opened(
    run: Run, locked: str, written: Callable[..., str]
) -> None:
    file = written(locked.lower(), NEW)
    assert run("recover", "--passphrase-file", file)[0] == 0
    assert run("note", "list", "--passphrase-file", written(OLD))[0] == 1
    assert run("note", "list", "--passphrase-file", written(NEW))[0] == 0
    status, _, err = run("recover", "--passphrase-file", written(new_code(), NEW))
    assert (status, err.count("\n")) == (1, 1)


def test_a_first_passphrase_before_the_first_note(
    run: Run, given: Input, profile: Path, written: Callable[..., str]
) -> None:
    assert run("passphrase", "set", "--passphrase-file", written("short"))[0] == 1
    status, _, err = run("passphrase", "set", "--passphrase-file", written(OLD))
    assert (status, err) == (0, "")
    assert key_names.KEY_FILE in os.listdir(profile)
    status, _, err = run("passphrase", "set", "--passphrase-file", written(NEW))
    assert (status, err) == (1, "Your notes have a passphrase already; it can be changed.\n")


@pytest.mark.parametrize(
    "command", [["passphrase", "change"], ["passphrase", "remove"], ["recover"], ["wipe"]]
)
def test_where_there_are_no_notes_no_folder_is_made(
    run: Run, given: Input, profile: Path, command: list[str]
) -> None:
    status, out, err = run(*command)
    assert (status, out) == (1, "")
    assert err.endswith("in this profile yet.\n") or "nothing to wipe" in err
    assert not profile.exists()


def test_notes_of_a_newer_program_are_read_and_not_written(
    run: Run, locked: str, profile: Path, written: Callable[..., str], tmp_path: Path
) -> None:
    secret = ["--passphrase-file", written(OLD)]
    conn = sqlite.connect_workspace(profile / "workspace.db", key_of(profile))
    conn.execute("PRAGMA user_version = 99")
    sqlite.close(conn)
    (note,) = json.loads(run("note", "list", "--json", *secret)[1])
    assert run("note", "show", note["id"], *secret) == (0, "F: 2,750 beds\n", "")
    assert run("export", "-o", str(tmp_path / "notes.zip"), *secret)[0] == 0
    status, out, err = run("note", "add", "visit/north", "more", *secret)
    assert (status, out) == (1, "")
    assert err == (
        "Your notes were last written by a newer version of the program: "
        "this one shows them and changes nothing.\n"
    )
    assert len(json.loads(run("note", "list", "--json", *secret)[1])) == 1


def key_of(profile: Path) -> bytes:
    return vault.Vault(profile).key(OLD)


def test_a_window_that_is_open_keeps_its_key(
    run: Run, locked: str, given: Input, profile: Path, written: Callable[..., str]
) -> None:
    window = Instance(profile)
    assert window.first()
    for command in (["passphrase", "change"], ["recover"], ["wipe"]):
        status, out, err = run(*command)
        assert (status, out) == (1, "")
        assert "is open with these notes" in err
    window.leave()


def test_a_wipe_wants_its_word(run: Run, locked: str, given: Input, profile: Path) -> None:
    for text in ("", "\n", "yes\n", "wip"):
        given(text)
        status, out, err = run("wipe")
        assert (status, out) == (1, "")
        assert err.endswith("Nothing was wiped: the word was not typed.\n")
        assert str(profile) in err
    given("wipe\n")
    status, out, _ = run("wipe")
    assert (status, out) == (0, "Wiped.\n")
    assert not list(profile.rglob("*.db")) + list(profile.rglob("*.key*"))
    assert run("note", "list") == (0, "", "")


def test_notes_are_exported_before_the_wipe(
    run: Run, locked: str, given: Input, tmp_path: Path
) -> None:
    target = tmp_path / "notes.zip"
    given(f"{OLD}\nwipe\n")
    status, out, _ = run("wipe", "--export", str(target), "--passphrase-file", "-", "--json")
    assert (status, json.loads(out)) == (0, {"left": []})
    with zipfile.ZipFile(target) as archive:
        assert archive.read(archive.namelist()[0]).endswith(b"F: 2,750 beds")
    assert run("note", "list") == (0, "", "")


def test_what_could_not_be_reached_is_said_and_the_status_is_one(
    run: Run, locked: str, profile: Path, tmp_path: Path, written: Callable[..., str]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    Safety(profile).backups.set_second_copy(stick)
    file = written(OLD, NEW)
    status, out, err = run("passphrase", "change", "--passphrase-file", file, "--json")
    assert status == 1
    assert json.loads(out)["left"] == [err.rstrip()]
    assert run("note", "list", "--passphrase-file", written(NEW))[0] == 0


def in_terminal(arguments: Sequence[str], *answers: str) -> tuple[int, str]:
    """Run the program in a terminal of its own, type an answer to each question; what was shown."""
    import pty

    number, master = pty.fork()
    if number == 0:
        environ = {**os.environ, "PYTHONPATH": str(ROOT / "app")}
        os.execve(sys.executable, [sys.executable, "-c", PROGRAM, *arguments], environ)
    shown = b""
    waiting = list(answers)
    try:
        while chunk := os.read(master, 4_096):
            shown += chunk
            if chunk.endswith(b": ") and waiting:
                os.write(master, waiting.pop(0).encode() + b"\n")
    except OSError:
        # So a terminal says that nobody is left in it.
        pass
    os.close(master)
    status = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    return status, shown.decode().replace("\r\n", "\n")


@pytest.mark.skipif(os.name != "posix", reason="a terminal of its own needs POSIX")
def test_in_a_terminal_the_passphrase_is_typed_and_not_shown(run: Run, profile: Path) -> None:
    run("note", "add", "visit/north", "F: 2,750 beds")
    options = ["--profile", str(profile)]
    status, shown = in_terminal([*options, "passphrase", "set"], OLD, NEW)
    assert status == 1
    assert shown.endswith("The two passphrases are not the same; nothing was changed.\n")
    status, shown = in_terminal([*options, "passphrase", "set"], OLD, OLD)
    assert status == 0
    assert CODE.search(shown)
    assert OLD not in shown
    status, shown = in_terminal([*options, "note", "list"], OLD)
    assert status == 0
    assert shown.startswith("Passphrase: \n")
    assert shown.rstrip().endswith("F: 2,750 beds")
    assert OLD not in shown
    status, shown = in_terminal([*options, "note", "list"], NEW)
    assert (status, shown.count("\n")) == (1, 2)
    status, shown = in_terminal([*options, "note", "list"], "\x04")
    assert status == 1
    assert "nothing was given" in shown
    status, shown = in_terminal([*options, "note", "list"], "\x03")
    assert status == 130
    assert "Traceback" not in shown
