"""Each shipped text has the day on which it was changed last."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from tools.check_content.content import Content, Fault, rule

RUN = "run `python -m tools.text_dates`"


@rule
def of_texts(content: Content) -> Iterator[Fault]:
    """Every page of starter content has the day of its present text; none is in the future."""
    from education.starter import text_dates

    known, texts = text_dates.read(content.folder), text_dates.named(content.items)
    for name in sorted({*known, *texts}):
        there = known.get(name)
        if there is None or there["text"] != texts.get(name):
            yield Fault(text_dates.FILE, name, f"does not have the day of this text: {RUN}")
        elif there["changed_on"] > timezone.localdate() + timedelta(days=1):  # time zones
            yield Fault(text_dates.FILE, name, "is a day in the future")
