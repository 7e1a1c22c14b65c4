"""Compute the tier of a report, its score within the tier, and the reasons for both as text.

One flat table of rules over the signals of ``questions``, explained in docs/priority.md. The tier depends only on
answers, never on the number of reports. The same answers always give the same result, in both languages, with a name or
without. New answers may raise a tier that a person set, never lower it.

There are two degrees of certainty. A signal is *told* at 1.0. It is *possible* from 0.5 on: the reporter doesn't know,
or the category makes it likely. If a child could be harmed by waiting, possible signals count.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .questions import Answers, signals
from .questions.category import category_of

AGE_BANDS = ("under_13", "13_15", "16_17", "adult")

# A reassuring answer removes signals that were only possible, never those that an answer states.
CALMS = {
    "adult": ("child",),
    "adult_in_picture": ("child_in_picture",),
    "use_is_over": ("used_now", "ongoing"),
    "threats_stopped": ("extorted_now", "ongoing"),
    "bullying_is_over": ("bullied_now", "ongoing"),
    "no_threat": ("threat",),
    "no_longer_online": ("still_online",),
}


class Facts:
    """The signals of one report, accessed by name."""

    def __init__(self, answers: Answers) -> None:
        found = {"child": 0.5} | signals(answers)  # an unknown age counts as that of a child
        taken_back = {name for calm, names in CALMS.items() if calm in found for name in names if found.get(name) != 1}
        self._weights = {name: weight for name, weight in found.items() if name not in taken_back}

    def weight(self, *names: str) -> float:
        """Return the strongest of these signals: 0, 0.5 or 1."""
        return max(self._weights.get(name, 0) for name in names)

    def certain(self, *names: str) -> bool:
        """Return whether one of these signals is certain."""
        return self.weight(*names) == 1

    def possible(self, *names: str) -> bool:
        """Return whether one of these signals is certain or cannot be excluded."""
        return self.weight(*names) > 0

    @property
    def child(self) -> bool:
        """Whether somebody affected is under 18, or the age is unknown."""
        return self.possible("child")

    @property
    def harmed_under_13(self) -> bool:
        """Whether a child under 13 is in a sexual or violent matter, or in one not sorted yet (safety rule H28).

        It may be in words only. What is not sorted counts until it is said to be over and the child not afraid.
        """
        calm = self.certain("harm_is_over") and self.certain("no_fear") and not self.possible("fear", "ongoing")
        unsorted = self.certain("not_sorted") and not calm
        harm = self.possible("sexual", "violent") or self.certain("threat", "blackmail")
        return self.certain("under_13") and (harm or unsorted)

    @property
    def child_image(self) -> bool:
        """Whether there is, or must be assumed to be, a sexual picture of someone under 18."""
        of_a_child = self.certain("child") or self.possible("child_in_picture")
        return self.certain("child_material") or (
            self.certain("intimate_image") and (of_a_child or (self.child and not self.certain("adult_in_picture")))
        )

    @property
    def tip(self) -> bool:
        """Whether only a post was reported and nobody is known to be hurt by it."""
        hurt = self.certain("child") or self.possible("aimed_at_children", "already_hurt", "money_lost")
        return self.certain("only_a_post") and not hurt


@dataclass(frozen=True)
class Rule:
    """One row of the table: ``name`` is a stable key, ``label`` is displayed to staff."""

    tier: int
    name: str
    label: Promise
    applies: Callable[[Facts], bool]


RULES = (
    Rule(0, "danger", _("someone is in danger now"), lambda f: f.certain("danger")),
    Rule(0, "life_at_risk", _("self-harm or suicide"), lambda f: f.possible("life_at_risk")),
    Rule(0, "attack", _("an attack is planned with a place or time"), lambda f: f.certain("attack_planned")),
    Rule(
        0,
        "meeting",
        _("a meeting is planned or took place"),
        lambda f: f.certain("meeting_planned") and f.possible("sexual"),
    ),
    Rule(
        0,
        "child_in_contact",
        _("a child is still in contact with that person"),
        lambda f: f.child and f.certain("in_contact") and f.possible("sexual"),
    ),
    Rule(0, "child_used", _("a child is being sold or used now"), lambda f: f.possible("used_now")),
    Rule(
        0,
        "guards_child",
        _("that person lives with, teaches or looks after the child"),
        lambda f: f.child and f.certain("guards"),
    ),
    Rule(0, "under_13", _("under 13 in a sexual or violent matter"), lambda f: f.harmed_under_13),
    Rule(0, "live_sextortion", _("ongoing blackmail with pictures"), lambda f: f.possible("extorted_now")),
    Rule(
        0,
        "blackmail_told",
        _("blackmail with pictures described in a child's text"),
        lambda f: f.child and f.certain("picture_blackmail"),
    ),
    Rule(0, "child_image", _("a sexual picture of someone under 18"), lambda f: f.child_image),
    Rule(1, "danger_unsure", _("perhaps in danger now"), lambda f: f.possible("danger")),
    Rule(1, "child_sexual", _("a sexual matter with someone under 18"), lambda f: f.child and f.possible("sexual")),
    Rule(1, "sexual_told", _("a sexual matter described in the text"), lambda f: f.child and f.certain("sexual_told")),
    Rule(1, "threat_to_kill", _("a threat to kill in the text"), lambda f: f.certain("threat_to_kill")),
    Rule(1, "sexual_crime", _("a sexual crime"), lambda f: f.certain("sexual_crime")),
    Rule(1, "intimate_image", _("a private picture"), lambda f: f.possible("intimate_image")),
    Rule(1, "threat", _("a threat that may be real"), lambda f: f.possible("threat") or f.certain("blackmail")),
    Rule(
        1,
        "violence",
        _("a call for violence or an attack"),
        lambda f: f.possible("violence_called_for", "attack_planned"),
    ),
    Rule(1, "hurt_offline", _("hurt at home, school or elsewhere"), lambda f: f.certain("hurt_offline")),
    Rule(
        1,
        "stalker_knows_place",
        _("followed by someone who knows the place"),
        lambda f: f.certain("stalked") and f.possible("knows_place"),
    ),
    Rule(
        1,
        "home_address",
        _("a home address is public"),
        lambda f: f.certain("home_address") and f.possible("still_online"),
    ),
    Rule(1, "money_today", _("money was sent within 24 hours"), lambda f: f.certain("money_today")),
    Rule(2, "bullied", _("ongoing bullying"), lambda f: f.certain("bullied") and f.possible("bullied_now", "fear")),
    Rule(2, "stalked", _("followed or watched"), lambda f: f.certain("stalked")),
    Rule(2, "sexual", _("a sexual matter"), lambda f: f.possible("sexual")),
    Rule(
        2,
        "exposed",
        _("private information is public"),
        lambda f: f.certain("exposed") and (f.possible("still_online") or f.certain("in_reach")),
    ),
    Rule(2, "account_taken", _("an account was taken over"), lambda f: f.possible("account_taken")),
    Rule(2, "money_this_week", _("money was sent 1 to 7 days ago"), lambda f: f.possible("money_this_week")),
    Rule(
        2,
        "scam_child",
        _("a scam, and the person may be under 18"),
        lambda f: f.certain("scammed") and f.child and not f.tip,
    ),
    Rule(2, "hate", _("hate against a group"), lambda f: f.certain("hate")),
    Rule(
        2,
        "offer_hurts",
        _("children are targeted, or someone is hurt"),
        lambda f: f.certain("aimed_at_children", "already_hurt"),
    ),
    Rule(2, "not_sorted", _("not sorted yet"), lambda f: f.certain("not_sorted")),
    Rule(3, "past", _("harm in the past"), lambda f: f.certain("bullied", "exposed")),
    Rule(3, "general", _("a scam, an account or a dangerous offer"), lambda f: not f.tip),
    Rule(4, "tip", _("a tip"), lambda f: True),
)

# Points within the tier, and the sentence displayed to staff. "I don't know" earns half, rounded up. The last two are
# added at the desk, where they are known.
POINTS = {
    "minor": (25, _("under 18"), _("age not known"), ("child",)),
    "ongoing": (15, _("still going on"), _("perhaps still going on"), ("ongoing",)),
    "still_online": (15, _("still online"), _("perhaps still online"), ("still_online",)),
    "in_reach": (15, _("that person can reach them"), _("that person can perhaps reach them"), ("in_reach",)),
    "fear": (10, _("fear or blackmail"), _("perhaps fear or blackmail"), ("fear", "blackmail")),
    "alone": (5, _("alone right now"), _("perhaps alone right now"), ("alone",)),
    "no_helper": (5, _("nobody helps yet"), _("perhaps nobody helps yet"), ("no_helper",)),
}
UNSURE = "_unsure"

REASONS = (
    {key: (points, sentence) for key, (points, sentence, _half, _names) in POINTS.items()}
    | {key + UNSURE: (ceil(points / 2), half) for key, (points, _told, half, _names) in POINTS.items()}
    | {"unread_reply": (10, _("a new message without an answer")), "cluster": (5, _("linked with other reports"))}
)


def tier(answers: Answers) -> int:
    """Return the tier: 0 (a person reviews it within the hour) to 4; see deadlines.FIRST_REVIEW."""
    return _deciding(answers)[0].tier


def tier_rules(answers: Answers) -> list[str]:
    """Return the names of the rules that decided the tier, in the order of the table."""
    return [rule.name for rule in _deciding(answers)]


def raised(previous_tier: int, answers: Answers) -> int:
    """Return the tier after new answers, which may raise the previous tier, never lower it."""
    return min(previous_tier, tier(answers))


def reasons(answers: Answers) -> list[str]:
    """Return the keys of REASONS that apply, in the order of the table."""
    facts = Facts(answers)
    weights = {key: facts.weight(*names) for key, (_points, _told, _half, names) in POINTS.items()}
    return [key if weight == 1 else key + UNSURE for key, weight in weights.items() if weight]


def score(answers: Answers) -> int:
    """Return the points within the tier: the sum of ``reasons``."""
    return sum(REASONS[key][0] for key in reasons(answers))


def is_minor(answers: Answers) -> bool:
    """Return whether someone affected is under 18, or must be assumed to be: an unknown age counts as a child's."""
    return Facts(answers).child


def age_band(answers: Answers) -> str:
    """Return the age as a stable key; "unknown" if it was not given."""
    age = answers.get("age")
    return age if age in AGE_BANDS else "unknown"


def is_restricted(answers: Answers) -> bool:
    """Return whether only the child-safety team may see the report.

    This applies to a sexual matter of someone who is, or may be, under 18, and to any harm to a child under 13 (H28).
    """
    facts = Facts(answers)
    child_sexual = facts.child and facts.possible("sexual")
    return category_of(answers).restricted or child_sexual or facts.child_image or facts.harmed_under_13


def _deciding(answers: Answers) -> list[Rule]:
    facts = Facts(answers)
    holding = [rule for rule in RULES if rule.applies(facts)]
    first = min(rule.tier for rule in holding)
    return [rule for rule in holding if rule.tier == first]
