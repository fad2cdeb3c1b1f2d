"""A program to be killed: takes a file of vCards into a profile, and says after each piece."""

import sys
from pathlib import Path

from fieldguide.services.notebook import open_notebook
from fieldguide.services.people_import import CardFile


def main(profile: str, path: str) -> None:
    """Import a file, and print how many cards are kept so far."""
    book = open_notebook(Path(profile), create=False)
    file, kept, last = CardFile(Path(path)), 0, False
    while not last:
        piece = file.next()
        last, kept = piece.last, kept + book.reception.receive(piece).size
        print(kept, flush=True)
    book.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
