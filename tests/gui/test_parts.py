"""What a guide says is shown as it is written: nothing of it loads a file or becomes a key."""

from PySide6.QtGui import QAccessible, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Desk
from fieldguide.ui.parts import IconButton, ToolButton, tip
from fieldguide.ui.picks import PicksBar

HOSTILE = 'Park <img src="file:///etc/hostname"> & Co'


def test_a_tip_shows_marks_as_they_are_typed() -> None:
    assert tip("Renji & 仁济\n09:00") == "Renji & 仁济\n09:00"
    assert "<img" not in tip(HOSTILE)
    assert "&lt;img src=" in tip(HOSTILE)


def test_no_tip_of_a_control_is_read_as_rich_text(qtbot: QtBot, desk: Desk) -> None:
    copy = ToolButton(desk.look, "copy", HOSTILE, lambda: None)
    picks = PicksBar(desk.look)
    picks.show_picks({Ref("organisation", "park"): HOSTILE})
    qtbot.addWidget(copy)
    qtbot.addWidget(picks)
    chips = [chip for chip in picks.findChildren(QPushButton) if chip.toolTip()]
    assert chips
    for control in (copy, *chips):
        assert "<img" not in control.toolTip()
        assert Qt.mightBeRichText(control.toolTip())


def test_an_ampersand_stays_in_the_words_of_a_button(qtbot: QtBot, desk: Desk) -> None:
    button = IconButton(desk.look, "", "Food & Drug", lambda: None)
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    spoken = QAccessible.queryAccessibleInterface(button)
    assert spoken.text(QAccessible.Text.Name) == "Food & Drug"
