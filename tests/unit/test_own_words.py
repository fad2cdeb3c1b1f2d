"""No sentence of the texts behind the guide stands in the project."""

import subprocess
import time
from pathlib import Path

import pytest

from build_spec.own_words import DIGEST, RUN, Fingerprints, Name, name_of

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
RUNS_OF_EACH_DOCUMENT = (3910, 2090)
LONGEST_NAME = 14
GENERATED = {"__pycache__", "build", "dist", "node_modules"}

INVENTED = """The heron keeps to the reeds of the lower lake until the
first frost; then, in one night, the whole colony leaves for the salt-
marshes of the south, and nobody has ever seen it go."""


def allowed_names() -> list[Name]:
    lines = (HERE / "own_words_allowed.txt").read_text(encoding="utf-8").splitlines()
    return [name_of(line) for line in lines if line.strip() and not line.startswith("#")]


def project_files() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listing.returncode == 0 and listing.stdout:
        names = listing.stdout.decode().split("\0")
        return sorted(ROOT / name for name in set(names) if name and (ROOT / name).is_file())
    return sorted(path for path in ROOT.rglob("*") if path.is_file() and _is_ours(path))


def _is_ours(path: Path) -> bool:
    folders = path.relative_to(ROOT).parts[:-1]
    return not any(
        name in GENERATED or (name.startswith(".") and name != ".ci") for name in folders
    )


def text_of(path: Path) -> str | None:
    content = path.read_bytes()
    if b"\0" in content[:8192]:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


@pytest.fixture(scope="module")
def heron() -> Fingerprints:
    return Fingerprints.of([INVENTED])


def test_no_run_of_nine_words_of_a_source_stands_in_the_project() -> None:
    kept = Fingerprints.read(HERE / "own_words.bin")
    names = allowed_names()
    hits = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in project_files()
        if (text := text_of(path)) is not None
        for line in kept.copied(text, names)
    ]
    assert not hits, "say this in our own words: " + ", ".join(hits)


def test_the_walk_reaches_program_content_and_papers() -> None:
    seen = {str(path.relative_to(ROOT)) for path in project_files() if text_of(path) is not None}
    assert {"pyproject.toml", "LICENSE", "tests/unit/test_own_words.py"} <= seen
    assert any(name.startswith("app/fieldguide/") for name in seen)
    assert any(name.startswith("db/") for name in seen)
    assert not any(name.startswith(".venv/") for name in seen)


def test_the_kept_fingerprints_come_from_two_documents() -> None:
    path = HERE / "own_words.bin"
    kept = Fingerprints.read(path)
    assert kept.documents == RUNS_OF_EACH_DOCUMENT
    assert max(kept.documents) < len(kept.runs) <= sum(kept.documents)
    body = path.read_bytes().partition(b"\n")[2]
    assert len(body) == DIGEST * len(kept.runs)
    assert all(len(run) == DIGEST for run in kept.runs)


def test_what_is_written_is_read_back(heron: Fingerprints, tmp_path: Path) -> None:
    heron.write(tmp_path / "heron.bin")
    assert Fingerprints.read(tmp_path / "heron.bin") == heron
    assert b"heron" not in (tmp_path / "heron.bin").read_bytes()


@pytest.mark.parametrize(
    "copy",
    [
        "the whole colony leaves for the salt-marshes of the south",
        "… THE WHOLE COLONY, leaves (for the) salt / marshes of the South!",
        "the whole\ncolony\n\nleaves for\n# the\n# salt marshes of the south",
        '"the whole colony " + "leaves for the " + "salt marshes of the south"',
        "thé whölé colony leavés for thè salt marshes of thê south",
        "the whole colony leaves for the saltmarshes of the south",
        r"the whole\ncolony leaves for the salt\tmarshes of the south",
        "the whole col\u00adony leaves for the salt marsh\u200bes of the south",
        "| the whole | colony | leaves for the | salt marshes of **the** south |",
    ],
)
def test_a_copy_is_found_however_it_is_dressed(heron: Fingerprints, copy: str) -> None:
    assert heron.copied(copy)


@pytest.mark.parametrize(
    "own",
    [
        "Herons stay in the reeds of the lower lake until frost, then all go south by night.",
        "the whole colony leaves for the salt marshes",
        "",
    ],
)
def test_a_paraphrase_and_eight_words_are_our_own(heron: Fingerprints, own: str) -> None:
    assert heron.copied(own) == []


def test_a_hit_names_the_line_where_the_run_begins(heron: Fingerprints) -> None:
    text = "own words\nmore own words\nbut nobody has\never seen it go\n"
    assert heron.copied(text) == []
    text = "own words\nmore own words\nthe south and nobody has ever\nseen it go\n"
    assert heron.copied(text) == [3]


def test_a_listed_name_is_forgiven_with_three_words_about_it(heron: Fingerprints) -> None:
    text = "the first frost then in one night the whole"
    assert len(name_of(text)) == RUN
    assert heron.copied(text, [name_of("frost, then, in one night")])
    assert heron.copied(text, [name_of("first frost; then, in one night")]) == []
    assert heron.copied(text, [name_of("one night"), name_of("first frost, then in")]) == []
    assert heron.copied(text, [name_of("first frost, then in two nights")])


def test_the_list_holds_names_and_no_sentences() -> None:
    names = allowed_names()
    assert all(names)
    assert max(map(len, names)) <= LONGEST_NAME
    assert len(names) == len(set(names))


def test_a_million_characters_are_read_in_a_second() -> None:
    kept = Fingerprints.read(HERE / "own_words.bin")
    texts = [text for path in project_files() if (text := text_of(path)) is not None]
    begun = time.process_time()
    for text in texts:
        kept.copied(text)
    assert time.process_time() - begun < sum(map(len, texts)) / 1e6
