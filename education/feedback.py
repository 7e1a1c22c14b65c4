"""Count readers' feedback and summarize it for editors."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Sum

from education.models import DeadNumberReport, Guide, HelpfulVote, Helpline, Revision

Answer = HelpfulVote.Answer
MIN_ANSWERS = 5  # minimum number of readers whom a text did not help, before editors see it …
MIN_UNHELPFUL_SHARE = 3  # … and at least one reader in this many


@dataclass
class DeadNumberCount:
    """A helpline that readers could not reach."""

    helpline: Helpline
    count: int
    last: date


@dataclass
class UnhelpfulCount:
    """Feedback on the present text of a guide in one language, counted by answer."""

    guide: Guide
    language: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def unhelpful_total(self) -> int:
        """Return how many readers the text did not help."""
        return self.counts.get(Answer.NO, 0)

    @property
    def answer_total(self) -> int:
        """Return how many readers answered."""
        return self.unhelpful_total + self.counts.get(Answer.YES, 0)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Return the reasons why it did not help, as pairs of label and count, the most frequent first."""
        given = [(reason.label, self.counts[reason]) for reason in HelpfulVote.REASONS if reason in self.counts]
        return sorted(given, key=lambda pair: -pair[1])


def report_dead_number(line: Helpline) -> None:
    """Count a reader's report that ``line`` cannot be reached."""
    DeadNumberReport.objects.count_today(helpline=line)


def clear_dead_number_reports(line: Helpline) -> None:
    """Record that a staff member reached ``line``: delete earlier reports."""
    DeadNumberReport.objects.filter(helpline=line).delete()


def dead_numbers() -> list[DeadNumberCount]:
    """Return the helplines that readers could not reach, the most often reported first."""
    counted = Helpline.objects.visible().annotate(
        total=Sum("dead_number_reports__count"), last=Max("dead_number_reports__day")
    )
    return [
        DeadNumberCount(line, line.total, line.last) for line in counted.filter(total__gt=0).order_by("-total", "order")
    ]


def count_vote(guide: Guide, answer: str) -> None:
    """Count an answer about ``guide``, for the version of the text that was shown."""
    shown = (
        Revision.objects.for_item(guide).published_texts().values_list("number", flat=True).first()
    )  # a public node reads no more
    HelpfulVote.objects.count_today(guide=guide, language=guide.localized.language, revision=shown or 0, answer=answer)


def unhelpful_texts() -> list[UnhelpfulCount]:
    """Return the texts that did not help many readers, the worst first. A rewritten text starts again from zero."""
    found = [
        one
        for one in _by_text().values()
        if one.unhelpful_total >= MIN_ANSWERS and one.unhelpful_total * MIN_UNHELPFUL_SHARE >= one.answer_total
    ]
    return sorted(found, key=lambda one: -one.unhelpful_total)


def _by_text() -> dict[tuple[int, str], UnhelpfulCount]:
    """Return the feedback on each text. Takes one query while there is none, else three."""
    found = HelpfulVote.objects.values("guide", "language", "revision", "answer").annotate(total=Sum("count"))
    texts: dict[tuple[int, str], UnhelpfulCount] = {}
    if not (rows := list(found)):
        return texts
    since, guides = _last_major_revisions(), Guide.objects.defer("body", "checklist").in_bulk()
    for row in rows:
        if row["revision"] >= since[row["guide"]]:
            key = row["guide"], row["language"]
            text = texts.setdefault(key, UnhelpfulCount(guides[row["guide"]], row["language"]))
            text.counts[row["answer"]] = text.counts.get(row["answer"], 0) + row["total"]
    return texts


def _last_major_revisions() -> dict[int, int]:
    """Return for each guide the number of its last revision that was more than a minor edit."""
    written = Revision.objects.published_texts().filter(
        content_type=ContentType.objects.get_for_model(Guide), minor=False
    )
    numbers = written.order_by().values("object_id").annotate(newest=Max("number")).values_list("object_id", "newest")
    return defaultdict(int, numbers)
