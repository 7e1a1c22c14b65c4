"""The questions that do not depend on what happened: the opening and the end of the form."""

from django.utils.translation import gettext_lazy as _

from .category import Picture, category_of, chosen_category
from .kinds import Answers, Choice, Question, Variant, chose, yes_no

about_me = chose("about", "me")
about_myself = chose("about", "me", "my_own_doing")
about_a_child = chose("about", "my_child", "my_student")


def is_my_age(answers: Answers) -> bool:
    """Return whether the age that is asked for is the reporter's own."""
    return about_me(answers) or (about_myself(answers) and category_of(answers).about_life)


def is_online(answers: Answers) -> bool:
    """Return whether it happened in an app or on a website, as far as the category says."""
    return category_of(answers).online


STRICTNESS = ("none", "ask", "yes")  # results of ``uploads``
OUTSIDE_APPS = ("phone", "offline", "unknown")
OWN_LIFE = "self_harm"  # the answer to the safety question, and also the key of a category

SAFETY = Question(
    "safety",
    _("Are you safe right now?"),
    _("Safe right now"),
    hint=_("Whatever you choose, you can go on with the report."),
    error=_("Choose the answer that fits best. “I'm not sure” is a good answer too."),
    required=True,
    choices=(
        Choice("safe", _("Yes, I am safe")),
        Choice("danger", _("No, someone could hurt me right now"), means=("danger", "in_reach")),
        Choice(OWN_LIFE, _("I want to hurt myself or end my life"), means=("life_at_risk",)),
        Choice("other_in_danger", _("Someone else is in danger"), means=("danger",)),
        Choice("unsure", _("I'm not sure"), means=("danger",), unsure=True),
    ),
    # They have pressed a trouble under "Yes, but I need help" on the first page: say why it is asked again.
    variants=(
        Variant(
            lambda answers: "tile" in answers and "safety" not in answers, _("One thing first: are you safe yourself?")
        ),
    ),
)


def said_own_life_at_risk(answers: Answers) -> bool:
    """Return whether the reporter chose, about themselves, that a life is at risk when asked whether they are safe."""
    return answers.get("safety") == OWN_LIFE


def is_in_danger(answers: Answers) -> bool:
    """Return whether the reporter said that they, or somebody else, are in danger now."""
    return answers.get("safety") in {"danger", "other_in_danger"}


def is_life_at_risk(answers: Answers) -> bool:
    """Return whether somebody may take their life: then ask as little as possible, and nothing that shames."""
    return said_own_life_at_risk(answers) or "risk" in answers or category_of(answers).about_life


def is_in_an_app(answers: Answers) -> bool:
    """Return whether it happened, as far as known, in an app that has its own report button."""
    if answers.get("whose_life") == "post":
        return True
    return is_online(answers) and answers.get("platform") not in OUTSIDE_APPS


def is_call_for_help(answers: Answers) -> bool:
    """Return whether the first answers alone require a review: danger, a life at risk, or a named harm to a child.

    Of a child under 13, "I'm not sure" is enough too, whether it is safe or what it is about: the age alone is urgent.
    """
    in_danger = is_in_danger(answers) or said_own_life_at_risk(answers) or "risk" in answers
    is_unsure = answers.get("safety") == "unsure" and answers.get("age") == "under_13"
    named = not category_of(answers).is_default and answers.get("age") in {"under_13", "13_15", "16_17"}
    return in_danger or is_unsure or is_urgent_by_age(answers) or named


def is_urgent_by_age(answers: Answers) -> bool:
    """Return whether a child under 13 is in a sexual or violent matter, or in one not sorted yet (safety rule H28).

    Then the report is P0 and restricted whatever else is answered (``priority.Facts.harmed_under_13``).
    """
    means = category_of(answers).means
    is_calm = answers.get("still_going") == "no" and answers.get("afraid") == "no"
    return answers.get("age") == "under_13" and (
        not {"sexual", "violent"}.isdisjoint(means) or ("not_sorted" in means and not is_calm)
    )


def uploads(answers: Answers, forbidden: bool = False) -> str:
    """Return whether files may be added: "none", "ask" (pictures only after the question about nudity) or "yes".

    ``forbidden``: an earlier category of the case allowed no files, or child safety restricted it; that holds for good
    (safety rules H14, K7, J1). A naked or sexual picture that the report is, or ever was, about ("image_told") is never
    accepted, whatever the category. An unknown age counts as a child's age. Where there may be such a picture, adults
    are asked too until they have said that there is none: they may have been under 18 in it.
    """
    if forbidden or category_of(answers).files_forbidden:
        return "none"
    if answers.get("own_image") == "yes" or "image_told" in answers:
        return "none"
    has_no_picture = category_of(answers).picture is Picture.NOT_ASKED or answers.get("own_image") == "no"
    return "yes" if answers.get("age") == "adult" and has_no_picture else "ask"


def files_fit(answers: Answers) -> bool:
    """Return whether files may be offered: never after "yes" or "I'm not sure" about naked pictures."""
    allowed = uploads(answers)
    return allowed == "yes" or (allowed == "ask" and answers.get("evidence_sexual_check") not in ("yes", "unsure"))


def strictest(*rules: str) -> str:
    """Return the rule of ``uploads`` that allows least."""
    return min(rules, key=STRICTNESS.index)


ABOUT = Question(
    "about",
    _("Who is this about?"),
    _("Who it is about"),
    error=_("Choose who this is about. It decides which questions we ask."),
    required=True,
    # They have said on the first page that it is their own life: only the age is open.
    variants=(Variant(said_own_life_at_risk, _("How old are you? Or is this about someone else?")),),
    choices=(
        Choice("me", _("Me")),
        Choice("my_child", _("My child, or one I look after")),
        Choice("my_student", _("My student")),
        Choice("friend", _("Friend, relative or someone I know")),
        Choice("stranger", _("Someone I don't know")),
        Choice("public_post", _("Public post, account or message"), means=("only_a_post",)),
        Choice("my_own_doing", _("Something I did"), _("Maybe you shared or said something. You can get help too.")),
    ),
)
CATEGORY = Question(
    "category",
    _("What is this about?"),
    _("What it is about"),
    kind="category",
    hint=_("Choose the closest one."),
    # They have said on the first page what it is: whether something else happened is all that is left to ask.
    variants=(
        Variant(
            said_own_life_at_risk,
            _("Did something happen that makes you feel this way?"),
            hint=_("You can skip this."),
        ),
    ),
    error=_("Choose what is closest. “I'm not sure” is an answer too."),
    required=True,  # "I'm not sure" is one of the choices
)
MONEY_SENT = Question(
    "money_sent",
    _("When was money sent?"),
    _("Money sent"),
    hint=_("A bank can sometimes still stop it."),
    when=lambda answers: chosen_category(answers).about_payment,
    is_story=True,
    choices=(
        Choice("yes_24h", _("Within the last 24 hours"), means=("money_today",)),
        Choice("yes_week", _("1 to 7 days ago"), means=("money_this_week",)),
        Choice("yes_longer", _("More than a week ago"), means=("money_lost",)),
        Choice("no", _("No money was sent")),
        Choice("unsure", _("I don't know"), means=("money_this_week",), unsure=True),
    ),
)
# Who threatens takes money too, and who has paid presses "Money was sent". Yes means blackmail (``Category.turn``).
PICTURE_THREAT = Question(
    "picture_threat",
    _("Is anyone threatening to spread a photo or video?"),
    _("Threat to spread a picture"),
    when=MONEY_SENT.when,
    is_story=True,
    choices=yes_no(("sexual", "intimate_image", "blackmail", "ongoing")),
)
AGE = Question(
    "age",
    _("How old is the person this happened to?"),
    _("Age of the person"),
    why=_("Why we ask: under-18s get more protection. If you don't know, we treat the person as a child."),
    variants=(
        Variant(
            is_my_age,
            _("How old are you?"),
            _("Your age"),
            why=_("Why we ask: under-18s get more protection. If you don't say, you get it too."),
        ),
        Variant(about_a_child, title=_("Age of the child")),
    ),
    choices=(
        Choice("under_13", _("Under 13"), means=("child", "under_13")),
        Choice("13_15", _("13 to 15"), means=("child",)),
        Choice("16_17", _("16 or 17"), means=("child",)),
        Choice("adult", _("18 or over"), means=("adult",)),
        Choice("unknown", _("I don't know"), means=("child",), unsure=True),
    ),
)
PLATFORM = Question(
    "platform",
    _("Where did it happen?"),
    _("Where it happened"),
    hint=_("If it was in several places, choose the one where it is worst."),
    when=is_online,
    later=lambda answers: not category_of(answers).platform_first,
    choices=(
        Choice("tiktok", "TikTok"),
        Choice("instagram", "Instagram"),
        Choice("facebook", _("Facebook or Messenger")),
        Choice("whatsapp", "WhatsApp"),
        Choice("youtube", "YouTube"),
        Choice("x", "X (Twitter)"),
        Choice("telegram", "Telegram"),
        Choice("discord", "Discord"),
        Choice("roblox", "Roblox"),
        Choice("game", _("Another game")),
        Choice("marketplace", _("An online shop or marketplace")),
        Choice("phone", _("Text message or phone call")),
        Choice("other", _("Another app or website")),
        Choice("offline", _("Not online")),
        Choice("unknown", _("I don't know")),
    ),
)
