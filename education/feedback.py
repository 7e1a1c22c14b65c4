"""Counting what readers tell with one tap, and reading it back for editors."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Sum

from education.models import DeadNumberReport, Guide, HelpfulVote, Helpline, Revision

Answer = HelpfulVote.Answer
MANY = 5  # readers for whom a text was no help, before it is put before an editor …
SHARE = 3  # … and at least one in so many


@dataclass
class DeadNumberCount:
    """A helpline that readers could not reach."""

    line: Helpline
    count: int
    last: date


@dataclass
class UnhelpfulCount:
    """The present text of a guide in one language, with the number of readers by what they said."""

    guide: Guide
    language: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def no(self) -> int:
        """For how many it was no help."""
        return self.counts.get(Answer.NO, 0)

    @property
    def asked(self) -> int:
        """How many said whether it helped."""
        return self.no + self.counts.get(Answer.YES, 0)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why it did not help, as pairs of label and count, the most frequent first."""
        given = [(reason.label, self.counts[reason]) for reason in HelpfulVote.REASONS if reason in self.counts]
        return sorted(given, key=lambda pair: -pair[1])


def number_is_dead(line: Helpline) -> None:
    """A reader could not reach ``line``."""
    DeadNumberReport.objects.add_one(helpline=line)


def number_works(line: Helpline) -> None:
    """Someone here tried ``line``: what readers said before is settled."""
    DeadNumberReport.objects.filter(helpline=line).delete()


def dead_numbers() -> list[DeadNumberCount]:
    """The helplines that readers could not reach, the one told most often first."""
    counted = Helpline.objects.shown().annotate(told=Sum("said_dead__count"), last=Max("said_dead__day"))
    return [
        DeadNumberCount(line, line.told, line.last) for line in counted.filter(told__gt=0).order_by("-told", "order")
    ]


def feedback_on(guide: Guide, answer: str) -> None:
    """A reader said whether the text of ``guide`` helped, or why not; counted for the text that was shown."""
    shown = Revision.objects.of(guide).shown().values_list("number", flat=True).first()  # a public node reads no more
    HelpfulVote.objects.add_one(guide=guide, language=guide.localized.language, revision=shown or 0, answer=answer)


def unhelpful() -> list[UnhelpfulCount]:
    """Texts that were no help to many of their readers, the worst first; a text written anew begins anew."""
    found = [one for one in _by_text().values() if one.no >= MANY and one.no * SHARE >= one.asked]
    return sorted(found, key=lambda one: -one.no)


def _by_text() -> dict[tuple[int, str], UnhelpfulCount]:
    rows = HelpfulVote.objects.values("guide", "language", "revision", "answer").annotate(told=Sum("count"))
    since, guides, texts = _written_anew(), Guide.objects.defer("body", "checklist").in_bulk(), {}
    for row in rows:
        if row["revision"] >= since[row["guide"]]:
            key = row["guide"], row["language"]
            text = texts.setdefault(key, UnhelpfulCount(guides[row["guide"]], row["language"]))
            text.counts[row["answer"]] = text.counts.get(row["answer"], 0) + row["told"]
    return texts


def _written_anew() -> dict[int, int]:
    """For each guide the number of its last revision that was more than a minor edit."""
    written = Revision.objects.shown().filter(content_type=ContentType.objects.get_for_model(Guide), minor=False)
    numbers = written.order_by().values("object_id").annotate(newest=Max("number")).values_list("object_id", "newest")
    return defaultdict(int, numbers)
