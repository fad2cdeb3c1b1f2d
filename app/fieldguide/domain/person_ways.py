"""Numbers, mailboxes, pages and names elsewhere, found in what was typed about a person."""

import re
from typing import Final

from fieldguide.domain.people import CALLED, HANDLES, Way
from fieldguide.domain.person_words import CAREFUL_LABELS, FAR_LETTER, LABELS, ORGANISATIONS, TITLES
from fieldguide.domain.script import fold

FOUND: Final = "\n"
"""Put where something was taken out: it parts what stood on both sides."""

_NUMBER: Final = r"\+?\(?\d(?:[ ().\-–]{0,3}\d|/\d){3,24}(?:\s?(?i:ext|x|доб|转)\.?\s?\d{1,6})?"
_MAILBOX: Final = r"[A-Za-z0-9_%+\-](?:[\w.%+\-]{0,80})@[\w\-]+(?:\.[\w\-]+)+"
_PAGE: Final = r"(?:(?i:https?)://[^\s,;|，；]+|(?i:www)\.[\w\-]+(?:\.[\w\-]+)+(?:/[^\s,;|，；]*)?)"
_DOMAIN: Final = r"[A-Za-z0-9][\w\-]*(?:\.[\w\-]+)*\.[A-Za-z]{2,}(?:/[^\s,;|，；]*)?"
_HANDLE: Final = r"@?[A-Za-z0-9_][A-Za-z0-9_.+\-@]*[A-Za-z0-9_]"
_ANY_HANDLE: Final = rf"(?:(?=[+\d]){_NUMBER}|{_PAGE}|{_HANDLE})"
_BEFORE: Final = r"(?<![A-Za-zÀ-ɏА-яё0-9@._\-])"
# Only words are without regard to capitals: for classes of letters that takes long to prepare.
_AFTER: Final = (
    rf"(?:(?<={FAR_LETTER})|(?![A-Za-zÀ-ɏА-яё]))"
    r"(?:\s(?i:bureau|office|fixe|direct|pro|work|home|privat|ufficio|раб)\b)?"
    r"[.\s]{0,3}(?i:№|no\.?|nr\.?|号)?\s{0,3}[:=]?\s{0,3}"
)
_CALL: Final = rf"(?i:{LABELS['mobile']}|{LABELS['phone']})"
_CHAT: Final = rf"(?i:{LABELS['wechat']}|{LABELS['whatsapp']})"

_VALUES: Final = {"email": _MAILBOX, "web": rf"(?:{_PAGE}|{_DOMAIN})"} | dict.fromkeys(
    CALLED, _NUMBER
)
_LABELLED: Final = tuple(
    (
        kind,
        re.compile(
            rf"{_BEFORE}(?{how}:{label}){_AFTER}(?P<value>{_VALUES.get(kind, _ANY_HANDLE)})"
        ),
    )
    for labels, how in ((LABELS, "i"), (CAREFUL_LABELS, ""))
    for kind, label in labels.items()
)
_FOR_BOTH: Final = re.compile(
    rf"{_BEFORE}(?:(?P<first>{_CHAT})\s?(?:[/&+、]|同|和|=)\s?(?:{_CALL}|号)"
    rf"|{_CALL}\.?\s?(?:[/&+、]|同|和|=|und|and|et|e|y)\s?(?P<second>{_CHAT}))"
    rf"{_AFTER}(?P<value>{_NUMBER})?"
)
_TOO: Final = r"(?i:also|auch|aussi|anche|también|тоже)\s(?:on\s|auf\s|sur\s|su\s|en\s|в\s)?"
_SAME: Final = re.compile(
    rf"(?:{_TOO}(?P<first>{_CHAT})(?!\s?:?\s?[+\d@])|(?P<second>{_CHAT})\s?:?\s?"
    r"(?i:(?:the )?same(?: number)?|idem|(?:le )?même(?: numéro)?|gleiche(?: nummer)?"
    r"|(?:el )?mismo(?: número)?|stesso(?: numero)?|тот же(?: номер)?|同号?))(?!\w)"
)
"""That the number is good for something else too."""
_ALSO: Final = re.compile(rf"\b{_TOO}(?={_CHAT}\s?:?\s?[+\d@])")
_NUMBER_FOR: Final = re.compile(
    rf"(?P<value>(?<![\w.\-]){_NUMBER})\s?\((?i:(?P<wechat>{LABELS['wechat']})"
    rf"|(?P<whatsapp>{LABELS['whatsapp']})|(?P<mobile>{LABELS['mobile']})"
    rf"|(?P<phone>{LABELS['phone']})|(?P<fax>{LABELS['fax']}))\)"
)
"""A number with what it is for in brackets behind it."""
_PROFILE: Final = tuple(
    (site, re.compile(rf"(?i:(?:https?://)?(?:[a-z]{{2,3}}\.)?{site}\.com/)[^\s,;|，；()]+"))
    for site in ("linkedin", "instagram", "facebook", "weibo", "xing")
)
_LOOSE: Final = (
    ("email", re.compile(_MAILBOX)),
    ("web", re.compile(_PAGE)),
    ("phone", re.compile(rf"(?<![\w.\-]){_NUMBER}(?![\w])")),
)
_LEAST_DIGITS: Final = 7


def ways_in(text: str) -> tuple[list[Way], str]:
    """What was found, labelled or not, and the text without it."""
    found: list[tuple[int, Way]] = []
    same: list[str] = []

    def both(match: re.Match[str]) -> str:
        kind = "whatsapp" if (match["first"] or match["second"]).lower()[:3] == "wha" else "wechat"
        if value := match["value"]:
            found.extend((match.start(), Way(one, value)) for one in ("mobile", kind))
        else:
            same.append(kind)
        return FOUND

    def same_for(match: re.Match[str]) -> str:
        kind = (match["first"] or match["second"]).lower()
        same.append("whatsapp" if kind.startswith("wha") else "wechat")
        return FOUND

    def for_what(match: re.Match[str]) -> str:
        kind = next(one for one, label in match.groupdict().items() if label and one != "value")
        found.append((match.start(), Way(kind, match["value"])))
        return FOUND

    text = _ALSO.sub("", text)
    for pattern, act in ((_SAME, same_for), (_FOR_BOTH, both), (_NUMBER_FOR, for_what)):
        text = pattern.sub(act, text)
    for kind, pattern in (*_PROFILE, *_LABELLED, *_LOOSE):

        def take(match: re.Match[str], kind: str = kind) -> str:
            labelled = "value" in match.re.groupindex
            value = (match["value"] if labelled else match[0]).strip(" .,;:")
            if kind in CALLED and not _is_number(value, labelled=labelled):
                return match[0]
            if kind in HANDLES and fold(value) in TITLES | ORGANISATIONS:
                return match[0]
            found.append((match.start(), Way(kind, value)))
            return FOUND

        text = pattern.sub(take, text)
    ways = [way for _, way in found]
    number = next((way.value for way in ways if way.kind in ("mobile", "phone")), "")
    return ways + [Way(kind, number) for kind in same if number], text


def _is_number(value: str, *, labelled: bool) -> bool:
    digits = sum(sign.isdigit() for sign in value)
    return digits >= (4 if labelled else _LEAST_DIGITS)
