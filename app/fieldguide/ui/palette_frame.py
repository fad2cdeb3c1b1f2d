"""What the search palette is made of: line, chips, list and foot, one above the other."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from fieldguide.ui.answers import Answer
from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.hits import HitDelegate, HitModel
from fieldguide.ui.parts import key_text, label, rule
from fieldguide.ui.scopes import ScopeBar
from fieldguide.ui.search_line import Key, SearchLine
from fieldguide.ui.theme import Theme

_LONGEST: Final = 10_000
"""More than anybody types; the rest of a pasted text is not looked at."""
_SHOWN: Final = 60


class PaletteFrame(QFrame):
    """The parts, their distances and their height; what they do is the palette's."""

    def __init__(
        self, look: Look, deeds: Mapping[Key, Callable[[], object]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("kind", "palette")
        self.hits = HitModel()
        self._delegate = HitDelegate(look)
        self._picture = QLabel()
        self.line = SearchLine(deeds)
        self.line.setMaxLength(_LONGEST)
        self.line.setAccessibleName(self.tr("Search everything"))
        self.line.setPlaceholderText(self.tr("A name, 汉字, pinyin, a figure, a date …"))
        self._state = label("", "caption", "t2")
        self.scopes = ScopeBar()
        self._miss = label("", "body", "t2", wrap=True)
        self.list = QListView()
        self.list.setProperty("kind", "palette")
        self.list.setAccessibleName(self.tr("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setModel(self.hits)
        self.list.setItemDelegate(self._delegate)
        self._build()
        self.set_theme(look.theme)

    def show_answer(self, answer: Answer) -> None:
        """Replace everything but what was typed."""
        self.hits.show(answer.rows, answer.typed)
        self._state.setText(answer.state)
        self.scopes.show_scopes(answer.scopes, answer.scope)
        self._miss.setVisible(answer.missed)
        if answer.missed:
            text = answer.query.strip()
            text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
            sentence = self.tr("Neither the guide nor a note of yours holds “{text}”.")
            self._miss.setText(sentence.format(text=text))

    def fit(self, width: int, room: int) -> int:
        """Give the list the height of its rows; returns the height of all, at most ``room``."""
        row = self._delegate.row_height(width - 2 * self._look.theme.hairline)
        rows = len(self.hits.rows) * row
        self.list.setVisible(bool(rows))
        self.list.setFixedHeight(0)
        rest = self._column.totalHeightForWidth(width)
        held = min(rows, max(row, room - rest))
        self.list.setFixedHeight(held)
        return rest + held

    def set_theme(self, theme: Theme) -> None:
        """Set the distances for another text size."""
        px, edge = theme.px, theme.hairline
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._picture.setPixmap(self._look.icons.pixmap("search", 20, "t1"))
        self._head.setContentsMargins(px(16), px(7), px(16), px(7))
        self._head.setSpacing(px(8))
        self._foot.setContentsMargins(px(16), px(7), px(16), px(7))
        self._foot.setSpacing(px(14))
        self._miss.setMargin(px(16))
        for pair in self._pairs:
            pair.setSpacing(px(6))
        self.scopes.set_theme(theme)

    def _build(self) -> None:
        self._head = QHBoxLayout()
        for part, stretch in ((self._picture, 0), (self.line, 1), (self._state, 0)):
            self._head.addWidget(part, stretch)
        self._head.addWidget(_key_cap(key_text("Esc")), 0, Qt.AlignmentFlag.AlignVCenter)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(rule())
        for below in (self.scopes, self._miss, self.list, rule(), self._build_foot()):
            self._column.addWidget(below)

    def _build_foot(self) -> QWidget:
        foot = QWidget()
        self._foot = FlowLayout()
        foot.setLayout(self._foot)
        self._pairs: list[QHBoxLayout] = []
        for key, deed in (
            (self.tr("Enter"), self.tr("Open")),
            (key_text("Ctrl+Shift+C"), self.tr("Copy hanzi")),
            (key_text("Ctrl+N"), self.tr("Note on it")),
            (key_text("Tab"), self.tr("Next kind")),
        ):
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(_key_cap(key))
            row.addWidget(label(deed, "caption", "t2"))
            self._pairs.append(row)
            self._foot.addWidget(pair)
        return foot


def _key_cap(text: str) -> QLabel:
    cap = QLabel(text)
    cap.setProperty("kind", "key")
    return cap
