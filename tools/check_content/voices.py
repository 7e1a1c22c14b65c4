"""Who is spoken to: each reader finds the voice for their age and role, and one text speaks one way."""

import re
from collections.abc import Iterator
from itertools import product

from django.utils.html import strip_tags

from education.rendering import rich_text
from tools.check_content.content import CHECKLISTS, LANGUAGES, REPLIES, Content, Fault, fault, rule, without_quotes

# A guide, its counterpart for who stands by, and the audience of the counterpart.
COUNTERPARTS = [
    (5, 38, "parents"),
    (9, 34, "parents"),
    (32, 35, "educators"),
    (22, 36, "parents"),
    (37, 36, "parents"),
    (42, 41, "parents"),
    (22, 37, "teens"),
]
FOR_AGES = {6: 27, 7: 28}  # the guide for teens, and the one for adults


@rule
def ages(content: Content) -> Iterator[Fault]:
    """Who is blackmailed finds the voice for their age (K17)."""
    for teens, adults in FOR_AGES.items():
        young, old = content.guides[teens], content.guides[adults]
        if young["audiences"] != ["teens"]:
            yield fault(young, "audiences", "this guide is for teens only")
        if set(old["audiences"]) != {"women", "everyone"}:
            yield fault(old, "audiences", "this guide is for women and everyone")
        if young["subject"] != old["subject"]:
            yield fault(old, "subject", f"must be the subject of guide {teens}, whose counterpart it is")


@rule
def counterparts(content: Content) -> Iterator[Fault]:
    """Who stands by a child finds their own guide on the same subject, with a link to the child's."""
    for own, theirs, audience in COUNTERPARTS:
        guide, helper = content.guides[own], content.guides[theirs]
        if helper["audiences"] != [audience]:
            yield fault(helper, "audiences", f"this guide is for {audience} only")
        for field in ("subject", "sensitive"):
            if helper[field] != guide[field]:
                yield fault(helper, field, f"must be the same as in guide {own}, whose counterpart it is")
        for language in LANGUAGES:
            if f'href="/{language}/p/{own}/"' not in helper[language]["body"]:
                yield fault(helper, f"{language}.body", f"has no link to guide {own}")


@rule
def subjects(content: Content) -> Iterator[Fault]:
    """Guides on one subject are for different readers."""
    seen = {}
    for guide in content.items("guides"):
        if "subject" in guide:
            voice = (guide["subject"], *sorted(guide["audiences"]))
            first = seen.setdefault(voice, guide)
            if first is not guide:
                yield fault(guide, "audiences", f"{first['file']} has the same subject and the same audiences")


@rule
def one_way(content: Content) -> Iterator[Fault]:
    """A guide says "kamu" or "Anda", never both."""
    for guide in content.items("guides"):
        text = without_quotes(" ".join([*guide["id"]["checklist"], strip_tags(guide["id"]["body"])]))
        if re.search(r"\b[Kk]amu\b", text) and re.search(r"\bAnda\b", text):
            yield fault(guide, "id.body", 'says both "kamu" and "Anda" to its reader')


@rule
def links_fit(content: Content) -> Iterator[Fault]:
    """Who may be a child, and who stands by one, is led to a guide for them: help texts, alerts, reply templates."""
    from education.models.readers import fits, fits_alert

    keys = {number: guide["audiences"] for number, guide in content.guides.items()}
    for item in content.items("help"):
        number = item["guide"]
        if number in keys and not fits(item["person"], keys[number], item.get("for_adults", False)):
            yield fault(item, "guide", f"guide {number} is not for its reader")
    for item in content.items("synonyms"):
        numbers = [int(key) for key in map(str.strip, item.get("first", "").split(",")) if key.isdecimal()]
        pinned = [keys[number] for number in numbers if number in keys]
        is_alert = item.get("crisis") or item.get("hurt") or item.get("child")
        if is_alert and not fits_alert(item.get("child", ""), pinned):
            yield fault(item, "first", "a child, or who stands by one, may type this and finds no guide for them")
    yield from _links_of_replies(content, keys)


def _links_of_replies(content: Content, keys: dict[int, list[str]]) -> Iterator[Fault]:
    """Yield a fault for each guide that a reply leads to, typed or chosen, if it is for other readers than the text."""
    from education.models.readers import fits_reply

    of_the_desk = [(REPLIES, row) for row in content.replies] + [(CHECKLISTS, row) for row in content.checklists]
    for (file, row), language in product(of_the_desk, LANGUAGES):
        for wording in ("text", "formal"):
            text, formal = row[language].get(wording, ""), wording == "formal"
            typed = {int(number): False for number in re.findall(r"/p/(\d+)/", text)}
            # The desk puts a chosen guide for adults only into replies about adults.
            chosen = {row["guide"]: True} if "{guide}" in text else {}
            for number, is_adult in (typed | chosen).items():
                if not fits_reply(keys.get(number, ()), formal, is_adult):
                    place = f"{row['key']}.{language}.{wording}"
                    yield Fault(f"reports/starter/{file.name}", place, f"guide {number} is not for its reader")


@rule
def crisis_part(content: Content) -> Iterator[Fault]:
    """Who thinks of dying reaches the crisis part of guides 6 and 27 with one tap."""
    for number in (6, 27):
        guide = content.guides[number]
        for language in LANGUAGES:
            last = f'href="#{rich_text.render(guide[language]["body"], language).headings[-1][0]}"'
            if last not in guide[language]["body"].split("</h2>")[1]:
                yield fault(guide, f"{language}.body", "its first part has no link to the last one")
            if not any(last in step for step in guide[language]["checklist"]):
                yield fault(guide, f"{language}.checklist", "no step has a link to the last part")


@rule
def something_to_show(content: Content) -> Iterator[Fault]:
    """A teen in danger has a guide to show to parents and to teachers, and these lead back."""
    for number, parents in {5: 38, 6: 16, 12: 16}.items():
        for language in LANGUAGES:
            for start, end in [(number, parents), (number, 18), (parents, number), (18, number)]:
                if f'href="/{language}/p/{end}/"' not in content.guides[start][language]["body"]:
                    yield fault(content.guides[start], f"{language}.body", f"has no link to guide {end}")
