"""Help inside the form: pages that come up once, right after the answer that calls for them.

Each is a row: a name (its template under ``reports/intake/help/``) and a test on the answers so far and on the keys of
the questions that were passed, answered or skipped.
"""

from .. import priority

OWN_IMAGE = {"sextortion", "ncii"}
WATCHED = {"threats_stalking"}


def due(answers: dict, passed: set[str], shown: list[str]) -> str | None:
    """The name of the next page of help that is called for and was not shown yet."""
    return next((name for name, calls in SCREENS if name not in shown and calls(answers, passed)), None)


def own_image(answers: dict) -> bool:
    """A private picture of the person this happened to is, or may be, part of it."""
    if answers.get("about") == "my_own_doing":
        return answers.get("category") in OWN_IMAGE
    return answers.get("own_image") in {"yes", "unsure"} or answers.get("category") in OWN_IMAGE


def was_a_minor(answers: dict) -> bool:
    """The person is, or was in the picture, under 18. An age that was skipped is a child's age."""
    return priority.is_minor(answers) or answers.get("picture_minor") in {"yes", "unknown"}


def money_is_moving(answers: dict) -> bool:
    """Money has gone to the person who cheats or threatens."""
    return answers.get("money_sent", "").startswith("yes") or "money" in answers.get("already_sent", [])


def own_life_was_named(answers: dict) -> bool:
    """The reporter has said that they may hurt themselves: as an answer, or somewhere in their words."""
    return answers.get("safety") == "self_harm" or "risk" in answers


def is_about_myself(answers: dict) -> bool:
    """The person who writes is the one whose life it is about."""
    if own_life_was_named(answers):
        return True
    return answers.get("about") in {"me", "my_own_doing"} and answers.get("whose_life", "me") in {"me", "unknown"}


def _own_life_at_risk(answers, passed) -> bool:
    theirs = answers.get("category") == "self_harm" and "whose_life" in passed
    told_already = answers.get("safety") == "self_harm"
    return "risk" in answers or (theirs and answers.get("whose_life", "me") == "me" and not told_already)


def _alone_with_it(answers, passed) -> bool:
    """Alone, and nobody who could come: the numbers once more, before anything else is asked."""
    nobody = answers.get("someone_near") in {"no", "unknown"}
    return is_about_myself(answers) and answers.get("alone") in {"yes", "unknown"} and nobody


def _a_friends_life_at_risk(answers, passed) -> bool:
    return answers.get("category") == "self_harm" and answers.get("whose_life") in {"friend", "post"}


def _own_image_of_a_minor(answers, passed) -> bool:
    return own_image(answers) and "age" in passed and was_a_minor(answers)


def _own_image_of_an_adult(answers, passed) -> bool:
    return own_image(answers) and "age" in passed and answers.get("age") == "adult"


def _meeting_is_planned(answers, passed) -> bool:
    return answers.get("meeting") in {"soon", "later"} or "meeting" in answers.get("they_want", [])


def _watched_by_phone(answers, passed) -> bool:
    # Who is followed may be read while writing here, so it is said before anything is typed.
    if answers.get("category") in WATCHED:
        return True
    return answers.get("tracker") in {"yes", "unknown"} or answers.get("knows_place") == "yes"


def _adult_harassed(answers, passed) -> bool:
    return answers.get("category") == "sexual_harassment" and answers.get("age") == "adult"


def _hurt_by_someone_close(answers, passed) -> bool:
    return answers.get("category") == "offline_harm" or answers.get("relation") in {"lives_with", "guards"}


def _threatened_in_words(answers, passed) -> bool:
    """Somebody said in prose that they, or another, may be killed; the answer about safety did not show help yet."""
    shown = answers.get("safety") in {"danger", "other_in_danger"}
    return "threat_to_kill" in answers.get("in_words", []) and not shown


SCREENS = (
    ("life", _own_life_at_risk),
    ("alone", _alone_with_it),
    ("friend", _a_friends_life_at_risk),
    ("threatened", _threatened_in_words),
    ("own_doing", lambda answers, passed: answers.get("about") == "my_own_doing"),
    ("money", lambda answers, passed: money_is_moving(answers)),
    ("link_only", lambda answers, passed: answers.get("category") == "csam"),
    ("own_image_minor", _own_image_of_a_minor),
    ("own_image_adult", _own_image_of_an_adult),
    ("meeting", _meeting_is_planned),
    ("tracked", _watched_by_phone),
    ("loan", lambda answers, passed: answers.get("loan_collector") in {"threatens", "calls"}),
    ("legal", _adult_harassed),
    ("at_home", _hurt_by_someone_close),
    ("no_picture", lambda answers, passed: answers.get("evidence_sexual_check") in {"yes", "unsure"}),
)
