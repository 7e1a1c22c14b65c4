"""Help to recommend after sending: derived from the answers while they can be read, shown on the last page.

This module only returns keys (of helplines and their roles, topics, audiences, choices), never a word that was typed.
"""

from collections.abc import Collection

from .. import priority
from ..models.category import Category
from ..questions.category import Picture, category_of
from ..questions.core import PLATFORM, is_in_danger, is_life_at_risk, said_own_life_at_risk
from ..questions.pictures import is_about_a_picture, is_own_picture
from . import help_pages, payment_facts

# Roles of helplines (education.models.HelplineRole.Role); a template tag of education finds who holds them.
DANGER_HELPLINES = ("police", "chat", "emergency")  # in danger, the police come first (K14)
IN_LIFE_BLOCK = ("crisis", "crisis_second", "ambulance", "emergency")  # reports/intake/_life_short.html
FOR_EMERGENCIES = ("police", "emergency", "ambulance")
FOR_PICTURES = ("picture_minor", "picture_adult")
AUDIENCES = {"my_child": "parents", "my_student": "educators"}  # adults who report for a child; all others may be young
FOR_HELPERS = "helping-a-child"  # the topic for people who help someone
LOAN = "pinjol"
AT_HOME = "at_home"  # the help page of the category for people who are hurt where they live
APPS = {choice.key: choice.label for choice in PLATFORM.choices if isinstance(choice.label, str)}  # not translated


def help_for(category: Category, answers: dict, shown: Collection[str] = ()) -> dict:
    """Return what the last page shows: which helplines, the audience they must fit, and if a life may be at risk.

    ``shown``: the help pages that were read before sending. ``urgent``: the answers name danger or a life at risk, so
    no number is folded. ``block``: the help text whose first steps are shown, and whether it was read already.
    """
    return {
        "lines": _lines(category, answers),
        "audience": _audience(answers),
        "guides": guides_for(category, answers),
        "life": _is_life_at_risk(answers),
        "urgent": is_urgent(answers),
        "mine": help_pages.is_about_myself(answers) or help_pages.own_life_was_named(answers),
        "risk": answers.get("risk", ""),
        **of_another_life(answers),
        "said": said_own_life_at_risk(answers),
        "block": _block(answers),
        "block_is_read": _block_is_read(answers, shown),
        "voice": help_pages.addressee(answers),
        "person": help_pages.person(answers),
        "money": help_pages.money_is_moving(answers),
        "payment_facts": payment_facts.stored_facts(answers),
        "seen": _seen_elsewhere(answers),
        "app": app_of(answers),
    }


def of_another_life(answers: dict) -> dict:
    """Return whom the text about somebody else's life addresses, or "", and whether it comes before the own help."""
    return {"another": help_pages.another_life(answers), "another_first": help_pages.is_anothers_first(answers)}


def is_urgent(answers: dict) -> bool:
    """Return whether the answers name danger, a threat to kill or a life at risk, or do not rule out being hurt now."""
    may_be_hurt = AT_HOME in category_of(answers).help_pages and answers.get("safety") != "safe"
    said = is_in_danger(answers) or is_life_at_risk(answers) or "threat_to_kill" in answers.get("in_words", [])
    return said or may_be_hurt or answers.get("safety") == "unsure"


def help_context(name: str, answers: dict) -> dict:
    """Return the context of the help page ``name`` (``help_pages``)."""
    return help_pages.text_of(name, answers) | {
        "answers": answers,
        "voice": help_pages.addressee(answers),
        **of_another_life(answers),
        "mine": is_own_picture(answers),
        "minor": help_pages.was_a_minor(answers),
        "guides": guides_for(Category.of(answers), answers),
        "blackmail": category_of(answers).blackmail,
        "payment_facts": payment_facts.payment_facts(answers),
    }


def guides_for(category: Category, answers: dict) -> dict:
    """Return topics, audiences (the first that has a guide) and unrelated apps, to choose guides that fit."""
    about, topics = answers.get("about"), [] if _seen_elsewhere(answers) else [category.topic_key]
    if about in AUDIENCES:
        topics, audiences = [*topics, FOR_HELPERS], [AUDIENCES[about]]
    else:
        audiences = ["teens", "everyone"] if priority.is_minor(answers) else ["everyone"]
    if about == "friend":
        topics = [FOR_HELPERS, *topics]
    if help_pages.addressee(answers) == "did_it" and is_about_a_picture(answers):
        topics = []  # these guides address the person in the picture
    apps = [name for key, name in APPS.items() if key != answers.get("platform")]
    if answers.get("loan_collector") not in {"threatens", "calls"}:
        apps.append(LOAN)
    return {"topics": topics, "audiences": audiences, "apps": apps}


def app_of(answers: dict) -> dict:
    """Return the app where it happened, and whether the person is certainly old enough for an account there."""
    return {"key": answers.get("platform", ""), "of_age": answers.get("age") in {"16_17", "adult"}}


def _block(answers: dict) -> str:
    """Return the help text of the category; "" where the last page has a separate block for the same."""
    category = category_of(answers)
    if category.about_life or _seen_elsewhere(answers):
        return ""
    did_it = help_pages.addressee(answers) == "did_it" and category.picture is Picture.ALWAYS
    return "own_doing" if did_it else category.slug


def _block_is_read(answers: dict, shown: Collection[str]) -> bool:
    """Return whether a page before sending had the text of the category, whatever its name there."""
    marks = {help_pages.mark_of(name, answers) for name in category_of(answers).help_pages}
    return not marks.isdisjoint(shown) or help_pages.is_told_elsewhere(answers)


def _lines(category: Category, answers: dict) -> dict[str, list[str]]:
    """Return which helplines to show, as the tag ``helplines_wished`` reads it: roles, and slugs of the category."""
    pictures = _for_pictures(answers)
    in_danger = is_in_danger(answers)
    return {
        "first": [*DANGER_HELPLINES, *pictures] if in_danger else pictures,
        "slugs": list(category.helplines),
        "last": [] if in_danger else list(FOR_EMERGENCIES),
        "without": _unsuitable(pictures, answers),
    }


def _unsuitable(pictures: list[str], answers: dict) -> list[str]:
    """Return the roles of help for another age or another app, and of help that the page shows already."""
    unfit = [role for role in FOR_PICTURES if role not in pictures]
    if answers.get("platform") != "tiktok":
        unfit.append("tiktok")
    if help_pages.addressee(answers) == "did_it":
        unfit.append("legal_aid")  # it is for people who were harmed
    if said_own_life_at_risk(answers):
        unfit.append("police")  # a life at risk is not a crime: police numbers frighten (H3)
    return [*unfit, *IN_LIFE_BLOCK] if _is_life_at_risk(answers) else unfit


def _for_pictures(answers: dict) -> list[str]:
    """Return the role that takes down a private picture, by the age of the person in it; only for one's own (H27)."""
    if not is_own_picture(answers):
        return []
    if help_pages.was_a_minor(answers):
        return ["picture_minor"]
    return ["picture_adult"] if answers.get("age") == "adult" else []


def _seen_elsewhere(answers: dict) -> bool:
    """Return whether the reporter found pictures of an unrelated child: help for the person pictured does not fit."""
    return category_of(answers).found_pictures and not is_own_picture(answers)


def _audience(answers: dict) -> str:
    return AUDIENCES.get(answers.get("about"), "teens") if priority.is_minor(answers) else ""


def _is_life_at_risk(answers: dict) -> bool:
    blackmailed = "blackmail" in answers.get("in_words", ())
    return category_of(answers).life_help_after or blackmailed or help_pages.own_life_was_named(answers)
