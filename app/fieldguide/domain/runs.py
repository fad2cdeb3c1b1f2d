"""A line as runs of one script each, since hanzi are set in a typeface of their own."""

from functools import lru_cache
from itertools import groupby
from typing import Literal

Scripts = Literal["both", "zh", "en"]
"""In which scripts a name is to be written; what has none in it keeps the other."""


def _is_wide(char: str) -> bool:
    """Whether a character is set in the face of the hanzi: those, their signs, full width."""
    # Compared, not matched: compiling a class this wide would cost more than all of the start.
    return char >= "\u2e80" and (
        char <= "\u2fdf" or "\u3000" <= char <= "\u31ff" or "\u3400" <= char <= "\u4dbf"
        or "\u4e00" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"
        or "\uff00" <= char <= "\uffef" or "\U00020000" <= char <= "\U0003ffff"
    )  # fmt: skip


@lru_cache(maxsize=8192)
def split_scripts(text: str) -> tuple[tuple[str, bool], ...]:
    """Runs of ``text`` in order, each with whether it is hanzi; joined they are the text."""
    if text.isascii():
        return ((text, False),) if text else ()
    return tuple(("".join(run), wide) for wide, run in groupby(text, _is_wide))
