"""Numbers, mailboxes, pages, services and photos, as the properties of a vCard give them."""

import base64
import binascii
import re
from typing import Final

from fieldguide.domain.people import WAYS, Way
from fieldguide.services.vcard import MEDIA
from fieldguide.services.vcard_stream import LARGEST_PHOTO
from fieldguide.services.vcard_text import Property, unescaped

SERVICES: Final = {kind: kind for kind in WAYS} | {
    "twitter": "x",
    "weixin": "wechat",
    "tg": "telegram",
    "skype-username": "skype",
    "kakao": "kakaotalk",
    "msteams": "teams",
}
"""What services are called in vCards -> the kind of way."""

_MOBILE: Final = frozenset({"cell", "mobile", "iphone"})
_USES: Final = ("work", "home")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.+)", re.DOTALL)
_OCTET: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_DATA: Final = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)
_NOT_BASE64: Final = re.compile("[^A-Za-z0-9+/=]")


def way_of(one: Property, label: str = "") -> Way | None:
    """The way that a property says, its value as it stands; None when it says none.

    ``label`` is what the card calls it, where it does.
    """
    kind, value, service = _kind_and_value(one)
    if not kind:
        return None
    use = next((known for known in _USES if known in one.types), service)
    named = label.lower() if label in ("Work", "Home") else label
    return Way(kind, value, named or use)


def _kind_and_value(one: Property) -> tuple[str, str, str]:
    value = unescaped(one.value).strip()
    if one.name == "TEL":
        kind = "mobile" if one.types & _MOBILE else "phone"
        return "fax" if "fax" in one.types else kind, _without(value, "tel:"), ""
    if one.name == "EMAIL":
        return "email", _without(value, "mailto:"), ""
    if one.name == "URL":
        return "web", value, ""
    if one.name == "IMPP":
        return _service(one, value)
    if one.name == "X-SOCIALPROFILE":
        kind = next((SERVICES[name] for name in sorted(one.types) if name in SERVICES), "web")
        return kind, one.param("X-USER") or _without(value, "x-apple:"), ""
    plain = SERVICES.get(one.name[2:].lower(), "") if one.name.startswith("X-") else ""
    return plain, value, ""


def _service(one: Property, value: str) -> tuple[str, str, str]:
    service = one.param("X-SERVICE-TYPE").lower()
    match = _SCHEME.fullmatch(value)
    scheme, handle = (match[1].lower(), match[2]) if match else ("", value)
    if kind := SERVICES.get(service) or SERVICES.get(scheme):
        return kind, _from_uri(handle), ""
    return "web", value, service or scheme


def _without(value: str, scheme: str) -> str:
    return value[len(scheme) :] if value[: len(scheme)].lower() == scheme else value


def _from_uri(text: str) -> str:
    octets = _OCTET.sub(lambda match: bytes([int(match[1], 16)]), text.encode("utf-8", "ignore"))
    return octets.decode("utf-8", "replace")


def photo_of(one: Property) -> tuple[bytes, str]:
    """The picture in a property, or nothing and a sentence on why there is none."""
    data, inside = _DATA.subn("", one.value)
    if not inside and one.param("ENCODING").upper() not in ("B", "BASE64"):
        return b"", f"The photo at line {one.line} is not in the file."
    try:
        photo = base64.b64decode(_NOT_BASE64.sub("", data))
    except binascii.Error:
        photo = b""
    if len(photo) > LARGEST_PHOTO:
        limit = LARGEST_PHOTO // 1024 // 1024
        return b"", f"The photo at line {one.line} is larger than {limit} MB."
    if not photo.startswith(tuple(MEDIA)):
        return b"", f"The photo at line {one.line} is damaged or of another kind."
    return photo, ""
