"""Texts as parts of a URI (RFC 3986)."""

from typing import Final

_PLAIN: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def quoted(text: str, also: bytes = b"") -> str:
    """Whatever is not a plain letter, nor one of ``also``, as the bytes of UTF-8: ``%E4%BB%81``."""
    data = text.encode("utf-8", "replace")
    return "".join(chr(one) if one in _PLAIN or one in also else f"%{one:02X}" for one in data)
