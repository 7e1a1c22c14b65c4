"""A draft: the pocket of this browser seen as answers, steps and files."""

from functools import wraps

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from safetycenter.roles import holders
from safetycenter.views import SeeOther

from .. import pocket as pockets
from ..models.evidence import Evidence
from ..pocket import OpenPocket
from ..questions import QUESTIONS, Question, sequence
from ..vault.keyring import Keyring

DRAFT, CODE, DONE = "draft", "code", "done"


class Draft:
    """The answers given so far, and which question has which number."""

    def __init__(self, pocket: OpenPocket):
        self.pocket = pocket
        self.answers = pocket.read()

    @classmethod
    def begin(cls, language: str) -> "Draft":
        """A new draft with keys for a case that does not exist yet."""
        started = timezone.now().timestamp()
        return cls(OpenPocket.make(Keyring.fresh(), kind=DRAFT, language=language, started=started, shown=[]))

    @property
    def steps(self) -> list[Question]:
        """The questions of this draft, in order. Step 1 is the safety page, so question i has number i + 2."""
        return [question for question in sequence(self.answers) if question.key != "staff_conflict" or _has_lead()]

    @property
    def check_number(self) -> int:
        """The number of the page that shows all answers."""
        return len(self.steps) + 2

    def question_at(self, number: int) -> Question | None:
        """The question of step ``number``, or None when there is none."""
        index = number - 2
        return self.steps[index] if 0 <= index < len(self.steps) else None

    def number_of(self, key: str) -> int | None:
        """The number of the step that asks ``key`` now."""
        keys = [question.key for question in self.steps]
        return keys.index(key) + 2 if key in keys else None

    def passed(self, number: int) -> set[str]:
        """The keys of the questions before step ``number``, answered or skipped."""
        return {question.key for question in self.steps[: number - 2]}

    def answer(self, question: Question, value) -> None:
        """Keep one answer; None or an empty one takes it back. Answers to questions that no longer apply go too."""
        if value in (None, "", [], {}):
            self.answers.pop(question.key, None)
        else:
            self.answers[question.key] = value
        self.save()

    def save(self) -> None:
        """Seal the answers that still apply, contact apart from the rest."""
        asked = {question.key for question in sequence(self.answers)} | {"safety", "risk"}
        kept = {key: value for key, value in self.answers.items() if key in asked}
        contact = {key: kept.pop(key) for key in list(kept) if _is_contact(key)}
        self.answers = kept | contact
        self.pocket.write(kept, contact)

    @property
    def files(self) -> list[Evidence]:
        """The files added so far."""
        return list(self.pocket.row.evidence.all())

    def mark_shown(self, screen: str) -> None:
        """Remember that a help page was shown."""
        self.pocket.facts["shown"].append(screen)
        self.pocket.save()


def with_draft(view):
    """Hand the view its draft; without one, say that the time is over and give back what was typed."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        pocket = pockets.of(request)
        kind = pocket.facts.get("kind") if pocket else None
        if kind in (CODE, DONE):  # sent already: a second tap, or the back button
            return SeeOther(reverse("reports:code"))
        if kind != DRAFT:
            return expired(request)
        pocket.touch()
        return view(request, Draft(pocket), *args, **kwargs)

    return wrapper


def expired(request):
    """Nothing is stored any more; words typed into this form are shown once more so that they can be copied."""
    typed = [value for name, value in request.POST.items() if name.startswith("answer") and len(value) > 20]
    response = render(request, "reports/intake/expired.html", {"typed": typed}, status=410)
    return pockets.take_back(response) if request.COOKIES.get(settings.POCKET_COOKIE_NAME) else response


def _is_contact(key: str) -> bool:
    return key in QUESTIONS and QUESTIONS[key].data_class == "contact"


def _has_lead() -> bool:
    return holders("reports.handle_withheld").exists()
