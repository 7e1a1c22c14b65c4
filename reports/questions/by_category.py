"""Which questions each category asks beyond the common ones, and what choosing it says by itself (domain §3.3)."""

from . import harm, money, sexual, shared
from .kinds import Question

EXTRA: dict[str, tuple[Question, ...]] = {
    "csam": (sexual.KNOWS_CHILD, shared.STILL_ONLINE, sexual.SEEN_WHEN),
    "child_exploitation": (
        sexual.WITH_PERSON_NOW,
        shared.RELATION,
        sexual.EXPLOITATION_KIND,
        sexual.PROVINCE,
    ),
    "grooming": (
        shared.MEETING,
        shared.STILL_CONTACT,
        shared.RELATION,
        sexual.ASKED_FOR,
        shared.KNOWS_PLACE,
    ),
    "sextortion": (
        sexual.THREATS_NOW,
        sexual.DEADLINE,
        sexual.THEY_WANT,
        sexual.ALREADY_SENT,
        shared.PICTURE_MINOR,
        shared.RELATION,
    ),
    "ncii": (shared.PICTURE_MINOR, shared.STILL_ONLINE, sexual.REAL_OR_AI, shared.RELATION),
    "sexual_harassment": (sexual.HOW_OFTEN_SEXUAL, shared.RELATION, sexual.CAN_CONTACT),
    "cyberbullying": (
        harm.WHO_BULLIES,
        harm.HOW_OFTEN,
        harm.SAME_SCHOOL,
        harm.SCHOOL_FEAR,
        harm.SCHOOL_HELP,
        harm.SCHOOL_NAME,
    ),
    "threats_stalking": (
        harm.THREATENED_WITH,
        harm.TIME_AND_PLACE,
        shared.KNOWS_PLACE,
        harm.TRACKER,
        shared.RELATION,
    ),
    "doxxing": (harm.EXPOSED, shared.STILL_ONLINE, harm.CAME_BECAUSE, shared.LOAN_COLLECTOR),
    "account_abuse": (money.ACCOUNT_KIND, money.CAN_LOG_IN, money.ASKS_MONEY),
    "self_harm": (harm.WHOSE_LIFE, harm.ALONE, harm.SOMEONE_NEAR),
    "hate_extremism": (harm.CALL_FOR_VIOLENCE, harm.ATTACKED),
    "scam": (money.SENT_BY, money.RECEIVER, money.GAVE_DATA, shared.LOAN_COLLECTOR),
    "gambling_dangerous": (money.DANGER_KIND, money.FOR_CHILDREN, money.ALREADY_HURT),
    "offline_harm": (harm.HURT_HOW, shared.RELATION, shared.STILL_GOING, shared.AFRAID, shared.WHO_KNOWS),
    "unsure": (shared.RELATION, shared.STILL_GOING, shared.AFRAID, shared.WHO_KNOWS),
}

# What the choice of a category says by itself. By half where it is likely until an answer says otherwise.
CATEGORY_MEANS: dict[str, dict[str, float]] = {
    "csam": {"sexual": 1, "child": 1, "child_material": 1, "still_online": 0.5},
    "child_exploitation": {"sexual": 1, "sexual_crime": 1, "child": 1, "used_now": 0.5, "ongoing": 0.5},
    "grooming": {"sexual": 1, "sexual_crime": 1, "in_contact": 0.5, "ongoing": 0.5},
    "sextortion": {
        "sexual": 1,
        "sexual_crime": 1,
        "intimate_image": 1,
        "blackmail": 1,
        "extorted_now": 0.5,
        "ongoing": 0.5,
    },
    "ncii": {"sexual": 1, "sexual_crime": 1, "intimate_image": 1, "still_online": 0.5},
    "sexual_harassment": {"sexual": 1},
    "cyberbullying": {"bullied": 1, "bullied_now": 0.5, "ongoing": 0.5},
    "threats_stalking": {"stalked": 1, "violent": 1, "threat": 0.5, "fear": 0.5},
    "doxxing": {"exposed": 1, "still_online": 0.5},
    "account_abuse": {"account": 1},
    "self_harm": {"life_at_risk": 1, "violent": 1},
    "hate_extremism": {"hate": 1},
    "scam": {"scam": 1},
    "gambling_dangerous": {"dangerous_offer": 1},
    "offline_harm": {"hurt_offline": 1, "violent": 1},
    "unsure": {"not_sorted": 1},
}


def extras(answers) -> tuple[Question, ...]:
    """The extra questions of the category; those of "I'm not sure" while there is none."""
    return EXTRA.get(answers.get("category") or "unsure", EXTRA["unsure"])
