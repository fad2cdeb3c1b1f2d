"""Invented people for tests that want many and odd ones."""

from hypothesis import strategies as st

from fieldguide.domain.people import (
    WAYS,
    Address,
    Agreement,
    Consent,
    Encounter,
    Person,
    PersonName,
    Role,
    Said,
    Script,
    Way,
)
from fieldguide.domain.records import Ref

_LETTERS = st.sampled_from(
    "aZ09 ;:,.\\\"'=%@+-_/()<>&|^~#éßÅłЖş李医\u00a0\u3000\u200d🙂𠮷\u0301\ufffdn"
)
_LATIN_LETTERS = st.sampled_from("abcdefgzABCXYZéüßøñçłČІж'-;,:\\.\"0129 ")
_HANZI = st.sampled_from("李伟王明医院科技上海区曾单司马欧阳龍𠮷")


def line(least: int = 1, most: int = 40) -> st.SearchStrategy[str]:
    """A text of one line that neither begins nor ends with a space."""
    return (
        st.text(_LETTERS, min_size=least, max_size=most)
        .map(str.strip)
        .filter(lambda text: len(text) >= least)
    )


def latin() -> st.SearchStrategy[str]:
    """A text without hanzi, with the signs that formats stumble over."""
    texts = st.text(_LATIN_LETTERS, min_size=1, max_size=30).map(str.strip)
    return texts.filter(lambda text: any(sign.isalpha() for sign in text))


def hanzi() -> st.SearchStrategy[str]:
    return st.text(_HANZI, min_size=1, max_size=8)


def lines() -> st.SearchStrategy[str]:
    return st.lists(line(), min_size=1, max_size=4).map("\n".join)


def maybe(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | texts


_days = st.dates().map(lambda day: day.isoformat())
_sources = st.lists(st.sampled_from(["card", "programme", "hand"]), unique=True, max_size=2).map(
    tuple
)


@st.composite
def names(draw: st.DrawFn) -> PersonName:
    script = draw(st.sampled_from(Script))
    if script is Script.HANZI:
        family, given_name = draw(hanzi()), draw(maybe(hanzi()))
        return PersonName(family + given_name, script, family, draw(_sources))
    word = latin().map(lambda text: text.replace(" ", "").replace(",", "") or "x")
    family, given_name = draw(word), draw(word)
    if script is Script.NICKNAME:
        return PersonName(given_name, script, "", draw(_sources))
    text = draw(st.sampled_from([f"{family} {given_name}", f"{given_name} {family}"]))
    return PersonName(text, script, family, draw(_sources))


def roles() -> st.SearchStrategy[Role]:
    return st.builds(
        Role,
        title=latin(),
        title_zh=maybe(hanzi()),
        organisation=maybe(latin()),
        organisation_zh=maybe(hanzi()),
        department=maybe(latin()),
        department_zh=maybe(hanzi()),
        at=st.none() | st.just(Ref("organisation", "renji-hospital")),
        since=maybe(_days),
        until=maybe(_days),
        sources=_sources,
    )


def ways() -> st.SearchStrategy[Way]:
    return st.builds(
        Way,
        kind=st.sampled_from(list(WAYS)),
        value=line(),
        use=st.sampled_from(["", "work", "home"]) | line(most=12),
        sources=_sources,
    )


def persons() -> st.SearchStrategy[Person]:
    """Anything that a person may be, with odd signs in all places."""
    few = {"max_size": 3}
    said = st.builds(Said, text=lines(), sources=_sources)
    word = st.builds(Said, text=line(), sources=_sources)
    address = st.builds(
        Address,
        street=lines(),
        city=maybe(line()),
        region=maybe(line()),
        code=maybe(line()),
        country=maybe(line()),
        use=st.sampled_from(["", "work", "home"]),
        sources=_sources,
    )
    met = st.builds(
        Encounter,
        visit=st.none() | st.just(Ref("visit", "juke")),
        on=_days,
        by=maybe(line()),
        sources=_sources,
    )
    consent = st.builds(
        Consent,
        state=st.sampled_from(Agreement),
        on=maybe(_days),
        remark=maybe(lines()),
        sources=_sources,
    )
    return st.builds(
        Person,
        uid=line(),
        names=st.lists(names(), min_size=1, max_size=5).map(tuple),
        honorifics=st.lists(word, **few).map(tuple),
        address_as=st.lists(word, **few).map(tuple),
        roles=st.lists(roles(), **few).map(tuple),
        ways=st.lists(ways(), max_size=6).map(tuple),
        addresses=st.lists(address, **few).map(tuple),
        notes=st.lists(said, **few).map(tuple),
        tags=st.lists(line(), **few).map(tuple),
        met=st.lists(met, **few).map(tuple),
        introduced_by=st.lists(word, **few).map(tuple),
        consents=st.lists(consent, **few).map(tuple),
        records=st.lists(st.just(Ref("person", "wang-guohui")), max_size=1).map(tuple),
    )
