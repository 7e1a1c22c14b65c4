"""Dates and times in both languages (``safetycenter.formats``)."""

from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

MOMENT = datetime(2026, 12, 1, 15, 5)  # noqa: DTZ001 - a day and a time to write, in no zone


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [("id", "1 Desember 2026", "1 Desember 2026, 15.05"), ("en", "1 December 2026", "1 December 2026, 15:05")],
)
def test_date_is_written_as_the_language_does(language, day, moment):
    with translation.override(language):
        shown = Template('{{ day|date }} · {{ at|date:"DATETIME_FORMAT" }}').render(
            Context({"day": date(2026, 12, 1), "at": MOMENT})
        )
    assert shown == f"{day} · {moment}"


def test_short_date_cannot_be_read_as_another_day():
    with translation.override("en"):
        assert Template('{{ at|date:"SHORT_DATETIME_FORMAT" }}').render(Context({"at": MOMENT})) == "1 Dec 2026, 15:05"
