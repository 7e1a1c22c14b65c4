"""Questions about money, accounts and dangerous offers."""

from django.utils.translation import gettext_lazy as _

from .kinds import Choice, Question, chose, unknown, yes_no

money_was_sent = chose("money_sent", "yes_24h", "yes_week", "yes_longer")

SENT_BY = Question(
    "sent_by",
    _("How was it sent?"),
    _("How it was paid"),
    when=money_was_sent,
    is_story=True,
    choices=(
        Choice("bank", _("Bank transfer or virtual account")),
        Choice("wallet", _("E-wallet or QRIS")),
        Choice("credit", _("Phone credit or vouchers")),
        Choice("crypto", _("Crypto")),
        Choice("other", _("Another way")),
        unknown(),
    ),
)
GAVE_DATA = Question(
    "gave_data",
    _("Was any of this given to them?"),
    _("Given to them"),
    kind="many",
    hint=_("Just tick the box. Never write the code, the number or the password here."),
    is_story=True,
    choices=(
        Choice("otp", _("OTP, PIN or password"), means=("account_taken",)),
        Choice("remote", _("Control of the phone, or an app they sent"), means=("account_taken",)),
        Choice("id_card", _("Picture or number of an identity card")),
        Choice("none", _("None of these")),
        unknown("account_taken"),
    ),
)
RECEIVER = Question(
    "receiver",
    _("Where did the money go?"),
    _("Receiver"),
    kind="text",
    hint=_("The name on the account, or its last 4 digits. Nothing about your own account."),
    when=money_was_sent,
    max_length=120,
    is_story=True,
)
ACCOUNT_KIND = Question(
    "account_kind",
    _("What happened to the account?"),
    _("The account"),
    is_story=True,
    choices=(
        Choice("taken", _("Someone took it over"), means=("account_taken", "ongoing")),
        Choice("fake", _("Someone pretends to be another person")),
        unknown("account_taken"),
    ),
)
CAN_LOG_IN = Question(
    "can_log_in",
    _("Is logging in still possible?"),
    _("Can log in"),
    when=chose("account_kind", "taken", "unknown"),
    is_story=True,
    choices=(
        Choice("yes", _("Yes")),
        Choice("no", _("No"), means=("account_taken",)),
        unknown("account_taken"),
    ),
)
ASKS_MONEY = Question(
    "asks_money",
    _("Does the account ask other people for money?"),
    _("Asks for money"),
    is_story=True,
    choices=yes_no(("ongoing", "still_online")),
)
DANGER_KIND = Question(
    "danger_kind",
    _("What kind of thing is it?"),
    _("Kind"),
    kind="many",
    is_story=True,
    choices=(
        Choice("gambling", _("Online gambling")),
        Choice("drugs", _("Drugs")),
        Choice("dare", _("A dangerous dare or challenge")),
        Choice("false_news", _("False news that endangers life or health")),
        Choice("other", _("Something else")),
        unknown(),
    ),
)
FOR_CHILDREN = Question(
    "for_children",
    _("Is it made for children?"),
    _("Made for children"),
    is_story=True,
    choices=yes_no(("aimed_at_children",)),
)
ALREADY_HURT = Question(
    "already_hurt",
    _("Is someone already hurt or in debt because of it?"),
    _("Hurt or in debt"),
    is_story=True,
    choices=yes_no(("already_hurt", "ongoing")),
)
