"""Text that would open, load, fetch or run something wherever it was taken for more than text."""

import shutil
from itertools import cycle
from pathlib import Path

from sqlcipher3 import dbapi2

from db import build
from fieldguide.domain.notes import Draft
from fieldguide.services.attachments import look_at
from fieldguide.services.notebook import open_notebook
from fieldguide.services.writing import Pen
from fieldguide.storage import seal
from tests.faults.writer import ABOUT

CANARY = "canary"
"""Part of every name that the text mentions; whoever opens one has read the text as more."""
HOST = f"{CANARY}.invalid"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
COLUMNS = {
    "record": ("title", "title_zh", "summary", "answer", "text", "position_note", "city"),
    "name": ("text", "why"),
    "fact": ("label", "value", "value_zh", "locator", "note", "speaker"),
    "doubt": ("text",),
    "link": ("note",),
    "source": ("title", "short", "publisher", "url"),
}
"""Tables of a guide and those of their columns that are shown."""


def set_out(folder: Path) -> list[Path]:
    """Files that must never be opened."""
    folder.mkdir()
    for number in range(12):
        (folder / f"{CANARY}-{number}.png").write_bytes(b"never to be read")
    return sorted(folder.iterdir())


def tags(canaries: Path) -> list[str]:
    """Pieces of text, each at its worst at the start of a field, where it looks like markup."""
    lies = [f"{canaries}/{CANARY}-{number}.png" for number in range(12)]
    return [
        f'<img src="file://{lies[0]}">',
        f'<img src="{lies[1]}"><b>bold</b>',
        f"![picture]({lies[2]})",
        f"![picture](file://{lies[3]})",
        f'<style>@import url("file://{lies[4]}");</style>',
        f'<link rel="stylesheet" href="{lies[5]}">',
        f'<body background="{lies[6]}">',
        f'<table background="file://{lies[7]}"><tr><td>x</td></tr></table>',
        f'<div style="background-image: url({lies[8]})">x</div>',
        f'<object data="{lies[9]}"></object><iframe src="{lies[9]}"></iframe>',
        f'<img src="{CANARY}-10.png"> ![here]({CANARY}-10.png)',
        f"<img src=\"javascript:open('{lies[11]}')\"> <script>open('{lies[11]}')</script>",
        f'<img src="http://{HOST}/x.png"> ![far](http://{HOST}/y.png) http://{HOST}/z',
        f'<img src="//{HOST}/share/x.png"> ![share](\\\\{HOST}\\share\\y.png)',
        f'<img src="\\\\{HOST}\\share\\x.png"> <a href="file://{HOST}/share">go</a>',
        f'<img src="data:image/png;base64,{PIXEL}"> <img src="qrc:/{CANARY}">',
        f"[[file://{lies[0]}|go]] [[{lies[1]}]] [[organisation/../../{CANARY}|up]]",
        f"[run](file://{lies[2]}) <file://{lies[3]}> <http://{HOST}/>",
    ]


def guide(source: Path, target: Path, canaries: Path) -> None:
    """A guide that is whole by its seal and hostile in every text of it."""
    shutil.copy(source, target)
    conn = dbapi2.connect(str(target), isolation_level=None)
    turn = cycle(tags(canaries))
    conn.create_function("spoilt", 1, lambda text: f"{next(turn)} {text}" if text else "")
    for table, columns in COLUMNS.items():
        changes = ", ".join(f"{column} = spoilt({column})" for column in columns)
        conn.execute(f"UPDATE {table} SET {changes}")
    everything = "\n\n".join(tags(canaries))
    conn.execute("UPDATE record SET text = text || ?", (f"\n\n{everything}",))
    conn.execute("UPDATE meta SET value = ? WHERE key = 'seal'", (seal.OPEN_SEAL,))
    conn.close()
    build._seal(target)


def notes(profile: Path, canaries: Path) -> None:
    """A note on a record, in several versions, with a file; one for each text, on no record."""
    notebook = open_notebook(profile, create=True)
    notebook.introduce(tags(canaries)[0])
    texts = tags(canaries)
    pen = Pen()
    for end in range(1, len(texts) + 1):
        draft = Draft(ABOUT, texts[end - 1], text="\n".join(texts[:end]))
        note = pen.write(notebook, draft)
    attached = notebook.album.attach(note.id, look_at(f"{texts[10]}.txt", b"text"))
    notebook.album.set_caption(attached, texts[1])
    for text in texts:
        Pen().write(notebook, Draft(None, text, text=text))
    notebook.close()
