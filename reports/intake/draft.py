"""A draft: the pocket of this browser seen as answers, steps and files."""

from functools import wraps

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from safetycenter.roles import holders
from safetycenter.views import SeeOther

from .. import pocket as pockets
from .. import risk
from ..evidence import intake as files
from ..models.evidence import Evidence
from ..pocket import Moved, OpenPocket
from ..private import page
from ..questions import Question, sequence, uploads
from ..questions.core import NO_FILES
from ..vault.keyring import Keyring

DRAFT, CODE, DONE = "draft", "code", "done"
LONGER_THAN_A_CHOICE = 20  # characters; shorter answers are quickly given again


class Draft:
    """The answers given so far, and which question has which number."""

    def __init__(self, pocket: OpenPocket):
        self.pocket = pocket
        self.answers = pocket.read()

    @classmethod
    def begin(cls, language: str) -> "Draft":
        """A new draft with keys for a case that does not exist yet."""
        started = timezone.now().timestamp()
        facts = {"kind": DRAFT, "language": language, "started": started, "shown": [], "strictest": ""}
        return cls(OpenPocket.make(Keyring.fresh(), **facts))

    @property
    def steps(self) -> list[Question]:
        """The questions of this draft, in order. Step 1 is the safety page, so question i has number i + 2."""
        return [question for question in sequence(self.answers) if self._is_asked(question)]

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
        """Seal the answers that still apply; files that they forbid go."""
        asked = {question.key for question in sequence(self.answers)} | {"safety", "risk"}
        self.answers = {key: value for key, value in self.answers.items() if key in asked}
        self.pocket.facts["strictest"] = _stricter(self.answers.get("category", ""), self.strictest)
        forbidden = self.forbidden_files
        for item in forbidden:
            self.pocket.keyring.wrapped.pop(item.key_name, None)
        self.pocket.write(self.answers)
        for item in forbidden:
            files.remove(item)

    @property
    def strictest(self) -> str:
        """The category of this draft that is strictest about files, also when another was chosen after it (H14)."""
        return self.pocket.facts["strictest"]

    @property
    def allowed(self) -> str:
        """Which files may be in this draft: "none", "text" or "all"."""
        rule = uploads(self.answers, self.strictest)
        return files.allowed(rule, self.answers.get("evidence_sexual_check"))

    @property
    def files(self) -> list[Evidence]:
        """The files added so far, each with its key on the ring."""
        return [item for item in self.pocket.row.evidence.all() if item.key_name in self.pocket.keyring.wrapped]

    @property
    def forbidden_files(self) -> list[Evidence]:
        """Files that were added before an answer that forbids them."""
        allowed = self.allowed
        return [item for item in self.pocket.row.evidence.all() if not files.is_permitted(item.kind, allowed)]

    def remove_file(self, file_id) -> None:
        """Throw away one file: its key, its row, its bytes. Nothing happens when it is not there."""
        if item := self.pocket.row.evidence.filter(pk=file_id).first():
            with self.pocket.locked():
                self.pocket.keyring.wrapped.pop(item.key_name, None)
                self.pocket.save()
            files.remove(item)

    def mark_shown(self, screen: str) -> None:
        """Remember that a help page was shown."""
        self.pocket.facts["shown"].append(screen)
        self.pocket.save()

    def _is_asked(self, question: Question) -> bool:
        if question.key in {"evidence", "evidence_sexual_check"}:
            return uploads(self.answers, self.strictest) != "none"
        return question.key != "staff_conflict" or _has_lead()


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
        try:
            return view(request, Draft(pocket), *args, **kwargs)
        except Moved:
            return SeeOther(_where_it_is(request, kwargs.get("number", 1)))

    return wrapper


def expired(request, what: str = "draft"):
    """Nothing is stored any more; words typed into this form are shown once more so that they can be copied.

    ``what`` is gone: the "draft", or the "code" of a report that was sent. A life at risk in the words is answered.
    """
    given = [value for name, value in request.POST.items() if name.startswith("answer")]
    typed = [value for value in given if len(value) > LONGER_THAN_A_CHOICE or risk.is_mentioned(value)]
    life = any(map(risk.is_mentioned, typed))
    response = page(request, "intake/expired.html", status=410, what=what, typed=typed, life=life)
    return pockets.take_back(response) if request.COOKIES.get(settings.POCKET_COOKIE_NAME) else response


def discard(pocket: OpenPocket) -> None:
    """Throw a pocket away, and the bytes of the files in it."""
    for item in pocket.row.evidence.all():
        files.remove(item)
    pocket.drop()


def _where_it_is(request, number: int) -> str:
    """The page to show after another request was faster: the help that it called for, or this step again."""
    pocket = pockets.of(request)
    if pocket and pocket.facts.get("help"):
        return reverse("reports:info")
    return reverse("reports:step", kwargs={"number": number})


def _stricter(category: str, before: str) -> str:
    return before if before in NO_FILES and category not in NO_FILES else category


def _has_lead() -> bool:
    return holders("reports.handle_withheld").exists()
