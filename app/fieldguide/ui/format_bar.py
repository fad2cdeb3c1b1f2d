"""Eight buttons for those who do not write Markdown by hand."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.editor import Editor
from fieldguide.ui.parts import ToolButton, key_text
from fieldguide.ui.theme import Theme


class Act(NamedTuple):
    """One button: its icon, its name, its key, and what it does."""

    icon: str
    name: str
    key: str
    deed: Callable[[], object]


class FormatBar(QWidget):
    """Heading, bold, italic, list, check box, link, undo, redo; the keys go back to the text."""

    def __init__(self, look: Look, editor: Editor) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Form of the text"))
        self._editor = editor
        self._row = QHBoxLayout(self)
        self.acts = self._acts()
        """Undo and redo are the last two; the editor knows their keys by itself."""
        self._buttons = [self._button(look, act) for act in self.acts]
        for button, signal in zip(
            self._buttons[-2:], (editor.undoAvailable, editor.redoAvailable), strict=True
        ):
            button.setEnabled(False)
            signal.connect(button.setEnabled)
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._row.setContentsMargins(0, theme.px(2), 0, theme.px(2))
        self._row.setSpacing(theme.px(2))

    def do(self, act: Act) -> None:
        """Do it, if the text may be changed, and go on typing."""
        if not self._editor.isReadOnly():
            act.deed()
        self._editor.setFocus()

    def _button(self, look: Look, act: Act) -> ToolButton:
        name = self.tr("{name} ({key})").format(name=act.name, key=key_text(act.key))
        button = ToolButton(look, act.icon, name, lambda: self.do(act))
        button.setAccessibleName(act.name)
        self._row.addWidget(button)
        return button

    def _acts(self) -> list[Act]:
        editor = self._editor
        return [
            Act("heading", self.tr("Heading"), "Ctrl+Shift+H", editor.set_heading),
            Act("bold", self.tr("Bold"), "Ctrl+B", editor.set_bold),
            Act("italic", self.tr("Italic"), "Ctrl+I", editor.set_italic),
            Act("list", self.tr("List"), "Ctrl+Shift+L", editor.set_list),
            Act("list-todo", self.tr("Check box"), "Ctrl+Shift+X", editor.set_box),
            Act("link", self.tr("Link to a record"), "Ctrl+Shift+K", editor.begin_link),
            Act("undo-2", self.tr("Undo"), "Ctrl+Z", editor.undo),
            Act("redo-2", self.tr("Redo"), "Ctrl+Shift+Z", editor.redo),
        ]
