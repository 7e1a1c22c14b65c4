"""Sentences of the other pages of reporters in easy words."""

from safetycenter.wording import pgettext

EASY = {
    "Thoughts like these can pass, even when they feel as if they never will. You don't have to carry them alone.": (
        pgettext("easy", "Thoughts like these can pass. You don't have to be alone with them.")
    ),
    "Nothing is chosen yet. Choose an answer, or press “Continue” again to go on without one.": pgettext(
        "easy", "You have not chosen yet. Choose one, or press “Continue” again. Both are okay."
    ),
    "You can leave it empty.": pgettext("easy", "You don't want to write? Leave it empty and press “Send report”."),
    "Tell us one thing about it: an account or link, one sentence, or one more answer.": pgettext(
        "easy", "Please tell us one more thing. One word is okay, or answer one more question."
    ),
    "Use it to read our answer and write more. We can't recover a lost code.": pgettext(
        "easy",
        "It is like a key. With it you read our answer and write more. "
        "If it is lost, nobody can bring it back, not even us.",
    ),
    (
        "Then you cannot come back to this report and we cannot answer you. We make a note of this, so"
        " staff decide from what you wrote and don't wait for a reply."
    ): pgettext(
        "easy",
        "Then you can't open this report again or read our answer. We still read what you wrote and decide what to do.",
    ),
    "Waiting to be read. Someone will read it by %(when)s.": pgettext(
        "easy", "Someone reads it by %(when)s at the latest."
    ),
    "Someone is working on it.": pgettext("easy", "Someone is busy with it now."),
    "A specialist is working on it.": pgettext("easy", "Someone who knows this well is busy with it now."),
    "Passed on. The message says more.": pgettext("easy", "We told other helpers. Read more in the message."),
    "We passed your report on. The message says more.": pgettext(
        "easy", "We told other helpers. Read more in the message."
    ),
    "Our steps are done. The outcome is in the message.": pgettext(
        "easy", "We have done our part. Read more in the message."
    ),
    "Our steps are done.": pgettext("easy", "We have done our part."),
    "The outcome is in the message.": pgettext("easy", "Read more in the message."),
    "We found nothing that we can act on. That doesn't mean it was wrong to tell us.": pgettext(
        "easy", "There is nothing more that we can do here. That doesn't mean it was wrong to tell us."
    ),
    "We don't have enough information yet. You can add to it at any time.": pgettext(
        "easy", "We don't know enough yet. You can tell us more at any time."
    ),
    "We cannot act on this. The message says who can.": pgettext(
        "easy", "We can't help with this. The message says who can."
    ),
    "We already dealt with the same thing; your report helps.": pgettext(
        "easy", "We already took care of the same thing. What you told us helps."
    ),
    (
        "If the law has us keep some or all of it, you read that here by then at the latest. Until it is deleted, "
        "you can change your mind."
    ): pgettext(
        "easy",
        "If the law says that we must keep it or a part of it, you read that here by then. Until it is deleted, you "
        "can change your mind.",
    ),
}
