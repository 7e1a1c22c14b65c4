"""Each page of help in the form, for each person who can meet it, and the page after the code."""

from collections.abc import Iterator

from reports.intake.draft import Draft
from reports.intake.help_pages import CATEGORY_PAGE, FOR_THE_PERSON, HELP_PAGES, PERSONS
from reports.intake.recommendations import help_for
from reports.models import Category
from reports.questions.category import DECLARED
from tests.reports.intake.reporter import Reporter, told

ME, DID_IT = {"about": "me"}, {"about": "my_own_doing"}
EVERYBODY = (ME, *({"about": about} for about in PERSONS if about != "public_post"), DID_IT)
# Where a page depends on more than the person: the categories on which it is shown here. Elsewhere "scam".
CATEGORIES = {
    "own_image_minor": ("sextortion", "ncii"),
    "own_image_adult": ("sextortion", "ncii"),
    "picture_of_another": ("sextortion", "ncii"),
    "legal": ("sexual_harassment",),
    "link_only": ("csam",),
    CATEGORY_PAGE: tuple(slug for slug, category in DECLARED.items() if CATEGORY_PAGE in category.help_pages),
}
FOR_ADULTS = ("own_image_adult", "legal")
MONEY = ("scam", "sextortion")  # where it is asked whether money was sent


def help_pages(language: str) -> Iterator[tuple[str, str]]:
    """Yield a name and the page of help, before sending. Pages with the same words come once."""
    reporter, seen = Reporter(language), set()
    reporter.begin()
    for name in (*(name for name, _calls in HELP_PAGES), CATEGORY_PAGE):
        for answers in _answers(name):
            page = _help_page(reporter, name, answers)
            if (main := page.split("<main", 1)[1]) not in seen:
                seen.add(main)
                yield " ".join([name, answers["category"], answers["about"]]), page


def _answers(name: str) -> Iterator[dict]:
    only = {"me": [ME], "did_it": [DID_IT]}.get(FOR_THE_PERSON.get(name, ""), EVERYBODY)
    for category in CATEGORIES.get(name, ("scam",)):
        for person in only:
            yield _facts(category) | person | {"age": "adult" if name in FOR_ADULTS else "13_15"}


def _facts(category: str) -> dict:
    return {"category": category} | ({"money_sent": "yes_24h"} if category in MONEY else {})


def _help_page(reporter: Reporter, name: str, answers: dict) -> str:
    session = reporter.draft_session
    session.data["help"] = name
    draft = Draft(session)
    draft.answers = dict(answers)
    session.write(draft.answers)
    return reporter.client.get(reporter.url("help_page")).content.decode()


def last_pages(language: str) -> Iterator[tuple[str, str]]:
    """Yield a name and the page after the code of somebody in danger, for each category, from a child and a parent."""
    reporter = Reporter(language)
    reporter.begin()
    told(reporter).send()
    reporter.client.post(reporter.url("code"))
    for slug in DECLARED:
        for person in EVERYBODY[:2]:
            answers = _facts(slug) | person | {"age": "13_15", "safety": "danger"}
            yield f"last {slug} {person['about']}", _last_page(reporter, answers)


def _last_page(reporter: Reporter, answers: dict) -> str:
    session = reporter.draft_session
    session.data["help"] = help_for(Category.objects.get(pk=answers["category"]), answers)
    session.save()
    return reporter.client.get(reporter.url("done")).content.decode()
