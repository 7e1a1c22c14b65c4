"""The sentences of the reporter's case page that address the reporter: each has a formal entry in the catalogues."""

from safetycenter.wording import npgettext, pgettext

FORMAL = (
    pgettext(
        "formal",
        "A file belongs to this. Once opened, it stays on this phone and in its list of downloads, with the name of "
        "this site. If somebody checks your phone, delete it from both, or open it on another person's phone.",
    ),
    pgettext("formal", "Open document %(number)s when you are alone"),
    pgettext("formal", "You have asked for this twice. Write to us, or ask that your report is looked at again."),
    pgettext("formal", "A person closes this report. You don't need to do anything."),
    pgettext("formal", "You have said this already."),
    pgettext("formal", "You have asked for this already."),
    pgettext(
        "formal",
        "The code was changed a short time ago. A report can be withdrawn %(hours)d hours after that. Until "
        "then you can write to us.",
    ),
    pgettext("formal", "You have asked for this already. The time that we promised still holds."),
    pgettext("formal", "Your code"),
    pgettext("formal", "You don't need to tell your story again. Links and account names can go in here too."),
    pgettext(
        "formal",
        "Then don't send the file, not to us either: such a picture should not be copied again. If it is your"
        " own picture from before you were 18, Take It Down can help while it stays on your phone.",
    ),
    pgettext("formal", "Is someone telling you to do this?"),
    pgettext("formal", "No, I want it myself"),
    pgettext("formal", "A person should tell me more about what is stored"),
    pgettext("formal", "Don't use my report for now"),
    pgettext("formal", "We are not using your report now, and we pass nothing on."),
    pgettext("formal", "You allowed us to use it again."),
    pgettext("formal", "We did not understand what you mean. Our question is in the messages."),
    pgettext("formal", "What do you want?"),
    pgettext("formal", "Choose what you want."),
    pgettext(
        "formal",
        "This could not be stored: there is no room for it here right now. Your words are still in the box. "
        "Send them once more in a few minutes.",
    ),
    pgettext("formal", "Paused. We are not using your report for now."),
    pgettext("formal", "You can still write to us at any time."),
    pgettext(
        "formal",
        "If the law has us keep some or all of it, you read that here by then at the latest. Until it is deleted, "
        "you can change your mind.",
    ),
    pgettext("formal", "It is deleted when that ends. Until then you can change your mind."),
    pgettext(
        "formal",
        "Your report is not deleted yet. A person must now look at it as soon as possible. Until it is deleted, you "
        "can change your mind.",
    ),
    pgettext("formal", "You asked for it: %(when)s."),
    pgettext("formal", "A person must now look at it as soon as possible. In danger, don't wait for us."),
    pgettext("formal", "A person must now look at it before %(when)s. In danger, don't wait for us."),
    pgettext(
        "formal", "We are late. Sorry. A person must now look at it as soon as possible. In danger, don't wait for us."
    ),
    pgettext("formal", "Your new message has arrived. It is waiting to be read."),
    pgettext("formal", "Your new message has arrived. A person reads it by %(when)s at the latest."),
    pgettext("formal", "We passed your report on. The message says more."),
    pgettext("formal", "We found nothing that we can act on. That doesn't mean it was wrong to tell us."),
    pgettext("formal", "We don't have enough information yet. You can add to it at any time."),
    pgettext("formal", "We already dealt with the same thing; your report helps."),
    pgettext("formal", "We passed your report on."),
    pgettext("formal", "Right now we cannot send mail. Look again at the time that you were told."),
    pgettext("formal", "This code is no longer valid, and the address is erased. You can begin again."),
    pgettext(
        "formal",
        "Think of everyone who uses this phone, and of other phones and computers where it is open. A school "
        "or an employer can read their mail. The first line can show on a locked screen.",
    ),
    pgettext("formal", "Only I"),
    pgettext("formal", "Your mail address"),
    pgettext("formal", "We seal it. Nobody sees it here again, not even you."),
    pgettext("formal", "Which time do you use?"),
    pgettext("formal", "So that you don't forget the time"),
    pgettext(
        "formal",
        "The entry says “Note” and the time, nothing else. Anyone who opens your calendar sees it. The "
        "browser's list of downloads may name this site: remove the entry there.",
    ),
    pgettext(
        "formal",
        "To read again, write to us with your code when it is safe: a person makes sure that it is you and "
        "opens it again. Does your code no longer work? Then make a new report and name the number %(number)s"
        " in it.",
    ),
    pgettext("formal", "Did someone find your code?"),
    pgettext(
        "formal",
        "You get a new code first, and the old one stops at once. State and messages are then hidden, with "
        "the new code too, until a person is sure that it is you. You can still write to us.",
    ),
    pgettext("formal", "We'll tell a member of staff. Are you in danger because of it? Use the numbers above."),
    pgettext(
        "formal",
        "Is someone beside you who must not see the new code? Leave now, and do this later. Have paper ready.",
    ),
    pgettext("formal", "Nobody else knows it and you only want to be careful? Then change the code instead."),
    pgettext("formal", "Your new code"),
    pgettext("formal", "The old one no longer works. Write this one down now; it stays on this page until you go on."),
    pgettext("formal", "State and messages are hidden until a person is sure that it is you."),
    pgettext("formal", "Reminders by mail are off now. You can switch them on again later."),
    pgettext("formal", "You get a new secret for the same number. The old one stops at once. Have paper ready."),
    pgettext("formal", "What is stored about you here"),
    pgettext("formal", "All you need is your code. We don't ask for a name or an ID card."),
    pgettext(
        "formal",
        "What you answered and told in the report. It is sealed, and not shown here: somebody else could have"
        " your code.",
    ),
    pgettext(
        "formal",
        "The mail address that you gave for reminders, with hours and subject. It is sealed and shown to "
        "nobody. It is deleted when you switch reminders off, and %(period)s after the report is closed at "
        "the latest.",
    ),
    pgettext(
        "formal",
        "We don't store your name, number or home address, unless you write it. We never store the internet"
        " address (IP) of your phone.",
    ),
    pgettext("formal", "What you asked for"),
    pgettext("formal", "You may use my report again"),
    pgettext("formal", "Pause: don't use my report for now"),
    pgettext("formal", "When we are not allowed to do what you ask"),
    pgettext("formal", "Pause your report"),
    pgettext(
        "formal",
        "You can stop us from using your report for now. It stays stored, and you can lift the pause whenever"
        " you come back.",
    ),
    pgettext(
        "formal",
        "In this report a child or a life may be at risk. So we go on helping, even during a pause. "
        "A person will tell you within 3×24 hours what we can stop.",
    ),
    pgettext("formal", "Nobody works on it or answers you, and the promised time stands still."),
    pgettext("formal", "Nothing is passed on, and it is not compared with other reports."),
    pgettext(
        "formal",
        "It stays stored, and staff see that it is paused. They can still open it, and each look is recorded.",
    ),
    pgettext("formal", "It stays one of the reports that we count, without its content."),
    pgettext(
        "formal",
        "If you write to us, ask for another person to look, or say that someone found your code, the pause "
        "ends and somebody reads it.",
    ),
    pgettext("formal", "Is someone telling you to do this? You can end the pause whenever you come back."),
    pgettext("formal", "When there is a new message, a mail comes in the hours that you chose, at most once a day."),
    pgettext(
        "formal",
        "The first mail, with a code, comes at once, also outside these hours. Each mail stays in the "
        "mailbox, then in its bin, until you delete it.",
    ),
    pgettext("formal", "You don't need this. If you want, a mail can tell you that there is something new to look at."),
    pgettext(
        "formal",
        "Somebody else could see it and ask you about it. That is why we send nothing to this mailbox, and "
        "nothing is stored.",
    ),
    pgettext("formal", "You did nothing wrong, and nothing changes for your report."),
    pgettext("formal", "Your report"),
    pgettext("formal", "That was not me"),
    pgettext("formal", "Nothing is shown here for now. What you write still reaches us; a person will look at it."),
    pgettext(
        "formal",
        "Somebody asked with this code to delete the report. Was that not you, or do you want to keep it?",
    ),
    pgettext("formal", "You asked us to pause. A child or a life may be at risk, so we go on helping."),
    pgettext("formal", "Keep the report after all"),
    pgettext("formal", "You said that it can be closed. It closes at %(when)s; until then you can take that back."),
    pgettext("formal", "It closes by itself at %(when)s. Until then and after that you can still write to us."),
    pgettext("formal", "From you"),
    pgettext("formal", "Ask for a second review"),
    pgettext("formal", "Someone found my code"),
    pgettext("formal", "Your receipt"),
    pgettext("formal", "What is stored about me"),
    npgettext(
        "formal",
        "%(n)s message between you and us.",
        "%(n)s messages between you and us.",
    ),
    npgettext(
        "formal",
        "<strong>%(waiting)s new message.</strong> Open it when you are alone.",
        "<strong>%(waiting)s new messages.</strong> Open them when you are alone.",
    ),
    npgettext(
        "formal",
        "%(n)s answer that you added after sending. It is sealed too.",
        "%(n)s answers that you added after sending. They are sealed too.",
    ),
    pgettext("formal", "You asked us to delete this report. Keep it first; then you can ask for another person."),
    pgettext("formal", "Nobody handles your report right now. The next person who takes it is a new one."),
    pgettext("formal", "There is no such request any more. Another person may have taken your report."),
    pgettext("formal", "The way this person writes makes me uneasy"),
    pgettext("formal", "The answers don't help me"),
    pgettext("formal", "Those responsible know about it. Your report keeps its place. In danger, don't wait for us."),
    pgettext("formal", "You asked for another person. Right now nobody else here can take it."),
    pgettext("formal", "You asked for it. The person who handled it until now cannot open it any more."),
    pgettext("formal", "Another person takes your report by %(when)s at the latest."),
    pgettext("formal", "You can ask for someone else to handle your report. You don't have to say why."),
    pgettext(
        "formal",
        "Right now there is nobody else here who could take it. You can still ask: those responsible are told"
        " at once, and your report waits until somebody else is here. Or you stay with the person who has it "
        "now.",
    ),
    pgettext(
        "formal",
        "The person who handled it until now stops at once and cannot open it any more. We don't tell them that you "
        "asked, or why.",
    ),
    pgettext(
        "formal",
        "Your report does not move back in the queue. Your messages stay, so you don't need to tell your story again.",
    ),
    pgettext("formal", "As long as nobody has taken it, you can take this back here."),
    pgettext("formal", "I take back my request for another person"),
    # The self-report sheet, and the message about a report that was passed on (reports/referral/sheet.py).
    pgettext("formal", "You can also report it yourself. You decide whether and when; it changes nothing here."),
    pgettext("formal", "You can bring someone you trust. Nobody is allowed to ask you for money for this."),
    pgettext("formal", "I reported it on %(day)s. Number of my report: %(reference)s"),
    pgettext("formal", "What happened, in my words: %(told)s"),
    pgettext("formal", "What I still have (messages, receipts, no naked or sexual pictures): %(told)s"),
    pgettext("formal", "How I can be reached safely: %(told)s"),
    pgettext(
        "formal",
        "We have passed your report on to people who can act on it. You need not do anything for that. If you want "
        "to know who they are, ask here.",
    ),
)
