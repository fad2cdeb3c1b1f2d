"""What the command ``card`` does: an address for a driver, in the script of the place."""

import argparse
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from fieldguide import assets
from fieldguide.domain.records import Ref
from fieldguide.domain.travel import Hotel
from fieldguide.domain.trips import parse_moment
from fieldguide.errors import BadRequest
from fieldguide.services.driver_card import DriverCard, Gap, driver_card, first_guess, hotel_card
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import has_notebook
from fieldguide.services.profile import own_profile
from fieldguide.shapes import print_json

_GAPS: Final = {
    Gap.NAME: "The guide has no name for it in the script of the place.",
    Gap.ADDRESS: "The guide has no street address for it.",
    Gap.HANZI: "The guide has its address only in Latin letters.",
    Gap.POSITION: "The guide has no position for it.",
    Gap.EXACT: "Its position is too rough for a pin: the links search for the words.",
    Gap.PHONE: "The guide has no number to call.",
}


def card(options: argparse.Namespace) -> None:
    """Print the card of a record, or of the hotel."""
    if bool(options.ref) is options.hotel:
        raise BadRequest("Name a record, as organisation/biobay, or say --hotel.")
    day = parse_moment(options.today).date() if options.today else date.today()
    hotel = _own_hotel(options) if options.hotel else None
    with closing(Guide.open(assets.guide(options.guide))) as guide:
        if options.hotel:
            hotel = hotel or first_guess(guide)
            if hotel is None:
                raise BadRequest("No hotel is chosen yet: choose it on its card in the window.")
            made = hotel_card(guide, hotel, day)
        else:
            made = driver_card(guide, Ref.parse(options.ref), day)
    if options.output is not None:
        _set(made, Path(options.output), day)
    if options.json:
        print_json(made.as_data())
    elif options.output is not None:
        print(f"Written to {options.output}")
    else:
        _print(made)


def _set(made: DriverCard, path: Path, day: date) -> None:
    """As a page to print; only then is it needed how pages are set."""
    from fieldguide.services.booklet import Booklet, save
    from fieldguide.services.driver_cards import card_table
    from fieldguide.services.typefaces import Typefaces

    booklet = Booklet(Typefaces(assets.path("fonts")), assets.path("templates"))
    save(booklet.card(card_table(made), day), path)


def _own_hotel(options: argparse.Namespace) -> Hotel | None:
    """Looking for it makes no profile."""
    if not has_notebook(own_profile(options.profile)):
        return None
    from fieldguide.asking import own_notes

    with own_notes(options) as book:
        return book.own_hotel.chosen()


def _print(made: DriverCard) -> None:
    print(made.saying)
    for known in (made.name, made.address):
        if known.local:
            print(f"  {known.local}")
    for mark in made.landmarks:
        print(f"  {made.sayings.nearby} {mark.local or mark.value}".rstrip())
    if made.phone.value:
        print(f"{made.sayings.call_this_number}\n  {made.phone.value}")
    print(f"\n{made.title}")
    for known in (made.name, made.address):
        if known.pinyin:
            print(f"  {known.pinyin}")
        if known.value and known.value != made.title:
            print(f"  {known.value}")
    for link in made.links:
        print(f"{link.service}: {link.url}")
    for gap in made.gaps:
        print(f"? {_GAPS[gap]}")
