"""The last questions of the form, the same for every category."""

from django.utils.translation import gettext_lazy as _

from safetycenter import provinces

from .category import category_of
from .core import about_a_child, about_myself, files_fit, is_in_an_app, is_life_at_risk, is_online, uploads
from .kinds import Answers, Choice, Question, Variant, always, chose, unknown

WORDS_AT_MOST = 1000
LONGEST_NUMBER = 200  # people may type a whole receipt code; only its number is kept


def is_about_found_pictures(answers: Answers) -> bool:
    """Return whether the reporter found pictures of a child: then the link is all that there is to act on (K10)."""
    return category_of(answers).found_pictures


def told_in_words(answers: Answers) -> str:
    """Return the key of the question that ends the report: the link where it is all there is, else the words."""
    is_link = is_about_found_pictures(answers) or answers.get("whose_life") == "post"
    return "account_or_link" if is_link else "words"


def account_can_wait(answers: Answers) -> bool:
    """Return whether the question about an account can wait, never where the link is all that there is to act on.

    It waits where no account is involved, or where one page less may keep the reporter from giving up.
    """
    needed = is_about_found_pictures(answers) or answers.get("whose_life") == "post"
    return not needed and (is_life_at_risk(answers) or not is_online(answers))


ACCOUNT_OR_LINK = Question(
    "account_or_link",
    _("Link or account name, if there is one"),
    _("Link or account"),
    kind="text",
    hint=_("Several are fine. A phone number or a bank account number helps too."),
    max_length=500,
    later=account_can_wait,
    is_story=True,
    variants=(
        Variant(
            is_about_found_pictures,
            hint=_("Only the link or account name. Don't open it again or look for more."),
        ),
    ),
)
WORDS = Question(
    "words",
    _("What happened? One sentence is fine"),
    _("What happened"),
    kind="long",
    hint=_("Any language is fine, even mixed."),
    # Nobody needs to describe such a picture (safety rule K10).
    when=lambda answers: not is_about_found_pictures(answers),
    max_length=WORDS_AT_MOST,
    is_story=True,
    variants=(
        Variant(
            lambda answers: category_of(answers).warns_about_picture,
            hint=_("Mixed languages are fine. If there is a picture, don't describe it."),
        ),
    ),
)
EVIDENCE_SEXUAL_CHECK = Question(
    "evidence_sexual_check",
    _("Is there a naked or sexual picture in the file you want to add?"),
    _("Naked or sexual picture in the file"),
    hint=_("Save the account name and leave the chat as it is. Don't screenshot or send the sexual picture."),
    why=_("Why we ask: nobody may keep such pictures of someone under 18, not even as proof. It is not your fault."),
    when=lambda answers: uploads(answers) == "ask",
    later=always,  # asked only of people who want to add a file
    variants=(
        Variant(
            chose("about", "my_own_doing"),
            why=_("Why we ask: nobody may keep such pictures of someone under 18, not even as proof."),
        ),
    ),
    choices=(
        Choice("yes", _("Yes"), means=("sexual",)),
        Choice("no", _("No")),
        Choice("unsure", _("I'm not sure"), means=("sexual",), unsure=True),
    ),
)
EVIDENCE = Question(
    "evidence",
    _("Add photos or files"),
    _("Photos and files"),
    kind="evidence",
    hint=_("Only if you want to. Never a naked or sexual picture. A screenshot of the message is often enough."),
    when=files_fit,
    later=always,
)
REPORTED_IN_APP = Question(
    "reported_in_app",
    _("Have you reported it in the app already?"),
    _("Reported in the app"),
    when=is_in_an_app,
    later=always,
    choices=(
        Choice("yes", _("Yes")),
        Choice("no", _("Not yet")),
        Choice("need_help", _("I would like help with that")),
        unknown(),
    ),
)
HELPER = Question(
    "helper",
    _("Is there an adult who is helping the person this happened to?"),
    _("An adult who helps"),
    hint=_("A trusted adult, not the one who hurts."),
    later=always,
    variants=(
        Variant(
            lambda answers: about_myself(answers) and answers.get("age") == "adult",
            _("Is there someone you trust who is helping you?"),
            _("Someone who helps"),
            _("Not the one who hurts."),
        ),
        Variant(
            chose("age", "adult"),
            _("Is there someone they trust who is helping them?"),
            _("Someone who helps"),
            _("Not the one who hurts."),
        ),
        Variant(about_myself, _("Is there an adult who is helping you?")),
        Variant(about_a_child, _("Is there an adult who is helping the child?")),
    ),
    choices=(
        Choice("yes", _("Yes")),
        Choice("no", _("No, nobody yet"), means=("no_helper",)),
        Choice("unsure", _("I'm not sure"), means=("no_helper",), unsure=True),
    ),
)
HELP_WANTED = Question(
    "help_wanted",
    _("What help would you like?"),
    _("Help wanted"),
    kind="many",
    later=always,
    hint=_("Choose as many as you like. We can't promise everything, but we'll be honest about what we can do."),
    choices=(
        Choice("remove", _("Have the post or picture removed")),
        Choice("talk", _("Talk to someone")),
        Choice("legal", _("Advice about the law")),
        Choice("agency", _("Help to reach an agency that can protect me or them")),
        Choice("record", _("Just have it written down")),
        unknown(),
    ),
)
STAFF_CONFLICT = Question(
    "staff_conflict",
    _("Does this person work for the people who run this site?"),
    _("Works for this site"),
    why=_("Why we ask: if yes, only someone outside the team reads your report."),
    later=chose("relation", "online_only", "nobody_known"),  # the reporter does not know who that is
    choices=(Choice("yes", _("Yes")), Choice("no", _("No")), Choice("unsure", _("I don't know"))),
)
ACCESS_NEEDS = Question(
    "access_needs",
    _("Is there anything you need us to do differently?"),
    _("Support needs"),
    kind="many",
    hint=_("Choose as many as you like, or none."),
    later=always,
    choices=(
        Choice("text_only", _("Only in writing, no calls")),
        Choice("sign_language", _("Sign language (BISINDO)")),
        Choice("companion", _("Someone at my side")),
        Choice("easy_words", _("Easy words and short sentences")),
    ),
)
PROVINCE = Question(
    "province",
    _("In which province?"),
    _("Province"),
    kind="province",
    hint=_("Only the province, not the address. You can skip this."),
    why=_("Why we ask: some help exists only in one place, for example the office that protects children (UPTD PPA)."),
    later=always,
    choices=tuple(Choice(key, name) for key, name in provinces.CHOICES),
)
OLD_REPORT = Question(
    "old_report",
    _("Do you have an old report number?"),
    _("Old report number"),
    kind="reference",
    hint=_(
        "For example K7QF-2M9X. Only the number, never the secret. Nothing from the old report is shown or changed."
    ),
    later=always,
    max_length=LONGEST_NUMBER,
    desk_title=_("Old report number (told by the reporter, not proven)"),
)
CLOSING = (
    ACCOUNT_OR_LINK,
    WORDS,
    EVIDENCE_SEXUAL_CHECK,
    EVIDENCE,
    REPORTED_IN_APP,
    HELPER,
    HELP_WANTED,
    STAFF_CONFLICT,
    ACCESS_NEEDS,
    PROVINCE,
    OLD_REPORT,
)
