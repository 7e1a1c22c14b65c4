"""The emergency set, dead numbers, and which helpline a guide names first."""

import re
from collections.abc import Iterator
from itertools import product

from tools.check_content.content import LANGUAGES, Content, Fault, fault, guide_text, rule

EMERGENCY = {"polri-110", "darurat-112", "darurat-119", "sapa-129"}
NOT_EVERYWHERE = {"id": "Belum ada di semua daerah", "en": "Not available in every district"}
DEAD = ("1500-771", "500-454", "0821-2575-1234", "0821-3677-2273")
CHAT = "08111-129-129"
MONEY_IS_GONE = {33, 34}  # minutes count, and the centre that can stop it answers a phone


@rule
def emergency_set(content: Content) -> Iterator[Fault]:
    """The fixed set is complete, and 112 is never promised everywhere (K3)."""
    if content.fixed != EMERGENCY:
        yield Fault("helplines.toml", "emergency", f"the fixed set must be {', '.join(sorted(EMERGENCY))}")
    for language, words in NOT_EVERYWHERE.items():
        if words not in content.lines["darurat-112"][language]["note"]:
            yield fault(content.lines["darurat-112"], f"{language}.note", f'must say "{words}"')


@rule
def dead_numbers(content: Content) -> Iterator[Fault]:
    """A number that is dead is kept with retired helplines only; an active helpline has a source."""
    for line in content.items("helplines"):
        for channel in line["channels"]:
            if line["status"] != "retired" and any(number in channel["value"] for number in DEAD):
                yield fault(line, "channels", f"{channel['value']} is dead, and this helpline is not retired")
        if line["status"] == "active" and not line["source_url"]:
            yield fault(line, "source_url", "an active helpline needs a source")


@rule
def first_helpline(content: Content) -> Iterator[Fault]:
    """The first helpline of a guide listens, without an account, to the readers of the guide."""
    for number, guide in content.guides.items():
        if number in MONEY_IS_GONE:
            if guide["helplines"][0] != "iasc":
                yield fault(guide, "helplines", "iasc must come first")
            continue
        first, *others = (content.lines[slug] for slug in guide["helplines"])
        for wrong in misfits(content, guide, first, others[0] if others else first):
            yield fault(guide, "helplines", f"{first['slug']} comes first, and {wrong}")


def misfits(content: Content, guide: dict, first: dict, second: dict) -> Iterator[str]:
    """Yield why ``first`` must not come first in ``guide``."""
    if first["slug"] not in content.fixed:
        if first["status"] != "active":
            yield "is not active"
        # The fixed set is on every page; SAPA is for women and children, and witnesses may write to it.
        if not set(guide["audiences"]) <= set(first["audiences"]):
            yield "is not for all readers of this guide"
        if not any(channel["text_route"] for channel in first["channels"]):
            yield "cannot be written to"
    if first["kind"] not in {"emergency", "support", "removal"}:
        yield "is a form: nobody listens there"
    if first["identity"] in {"account", "id_card"}:
        yield "asks for an account or an identity card"
    if "teens" in guide["audiences"] and second["identity"] in {"account", "id_card"}:
        yield "the second one asks teens for an account or an identity card"


@rule
def cards(content: Content) -> Iterator[Fault]:
    """A number that a guide sends to has its card."""
    for guide, slug in product(content.items("guides"), ("darurat-119", "darurat-112")):
        if f"<strong>{slug[-3:]}</strong>" in guide["id"]["body"] and slug not in guide["helplines"]:
            yield fault(guide, "helplines", f"the text sends to {slug}, which is not among them")


@rule
def ways_to_write(content: Content) -> Iterator[Fault]:
    """A chat that is named has its number, and who is sent to OJK can also write."""
    for guide, language in product(content.items("guides"), LANGUAGES):
        text, body = guide_text(guide, language), guide[language]["body"]
        for sentence in re.split(r"(?<=[.?])\s|<", text):
            if "SAPA" in sentence and "WhatsApp" in sentence and CHAT not in sentence:
                yield fault(guide, language, f"a sentence names the chat of SAPA without {CHAT}")
        if "SAPA" in text and CHAT not in text:
            yield fault(guide, language, f"names SAPA, and nowhere its number {CHAT}")
        if "157" in body and "081-157-157-157" not in body:
            yield fault(guide, f"{language}.body", "names OJK 157 without the number to write to, 081-157-157-157")


@rule
def collectors(content: Content) -> Iterator[Fault]:
    """Who is threatened by a loan collector is led to the authority."""
    if "ojk-157" not in content.guides[31]["helplines"]:
        yield fault(content.guides[31], "helplines", "ojk-157 must be among them")
    for number in (9, 10, 27):
        for language in LANGUAGES:
            if "/p/31/" not in content.guides[number][language]["body"]:
                yield fault(content.guides[number], f"{language}.body", "has no link to guide 31")
