"""What the addresses in a line about a person say of its words: of whom they are, and where."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fieldguide.domain.people import Way
from fieldguide.domain.script import fold

_PUBLIC: Final = frozenset(
    fold(
        """
gmail googlemail outlook hotmail live yahoo icloud me mac aol gmx web proton protonmail qq foxmail
163 126 139 sina sohu yeah aliyun mail yandex bk list inbox orange wanadoo free laposte sfr libero
tiscali alice virgilio telefonica t-online freenet bluewin example linkedin facebook instagram
weibo xing
"""
    ).split()
)
"""Houses that keep anybody's mail or page, whose name says nothing."""
_SECOND: Final = frozenset(fold("co com org net ac edu gov gob gouv ltd plc nhs or ne www").split())
_WORD: Final = re.compile(r"[^\W_]+")
_LEAST: Final = 3
"""Letters of the shortest word of an address that is more than first letters."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Names of the houses and of the boxes that were found in the addresses, folded."""

    houses: frozenset[str] = frozenset()
    boxes: frozenset[str] = frozenset()

    def tells_place(self, text: str) -> bool:
        """Whether an address is kept by an organisation with this name."""
        words = _WORD.findall(fold(text))
        if not words or not self.houses:
            return False
        initials = "".join(word[0] for word in words)
        whole = "".join(words)
        return any(
            (house in words and len(house) >= _LEAST)
            or (len(words) > 1 and house in (initials, initials[:-1]))
            or (len(house) > _LEAST and whole.startswith(house))
            or (len(whole) > _LEAST and house.startswith(whole))
            or any(len(word) > _LEAST + 1 and house.startswith(word) for word in words[:2])
            for house in self.houses
        )

    def tells_name(self, text: str) -> bool:
        """Whether an address belongs to somebody with a word of this name."""
        return any(
            len(word) >= _LEAST and any(word in box for box in self.boxes)
            for word in _WORD.findall(fold(text))
        )


def evidence_of(ways: Iterable[Way]) -> Evidence:
    """What the mailboxes and pages that were found tell."""
    houses, boxes = set[str](), set[str]()
    for way in ways:
        if way.kind == "email":
            box, _, host = way.value.partition("@")
            boxes.add(fold(box))
        elif way.kind == "web":
            host = re.sub(r"^https?://", "", way.value).partition("/")[0]
        else:
            continue
        labels = [one for one in fold(host).split(".")[:-1] if one not in _SECOND]
        if labels and labels[-1] not in _PUBLIC and len(labels[-1]) > 1:
            houses.add(labels[-1].replace("-", ""))
    return Evidence(frozenset(houses), frozenset(boxes))
