"""Questions about being hurt, threatened or exposed, and thoughts of self-harm. Never about methods or details."""

from django.utils.translation import gettext_lazy as _

from .core import about_a_child, about_me, about_myself, said_own_life_at_risk
from .kinds import Choice, Question, Variant, chose, unknown, yes_no
from .sexual import RATHER_NOT_SAY

WHO_BULLIES = Question(
    "who_bullies",
    _("Is it one person or several?"),
    _("One or several"),
    is_story=True,
    choices=(Choice("one", _("One person")), Choice("several", _("Several people")), unknown()),
)
HOW_OFTEN = Question(
    "how_often",
    _("How often does it happen?"),
    _("How often"),
    is_story=True,
    choices=(
        Choice("daily", _("Every day or almost"), means=("bullied_now", "ongoing")),
        Choice("sometimes", _("Sometimes"), means=("bullied_now", "ongoing")),
        Choice("over", _("It has stopped"), means=("bullying_is_over",)),
        unknown("bullied_now", "ongoing"),
    ),
)
SAME_SCHOOL = Question(
    "same_school",
    _("Is it someone from the same school?"),
    _("Same school"),
    is_story=True,
    choices=(
        Choice("pupils", _("Yes, pupils or students"), means=("in_reach",)),
        Choice("teacher", _("Yes, a teacher or someone who works there"), means=("guards", "in_reach")),
        Choice("no", _("No")),
        unknown("in_reach"),
    ),
)
SCHOOL_FEAR = Question(
    "school_fear",
    _("Is the person this happened to afraid to go to school?"),
    _("Afraid of school"),
    is_story=True,
    variants=(
        Variant(about_me, _("Are you afraid to go to school?")),
        Variant(chose("about", "my_student"), _("Is the student afraid to go to school?")),
        Variant(about_a_child, _("Is the child afraid to go to school?")),
    ),
    choices=(
        Choice("yes", _("Yes"), means=("fear",)),
        Choice("sometimes", _("Sometimes"), means=("fear",)),
        Choice("no", _("No, or not at school any more")),
        unknown("fear"),
    ),
)
SCHOOL_HELP = Question(
    "school_help",
    _("Would help from the school be useful?"),
    _("Help at the school"),
    hint=_("We ask you before we talk to a school."),
    when=chose("same_school", "pupils", "teacher"),
    is_story=True,
    choices=yes_no(),
)
SCHOOL_NAME = Question(
    "school_name",
    _("Which school is it?"),
    _("School"),
    kind="text",
    hint=_("Name of the school and the town. No class, no names."),
    when=chose("school_help", "yes"),
    max_length=120,
    is_story=True,
)
THREATENED_WITH = Question(
    "threatened_with",
    _("What was threatened?"),
    _("Threatened with"),
    kind="many",
    is_story=True,
    choices=(
        Choice("violence", _("To hurt or kill someone"), means=("threat", "violent", "fear")),
        Choice("spreading", _("To spread pictures or private things"), means=("threat", "blackmail")),
        Choice("other", _("Something else"), means=("threat",), unsure=True),
        Choice("nothing", _("No threat, but being followed or watched"), means=("no_threat", "ongoing")),
        unknown("threat", "violent"),
    ),
)
TIME_AND_PLACE = Question(
    "time_and_place",
    _("Does the threat name a time or a place?"),
    _("Time or place of a threat"),
    is_story=True,
    choices=yes_no(("attack_planned",)),
)
TRACKER = Question(
    "tracker",
    _("Could there be an unknown app or tracker on the phone or bag?"),
    _("Tracker"),
    hint=_("Don't remove it now. The person may notice. First make a safe plan."),
    is_story=True,
    choices=yes_no(("knows_place", "in_reach")),
)
EXPOSED = Question(
    "exposed",
    _("What was made public?"),
    _("Made public"),
    kind="many",
    hint=_("Choose all that apply. Please don't write the data itself."),
    is_story=True,
    choices=(
        Choice("home", _("Where someone lives"), means=("home_address", "in_reach")),
        Choice("phone", _("Phone number")),
        Choice("school_work", _("School or workplace"), means=("in_reach",)),
        Choice("papers", _("Identity card or other papers")),
        Choice("photos", _("Photos or chats")),
        Choice("family", _("Names or numbers of family")),
        Choice("other", _("Something else")),
        unknown("home_address"),
    ),
)
CAME_BECAUSE = Question(
    "came_because",
    _("Has anyone turned up, called or made threats because of it?"),
    _("Someone came"),
    is_story=True,
    choices=(
        Choice("came", _("Yes, someone came in person"), means=("threat", "in_reach", "fear")),
        Choice("calls", _("Yes, calls or messages"), means=("ongoing", "in_reach")),
        Choice("no", _("No")),
        unknown("in_reach"),
    ),
)
ATTACKED = Question(
    "attacked",
    _("Which group is attacked?"),
    _("Group attacked"),
    kind="many",
    hint=_("We ask about the post, not about you."),
    is_story=True,
    choices=(
        Choice("ethnicity", _("An ethnic group or where people come from")),
        Choice("faith", _("A faith or belief")),
        Choice("gender", _("Women, men, or people because of their gender")),
        Choice("disability", _("People with a disability")),
        Choice("other", _("Another group")),
        unknown(),
    ),
)
CALL_FOR_VIOLENCE = Question(
    "call_for_violence",
    _("Does it call for violence or terror?"),
    _("Call for violence"),
    is_story=True,
    choices=(
        Choice("place_or_time", _("Yes, with a place or a time"), means=("attack_planned", "violent")),
        Choice("yes", _("Yes, but without a place or time"), means=("violence_called_for", "violent")),
        Choice("no", _("No")),
        unknown("violence_called_for", "violent"),
    ),
)
HURT_HOW = Question(
    "hurt_how",
    _("What kind of harm?"),
    _("Kind of harm"),
    kind="many",
    hint=_("Choose all that apply. No details needed."),
    is_story=True,
    variants=(Variant(about_a_child, _("How is the child being hurt?")),),
    choices=(
        Choice("body", _("Hit or hurt"), means=("violent",)),
        Choice("sexual", _("Something sexual and unwanted"), means=("sexual", "sexual_crime")),
        Choice("threats", _("Threatened or shouted at"), means=("threat", "fear")),
        Choice("neglect", _("Locked in, or no food or care"), means=("violent",)),
        Choice("forced", _("Forced to work, marry or leave home"), means=("violent",)),
        Choice("other", _("Something else")),
        Choice("not_say", RATHER_NOT_SAY, means=("violent", "sexual"), unsure=True),
    ),
)
WHOSE_LIFE = Question(
    "whose_life",
    _("Who is having these thoughts?"),
    _("Whose life"),
    when=lambda answers: not said_own_life_at_risk(answers),  # they have said that it is theirs
    is_story=True,
    choices=(
        Choice("me", _("Mine"), means=("life_at_risk",)),
        Choice("friend", _("Someone I know"), means=("life_at_risk",)),
        Choice("post", _("Someone in a post, or a post that pushes people to do it")),
        unknown("life_at_risk"),
    ),
)
ALONE = Question(
    "alone",
    _("Is the person at risk alone right now?"),
    _("Alone right now"),
    is_story=True,
    variants=(Variant(about_myself, _("Are you alone right now?")),),
    choices=yes_no(("alone", "ongoing")),
)
SOMEONE_NEAR = Question(
    "someone_near",
    _("Is there someone who can come and stay now?"),
    _("Someone who can stay"),
    hint=_("You can ask them now, before you go on here."),
    is_story=True,
    variants=(Variant(about_myself, _("Is there someone who can be with you now?")),),
    choices=(
        Choice("yes", _("Yes")),
        Choice("no", _("No"), means=("no_helper",)),
        unknown("no_helper"),
    ),
)
