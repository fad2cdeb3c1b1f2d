"""Copies of a photo, made in another process that a bad picture may bring down."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from fieldguide.domain.attachments import LONG_EDGE, MOST_PIXELS, Copies, picture_header
from fieldguide.errors import FieldGuideError
from fieldguide.services import decoder

THUMBNAIL_EDGE: Final = 320
LONGEST_SECONDS: Final = 20.0


class PictureRefused(FieldGuideError):
    """A picture that cannot be decoded within what is allowed."""


def make_copies(data: bytes, *, seconds: float = LONGEST_SECONDS) -> Copies:
    """Decode a photo and make its copies; raises PictureRefused, and never takes longer."""
    edges = (MOST_PIXELS, LONG_EDGE, THUMBNAIL_EDGE)
    command = [sys.executable, "-I", str(Path(decoder.__file__)), *map(str, edges)]
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return _copies(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise PictureRefused("This picture cannot be shown; it is kept as a file.") from error


def _copies(answer: bytes) -> Copies:
    """What the other process says is looked at too."""
    if len(answer) < decoder.ANSWER.size:
        raise ValueError("no whole answer")
    report, thumbnail, width, height = decoder.ANSWER.unpack_from(answer)
    start = decoder.ANSWER.size
    copies = Copies(answer[start : start + report], answer[start + report :], width, height)
    if len(copies.thumbnail) != thumbnail or not 0 < width * height <= MOST_PIXELS:
        raise ValueError("the sizes do not agree")
    for copy, edge in ((copies.report, LONG_EDGE), (copies.thumbnail, THUMBNAIL_EDGE)):
        header = picture_header(copy)
        if header is None or header.media != "image/jpeg":
            raise ValueError("a copy is no JPEG")
        if max(header.width, header.height) > edge:
            raise ValueError("a copy is too large")
    return copies
