"""What the sequences of editors' steps share: words that no other text holds, the clock, and all versions."""

import json
import re
from datetime import datetime, timedelta
from itertools import count
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.db.models import Q
from django.db.models.signals import post_save
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine

from education.admin.anchors import versions_url
from education.models import KnownWord, Revision, Status
from education.search import stems

# What a page that is behind quotes of the newer language: also words that readers had until they were replaced.
QUOTED = re.compile(r"<summary>(?:What changed in the|Apa yang berubah dalam teks) .*?</details>", re.DOTALL)

numbers = count(1)
REAL_NOW = timezone.now
MARKED = re.compile(r"KATA\d+akhir|kata[a-j]+akhir|Kafé[a-j]+Ékor")


def word() -> str:
    """A word that no other text holds: with digits, of letters only (which a search may suggest), or with accents."""
    n = next(numbers)
    letters = "".join("abcdefghij"[int(digit)] for digit in str(n))
    return (f"KATA{n}akhir", f"kata{letters}akhir", f"Kafé{letters}Ékor")[n % 3]


def plain_word() -> str:
    """A word that no other text holds, of letters only: for addresses."""
    return f"kata{''.join('abcdefghij'[int(digit)] for digit in str(next(numbers)))}akhir"


def leave_connection_open() -> None:
    """A request ends by closing connections, which would end the transaction of the test; the client turns that on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)


def sequences(most: int, steps: int = 10, fresh: bool = False) -> settings:
    """So many sequences of so many steps: the same ones in each run, or ``fresh`` ones.

    A fresh one that fails is printed with a line for ``@reproduce_failure`` above the class of the machine. No step has
    a limit of time, and nothing is said of slow or large examples: a step makes pages, which takes as long as the
    machine is busy. A sequence that fails is not made shorter, because each try would take as long as the sequence.
    """
    return settings(
        max_examples=most,
        stateful_step_count=steps,
        deadline=None,
        derandomize=not fresh,
        print_blob=fresh,
        database=None,  # no folder with sequences of other runs
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def went_live(scheduled: Revision, newest: int) -> bool:
    """Whether the approved text is live now; ``newest`` is the key of the newest version before its time came.

    Where the other language goes on waiting, the text is a proposal again, and a new version is what readers got.
    """
    same = Revision.objects.filter(content_type=scheduled.content_type, object_id=scheduled.object_id)
    now_live = Q(pk=scheduled.pk, status=Status.PUBLISHED) | Q(pk__gt=newest, action="publish")
    return same.filter(now_live).exists()


class Editors(RuleBasedStateMachine):
    """A clock that steps may move, and what every version said when a step made it."""

    people: ClassVar[dict] = {}  # by role

    def __init__(self):
        super().__init__()
        while next(numbers) % 3 != 2:
            pass  # a sequence that failed is taken again: its words have the same of the three forms
        self.later = timedelta()
        timezone.now = lambda: REAL_NOW() + self.later
        self.made: dict[int, tuple] = {}
        self.seen: set[str] = set()  # every word that readers saw once
        post_save.connect(self._note, sender=Revision)

    def teardown(self):
        """Restore the clock."""
        timezone.now = REAL_NOW
        post_save.disconnect(self._note, sender=Revision)

    def hours_later(self, hours: int) -> datetime:
        """The time of the clock in so many hours."""
        return timezone.now() + timedelta(hours=hours)

    def _note(self, instance, created, **_signal):
        if created:
            self.made[instance.pk] = _content(instance)

    def require_versions(self, *items):
        """Every version that any step ever made is there with its content, and listed; the numbers have no gap."""
        now = {revision.pk: _content(revision) for revision in Revision.objects.filter(pk__in=self.made)}
        assert now == self.made
        desk = Client()
        desk.force_login(self.people["publisher"])  # again after each step: the clock may have ended the session
        for item in items:
            keys = [key for key, content in self.made.items() if content[:2] == (item._meta.model_name, item.pk)]
            listed = desk.get(versions_url(item)).context["cl"].result_list
            assert {revision.pk for revision in listed} >= set(keys)
            assert sorted(revision.number for revision in listed) == list(range(1, len(listed) + 1))

    def require_unknown(self, hidden: set[str]):
        """The search suggests no word that readers never saw."""
        words = {one for text in hidden - self.seen for one in stems.words(text)}
        assert not KnownWord.objects.filter(word__in=words).exists()


def _content(revision: Revision) -> tuple:
    data = json.dumps(revision.data, sort_keys=True, cls=DjangoJSONEncoder)
    kind = revision.content_type.model
    return (kind, revision.object_id, revision.number, revision.author_id, revision.action, revision.note, data)
