"""Questions that several categories ask: who it is, whether it goes on, where it can be seen."""

from django.utils.translation import gettext_lazy as _

from .category import category_of
from .core import about_a_child, about_me, about_myself, said_own_life_at_risk
from .kinds import Choice, Question, Variant, not_chose, unknown, yes_no

RELATION = Question(
    "relation",
    _("Who is doing this?"),
    _("Who does this"),
    hint=_("You don't have to write a name."),
    why=_("Why we ask: we take care that this person does not learn of your report from us."),
    when=not_chose("about", "my_own_doing"),
    # Who does this to a child decides how soon somebody looks; for a lured adult, other questions come first.
    later=lambda answers: category_of(answers).relation_later_for_adults and answers.get("age") == "adult",
    is_story=True,
    choices=(
        Choice("lives_with", _("Someone who lives in the same house"), means=("guards", "in_reach")),
        Choice(
            "guards",
            _("A teacher, coach, religious teacher or someone who looks after children"),
            means=("guards", "in_reach"),
        ),
        Choice("family", _("Family living elsewhere"), means=("in_reach",)),
        Choice("partner", _("A partner or former partner"), means=("in_reach",)),
        Choice("work", _("Someone at work, for example a boss"), means=("in_reach",)),
        Choice("known", _("Someone else known in real life, for example from school"), means=("in_reach",)),
        Choice("online_only", _("Someone known only online")),
        Choice("nobody_known", _("A stranger")),
        unknown("in_reach"),
    ),
)
CLOSE_TO_CHILD = Question(
    "close_to_child",
    _("Does the person doing this live with them, teach them or look after them?"),
    _("Lives with, teaches or looks after"),
    when=not_chose("about", "my_own_doing"),
    is_story=True,
    variants=(
        Variant(about_me, _("Does that person live with you, teach you or look after you?")),
        Variant(
            about_a_child, _("Does the person doing this live with the child, teach the child or look after the child?")
        ),
    ),
    choices=yes_no(("guards", "in_reach")),
)
STILL_CONTACT = Question(
    "still_contact",
    _("Is there still contact with the person doing this?"),
    _("Still in contact"),
    is_story=True,
    variants=(Variant(about_me, _("Are you still in contact with the person doing this?")),),
    choices=yes_no(("in_contact", "ongoing", "in_reach")),
)
STILL_ONLINE = Question(
    "still_online",
    _("Can it still be seen, or is it still being passed on?"),
    _("Still online"),
    hint=_("Don't go and look. “I don't know” is fine."),
    is_story=True,
    choices=yes_no(("still_online",), no=("no_longer_online",)),
)
STILL_GOING = Question(
    "still_going",
    _("Is it still going on?"),
    _("Still going on"),
    is_story=True,
    choices=(
        Choice("yes", _("Yes"), means=("ongoing", "in_reach")),
        Choice("again", _("It stops and comes back"), means=("ongoing", "in_reach")),
        Choice("no", _("No, it is over"), means=("harm_is_over",)),
        unknown("ongoing", "in_reach"),
    ),
)
MEETING = Question(
    "meeting",
    _("Do they want to meet?"),
    _("Meeting"),
    is_story=True,
    choices=(
        Choice("soon", _("Yes, today or in the next few days"), means=("meeting_planned",)),
        Choice("later", _("Yes, but not soon"), means=("meeting_planned",)),
        Choice("met", _("The meeting has already happened"), means=("meeting_planned", "in_reach")),
        Choice("no", _("No")),
        unknown("meeting_planned"),
    ),
)
KNOWS_PLACE = Question(
    "knows_place",
    _("Does the person doing this know where to find the person this happened to?"),
    _("Knows the place"),
    hint=_("At home, at school, or where they are now. Please don't write the address."),
    is_story=True,
    variants=(
        Variant(about_a_child, _("Does the person doing this know where to find the child?")),
        Variant(
            about_me,
            _("Does that person know where you live or study, or where you are now?"),
            hint=_("Please don't write the address."),
        ),
    ),
    choices=yes_no(("knows_place", "in_reach")),
)
LOAN_COLLECTOR = Question(
    "loan_collector",
    _("Is it a loan app (pinjol) debt collector?"),
    _("Loan app collector"),
    is_story=True,
    choices=(
        Choice("threatens", _("Yes, with threats or by spreading a photo or data"), means=("blackmail", "ongoing")),
        Choice("calls", _("Yes, they keep calling and messaging"), means=("ongoing",)),
        Choice("no", _("No")),
        unknown("blackmail"),
    ),
)
SEXUAL_OR_VIOLENT = Question(
    "sexual_or_violent",
    _("Is there anything sexual, any hitting or any threat?"),
    _("Sexual acts, violence or threats"),
    kind="many",
    hint=_("Choose all that apply. No details needed."),
    why=_("Why we ask: then someone from the team that protects children can look sooner."),
    is_story=True,
    variants=(Variant(said_own_life_at_risk, _("Is someone hurting or threatening you?")),),
    choices=(
        Choice("sexual", _("Something sexual, including words or pictures"), means=("sexual",)),
        Choice("hitting", _("Hitting or another way of hurting"), means=("violent",)),
        Choice("threat", _("A threat"), means=("threat", "fear")),
        Choice("fear", _("Being afraid of someone"), means=("fear",)),
        Choice("none", _("None of these")),
        unknown("sexual", "violent"),
    ),
)
AFRAID = Question(
    "afraid",
    _("Is the person this happened to afraid, or being threatened?"),
    _("Afraid"),
    is_story=True,
    variants=(Variant(about_myself, _("Are you afraid of someone, or being threatened?")),),
    choices=yes_no(("fear",), no=("no_fear",)),
)
WHO_KNOWS = Question(
    "who_knows",
    _("Who already knows about this?"),
    _("Who knows"),
    kind="many",
    is_story=True,
    choices=(
        Choice("nobody", _("Nobody yet"), means=("no_helper",)),
        Choice("friend", _("A friend, brother or sister")),
        Choice("family", _("An adult in the family")),
        Choice("school", _("A teacher or the school")),
        Choice("agency", _("The police, a doctor or an agency")),
        unknown("no_helper"),
    ),
)
