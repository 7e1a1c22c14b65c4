"""The easy sentences that address the reporter: each has a formal entry too, for adults who want easy words."""

from safetycenter.wording import pgettext

FORMAL = (
    pgettext("formal", "Why we ask: we protect children more. If you don't say, we protect you too."),
    pgettext("formal", "Why we ask: we take care that this person does not hear of it from us."),
    pgettext("formal", "Someone else I have met, for example at school"),
    pgettext("formal", "Someone I only know from the internet"),
    pgettext("formal", "Do you live with that person? Or is it your teacher, or someone who looks after you?"),
    pgettext("formal", "Do you still talk or chat with that person?"),
    pgettext("formal", "Does that person know your home, your school, or where you are now?"),
    pgettext("formal", "Are you afraid of someone? Or does someone threaten you?"),
    pgettext("formal", "Me: I am in the picture"),
    pgettext("formal", "Someone else: I am not in the picture"),
    pgettext("formal", "Many people do, because they are afraid. It is not your fault. What you tell us still counts."),
    pgettext("formal", "You don't have to write. One word is okay. For example: who does it? Where? How do you feel?"),
    pgettext(
        "formal",
        "Why we ask: nobody may keep such pictures of a child under 18, not even as proof. It is not your fault.",
    ),
    pgettext(
        "formal",
        "It is like a key. With it you read our answer and write more. "
        "If it is lost, nobody can bring it back, not even us.",
    ),
    pgettext(
        "formal",
        "Then you can't open this report again or read our answer. We still read what you wrote and decide what to do.",
    ),
    pgettext("formal", "There is nothing more that we can do here. That doesn't mean it was wrong to tell us."),
    pgettext("formal", "We don't know enough yet. You can tell us more at any time."),
    pgettext("formal", "We already took care of the same thing. What you told us helps."),
    pgettext(
        "formal",
        "If the law says that we must keep it or a part of it, you read that here by then. Until it is deleted, you "
        "can change your mind.",
    ),
    pgettext("formal", "Thoughts like these can pass. You don't have to be alone with them."),
    pgettext("formal", "You have not chosen yet. Choose one, or press “Continue” again. Both are okay."),
)
