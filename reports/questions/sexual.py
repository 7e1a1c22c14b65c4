"""Questions about sexual matters. Never for detail, and never for the picture itself (safety rules H14, K7)."""

from django.utils.translation import gettext_lazy as _

from .core import about_a_child, about_me
from .kinds import Choice, Question, Variant, chose, unknown, yes_no

RATHER_NOT_SAY = _("I'd rather not say")

KNOWS_CHILD = Question(
    "knows_child",
    _("Do you know the child?"),
    _("Knows the child"),
    is_story=True,
    choices=yes_no(),
)
SEEN_WHEN = Question(
    "seen_when",
    _("When did you see it?"),
    _("Seen when"),
    is_story=True,
    choices=(
        Choice("today", _("Today")),
        Choice("week", _("In the last 7 days")),
        Choice("longer", _("Longer ago")),
        unknown(),
    ),
)
EXPLOITATION_KIND = Question(
    "exploitation_kind",
    _("What is the child being made to do, or taken away for?"),
    _("What for"),
    kind="many",
    hint=_("Choose all that apply. No details needed."),
    is_story=True,
    choices=(
        Choice("money", _("Money or goods")),
        Choice("live_gifts", _("Gifts in a livestream")),
        Choice("work", _("Work")),
        Choice("sexual", _("Something sexual")),
        Choice("travel", _("Being taken or sent somewhere")),
        unknown(),
    ),
)
WITH_PERSON_NOW = Question(
    "with_person_now",
    _("Is the child with that person now?"),
    _("With that person now"),
    is_story=True,
    variants=(Variant(about_me, _("Are you with that person now?")),),
    choices=(
        Choice("yes", _("Yes"), means=("used_now", "ongoing", "in_reach")),
        Choice("goes_on", _("Not right now, but it goes on"), means=("used_now", "ongoing", "in_reach")),
        Choice("over", _("No, it is over"), means=("use_is_over",)),
        unknown("used_now", "ongoing", "in_reach"),
    ),
)
ASKED_FOR = Question(
    "asked_for",
    _("What did they ask for?"),
    _("Asked for"),
    kind="many",
    hint=_("Choose all that apply. It is not the other person's fault, whatever they answered."),
    is_story=True,
    variants=(
        Variant(about_me, hint=_("Choose all that apply. It is not your fault, whatever you answered them.")),
        Variant(
            about_a_child, hint=_("Choose all that apply. It is not the child's fault, whatever the child answered.")
        ),
    ),
    choices=(
        Choice("secrets", _("To keep a secret")),
        Choice("pictures", _("Photos or videos")),
        Choice("sex_talk", _("To talk about sexual things")),
        Choice("alone", _("To be alone, or to move to another app")),
        Choice("other", _("Something else")),
        unknown(),
    ),
)
THREATS_NOW = Question(
    "threats_now",
    _("Are the threats still going on?"),
    _("Threats go on"),
    is_story=True,
    choices=(
        Choice("yes", _("Yes"), means=("extorted_now", "in_contact", "ongoing", "in_reach")),
        Choice("blocked", _("Blocked them, or stopped replying"), means=("extorted_now",), unsure=True),
        Choice("paused", _("No, they stopped in the last 7 days"), means=("extorted_now",), unsure=True),
        Choice("stopped", _("No, they stopped more than a week ago"), means=("threats_stopped",)),
        unknown("extorted_now", "ongoing", "in_reach"),
    ),
)
DEADLINE = Question(
    "deadline",
    _("Did they set a time by which something must be done?"),
    _("Time set"),
    is_story=True,
    choices=(
        Choice("today", _("Yes, today or tomorrow"), means=("extorted_now", "fear")),
        Choice("later", _("Yes, the day after tomorrow or later"), means=("extorted_now", "fear")),
        Choice("no", _("No")),
        unknown("extorted_now"),
    ),
)
THEY_WANT = Question(
    "they_want",
    _("What do they want?"),
    _("They want"),
    kind="many",
    later=chose("age", "adult"),  # ongoing blackmail is read first anyway, and adults have one page more
    is_story=True,
    choices=(
        Choice("money", _("Money")),
        Choice("pictures", _("More photos or videos")),
        Choice("meeting", _("To meet"), means=("meeting_planned",)),
        Choice("other", _("Something else")),
        unknown(),
    ),
)
ALREADY_SENT = Question(
    "already_sent",
    _("Has something been sent to them already?"),
    _("Sent already"),
    kind="many",
    hint=_("Many people do, out of fear. It is nobody's fault but the blackmailer's."),
    is_story=True,
    variants=(
        Variant(
            about_me,
            hint=_("Many people do, out of fear. It is not your fault, and you can still report it."),
        ),
    ),
    choices=(
        Choice("nothing", _("Nothing")),
        Choice("money", _("Money")),
        Choice("pictures", _("Photos or videos")),
        Choice("other", _("Something else")),
        Choice("not_say", RATHER_NOT_SAY),
    ),
)
REAL_OR_AI = Question(
    "real_or_ai",
    _("Is the picture real or made with AI?"),
    _("Real or AI"),
    hint=_("Both matter. You can ask for both to be removed."),
    is_story=True,
    choices=(
        Choice("real", _("Real")),
        Choice("ai", _("Made or changed with AI")),
        Choice("both", _("Both")),
        unknown(),
    ),
)
HOW_OFTEN_SEXUAL = Question(
    "repeated",
    _("Did it happen once or again and again?"),
    _("Once or repeated"),
    is_story=True,
    choices=(
        Choice("once", _("Once")),
        Choice("repeated", _("Again and again"), means=("ongoing",)),
        unknown("ongoing"),
    ),
)
CAN_CONTACT = Question(
    "can_contact",
    _("Can they still contact the person this happened to?"),
    _("Can still make contact"),
    is_story=True,
    variants=(Variant(about_me, _("Can they still contact you?")),),
    choices=yes_no(("in_reach",)),
)
