"""After any sequence of editors' actions readers see published words only."""

from datetime import timedelta
from itertools import count
from typing import ClassVar

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from education import urls_for
from education.models import Guide, Revision, Status
from education.models.bilingual import LANGUAGES
from education.publishing import publication, workflow
from safetycenter.transitions import NotAllowed

from . import factory

numbers = count(1)
REAL_NOW = timezone.now


def word() -> str:
    """A word that no other text holds."""
    return f"Kata{next(numbers)}akhir"


class Newsroom(RuleBasedStateMachine):
    """One guide, three people and a clock; ``shown`` is what readers may see in each language."""

    people: ClassVar[dict] = {}

    def __init__(self):
        super().__init__()
        self.later = timedelta()
        timezone.now = lambda: REAL_NOW() + self.later
        self.shown = {"id": word(), "en": word()}
        self.guide = factory.guide(title_ind=self.shown["id"], title_en=self.shown["en"])
        self.away = False
        self.hidden: set[str] = set()

    def teardown(self):
        """Restore the clock."""
        timezone.now = REAL_NOW

    def do(self, name: str, who: str, **options) -> bool:
        """Return whether the step was allowed; every confirmation is given."""
        guide = self.row()
        agreed = {one.name for one in self.found(guide, options["languages"])} if options else set()
        try:
            workflow.perform(guide, name, self.people[who], note="So.", confirmed=agreed, **options)
        except NotAllowed:
            return False
        return True

    def found(self, guide, languages):
        """What the publish checks find."""
        return workflow.checks.findings(workflow.candidate_for(guide, languages))

    def row(self) -> Guide:
        """The guide as the database has it."""
        return Guide.objects.get(pk=self.guide.pk)

    @rule(
        changed=st.sampled_from([["id"], ["en"], ["id", "en"]]),
        hours=st.sampled_from([0, 0, 5]),
        languages=st.sampled_from([None, LANGUAGES, ["id"], ["en"]]),
    )
    def write(self, changed, hours, languages):
        """Somebody saves a text of a live page, with or without a time, and a publisher decides on it, or not yet."""
        if self.away:
            return
        words = {f"title_{'ind' if code == 'id' else 'en'}": word() for code in changed}
        self.hidden |= set(words.values())
        moment = timezone.now() + timedelta(hours=hours) if hours else None
        text = workflow.pending_or_live(self.row()) | words | {"publish_at": moment}
        workflow.save_proposal(self.row(), self.people["editor"], text)
        if languages and hours:
            self.do("schedule", "publisher", languages=languages)
        elif languages:
            self.publish("publisher", languages)

    @rule(who=st.sampled_from(["editor", "publisher"]), languages=st.sampled_from([LANGUAGES, ["id"], ["en"]]))
    def publish(self, who, languages):
        """Somebody tries to publish both languages, or one."""
        said = workflow.pending_or_live(self.row())
        if self.do("publish", who, languages=languages):
            assert who == "publisher"
            self.away = False
            self.show(said, languages)

    @rule(hours=st.sampled_from([1, 6]))
    def time_passes(self, hours):
        """The clock moves on, and what is due is published."""
        self.later += timedelta(hours=hours)
        scheduled = Revision.objects.for_item(self.guide).filter(status=Status.SCHEDULED)
        due = scheduled.filter(goes_live_at__lte=timezone.now()).first()
        publication.publish_due()
        if due:
            self.show(due.data, [due.language] if due.language else LANGUAGES)

    @rule(
        name=st.sampled_from(["withdraw", "return", "confirm_unpublish"]), who=st.sampled_from(["editor", "publisher"])
    )
    def step(self, name, who):
        """A step after which readers see the same."""
        self.do(name, who)

    @rule()
    def away_and_back(self):
        """An editor takes it down, or a publisher puts it back."""
        if self.do(*(("restore", "publisher") if self.away else ("archive", "editor"))):
            self.away = not self.away

    def show(self, said: dict, languages):
        """Readers may now see ``said`` in ``languages``."""
        for code in languages:
            self.shown[code] = said[f"title_{'ind' if code == 'id' else 'en'}"]

    @invariant()
    def readers_see_published_words_only(self):
        """Each page shows its published title, and nothing that was not published."""
        for code in ("id", "en"):
            answer = Client().get(urls_for.url_of(self.row(), code))
            assert answer.status_code == (404 if self.away else 200)
            assert self.away or self.shown[code] in answer.text
            unpublished = self.hidden - set(self.shown.values())
            assert not [hidden for hidden in unpublished if hidden in answer.text]


@pytest.mark.django_db
@pytest.mark.parametrize("sequences", [3, pytest.param(15, marks=pytest.mark.slow)])
def test_unpublished_words_are_never_visible(person, sequences):
    Newsroom.people = {"editor": person("editor"), "publisher": person("publisher")}
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=10,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
