"""Address books that were damaged on the way."""

import io
import random
import time
import tracemalloc

from fieldguide.domain.people import Person
from fieldguide.domain.tables import as_table, of_table
from fieldguide.services.vcard import vcard
from fieldguide.services.vcard_reader import Card, read_cards
from tests.faults.promises import Promise
from tests.unit.test_vcard import JPEG, LI
from tests.unit.test_vcard_reader import OLD


def test_five_hundred_damaged_files_are_read_without_a_fault(promise: Promise) -> None:
    chance = random.Random(20130527)
    whole = OLD + vcard(LI, "3.0", photo=JPEG, private=True).encode()
    whole += vcard(LI, "4.0", photo=JPEG, private=True).encode()
    # What reading loads once is not what a file costs.
    assert len(list(read_cards(io.BytesIO(whole)))) == 3
    tracemalloc.start()
    for _ in range(500):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            place = chance.randrange(len(damaged))
            kind = chance.randrange(3)
            if kind == 0:
                damaged[place] = chance.randrange(256)
            elif kind == 1:
                del damaged[place : place + chance.randint(1, 200)]
            else:
                damaged[place:place] = chance.choice(
                    [b"\r\n", b"\\", b";", b":", b'"', b"=", b"\xff"]
                )
        began = time.perf_counter()
        for one in read_cards(io.BytesIO(bytes(damaged))):
            if isinstance(one, Card):
                assert of_table(Person, as_table(one.person), "person") == one.person
        assert time.perf_counter() - began < 1.0
    assert tracemalloc.get_traced_memory()[1] < 20 * 1024 * 1024
    tracemalloc.stop()
    promise(
        "R17", "500 damaged address books: none raises, none takes a second or 20 MB", "no fault"
    )
