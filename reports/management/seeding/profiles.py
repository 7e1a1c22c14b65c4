"""Answers of made-up reports to the real questions, with tiers and ages distributed as in an ordinary week."""

import random
from collections import defaultdict
from dataclasses import dataclass

from reports import priority
from reports.questions import sequence, uploads

from .stories import CATEGORIES

# Tiers in percent. An assumption for the demo: few reports are about a life now, most are about ongoing harm.
TIERS = {0: 8, 1: 20, 2: 36, 3: 28, 4: 8}
TRIES = 3000  # sets of answers that are drawn; each made-up case takes one of them
AGES = {"under_13": 6, "13_15": 20, "16_17": 24, "adult": 40, "": 10}
SAFETY = {"safe": 94, "unsure": 4, "danger": 2}
PLATFORMS = {"whatsapp": 30, "instagram": 25, "tiktok": 20, "telegram": 10, "facebook": 10, "": 5}
# Questions that serve another purpose than judging the report; made-up cases leave them unanswered.
LEFT_OUT = {"staff_conflict", "own_image", "evidence_sexual_check"}
ANSWERED = 0.8  # share of the other questions that people answer


@dataclass(frozen=True)
class Profile:
    """One set of answers, and the tier and score that the rules give it."""

    answers: dict
    tier: int
    score: int
    reasons: list[str]
    tier_rules: list[str]
    age_band: str
    restricted: bool
    takes_files: bool


class Profiles:
    """Draws profiles so that the tiers have the shares of TIERS."""

    def __init__(self, dice: random.Random) -> None:
        self._dice, self._by_tier = dice, defaultdict(list)
        for _number in range(TRIES):
            profile = _judge(_answers(dice))
            self._by_tier[profile.tier].append(profile)
        self._tiers = sorted(self._by_tier)

    def draw(self) -> Profile:
        """Return one profile."""
        tier = self._dice.choices(self._tiers, [TIERS[tier] for tier in self._tiers])[0]
        return self._dice.choice(self._by_tier[tier])


def _judge(answers: dict) -> Profile:
    return Profile(
        answers=answers,
        tier=priority.tier(answers),
        score=priority.score(answers),
        reasons=priority.reasons(answers),
        tier_rules=priority.tier_rules(answers),
        age_band=priority.age_band(answers),
        restricted=priority.is_restricted(answers),
        takes_files=uploads(answers) == "yes",
    )


def _answers(dice: random.Random) -> dict:
    answers = {"safety": _one(dice, SAFETY), "category": _one(dice, CATEGORIES)}
    for key, weights in (("age", AGES), ("platform", PLATFORMS)):
        if value := _one(dice, weights):
            answers[key] = value
    for question in sequence(answers):
        is_open = question.key not in answers and question.key not in LEFT_OUT
        if is_open and question.kind == "one" and question.choices and dice.random() < ANSWERED:
            answers[question.key] = dice.choice(question.choices).key
    return answers


def _one(dice: random.Random, weights: dict) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]
