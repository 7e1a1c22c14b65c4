"""The texts of the handbook for the roles that write guides and helplines; none of them sees a report."""

from django.utils.translation import gettext_lazy as _

# Buttons and headings of the newsroom, by the names that the texts use.
BUTTONS = {
    "publish_now": _("Publish now"),
    "minor": _("Minor edit"),
    "side_by_side": _("Side by side"),
    "next_to_do": _("Next to do"),
    "still_correct": _("Still correct"),
    "not_needed": _("Not needed here"),
    "versions": _("Versions"),
    "unpublish": _("Unpublish a page now"),
    "put_back": _("Put back the previous text"),
    "put_in": _("Put it into the form"),
    "key_list": _("Keyboard shortcuts"),
    "all_links": _("All links to other sites"),
    "replace_link": _("Replace everywhere"),
    "export_table": _("Export as a table"),
    "import_table": _("Import a table"),
    "which_language": _("Which language?"),
    "which_time": _("When?"),
    "at_a_time": _("At a time"),
}

# Actions of the publish page (education.publishing.workflow), whose labels are in no template.
ACTIONS = {
    "not_ready": _("Mark as not ready"),
    "approve": _("Approve for a publisher"),
    "alts": _("Alt texts to read"),  # a row of My work
    "live_errors": _("Errors that readers see"),  # a page that My work links
}

NO_REPORT = _("You see no report.")
FACTS = _("A fact has its source and the day on which somebody read it there. What is doubtful says so.")
WRITING = (
    _("Write"),
    (
        NO_REPORT,
        _("Save as often as you like. Readers see nothing before a publisher has published it."),
        _("Finished: “%(submit)s”. Somebody else reads it. It comes back to you with a reason, or it is published."),
        _("Only spelling or a comma: “%(minor)s”. Then the other language does not become out of date."),
    ),
)
RELIED_ON = (
    _("What readers rely on"),
    (
        FACTS,
        _("Type no number: choose the helpline. Its number is then the same everywhere."),
        _("A step that tells somebody else, or deletes a chat, is announced in a box above it."),
        _("What matters most, a tip or a ready sentence can stand in a box too. Readers see the name of its kind."),
        _("A picture needs words for people who do not see it, in both languages. It shows no child who can be known."),
    ),
)
TYPING = (
    _("Links, pasting, drafts and keys"),
    (
        _("A link: mark the words, press Ctrl+K, choose the page or helpline. It stays right when that is renamed."),
        _("Pasted from Word or a site: a sentence says what could not be kept. A table becomes lines."),
        _("Words that you did not save are offered when you come back: “%(put_in)s”. Choose a file again."),
        _("“%(key_list)s” lists the keys, for instance Ctrl+S for one field and Alt+L for the other language."),
    ),
)
PICTURES = (
    _("Pictures"),
    (
        _("The library keeps each picture once, with its maker and licence. Check faces and places in it."),
        _("The alt text says what it shows, in both languages. Only decoration: tick that, and it needs none."),
        _("A new file is shown wherever the picture is used. “%(alts)s”: each is “%(still_correct)s”, or change it."),
        _("A sensitive page gets another picture, not a new file, so that a second person publishes it."),
    ),
)
LINKS_AND_TABLES = (
    _("Broken links and tables"),
    (
        _("“%(all_links)s” shows first what does not work. Open the new address yourself before you use it."),
        _("“%(replace_link)s” shows each place. Readers see the new address when the draft changes are published."),
        _("“%(export_table)s” writes a list with both languages to a file (CSV) for a spreadsheet."),
        _("“%(import_table)s” shows first what would change. With one faulty row nothing is imported."),
    ),
)
CHECKLISTS = (
    _("Checklists of the staff"),
    (
        _("%(checklists)s: what staff do in each category. Editors and publishers change them."),
        _("Type no number: choose the helpline, and write {helpline} or {ways} where it belongs."),
        _("The text for the reply names no harm: somebody else may read it on the reporter's phone."),
    ),
)
LANGUAGES = (
    _("Two languages"),
    (
        _("“%(side_by_side)s”: what is missing or out of date, field by field. “%(next_to_do)s” opens the next."),
        _("What changed since the translation stands above the field. Translate it, or say “%(still_correct)s”."),
        _("Until then readers of that language see which sentences changed; on a sensitive page only the new ones."),
        _("A field that one language does not need: “%(not_needed)s”. You can take that back."),
        _("A language that is not finished: “%(not_ready)s”. The other one can then be published without it."),
        _("Translate what is meant, not each sentence, in the words that the readers of the page use themselves."),
    ),
)
CORRECTIONS = (
    _("Corrections of a release"),
    (
        _("A release may correct texts that were edited here. My work says so; readers see yours until you decide."),
        _("One page has them by kind. What touches no words of yours goes live together, once you have ticked it."),
        _("Numbers, sensitive pages, checks and words of yours: one by one, on the page of the change."),
        _("To keep your texts, decline a kind and say why. The next release proposes only what it changes then."),
    ),
)
TAKING_DOWN = (
    _("When something must go at once"),
    (
        _("“%(unpublish)s” shows what readers see and which pages link there."),
        _("Readers do not see it any more from then on. A second person confirms it, or brings it back."),
    ),
)
TEXTS = {
    "author": (WRITING, RELIED_ON, LANGUAGES, TYPING, PICTURES, LINKS_AND_TABLES),
    "editor": (
        WRITING,
        RELIED_ON,
        LANGUAGES,
        (
            _("Helplines and search"),
            (
                _("A helpline is called or opened before it counts as checked, and again when that is due."),
                _("A search that found nothing: add its word to the synonyms, or write the guide that is missing."),
                _("Readers say that a page did not help: read their reasons, then correct the page."),
            ),
        ),
        TYPING,
        PICTURES,
        LINKS_AND_TABLES,
        CHECKLISTS,
        TAKING_DOWN,
    ),
    "translator": (
        (
            _("What you do"),
            (
                NO_REPORT,
                _("You write the translation. The other language stands beside it, and you cannot change it."),
                _("Sources, pictures, audiences and options belong to both languages: an author changes them."),
            ),
        ),
        LANGUAGES,
        TYPING,
    ),
    "reviewer": (
        (
            _("Before it is published"),
            (
                NO_REPORT,
                _("Read as somebody in danger reads it: is it true, does it help, can it hurt?"),
                FACTS,
                _("It is good: “%(approve)s”, with what a publisher should know. It does not go live by that."),
                _("Not yet: send it back with a note that says what should change."),
                _("Enter who reviewed a guide and on which day. Readers see both."),
            ),
        ),
        TAKING_DOWN,
    ),
    "publisher": (
        (
            _("Publishing"),
            (
                NO_REPORT,
                _("The page of a change shows what changes for readers, and the checks. Then: “%(publish_now)s”."),
                _("On a sensitive subject nobody publishes their own words: another publisher does."),
                _("A number that people call in danger needs two people, also for a comma."),
                _("“%(versions)s” brings an earlier text back, also in one language only."),
                _("Only the newest text is wrong: find the page, then “%(put_back)s”."),
            ),
        ),
        (
            _("Language, time and checks"),
            (
                _("“%(which_language)s”: choose one, and the other stays as readers see it, with its draft change."),
                _("“%(which_time)s” “%(at_a_time)s”: the text goes live then. Readers see the present one before."),
                _(
                    "A check that this change caused needs a correction, a tick or a note; "
                    "what readers see already does not."
                ),
                _("“%(live_errors)s”: My work links the list, a missing prescribed sentence first. Have each mended."),
                _(
                    "What changed, in one sentence: readers see it on the page. "
                    "On a sensitive page it repeats nothing that was taken out."
                ),
            ),
        ),
        CORRECTIONS,
        RELIED_ON,
        TYPING,
        PICTURES,
        LINKS_AND_TABLES,
        CHECKLISTS,
        TAKING_DOWN,
    ),
}
