"""The categories in other wordings. Editors change the ordinary name and description in the admin (models.Category).

Each is used by the category of the same name in ``categories``.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text


@dataclass(frozen=True)
class OtherWords:
    """In easy words, and ``of_child``: the description for an adult who reports for a child.

    Without ``of_child`` the ordinary description speaks to nobody and fits them too.
    """

    easy_name: Text
    easy_description: Text
    of_child: Text = ""


CYBERBULLYING = OtherWords(
    _("Teased or left out online"), _("Someone makes fun of you or leaves you out, again and again.")
)
THREATS_STALKING = OtherWords(
    _("Being scared or followed"),
    _("Someone says they will hurt you, or follows and watches you on the internet."),
    _("Someone says they will hurt the child, or keeps following and watching the child online."),
)
DOXXING = OtherWords(
    _("An address or other details were shared"),
    _("Your address, number or school was shown to other people."),
    _("The child's address, number, school or papers were posted so that people can bother the child."),
)
OFFLINE_HARM = OtherWords(
    _("Hurt at home, at school or somewhere else"),
    _("Someone hits you, hurts you or scares you. It is not your fault."),
    _("Someone hurts or threatens the child offline. It is not the child's fault. Report it here."),
)
SEXTORTION = OtherWords(
    _("Threatened with a photo or video"),
    _("Someone says: do what I want, or I'll show your photo. It is not your fault."),
    _("Someone threatens to share the child's picture. It is not the child's fault."),
)
NCII = OtherWords(
    _("A private photo or video was shared"),
    _("Other people saw your private photo and you did not want that. It may also be a fake photo."),
    _("The child's picture was shared, or faked with AI. You can ask for it to be removed."),
)
GROOMING = OtherWords(
    _("Asked to keep secrets"),
    _("Someone is very nice to you, then wants secrets, photos or a secret meeting. It might be someone you know."),
)
SEXUAL_HARASSMENT = OtherWords(
    _("Unwanted sexual messages or pictures"),
    _("Someone sends words or pictures about bodies or sex, and you don't want them."),
    _("The child received sexual messages, invitations or pictures that the child did not want."),
)
CHILD_EXPLOITATION = OtherWords(
    _("A child is made to do something"),
    _("A child has to work, go live or do sexual things for money or gifts. It is not the child's fault."),
)
CSAM = OtherWords(
    _("A naked photo or video of a child"),
    _("Pictures made by AI too. Don't keep it, send it or look for more. Just tell us the link or account name."),
)
SCAM = OtherWords(
    _("Being tricked"),
    _("Someone lied to you to get money, a code or details about you."),
    _(
        "Someone tricked the child, or you, into sending money, an OTP code or data. Threats from "
        "loan-app collectors belong here too."
    ),
)
ACCOUNT_ABUSE = OtherWords(
    _("A fake account, or an account that was taken over"),
    _("Someone uses your name and photo, or you can't get into your account."),
    _("Someone is using the child's name and photos, or took over the child's account."),
)
SELF_HARM = OtherWords(
    _("Wanting to die or hurt oneself"),
    _("You or someone else feels like this. Your safety comes first."),
    _("The child or someone else has such thoughts, or a post encourages them. Safety comes first."),
)
HATE_EXTREMISM = OtherWords(
    _("Hate against people, or calls to hurt them"),
    _("People are attacked for their faith, family or skin colour. Having another opinion is okay."),
)
GAMBLING_DANGEROUS = OtherWords(
    _("Gambling, drugs or dangerous dares"),
    _(
        "Someone tells people to gamble, take drugs or do things that can hurt them. Fake news that could hurt people "
        "counts too."
    ),
)
UNSURE = OtherWords(_("I'm not sure"), _("It's okay if you don't know. Just tell us. We'll help you choose."))
