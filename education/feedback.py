"""Count readers' feedback and summarize it for editors."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Sum

from education.models import DeadNumberReport, Guide, HelpfulVote, Helpline, Revision

Answer = HelpfulVote.Answer
MANY = 5  # minimum number of readers whom a text did not help, before editors see it …
SHARE = 3  # … and at least one reader in this many


@dataclass
class DeadNumberCount:
    """A helpline that readers could not reach."""

    line: Helpline
    count: int
    last: date


@dataclass
class UnhelpfulCount:
    """Feedback on the present text of a guide in one language, counted by answer."""

    guide: Guide
    language: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def no(self) -> int:
        """Return how many readers the text did not help."""
        return self.counts.get(Answer.NO, 0)

    @property
    def asked(self) -> int:
        """Return how many readers answered."""
        return self.no + self.counts.get(Answer.YES, 0)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Return the reasons why it did not help, as pairs of label and count, the most frequent first."""
        given = [(reason.label, self.counts[reason]) for reason in HelpfulVote.REASONS if reason in self.counts]
        return sorted(given, key=lambda pair: -pair[1])


def number_is_dead(line: Helpline) -> None:
    """Count a reader's report that ``line`` cannot be reached."""
    DeadNumberReport.objects.add_one(helpline=line)


def number_works(line: Helpline) -> None:
    """Record that a staff member reached ``line``: delete earlier reports."""
    DeadNumberReport.objects.filter(helpline=line).delete()


def dead_numbers() -> list[DeadNumberCount]:
    """Return the helplines that readers could not reach, the most often reported first."""
    counted = Helpline.objects.shown().annotate(told=Sum("said_dead__count"), last=Max("said_dead__day"))
    return [
        DeadNumberCount(line, line.told, line.last) for line in counted.filter(told__gt=0).order_by("-told", "order")
    ]


def feedback_on(guide: Guide, answer: str) -> None:
    """Count an answer about ``guide``, for the version of the text that was shown."""
    shown = Revision.objects.of(guide).shown().values_list("number", flat=True).first()  # a public node reads no more
    HelpfulVote.objects.add_one(guide=guide, language=guide.localized.language, revision=shown or 0, answer=answer)


def unhelpful() -> list[UnhelpfulCount]:
    """Return the texts that did not help many readers, the worst first. A rewritten text starts again from zero."""
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
    """Return for each guide the number of its last revision that was more than a minor edit."""
    written = Revision.objects.shown().filter(content_type=ContentType.objects.get_for_model(Guide), minor=False)
    numbers = written.order_by().values("object_id").annotate(newest=Max("number")).values_list("object_id", "newest")
    return defaultdict(int, numbers)
