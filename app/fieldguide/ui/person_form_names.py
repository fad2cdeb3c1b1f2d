"""The names of a person in a form: the family's part, and how hanzi are spoken."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, cast

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QWidget

from fieldguide.domain.people import PersonName, Script
from fieldguide.domain.person_mending import family_parts
from fieldguide.domain.person_names import family_of
from fieldguide.domain.surnames import family_of_hanzi
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton
from fieldguide.ui.person_form_fields import ChoiceBox, Field, LineBox, ValueRow
from fieldguide.ui.person_form_rows import Rows

SOUND_MS: Final = 400
"""From the last key in the hanzi until they are asked how they sound."""


class NameRow(ValueRow):
    """A name, and which part of it the family bears: guessed until somebody says it."""

    def __init__(
        self,
        look: Look,
        fields: Sequence[Field],
        blank: Any,  # noqa: ANN401
        remove: str,
        *,
        captions: bool,
    ) -> None:
        self._said = True
        super().__init__(look, fields, blank, remove, captions=captions)
        self._family = cast(ChoiceBox, self.boxes["family"])
        self._family.activated.connect(self._say)
        text, script = self.boxes["text"], self.boxes["script"]
        assert isinstance(text, LineBox)
        assert isinstance(script, ChoiceBox)
        text.textChanged.connect(self._offer)
        script.currentIndexChanged.connect(self._offer)

    def show_value(self, before: Any, value: PersonName) -> None:  # noqa: ANN401
        """Show a name with the parts that may be the family's."""
        self._said = True
        cast(ChoiceBox, self.boxes["family"]).offer(self._parts(value.text, value.script))
        super().show_value(before, value)
        self._said = bool(value.family)

    def _say(self) -> None:
        self._said = True

    def _offer(self) -> None:
        text, script = self.boxes["text"].told(), Script(self.boxes["script"].told())
        parts = self._parts(text, script)
        kept = self._family.told()
        if not self._said or kept not in parts:
            kept = family_of_hanzi(text) if script is Script.HANZI else family_of(text)
        self._family.offer(parts)
        self._family.tell(kept if kept in parts else "")

    @staticmethod
    def _parts(text: str, script: Script) -> dict[str, str]:
        none = _tr("Family name?")
        one = _tr("Family: {name}")
        parts = () if script is Script.NICKNAME else family_parts(text, script)
        return {"": none} | {part: one.format(name=part) for part in parts}


class NameRows(Rows):
    """Names in every script; pinyin is offered for hanzi, for somebody to check the tones."""

    sounded = Signal(str)
    """Hanzi that are typed, without pinyin yet."""

    def __init__(self, look: Look) -> None:
        words = (_tr("Another name"), _tr("Remove this name"))
        super().__init__(look, _fields(), PersonName(""), words, captions=False, row=NameRow)
        self._pinyin = ""
        self._take = IconButton(look, "check", "", self._take_pinyin, "link")
        self.put_below(self._take)
        self._hearing = QTimer(self)
        self._hearing.setSingleShot(True)
        self._hearing.setInterval(SOUND_MS)
        self._hearing.timeout.connect(self._hear)
        self.typed.connect(self._hearing.start)

    @property
    def stops(self) -> list[QWidget]:
        """Where the keys go, in order."""
        return [*super().stops, self._take]

    def listen(self) -> None:
        """Offer how the hanzi are spoken that are shown."""
        self._hearing.stop()
        self._suggest("")
        self._hear()

    def sound(self, hanzi: str, said: PersonName) -> None:
        """Offer how hanzi are spoken, if they are still the ones that are typed here."""
        if hanzi == self._told(Script.HANZI):
            self._suggest("" if self._told(Script.PINYIN) else said.text)

    def _box(self, script: Script) -> LineBox | None:
        """The first name in this script."""
        rows = self.rows
        found = (row.boxes["text"] for row in rows if row.boxes["script"].told() == script)
        box = next(found, None)
        return box if isinstance(box, LineBox) else None

    def _told(self, script: Script) -> str:
        box = self._box(script)
        return box.told() if box is not None else ""

    def _hear(self) -> None:
        hanzi = self._told(Script.HANZI)
        if hanzi and not self._told(Script.PINYIN):
            self.sounded.emit(hanzi)
        else:
            self._suggest("")

    def _suggest(self, pinyin: str) -> None:
        self._pinyin = pinyin
        words = self.tr("Spoken {pinyin}? Check the tones and take it").format(pinyin=pinyin)
        self._take.setText(words)
        self._take.set_theme(self._look.theme)
        self._take.setVisible(bool(pinyin))

    def _take_pinyin(self) -> None:
        box = self._box(Script.PINYIN)
        if box is not None:
            box.tell(self._pinyin)
            box.setFocus()
        self._suggest("")


def _fields() -> tuple[Field, ...]:
    scripts: dict[str, str] = {
        Script.LATIN: _tr("Latin letters"),
        Script.HANZI: _tr("Hanzi"),
        Script.PINYIN: _tr("Pinyin"),
        Script.NICKNAME: _tr("Called"),
        Script.OTHER: _tr("Another script"),
    }
    script = Field("script", _tr("Script of the name"), choices=scripts, read=Script, counts=False)
    family = Field("family", _tr("Which part is the family name"), choices={"": ""}, counts=False)
    text = Field("text", _tr("Name"), room=5, named_by="script")
    return replace(script, room=3), text, replace(family, room=3)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PersonForm", text)
