"""What stands beside a note: questions, people here, and what is known, one below the other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fieldguide.services.visiting import Scene
from fieldguide.ui.asking import QuestionPanel
from fieldguide.ui.desk import Look
from fieldguide.ui.meeting import PeoplePanel
from fieldguide.ui.rows import Row, RowList
from fieldguide.ui.theme import Theme


class KnownRows(RowList):
    """Rows as high as they are: what stands around them scrolls."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self.whole = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these from the top."""
        self.show_items(rows)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        super().set_theme(theme)
        self._fit()

    def _fit(self) -> None:
        items = [self.items.item(row) for row in range(self.items.rowCount())]
        heights = [round(self.drawing.sheet_of(*one).height) for one in enumerate(items)]
        self.setFixedHeight(sum(heights) + 2 * self.look.theme.focus_width)


class VisitSide(QScrollArea):
    """The column at the right of a note, or in its place where there is little room."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Questions, people, and what is known"))
        self.setProperty("kind", "halves")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.questions, self.people = QuestionPanel(look), PeoplePanel(look)
        self.known = KnownRows(look, self.tr("What is known, and other notes"))
        whole = QWidget()
        whole.setProperty("surface", "surface")
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.questions, self.people, self.known):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(whole)
        self.empty()

    @property
    def typed(self) -> bool:
        """Whether a line here holds words that are not kept yet."""
        return self.questions.typed or self.people.typed

    def take_typed(self) -> None:
        """Something else shows next: tell what was typed in the lines."""
        for panel in (self.questions, self.people):
            panel.take_typed()

    def empty(self) -> None:
        """Nothing is known yet."""
        for panel in (self.questions, self.people):
            panel.fold()
            panel.hide()
        self.known.show_rows([])

    def show_scene(self, scene: Scene) -> None:
        """Show what belongs to a visit, or to a record outside one, where nobody is met."""
        self.questions.show_scene(scene)
        self.questions.show()
        self.people.show_scene(scene)
        self.people.setVisible(scene.subject.visit is not None)
