"""The questions that each category asks beyond the common ones, and the signals of the category itself."""

from . import harm, money, sexual, shared
from .kinds import Answers, Question

# Needed for a first review: who is within reach, whether it goes on, whether a child is meant.
FIRST: dict[str, tuple[Question, ...]] = {
    "csam": (shared.STILL_ONLINE,),
    "child_exploitation": (sexual.WITH_PERSON_NOW, shared.RELATION),
    "grooming": (shared.MEETING, shared.STILL_CONTACT, shared.RELATION),
    "sextortion": (sexual.THREATS_NOW, sexual.THEY_WANT, sexual.ALREADY_SENT),
    "ncii": (shared.STILL_ONLINE, shared.RELATION),
    "sexual_harassment": (shared.RELATION, sexual.CAN_CONTACT),
    "cyberbullying": (harm.HOW_OFTEN, harm.SAME_SCHOOL),
    "threats_stalking": (harm.THREATENED_WITH, harm.TIME_AND_PLACE, shared.KNOWS_PLACE, shared.RELATION),
    "doxxing": (harm.EXPOSED, shared.STILL_ONLINE, harm.CAME_BECAUSE, shared.LOAN_COLLECTOR),
    "account_abuse": (money.ACCOUNT_KIND, money.CAN_LOG_IN, money.ASKS_MONEY),
    "self_harm": (harm.WHOSE_LIFE, harm.ALONE, harm.SOMEONE_NEAR),
    "hate_extremism": (harm.CALL_FOR_VIOLENCE,),
    "scam": (money.GAVE_DATA, shared.LOAN_COLLECTOR),
    "gambling_dangerous": (money.DANGER_KIND, money.FOR_CHILDREN, money.ALREADY_HURT),
    "offline_harm": (harm.HURT_HOW, shared.RELATION, shared.STILL_GOING, shared.AFRAID),
    "unsure": (shared.SEXUAL_OR_VIOLENT, shared.RELATION, shared.STILL_GOING, shared.AFRAID),
}
# Helpful later; these can wait until the reporter has the strength for them.
MORE: dict[str, tuple[Question, ...]] = {
    "csam": (sexual.KNOWS_CHILD, sexual.SEEN_WHEN),
    "child_exploitation": (sexual.EXPLOITATION_KIND, sexual.PROVINCE),
    "grooming": (sexual.ASKED_FOR, shared.KNOWS_PLACE),
    "sextortion": (sexual.DEADLINE, shared.RELATION),
    "ncii": (sexual.REAL_OR_AI,),
    "sexual_harassment": (sexual.HOW_OFTEN_SEXUAL,),
    "cyberbullying": (harm.WHO_BULLIES, harm.SCHOOL_FEAR, harm.SCHOOL_HELP, harm.SCHOOL_NAME),
    "threats_stalking": (harm.TRACKER,),
    "hate_extremism": (harm.ATTACKED,),
    "scam": (money.SENT_BY, money.RECEIVER),
    "offline_harm": (shared.WHO_KNOWS,),
    "unsure": (shared.WHO_KNOWS,),
}
EXTRA = {category: first + MORE.get(category, ()) for category, first in FIRST.items()}

# The signals of the chosen category. Half where they are likely until an answer says otherwise.
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


def of_category(table: dict[str, tuple[Question, ...]], answers: Answers) -> tuple[Question, ...]:
    """Return the row of ``table`` for the category of these answers; that of "I'm not sure" while there is none."""
    category = answers.get("category")
    return table.get(category if category in FIRST else "unsure", ())
