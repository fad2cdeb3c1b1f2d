"""A draft of an e-mail beside the board; it is copied, saved, or handed to another program."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.notes import Visibility
from fieldguide.errors import FieldGuideError
from fieldguide.services.letters import Letter, checked, mailto, save_eml
from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.line_kinds import visibility_mark
from fieldguide.ui.note_bars import TroubleBar
from fieldguide.ui.parts import IconButton, ToolButton, label
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme


class LetterView(QWidget):
    """Nothing leaves before the address was named and agreed to, and then another program sends."""

    said = Signal(str)
    left = Signal()

    def __init__(
        self, look: Look, open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl
    ) -> None:
        super().__init__()
        self._look, self._open_url = look, open_url
        self.to, self.subject, self.body = QLineEdit(), QLineEdit(), QPlainTextEdit()
        for field, name in (
            (self.to, self.tr("To, an e-mail address")),
            (self.subject, self.tr("Subject")),
            (self.body, self.tr("Text of the e-mail")),
        ):
            field.setAccessibleName(name)
        self.to.setPlaceholderText(self.tr("To"))
        self.subject.setPlaceholderText(self.tr("Subject"))
        self.body.setTabChangesFocus(True)
        self.body.document().setDocumentMargin(6)
        agree = ((self.tr("Open in mail"), self._hand_over), (self.tr("Keep it here"), self._stay))
        self._sure = TroubleBar(look, "warning", "info", agree)
        self._warning = ScriptLabel("", look.theme, "body", "warning", wrap=True)
        self._warning.hide()
        self.setAccessibleName(self.tr("E-mail draft"))
        self._build()
        self._shown = self.letter()
        self.set_theme(look.theme)

    def show_letter(self, letter: Letter) -> None:
        """Show a draft, and whose words in it are not for everybody."""
        self.to.setText(letter.to)
        self.subject.setText(letter.subject)
        self.subject.setCursorPosition(0)
        self.body.setPlainText(letter.body)
        words = ", ".join(visibility_mark(one).word for one in letter.kept_back)
        said = self.tr("Quoted words are marked {word}: sending them is your decision.")
        self._warning.setText(said.format(word=words))
        self._warning.setVisible(any(one is not Visibility.PUBLISHABLE for one in letter.kept_back))
        self._shown = self.letter()
        self._stay()

    @property
    def changed(self) -> bool:
        """Whether the draft is another by now than the one that was shown."""
        return self.letter() != self._shown

    def letter(self) -> Letter:
        """The draft as it is now."""
        return Letter(self.to.text().strip(), self.subject.text(), self.body.toPlainText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(12))
        self._column.setSpacing(theme.px(8))
        self._acts.setSpacing(theme.px(8))

    def _build(self) -> None:
        look = self._look
        head = QHBoxLayout()
        head.addWidget(label(self.tr("E-mail draft"), "section"), 1)
        head.addWidget(ToolButton(look, "x", self.tr("Close the draft"), self.left.emit))
        self._acts = FlowLayout()
        for icon, words, act, kind in (
            ("copy", self.tr("Copy"), self._copy, ""),
            ("file-down", self.tr("Save .eml"), self._save, ""),
            ("arrow-right", self.tr("Open in mail…"), self._ask, "primary"),
        ):
            self._acts.addWidget(IconButton(look, icon, words, act, kind))
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        for part in (self.to, self.subject):
            self._column.addWidget(part)
        self._column.addWidget(self.body, 1)
        self._column.addWidget(self._warning)
        nothing = self.tr("Nothing is sent from here: your mail program does that later.")
        self._column.addWidget(label(nothing, "caption", "t2", wrap=True))
        self._column.addWidget(self._sure)
        self._column.addLayout(self._acts)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.subject.text()}\n\n{self.body.toPlainText()}")
        self.said.emit(self.tr("Copied the draft."))

    def _save(self) -> None:
        letter = self.letter()
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the draft"), "draft.eml", self.tr("E-mails (*.eml)")
        )
        if not chosen:
            return
        try:
            save_eml(letter, Path(chosen))
        except FieldGuideError as problem:
            self.said.emit(str(problem))
        else:
            self.said.emit(self.tr("Draft written to {path}").format(path=chosen))

    def _ask(self) -> None:
        """Name the address before anything is handed over."""
        try:
            to = checked(self.to.text())
        except FieldGuideError as problem:
            self.said.emit(str(problem))
            self.to.setFocus()
            return
        asked = self.tr("Open your mail program with this draft to {address}?")
        self._sure.tell(asked.format(address=to))

    def _hand_over(self) -> None:
        self._stay()
        try:
            address = QUrl.fromEncoded(mailto(self.letter()).encode("ascii"))
        except FieldGuideError as problem:
            self.said.emit(str(problem))
            return
        if not self._open_url(address):
            self.said.emit(self.tr("No mail program answered; copy the draft or save it."))

    def _stay(self) -> None:
        self._sure.tell("")
