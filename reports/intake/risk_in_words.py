"""Facts in the reporter's own words beside the chosen answers: a life at risk, harm (safety rules H5 and H28)."""

from .. import harm_words
from ..questions import Answers, Question
from ..self_harm import detector, whose

WORDS = {"text", "long"}
OF_ANOTHER = "of_another"  # the value of "risk" if no words may mean the reporter; else "yes"


def facts_in_words(question: Question, typed: str | list[str], answers: Answers) -> Answers:
    """Return the facts that ``typed`` adds to ``answers``: "risk" and "in_words". Neither is ever removed."""
    facts: dict = {}
    if question.kind not in WORDS or not typed:
        return facts
    if detector.is_mentioned(typed):
        is_of_another = answers.get("risk", OF_ANOTHER) == OF_ANOTHER and whose.is_of_another(typed)
        facts["risk"] = OF_ANOTHER if is_of_another else "yes"
    if harm := harm_words.kinds_in(typed):
        facts["in_words"] = sorted({*harm, *answers.get("in_words", [])})
    return facts
