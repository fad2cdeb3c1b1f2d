"""What a driver card says to the delegate, in the language of the interface."""

from typing import Final

from PySide6.QtCore import QObject

from fieldguide.services.driver_card import DriverCard, Gap, Known
from fieldguide.services.map_links import MapLink, Service
from fieldguide.ui.parts import key_text

ARROWS: Final = "← →"
_DOUBTFUL: Final = ("L", "U")
"""Marks of confidence that a delegate must know of before he relies on a value."""


class DriverWords(QObject):
    """Below what the driver reads stands what it means, how old it is and what is missing."""

    def meaning(self, card: DriverCard) -> str:
        """What the saying at the top asks for."""
        return self.tr("Take me back to my hotel") if card.home else self.tr("Please take me here")

    def lines(self, card: DriverCard) -> list[str]:
        """Names and address as the delegate reads and says them."""
        lines = [card.title]
        if card.name.value and card.name.value not in card.title:
            lines.append(card.name.value)
        lines += [text for text in (card.name.pinyin, card.address.value) if text]
        lines += [card.address.pinyin] if card.address.pinyin else []
        lines += [self._landmark(one) for one in card.landmarks]
        return [*lines, *self.doubts(card)]

    def doubts(self, card: DriverCard) -> list[str]:
        """What is not known, or known from long ago."""
        said = {
            Gap.NAME: self.tr("No Chinese name is known: ask your host for it."),
            Gap.ADDRESS: self.tr("No street address is known: ask your host for it."),
            Gap.HANZI: self.tr("The address is known only in Latin letters."),
            Gap.POSITION: self.tr("No position is known: the code searches for the words."),
            Gap.EXACT: self.tr("The position is rough: the code searches for the words."),
            Gap.PHONE: self.tr("No number to call is known."),
        }
        gaps = [said[gap] for gap in card.gaps if gap is not Gap.POSITION or card.links]
        for known, words in (
            (card.address, self.tr("Address: {age}.")),
            (card.phone, self.tr("Number: {age}.")),
        ):
            if known.source:
                gaps.append(words.format(age=self._age(known)))
        return [" ".join(gaps)] if gaps else []

    def service(self, link: MapLink) -> str:
        """Whose map a code opens, and how exactly."""
        names: dict[Service, str] = {
            "amap": self.tr("Amap"), "baidu": self.tr("Baidu"), "geo": self.tr("Any map (geo)"),
        }  # fmt: skip
        words = self.tr("{map}: the place") if link.pin else self.tr("{map}: a search")
        return words.format(map=names[link.service])

    def keys(self, *, home: bool, hotel: bool, codes: bool, visit: bool) -> list[tuple[str, str]]:
        """Each key with what it does."""
        other = self.tr("Where to go") if home else self.tr("Back to hotel")
        keys = [("H", other)]
        if visit:
            keys.append((ARROWS, self.tr("Other visits")))
        if codes:
            keys.append(("M", self.tr("Another map")))
        keys += [("I", self.tr("Black or white")), ("C", self.tr("Copy")), ("P", self.tr("Print"))]
        if hotel:
            keys.append(("S", self.tr("This is my hotel")))
        if home:
            keys.append(("T", self.tr("Another hotel")))
        return [*keys, (key_text("Esc"), self.tr("Close"))]

    def spoken(self, card: DriverCard) -> str:
        """All that the card says, for those who hear it."""
        parts = [self.meaning(card), card.name.local, card.address.local, card.phone.value]
        return ". ".join(part for part in (*parts, *self.lines(card)) if part)

    def _landmark(self, one: Known) -> str:
        near = self.tr("Near {place}").format(place=one.value)
        return f"{near} · {one.note}" if one.note else near

    def _age(self, known: Known) -> str:
        """How far it is to be trusted; where it comes from is told by the page of the record."""
        dated = self.tr("as it was in {year}").format(year=known.as_of[:4])
        parts = [dated if known.as_of else self.tr("of an unknown year")]
        if known.confidence in _DOUBTFUL:
            parts.append(self.tr("not certain"))
        if known.stale:
            parts.append(self.tr("not checked for long"))
        return ", ".join(parts)
