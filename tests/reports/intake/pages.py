"""The pages of the short form, as a browser sends them: who and age in one choice, the words beside "Send"."""

from .reporter import Reporter

STORY = {"about": "me", "category": "cyberbullying", "age": "16_17", "same_school": "no"}


def say_who(reporter: Reporter, **fields: str):
    """Send the page that asks who it is about and the age."""
    return reporter.answer(2, questions="about age", **fields)


def finish(reporter: Reporter, words: str, **button: str):
    """Press a button on the last page."""
    number = reporter.draft.check_number
    return reporter.answer(number, ending=reporter.draft.ending.key, answer=words, **(button or {"send": "1"}))
