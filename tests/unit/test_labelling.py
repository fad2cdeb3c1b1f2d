"""Tags and shortlists: put on records, renamed and given up on all of them in one act."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldguide.domain.entries import Labels
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest
from fieldguide.services.guide import Guide
from fieldguide.services.labelling import (
    add,
    collected,
    labels_of,
    remove,
    rename,
    star,
    take,
    undo,
)
from fieldguide.services.notebook import Notebook, open_notebook

RENJI, RUIJIN, BIOBAY = (
    Ref("organisation", slug) for slug in ("renji-hospital", "ruijin-hospital", "biobay")
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Notebook]:
    opened = open_notebook(tmp_path, create=True)
    for ref, lists in ((RENJI, ("Implant", "Visit again")), (RUIJIN, ("Implant",))):
        for name in lists:
            add(opened, ref, "", "shortlists", name)
    add(opened, RENJI, "", "tags", "oncology")
    yield opened
    opened.close()


def lists(book: Notebook) -> dict[Ref, tuple[str, ...]]:
    return {ref: labels.shortlists for ref, labels in collected(book).on.items()}


def test_a_name_is_one_whatever_its_case_and_spaces(book: Notebook) -> None:
    add(book, RUIJIN, "", "tags", "  #Oncology ")
    add(book, RUIJIN, "", "tags", "a  b\nc")
    assert labels_of(book, RUIJIN).tags == ("a b c", "oncology")
    assert collected(book).names("tags") == {"a b c": 1, "oncology": 2}
    with pytest.raises(BadRequest):
        add(book, RUIJIN, "", "tags", " # ")
    take(book, RUIJIN, "", "tags", "oncology")
    assert collected(book).under("tags", ["oncology"]) == {RENJI}


def test_a_shortlist_is_renamed_everywhere_and_back(book: Notebook) -> None:
    deed = rename(book, "shortlists", "Implant", "Implant X")
    assert lists(book) == {RENJI: ("Implant X", "Visit again"), RUIJIN: ("Implant X",)}
    star(book, RUIJIN, "", True)
    undo(book, deed)
    assert lists(book) == {RENJI: ("Implant", "Visit again"), RUIJIN: ("Implant",)}
    assert collected(book).starred == {RUIJIN}


def test_two_shortlists_become_one_and_two_again(book: Notebook) -> None:
    deed = rename(book, "shortlists", "Implant", "visit AGAIN")
    assert lists(book) == {RENJI: ("Visit again",), RUIJIN: ("Visit again",)}
    undo(book, deed)
    assert lists(book) == {RENJI: ("Implant", "Visit again"), RUIJIN: ("Implant",)}


def test_only_the_case_of_a_name_can_be_changed(book: Notebook) -> None:
    rename(book, "shortlists", "Implant", "IMPLANT")
    assert collected(book).names("shortlists") == {"IMPLANT": 2, "Visit again": 1}


def test_a_shortlist_that_is_given_up_comes_back_whole(book: Notebook) -> None:
    deed = remove(book, "shortlists", "Implant")
    assert lists(book) == {RENJI: ("Visit again",)}
    add(book, BIOBAY, "", "shortlists", "Implant")
    undo(book, deed)
    assert collected(book).under("shortlists", ["Implant"]) == {RENJI, RUIJIN, BIOBAY}


def test_what_two_windows_put_on_a_record_is_shown_and_taken_off_as_one(book: Notebook) -> None:
    book.labels.add(Labels(True, ("park",)), RENJI)
    assert labels_of(book, RENJI).tags == ("oncology", "park")
    assert not star(book, RENJI, "", False).starred
    assert labels_of(book, RENJI) == Labels(
        tags=("oncology", "park"), shortlists=("Implant", "Visit again")
    )


def test_the_directory_is_narrowed_and_counted_by_them(book: Notebook, guide: Guide) -> None:
    star(book, BIOBAY, "", True)
    own = collected(book).facets
    found = guide.directory({"shortlists": {"Implant"}}, own)
    assert {card.ref for card in found.cards} == {RENJI, RUIJIN}
    counts = {(one.facet, one.value): one.count for one in found.options}
    assert counts["section", "hospitals"] == 2
    assert counts["section", "parks"] == 0
    assert counts["tags", "oncology"] == 1
    assert counts["shortlists", "Visit again"] == 1
    assert [card.ref for card in guide.directory({"starred": {"yes"}}, own).cards] == [BIOBAY]
