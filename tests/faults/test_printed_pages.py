"""R16: what is printed is read again by another program, with any text in it."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from fieldguide import assets
from fieldguide.services.booklet import Booklet, Contents
from fieldguide.services.day_sheets import Programme, read_programme
from fieldguide.services.driver_card import driver_card
from fieldguide.services.driver_cards import card_table
from fieldguide.services.guide import Guide
from fieldguide.services.paper import Spelling
from fieldguide.services.programme import read_trip
from fieldguide.services.typefaces import Typefaces
from tests.faults import means
from tests.faults.promises import Promise

EXAMPLES = 150
MADE = date(2026, 11, 24)


def read_by(tool: str, pages: bytes, folder: Path, *after: str) -> str:
    path = folder / "pages.pdf"
    path.write_bytes(pages)
    done = subprocess.run(
        [tool, *after[:-1], str(path), *after[-1:]], capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode("utf-8")


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def named(programme: Programme, name: str) -> Programme:
    """The same with another name of its first stop."""
    route = programme.routes[0]
    visit = replace(route.stops[0].visit, title=name, title_zh="", place=None)
    changed = replace(route, stops=(replace(route.stops[0], visit=visit), *route.stops[1:]))
    return replace(programme, routes=(changed, *programme.routes[1:]))


@means.needs(means.no_page_reader())
def test_every_name_of_the_programme_is_read_again_in_embedded_typefaces(
    guide: Guide, tmp_path: Path, promise: Promise
) -> None:
    trip = read_trip(guide)
    booklet = Booklet(Typefaces(assets.path("fonts")), assets.path("templates"))
    pages = booklet.whole(Contents(read_programme(guide, trip, trip.routes)), MADE)
    said = letters(read_by("pdftotext", pages, tmp_path, "-raw", "-"))
    stops = [stop for route in trip.routes for stop in route.stops]
    for stop in stops:
        assert letters(stop.name) in said
        assert letters(stop.hanzi) in said
    faces = read_by("pdffonts", pages, tmp_path).splitlines()[2:]
    assert faces
    for face in faces:
        assert re.search(r"\+(Inter|NotoSansSC)-.* yes yes yes ", face)
    promise(
        "R16", f"PDF: both names of {len(stops)} stops read again, {len(faces)} faces, all embedded",
        "every name, every face",
    )  # fmt: skip


@means.needs(means.no_page_reader())
def test_the_code_of_a_printed_card_opens_the_place(
    guide: Guide, tmp_path: Path, promise: Promise
) -> None:
    booklet = Booklet(Typefaces(assets.path("fonts")), assets.path("templates"))
    refs = [stop.visit.ref for route in read_trip(guide).routes[:2] for stop in route.stops]
    for ref in refs:
        card = driver_card(guide, ref, MADE)
        (tmp_path / "card.pdf").write_bytes(booklet.card(card_table(card), MADE))
        command = ["pdftoppm", "-r", "100", "-png", "-singlefile", "card.pdf", "card"]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
        with Image.open(tmp_path / "card.png") as page:
            found = zxingcpp.read_barcodes(page)
        assert [code.text for code in found] == [card.links[0].url]
    promise("R16", f"PDF: codes of {len(refs)} printed cards read again", "every one")


@means.needs(means.no_page_reader())
def test_any_text_can_be_printed(guide: Guide, tmp_path: Path, promise: Promise) -> None:
    trip = read_trip(guide)
    programme = read_programme(guide, trip, trip.routes[:1])
    typefaces = Typefaces(assets.path("fonts"))
    booklet = Booklet(typefaces, assets.path("templates"))
    seen = 0

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(st.characters(), max_size=40))
    def print_it(text: str) -> None:
        nonlocal seen
        pages = booklet.days(Contents(named(programme, text)), MADE)
        said = letters(read_by("pdftotext", pages, tmp_path, "-raw", "-"))
        numbers = re.findall(r"\[(U\+[0-9A-F]+)\]", Spelling(typefaces).text(text))
        assert all(letters(number) in said for number in numbers)
        seen += 1

    print_it()
    assert seen >= EXAMPLES
    promise("R16", f"PDF: {seen} examples of any text printed", f"{EXAMPLES} examples")
