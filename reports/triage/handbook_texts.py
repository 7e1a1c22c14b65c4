"""The texts of the handbook: for each role what to do, in a few sentences, with the names of the buttons filled in.

``%(name)s`` is one of ``handbook_names.NAMES``. The tests hold that each other name is in a template of the desk.
"""

from django.utils.translation import gettext_lazy as _

from . import handbook_newsroom

CONFLICT = _("If you know someone in the case: “%(recuse)s” under “%(more)s”. You do not see the case any more.")
CARE = _("You may return a case at any time, without a reason: “%(give_back)s”. Take breaks, and talk to your lead.")
SILENCE = _("Speak about a case only inside the case: “%(team_note)s”. Never by chat, email or on paper.")

# On the page of every role.
AT_THE_DESK = (
    _("At your screen"),
    (
        _("After %(idle_minutes)s minutes without you the screen locks. Your password or passkey opens it again."),
        _("What you sent to a locked screen is not lost: the next page sends it with one press."),
        _("A file, a download or an account asks again who you are, at most once in %(proof_minutes)s minutes."),
    ),
)

# Role → headings, each with its sentences.
HANDLING = (
    _("Take and decide"),
    (
        _("“%(assign_next)s” gives you the most urgent case; on a case page it is “%(take_next)s”."),
        _("Decide by “%(to_decide)s”. Read “%(own_words)s” before you answer a P0, a P1 or a new message."),
        _("The case stays yours for %(lease_minutes)s minutes after your last work. “%(still_here)s” extends that."),
        _("The checklist says what to do in this category. “%(into_reply)s” puts an item into your message."),
    ),
)
ANSWERING = (
    _("Answer"),
    (
        _("Another person may read the message: name no harm, no agency, no person. Offer no settlement."),
        _("“%(send_and_ask)s” waits for an answer. “%(send_and_next)s” ends the work on a P2 to P4 case."),
        _("Until the reporter can read a message you can take it back, and change your words: “%(undo)s”."),
        _("A file stays closed unless your decision depends on it: “%(needed)s”. Then: “%(hold_to_see)s”."),
    ),
)
DESK = {
    "triage": (
        (
            _("Sort what nobody has taken"),
            (
                _("You see facts, never the story, messages or files. The first words of a row say why it is there."),
                _("The priority is wrong: “%(set_tier)s”, with a reason. Only child safety lowers P0 and P1."),
                _("Probably sent by a program: “%(quarantine)s”. Never P0 or P1, a minor or an unknown age."),
                _("Look through “%(view_quarantined)s” every day: “%(release_from_quarantine)s” if a person wrote it."),
                _("Unclear, or above your role: “%(escalate)s”."),
                _("If you know someone in a case, sort another one and tell the supervisor."),
            ),
        ),
    ),
    "moderator": (
        HANDLING,
        ANSWERING,
        (
            _("When it is not yours"),
            (
                CONFLICT,
                _("A sexual matter with a child: “%(restrict)s” at once. A file that may show it: “%(lock)s”."),
                _("Too much, or unclear: “%(escalate)s”. A colleague knows it better: “%(offer)s”."),
                _("Nothing to do before a certain time: “%(look_again)s”."),
                CARE,
                SILENCE,
            ),
        ),
        (
            _("Besides the queue"),
            (
                _("“%(second_look)s”: decide a closed case again, without seeing what was decided."),
                _("“%(data_requests)s”: a reporter asks what is stored, or that we stop using it."),
            ),
        ),
    ),
    "child-safety": (
        (
            _("Restricted cases"),
            (
                _("Nobody outside your team knows that they exist. Do not speak of them to other staff."),
                _("Never open a link from a report. “%(copy_hotline_link)s” works once and is recorded."),
                _("A file that may show a child sexually: “%(lock)s”. The named lead alone destroys it."),
                _("“%(confirm_child)s” only if you are sure: it closes the files of all reports that name the same."),
                _("Two of you lift a restriction: “%(ask_lift)s”, then “%(lift_restriction)s”."),
            ),
        ),
        (
            _("Time to refer"),
            (
                _("The head of the case says until when to decide: “%(pass_on)s”."),
                _("It is met by “%(refer)s”, “%(gave_self_report_sheet)s” or “%(not_to_refer)s”."),
                _("A second person approves each package before anybody downloads it or hands it over."),
                _("P0 and restricted cases are closed by a second person, who reads what was done, not the story."),
            ),
        ),
        HANDLING,
        ANSWERING,
        (_("When it is not yours"), (CONFLICT, CARE, SILENCE)),
    ),
    "supervisor": (
        (
            _("Every shift"),
            (
                _("First: “%(view_escalated)s”, “%(view_returned)s”, “%(view_withdrawn)s”, “%(view_second)s”."),
                _("You confirm what a colleague noted: “%(view_misuse)s”. After a restore: “%(view_restored)s”."),
                _("To take a case from a person, “%(release)s” with a reason. It keeps its place and its promise."),
                _("As the second person, read what was done and told, then “%(close)s” or “%(reopen)s”."),
                _("“%(confirm_link)s” only if you have compared both reports. Numbers alone prove nothing."),
                CONFLICT,
            ),
        ),
        (
            _("What you look after in the admin"),
            (
                _("%(staffed_hours)s and %(channels)s: the promised times and the pages at night follow from these."),
                _(
                    "%(templates)s and %(checklists)s: in both languages, without a number and without naming the harm"
                    " or who reported."
                ),
                _("%(agencies)s: only with a written agreement. %(breaches)s: the clock runs from when you know."),
                _("“%(dashboard)s”: numbers for the work, never to compare people."),
                _("“%(availability)s”: a category in red has nobody who can take it now. Find somebody."),
                _("“%(routing)s” and %(teams)s: check the rules on past cases before you save them."),
            ),
        ),
        (
            _("Who asks from outside"),
            (
                _("Somebody demands content, also police or a court: give nothing before a lawyer has seen it."),
                _("Enter it under %(demands)s. A second supervisor approves what is handed out."),
                _("“%(data_requests)s”: what a reporter asks about their data is answered within its time."),
                _("What the law requires us to keep: “%(hold)s”, with the reason. “%(lift_hold)s” when it ends."),
                _("You give the roles moderator and triage. Accounts are made by somebody else."),
            ),
        ),
    ),
    "outside-lead": (
        (
            _("Reports about our own staff"),
            (
                _("You alone read the reports about somebody who works here. Nobody else here knows of them."),
                _("Do not tell the person concerned, nor their superior, that there is a report."),
                _("You work on them like a moderator; under “%(more)s” are the actions of a lead."),
            ),
        ),
        HANDLING,
        ANSWERING,
        (_("When it is not yours"), (CONFLICT, CARE)),
    ),
    "auditor": (
        (
            _("What you read"),
            (
                _("You read who did what and when, never the content of a report."),
                _("“%(audit_log)s”: every action, every opened case and file. “%(who_opened)s”: the same by person."),
                _("“%(verify_log)s” finds entries that were changed, removed or cut off."),
                _("“%(staff_log)s”: what staff looked for, downloaded and allowed others to do."),
            ),
        ),
        (
            _("What to look for"),
            (
                _("Cases opened by people to whom they were never assigned. Ask the person and their lead in writing."),
                _("“%(people_alarms)s”: somebody opened or searched unusually much. Ask, then write down the answer."),
                _("An alarm about the audit log: keep a copy of the database first, then tell the operator."),
                _("“%(investigated)s” only when you can say how each one came about."),
                _("If you know someone in what you investigate, let another auditor do it."),
            ),
        ),
    ),
    "administrator": (
        (
            _("Accounts"),
            (
                _("You invite people and see no case. You give no role that opens reports; a supervisor does."),
                _("“%(invite)s” makes a link that is valid once. Hand it over yourself; the person enrols alone."),
                _("Every account needs two-step verification: “%(account)s”. Before you reset it, call the person."),
                _("Somebody leaves: deactivate the account that day. In doubt: “%(sign_out)s” in the list."),
                _("Public names of staff are not used: reporters read messages without a name."),
                _("“%(custody)s”: name the person of child safety who alone keeps the keys of locked files."),
                _("If somebody asks you to look into a report, say no and tell the auditor."),
            ),
        ),
    ),
}
TEXTS = DESK | handbook_newsroom.TEXTS
