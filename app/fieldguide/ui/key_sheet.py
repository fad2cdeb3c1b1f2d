"""The cheat sheet: every key of the program, by where it works."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import key_text, label
from fieldguide.ui.sections import Columns, Section
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

Group = tuple[str, list[tuple[str, str]]]


def key_sheet(look: Look) -> Columns:
    """Sections of keys in two columns."""
    sections = [Section(look, heading) for heading, _ in groups()]
    for section, (_, rows) in zip(sections, groups(), strict=True):
        section.add(_Keys(look, rows))
    sheet = Columns(look, QCoreApplication.translate("Keys", "Keys"), edge=10)
    sheet.fill(sections[:-1], sections[-1:])
    return sheet


def groups() -> list[Group]:
    """Where keys work, and there each key with what it does."""
    return [
        *_of_the_window(),
        *_of_the_guide(),
        *_of_notes_and_people(),
        *_of_open_ends_and_the_map(),
        *_of_writing(),
    ]


def _of_the_window() -> list[Group]:
    tr = QCoreApplication.translate
    name = "Keys"
    return [
        (
            tr(name, "Everywhere"),
            [
                ("Ctrl+K", tr(name, "Search everything")),
                ("Ctrl+1", tr(name, "Today")),
                ("Ctrl+2", tr(name, "Directory")),
                ("Ctrl+3", tr(name, "Programme")),
                ("Ctrl+4", tr(name, "Map")),
                ("Ctrl+5", tr(name, "Notes")),
                ("Ctrl+6", tr(name, "People")),
                ("Ctrl+8", tr(name, "Follow-ups")),
                (
                    "Ctrl+N",
                    tr(name, "Write on the record that is open, or go on in the visit of now"),
                ),
                (
                    "Ctrl+D",
                    tr(name, "Driver card of what is marked or open, else of the visit of now"),
                ),
                ("Ctrl+Shift+D", tr(name, "Close the day: what of it is not finished")),
                (
                    "Ctrl+.",
                    tr(name, "Discreet: hide opinions and quotes; of a note all but its line"),
                ),
                ("Ctrl+Shift+C", tr(name, "Copy the hanzi of what is open")),
                ("Ctrl+Shift+P", tr(name, "Put the record that is open into the programme")),
                ("Ctrl+Shift+S", tr(name, "Star the record that is open, or take its star away")),
                ("Ctrl+Shift+T", tr(name, "Tags and shortlists of the record that is open")),
                (
                    "Ctrl+Shift+E",
                    tr(name, "Save the places of the map or of the record for other programs"),
                ),
                ("Ctrl+P", tr(name, "On the map: print the booklet of the mission")),
                ("Alt+Left", tr(name, "Back")),
                ("Alt+Right", tr(name, "Forward")),
                ("F1", tr(name, "This help")),
                ("Ctrl+,", tr(name, "Settings")),
                ("Ctrl+L", tr(name, "Lock")),
            ],
        ),
        (
            tr(name, "Text size"),
            [
                ("Ctrl++", tr(name, "Larger")),
                ("Ctrl+-", tr(name, "Smaller")),
                ("Ctrl+0", tr(name, "As at first")),
            ],
        ),
    ]


def _of_the_guide() -> list[Group]:
    tr = QCoreApplication.translate
    name = "Keys"
    return [
        (
            tr(name, "Lists"),
            [
                ("Up", tr(name, "One row up")),
                ("Down", tr(name, "One row down")),
                ("Return", tr(name, "Open")),
                ("Ctrl+C", tr(name, "Copy what the row holds")),
                ("Q", tr(name, "Keep the doubt of the row as a question to ask")),
                ("Tab", tr(name, "To the next control")),
                ("Esc", tr(name, "Close the search")),
                ("Ctrl+Z", tr(name, "In the search: take back the question just kept")),
            ],
        ),
        (
            tr(name, "Directory"),
            [
                ("Space", tr(name, "Pick the record to compare; choose the filter")),
                ("F2", tr(name, "Rename the tag or shortlist on all records")),
                ("Del", tr(name, "Take it off all records")),
            ],
        ),
        (
            tr(name, "Facts of a record"),
            [
                ("R", tr(name, "Still right today; again to take that back")),
                ("W", tr(name, "Wrong now: say what holds, and how you know")),
                ("Del", tr(name, "Take your check of the fact back")),
            ],
        ),
    ]


def _of_notes_and_people() -> list[Group]:
    tr = QCoreApplication.translate
    name = "Keys"
    return [
        (
            tr(name, "Notes"),
            [
                ("Ctrl+F", tr(name, "Find in all notes")),
                ("Ctrl+H", tr(name, "History of the note, and every version of it")),
                ("Del", tr(name, "Move the chosen notes to the trash")),
                ("Shift+Down", tr(name, "Choose several notes; Shift or Ctrl and a click too")),
                ("Ctrl+A", tr(name, "Choose all notes of the list")),
                ("Ctrl+Z", tr(name, "Undo")),
            ],
        ),
        (
            tr(name, "People"),
            [
                ("Ctrl+F", tr(name, "Find people in any script")),
                ("Return", tr(name, "Mend your own entry of the person")),
                (
                    "Ctrl+E",
                    tr(name, "The same; for a person of the guide, make your own entry"),
                ),
                ("Ctrl+Shift+Q", tr(name, "The person as a QR code over the whole screen")),
                ("Ctrl+Shift+M", tr(name, "My card as a QR code")),
                ("Ctrl+Backspace", tr(name, "Of two side by side: they are not the same")),
                ("Ctrl+Down", tr(name, "The next two who may be one; Ctrl+Up: the two before")),
                ("Del", tr(name, "Put one of your own people away")),
                ("Ctrl+Return", tr(name, "In the form: save and go back; Esc does the same")),
                ("Ctrl+Shift+Return", tr(name, "In the form: save, and type the next person")),
                ("Ctrl+V", tr(name, "In the form: paste a photo of the card")),
            ],
        ),
    ]


def _of_open_ends_and_the_map() -> list[Group]:
    tr = QCoreApplication.translate
    name = "Keys"
    return [
        (
            tr(name, "Open questions"),
            [
                ("Return", tr(name, "Type the answer")),
                ("Space", tr(name, "It was asked, and waits for its answer")),
                ("Del", tr(name, "Drop it")),
            ],
        ),
        (
            tr(name, "Follow-ups"),
            [
                ("Space", tr(name, "Done; again to open it once more")),
                ("W", tr(name, "Waiting for somebody else")),
                ("O", tr(name, "Say who does it")),
                ("D", tr(name, "Say until when")),
                ("P", tr(name, "Say for whom")),
                ("M", tr(name, "Draft an e-mail")),
                ("Del", tr(name, "Take it off the board")),
            ],
        ),
        (
            tr(name, "Programme"),
            [
                ("Left", tr(name, "The day before; Right: the day after")),
                ("Return", tr(name, "Open the visit")),
                ("N", tr(name, "Write a note on it")),
                ("D", tr(name, "Show a driver the way")),
                ("M", tr(name, "Its day on the map")),
                ("A", tr(name, "I was there; again to take that back")),
                ("Ctrl+Shift+N", tr(name, "A meeting of one’s own")),
                ("E", tr(name, "Change a meeting of one’s own")),
                ("Del", tr(name, "Remove a meeting of one’s own")),
                ("Ctrl+Right", tr(name, "Move it to the next day; Ctrl+Left: to the day before")),
                ("Ctrl+Down", tr(name, "Move it half an hour on; Ctrl+Up: half an hour back")),
                ("V", tr(name, "What was copied still holds")),
            ],
        ),
        (
            tr(name, "Map"),
            [
                ("+", tr(name, "Nearer")),
                ("-", tr(name, "Farther")),
                ("0", tr(name, "The whole day")),
                ("Left", tr(name, "Move; the other arrows too")),
            ],
        ),
    ]


def _of_writing() -> list[Group]:
    tr = QCoreApplication.translate
    name = "Keys"
    return [
        (
            tr(name, "Writing a note"),
            [
                ("Alt+1", tr(name, "The line is a fact: F:")),
                ("Alt+2", tr(name, "The line is a quote: Q:, or Q Name: to say whose")),
                ("Alt+3", tr(name, "The line is an opinion: O:")),
                ("Alt+4", tr(name, "The line is an action: A:")),
                ("Alt+5", tr(name, "The line is a question: ?:")),
                ("Alt+6", tr(name, "The line is sure")),
                ("Alt+7", tr(name, "The line is unsure")),
                ("Esc", tr(name, "Leave a quote that asks a quote; close the list of links")),
                ("Ctrl+Shift+H", tr(name, "Heading; again for a smaller one")),
                ("Ctrl+B", tr(name, "Bold")),
                ("Ctrl+I", tr(name, "Italic")),
                ("Ctrl+Shift+L", tr(name, "List")),
                ("Ctrl+Shift+X", tr(name, "List with boxes to tick")),
                ("Tab", tr(name, "In a list: one level in")),
                ("Shift+Tab", tr(name, "In a list: one level out")),
                ("Space", tr(name, "On a box: tick it")),
                ("Ctrl+Shift+K", tr(name, "Link to a record; typing [[ does the same")),
                (
                    "Ctrl+Return",
                    tr(name, "Open the link at the cursor, else tick the box of the line"),
                ),
                ("Ctrl+Shift+A", tr(name, "Attach photos or files to the note")),
                ("Ctrl+Shift+Z", tr(name, "Redo what was undone")),
                ("Ctrl+S", tr(name, "Save at once; it is saved by itself as well")),
                ("Ctrl+Shift+Return", tr(name, "Close the visit: what it came to")),
            ],
        ),
    ]


class _Keys(QWidget):
    """Key caps at the left, words at the right."""

    def __init__(self, look: Look, rows: list[tuple[str, str]]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        for number, (key, words) in enumerate(rows):
            cap = label(key_text(key), "caption")
            cap.setProperty("kind", "key")
            self._grid.addWidget(cap, number, 0, left)
            self._grid.addWidget(ScriptLabel(words, look.theme, "body", wrap=True), number, 1)
        self._grid.setColumnStretch(1, 1)
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnMinimumWidth(0, theme.px(112))
