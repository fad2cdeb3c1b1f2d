"""Decodes one picture in a process of its own: run as a file, with the picture on its input.

It imports nothing of the program, so that a hostile picture meets as little of it as can be.
The answer on its output is four numbers of eight bytes, then the two copies.
"""

import io
import struct
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MEMORY = 1_400 * 1024**2
ANSWER = struct.Struct(">QQQQ")
"""Bytes of the copy for reports, bytes of the thumbnail, width and height of the photo."""
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


def main(most_pixels: int, long_edge: int, small_edge: int) -> int:
    """Read, turn upright, make two copies without metadata; 1 when the picture is refused."""
    _limit_memory()
    from PIL import Image, ImageOps
    from PIL.Image import Resampling

    try:
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=FORMATS) as picture:
            if picture.width * picture.height > most_pixels:
                return 1
            size = picture.size
            # A JPEG is read at half or a quarter of its size where that is enough.
            picture.draft("RGB", (long_edge, long_edge))
            report = _shrunk(picture, long_edge)
            upright = ImageOps.exif_transpose(report)
            if (upright.width > upright.height) is not (report.width > report.height):
                size = (size[1], size[0])
            report = _pixels_alone(upright)
            small = report.copy()
            small.thumbnail((small_edge, small_edge), Resampling.BICUBIC)
            copies = (_jpeg(report, 86), _jpeg(small, 80))
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return 1
    sys.stdout.buffer.write(ANSWER.pack(len(copies[0]), len(copies[1]), *size))
    for copy in copies:
        sys.stdout.buffer.write(copy)
    return 0


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _shrunk(picture: "Picture", edge: int) -> "Picture":
    from PIL.Image import Resampling

    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    shrunk = picture.convert("RGBA" if clear else "RGB")
    shrunk.thumbnail((edge, edge), Resampling.LANCZOS)
    return shrunk


def _pixels_alone(picture: "Picture") -> "Picture":
    """The same on white where it is clear; nothing else that the file said comes along."""
    from PIL.Image import new

    plain = new("RGB", picture.size, "white")
    plain.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return plain


def _jpeg(picture: "Picture", quality: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality)
    return written.getvalue()


if __name__ == "__main__":
    sys.exit(main(*(int(number) for number in sys.argv[1:4])))
