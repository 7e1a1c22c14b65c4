"""Questions about a private picture: whether there is one, whose it is, and the age of the person in it (H27)."""

from django.utils.translation import gettext_lazy as _

from .category import Picture, category_of
from .core import about_a_child, about_me, is_life_at_risk
from .kinds import Answers, Choice, Question, Variant, chose, yes_no


def own_image_fits(answers: Answers) -> bool:
    """Return whether a private picture may be involved, so that help to contain it is worth offering."""
    return category_of(answers).picture in {Picture.ASKED_LATER, Picture.ASKED_FIRST}


def is_about_a_picture(answers: Answers) -> bool:
    """Return whether the category always involves a private picture."""
    return category_of(answers).picture is Picture.ALWAYS


def is_picture_reported(answers: Answers) -> bool:
    """Return whether a private picture is, or may be, involved."""
    return is_about_a_picture(answers) or answers.get("own_image") in {"yes", "unsure"}


def asks_whose_picture(answers: Answers) -> bool:
    """Return whether the reporter must still say whose picture it is (safety rule H27).

    "A picture of you" says so already. People who report something they did may mean their own picture or another's.
    """
    own = answers.get("about") == "my_own_doing" and answers.get("own_image") in {"yes", "unsure"}
    return is_about_a_picture(answers) or own


def is_own_picture(answers: Answers) -> bool:
    """Return whether the reporter said that they are in the picture: only then show help that needs it (H27)."""
    if asks_whose_picture(answers):
        return answers.get("whose_picture") == "me"
    return about_me(answers) and answers.get("own_image") in {"yes", "unsure"}


def asks_age_in_picture(answers: Answers) -> bool:
    """Return whether a person who is not under 18 now may have been so in the picture."""
    fits = is_about_a_picture(answers) or is_own_picture(answers)
    return fits and answers.get("age") not in {"under_13", "13_15", "16_17"} and not category_of(answers).found_pictures


def is_assumed_childs_picture(answers: Answers) -> bool:
    """Return whether the age counts as a child's anyway, so that the question can wait where the form is longest."""
    return category_of(answers).assumes_child_picture and answers.get("age") != "adult"


def age_in_picture_can_wait(answers: Answers) -> bool:
    """Return whether the question about the age in the picture is not needed for a first review."""
    waits_with_the_picture = not is_about_a_picture(answers) and own_image_can_wait(answers)
    return is_assumed_childs_picture(answers) or waits_with_the_picture


def own_image_can_wait(answers: Answers) -> bool:
    """Return whether to ask later: people who think of dying are not asked about naked pictures before they send."""
    return is_life_at_risk(answers) or category_of(answers).picture is not Picture.ASKED_FIRST


OWN_IMAGE = Question(
    "own_image",
    _("Is there a private picture or video of the person this happened to?"),
    _("Private picture"),
    hint=_("Naked or sexual, also made with AI. Help is free; we never need to see it."),
    when=own_image_fits,
    later=own_image_can_wait,
    is_story=True,
    variants=(
        Variant(about_me, _("Is there a private picture or video of you?"), _("Private picture of you")),
        Variant(about_a_child, _("Is there a private picture or video of the child?")),
        # The free help works on the phone of the person in the picture only (H27).
        Variant(
            chose("about", "stranger", "public_post"),
            hint=_("Naked or sexual, also made with AI. We never need to see it."),
        ),
    ),
    choices=(
        Choice("yes", _("Yes"), means=("sexual", "intimate_image")),
        Choice("no", _("No")),
        Choice("unsure", _("I'm not sure"), means=("sexual", "intimate_image"), unsure=True),
    ),
)
WHOSE_PICTURE = Question(
    "whose_picture",
    _("Whose picture or video is it?"),
    _("Whose picture"),
    hint=_("Who can be seen in it. We never need to see it."),
    why=_("Why we ask: which help is right depends on whose picture it is."),
    when=asks_whose_picture,
    later=lambda answers: not is_about_a_picture(answers) and own_image_can_wait(answers),
    is_story=True,
    choices=(
        Choice("me", _("Mine: I can be seen in it")),
        Choice("other", _("Someone else's: I cannot be seen in it")),
        Choice("none", _("There is no picture")),
        Choice("unknown", _("I don't know")),
    ),
)
PICTURE_MINOR = Question(
    "picture_minor",
    _("Was the person in the picture under 18 at that time?"),
    _("Under 18 in the picture"),
    why=_("Why we ask: the right help is different, and nobody may save the picture."),
    when=asks_age_in_picture,
    later=age_in_picture_can_wait,
    is_story=True,
    variants=(Variant(is_own_picture, _("Were you under 18 in the picture?")),),
    choices=yes_no(("child_in_picture",), no=("adult_in_picture",)),
)
