"""What one usually asks, by what somebody is: a park, a hospital, an authority, a company."""

from collections.abc import Iterable
from typing import Final

PARK: Final = "park"
HOSPITAL: Final = "hospital"
AUTHORITY: Final = "authority"
COMPANY: Final = "company"
RESEARCH: Final = "research"

_KINDS: Final = {
    "park": PARK,
    "zone": PARK,
    "incubator": PARK,
    "hospital": HOSPITAL,
    "agency": AUTHORITY,
    "ministry": AUTHORITY,
    "government": AUTHORITY,
    "company": COMPANY,
    "consultancy": COMPANY,
    "institute": RESEARCH,
    "laboratory": RESEARCH,
    "university": RESEARCH,
    "academy": RESEARCH,
}
"""Type of a record -> whose questions fit it; the other types have none."""

USUAL: Final = {
    PARK: (
        "Which floor space is free now, from how many square metres, and for how long a lease?",
        "What does a square metre cost a month, with services, and what is free at first?",
        "Which laboratories and machines are shared, and what does an hour on them cost?",
        "What must a foreign company show to be let in, and who decides?",
        "Which foreign companies of our size are here, and may we talk to one of them?",
        "Which grants or tax reliefs hold today, until when, and paid out after which proof?",
        "Who helps with registration, permits and staff, and is that paid for?",
    ),
    HOSPITAL: (
        "How many patients with our indication come here in a year?",
        "Who decides on a new device, in which order, and how long did the last one take?",
        "Is buying done here, by a group, or by a tender of the province?",
        "Which device is used for this today, and what do the doctors miss in it?",
        "Is the hospital approved for clinical trials in our field, and who leads them?",
        "What does the patient pay, and what is reimbursed?",
        "Would a department try ours first, and under which conditions?",
    ),
    AUTHORITY: (
        "Which rule holds for our product today, and is a change being prepared?",
        "Which papers are asked for, in which language, and which must be certified?",
        "How long do the steps take in fact, and where do files usually wait?",
        "Is there a way to ask before filing, and how binding is the answer?",
        "Which tests or trials from abroad are accepted?",
        "Who in this office is the right person, and how are they best reached?",
    ),
    COMPANY: (
        "What do you make or sell yourselves, and what do you buy in?",
        "Which licences do you hold, for which classes of product, and until when?",
        "Whom do you sell to, in which provinces, and through whom?",
        "What are you looking for in a partner: a product, technology, a market, capital?",
        "Who owns the company, and who signs?",
        "Have you worked with a foreign company before, and how did it go?",
        "What would be a first step that costs both sides little?",
    ),
    RESEARCH: (
        "Which groups work on our subject, and who leads them?",
        "Who owns what comes out of a joint project?",
        "Which equipment may outsiders use, and on which terms?",
        "Which companies do you work with already, and in which form?",
        "Which programmes pay for work with a partner abroad, and when are calls?",
    ),
}
"""Kind -> its questions, the most important first."""


def usual_for(types: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Kind and words of each question that fits the types of a record, of a visit or its host."""
    kinds = dict.fromkeys(_KINDS[one] for one in types if one in _KINDS)
    return tuple((kind, text) for kind in kinds for text in USUAL[kind])
