"""The sentences of the form that address the reporter: each has a formal entry in the catalogues."""

from safetycenter.wording import npgettext, pgettext

FORMAL = (
    pgettext("formal", "About my child"),
    pgettext("formal", "About my student"),
    pgettext("formal", "I don't want to write"),
    pgettext(
        "formal",
        "This file could not be stored: there is no room for it here right now. Everything else is still "
        "there. Go on without it; you can add the file later with your code.",
    ),
    pgettext(
        "formal",
        "This file could not be stored: the place for files does not answer right now. Everything else is still "
        "there. Go on without it; you can add the file later with your code.",
    ),
    pgettext(
        "formal",
        "Very many files have come from your network in the last hour, so this one was not stored. Everything"
        " else is still there. Go on without it; you can add the file later with your code.",
    ),
    pgettext("formal", "File %(place)d of those you chose (%(type)s): %(why)s"),
    pgettext("formal", "File %(place)d of those you chose: %(why)s"),
    pgettext("formal", "Too slow. You are still on this page."),
    pgettext("formal", "We cannot send anyone to you: we don't know who you are or where you are."),
    pgettext("formal", "Your page"),
    pgettext("formal", "What you just wrote was not sent. To protect you, a page that rests is closed."),
    pgettext("formal", "I wrote it down"),
    pgettext("formal", "Haven't written your code down?"),
    pgettext(
        "formal",
        "You decide. We delete the report after %(hours)s hours at the earliest. Until then you can cancel it here "
        "with your code.",
    ),
    pgettext(
        "formal",
        "Where a child or a life is at risk, the law may have us keep some or all of it. A specialist decides that "
        "within these %(hours)s hours, and you read it here.",
    ),
    pgettext("formal", "No name needed. You decide what to tell us, and you can stop at any time."),
    pgettext("formal", "At the end you get a code. You use it to read our answer."),
    pgettext("formal", "What happens to what you write"),
    pgettext("formal", "When we must act without asking you"),
    pgettext("formal", "When a life is at risk, we must tell somebody. If we can, you hear it first."),
    pgettext("formal", "If we can, we'll tell you first."),
    pgettext("formal", "We don't know your name or where you are, unless you write it."),
    pgettext(
        "formal",
        "“Quick exit” opens another page and deletes what you wrote, but not the history of this phone.",
    ),
    pgettext(
        "formal",
        "Nobody may have looked at reports for longer than we promise. Don't wait for us: use the numbers on "
        "this page. You can still write; we will read it as soon as someone is back.",
    ),
    pgettext(
        "formal",
        "We are not an emergency service, and nobody is at work right now. "
        "Someone will read reports again: %(when)s. In danger? Use the numbers above.",
    ),
    pgettext("formal", "Write it on paper and hide it. Others may see a screenshot or photo."),
    pgettext("formal", "Secret (only for you)"),
    pgettext("formal", "Copied. It stays in the clipboard of this phone until you delete it."),
    pgettext("formal", "Everything you wrote is still here."),
    pgettext("formal", "You have %(minutes)s more minutes. Everything you wrote is still here."),
    pgettext("formal", "If you had chosen a file, choose it again."),
    pgettext("formal", "You matter. Let's get through this hour first"),
    pgettext("formal", "Ask someone you trust to stay with you now,"),
    pgettext("formal", "not someone who hurts you."),
    pgettext("formal", "“I'm not okay. Please stay with me.”"),
    pgettext("formal", "Move away from anything you could hurt yourself with:"),
    pgettext("formal", "It can take a while for someone to answer. That is not because you don't matter."),
    pgettext(
        "formal",
        "Thoughts like these can pass, even when they feel as if they never will. You don't have to carry them alone.",
    ),
    pgettext("formal", "Name five things that you can see from where you sit."),
    pgettext("formal", "Put social media away for now. Look at one photo, or listen to one song, that calms you."),
    pgettext("formal", "If you're thinking of hurting yourself"),
    pgettext("formal", "Or is it you who feels like this?"),
    pgettext("formal", "For you now: don't stay alone"),
    pgettext("formal", "You are not the only one with such thoughts. They can pass."),
    pgettext("formal", "Ask someone to stay with you now. You don't need to explain everything."),
    pgettext("formal", "You can ask directly. Asking does not put the thought there."),
    pgettext(
        "formal",
        "Programs are sending them, not people. Your report is accepted all the same. It waits in a separate "
        "list, and a person looks at it by %(when)s at the latest.",
    ),
    pgettext(
        "formal",
        "Programs are sending them, not people. So that your report is not mixed up with them, your phone or "
        "computer does a small calculation. You do not have to do anything.",
    ),
    pgettext("formal", "Done. You can send your report."),
    pgettext("formal", "One moment. Your report is sent as soon as the calculation is done."),
    pgettext("formal", "who else got it, if you know"),
    pgettext(
        "formal",
        "Write it in the box where you tell us what happened. Already sent the report? Send it as a message, "
        "using your code.",
    ),
    pgettext(
        "formal",
        "This page closes at %(when)s, %(hours)s hours after you opened it. Send what you have written before then.",
    ),
    pgettext(
        "formal",
        "This form closes at %(when)s, %(hours)s hours after you began, and everything in it is deleted. Send"
        " it before then; more can be added later with your code.",
    ),
    pgettext(
        "formal",
        "This page closes %(minutes)s minutes after you last press a button. What you have written and not "
        "sent is deleted then.",
    ),
    pgettext("formal", "The time is over. Copy what you want to keep before you press a button."),
    pgettext("formal", "This is what you just wrote. Copy it if you want to use it again; it is stored nowhere."),
    pgettext(
        "formal",
        "You wrote or chose something here and did not press “Continue”. It is not in the report. Open it if "
        "you want it to be.",
    ),
    pgettext("formal", "What you skipped"),
    pgettext("formal", "You don't have to fill in any of this. You can also add it later, with your code."),
    pgettext(
        "formal",
        "Your report was not sent, but your answers are still here. Try to send them again in a few minutes.",
    ),
    pgettext("formal", "Back to your answers"),
    pgettext("formal", "Sent. We have your report."),
    pgettext("formal", "Use it to read our answer and write more. We can't recover a lost code."),
    pgettext("formal", "Check my note"),
    pgettext("formal", "Type it once from your note, to be sure (you can leave this empty)"),
    pgettext("formal", "I can't keep a code"),
    pgettext(
        "formal",
        "Then you cannot come back to this report and we cannot answer you. We make a note of this, so"
        " staff decide from what you wrote and don't wait for a reply.",
    ),
    pgettext("formal", "You can still say the number aloud to someone who helps you."),
    pgettext("formal", "Your number: %(ref)s"),
    pgettext("formal", "You said that you cannot keep a code. We decide with what you wrote."),
    pgettext("formal", "Check your report with your code"),
    pgettext(
        "formal",
        "Call your bank or e-wallet now. Use the number on the card or in the app, not one from a search.",
    ),
    pgettext("formal", "Do it with an adult you trust, not someone who hurts you."),
    pgettext("formal", "This page stays on this phone for %(minutes)s minutes at most. Your report stays with us."),
    pgettext("formal", "Open with your code"),
    pgettext("formal", "Two ways. You choose"),
    pgettext("formal", "1. Tell the specialists directly, without giving your name"),
    pgettext(
        "formal",
        "This could not be stored: there is no room for it here right now. Your answer is still here. Send it"
        " once more in a few minutes.",
    ),
    pgettext(
        "formal",
        "Your report is sent, and so is each answer that you add here. A person reads it by %(when)s at the latest.",
    ),
    pgettext(
        "formal",
        "We have the first answer that you sent here. Did you write something else the second time? You can "
        "send it with your code.",
    ),
    pgettext(
        "formal",
        "We ask a little at a time. You can skip questions or answer “I don't know”. "
        "Nothing is sent until you press “Send report”.",
    ),
    pgettext("formal", "What you answered in this window before was deleted when you began again. It was not sent."),
    pgettext(
        "formal",
        "It proves that your report arrived here on this day. It says nothing about you or about what happened.",
    ),
    pgettext(
        "formal",
        "Only this card is printed, without the name of this site. You don't have to keep it: with your code "
        "you find it here again.",
    ),
    pgettext(
        "formal",
        "There is no receipt right now. Your report is stored all the same. Try again later with your code.",
    ),
    npgettext(
        "formal",
        "%(left)s question left. You can finish at any time.",
        "%(left)s questions left. You can finish at any time.",
    ),
    npgettext(
        "formal",
        "When you opened this page, %(minutes)s minute was left.",
        "When you opened this page, %(minutes)s minutes were left.",
    ),
    pgettext("formal", "Your answers"),
    pgettext(
        "formal",
        "Is a life in danger, or a child being hurt? We may have to tell the police or child protection, "
        "and you first if we can.",
    ),
    pgettext("formal", "On to your code"),
    pgettext(
        "formal",
        "Your code comes next. You can see it for %(minutes)s minutes after you last press a button.",
    ),
    pgettext("formal", "These words were not sent with it. Copy them; you can send them with your code."),
    pgettext("formal", "Were you 18 or over when the picture was made?"),
)
