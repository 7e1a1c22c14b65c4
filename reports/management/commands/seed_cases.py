"""``manage.py seed_cases 1000``: made-up cases for trying the queue. Only with DEBUG."""

import json
import random
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from reports import audit, priority, receipts
from reports.deadlines import queue_key
from reports.hours import Roster
from reports.models import Case, Category, DataKey
from reports.questions import QUESTIONS, sequence
from reports.vault import keys
from reports.vault.keyring import NARRATIVE, Keyring

BATCH = 1000
STORIES = (
    "Contoh: mereka mengejek aku di grup kelas sejak minggu lalu.",
    "Contoh: ada akun yang memakai nama dan fotoku.",
    "Example: someone asked me to send money for a prize.",
)


class Command(BaseCommand):
    """Cases with random answers to the real questions, sealed for the desk. Nobody has their code."""

    help = "Make up cases for trying the queue. Only with DEBUG, because they are not reports."

    def add_arguments(self, parser):
        """How many, and the seed of the dice."""
        parser.add_argument("count", type=int)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args, count, seed, **options):
        """Make them in batches."""
        if not settings.DEBUG:
            raise CommandError("Made-up cases belong on a demo site. Set DEBUG=1.")
        dice, roster = random.Random(seed), Roster.now()  # noqa: S311 (dice for a demo, not for keys)
        categories = {category.pk: category for category in Category.objects.all()}
        if not categories:
            raise CommandError("Run load_categories first.")
        for start in range(0, count, BATCH):
            self._batch(dice, roster, categories, min(BATCH, count - start))
        self.stdout.write(f"{count} made-up cases")

    @transaction.atomic
    def _batch(self, dice, roster, categories, size):
        made = [_case(dice, roster, categories) for _number in range(size)]
        Case.objects.bulk_create([case for case, _ring in made])
        DataKey.objects.bulk_create(
            [DataKey(case=case, name=name, wrapped=key) for case, ring in made for name, key in ring.wrapped.items()]
        )
        for case, _ring in made:
            audit.record(case, "submitted", side=audit.SYSTEM, made_up=True)


def _case(dice: random.Random, roster: Roster, categories: dict) -> tuple[Case, Keyring]:
    ring, answers = Keyring.fresh(), _answers(dice, list(categories))
    now = timezone.now() - timedelta(minutes=dice.randrange(60 * 48))
    tier, score = priority.tier(answers), priority.score(answers)
    restricted, due_at = priority.is_restricted(answers), roster.promise(priority.tier(answers), now)
    audience = keys.CHILD_SAFETY if restricted else keys.DESK
    return Case(
        id=ring.case_id,
        reference=receipts.issue().reference,
        category=categories[answers["category"]],
        strictest_category=answers["category"],
        platform=answers.get("platform", ""),
        language=dice.choice(["id", "id", "id", "en"]),
        age_band=priority.age_band(answers),
        tier=tier,
        score=score,
        reasons=priority.reasons(answers),
        restricted=restricted,
        received_at=now,
        due_at=due_at,
        next_action_at=due_at,
        urgency_at=queue_key(tier, due_at, score),
        overdue=due_at < timezone.now(),
        no_return=True,
        answers=ring.seal(NARRATIVE, "case", "answers", json.dumps(answers).encode()),
        staff_audience=audience,
        key_for_staff=keys.wrap_for(audience, ring.case_key),
        secret_operations=receipts.OPERATIONS,
        secret_memory=receipts.MEMORY,
    ), ring


def _answers(dice: random.Random, categories: list[str]) -> dict:
    answers = {"safety": dice.choices(["safe", "unsure", "danger"], [30, 5, 1])[0]}
    answers["category"] = dice.choice(categories)
    answers["words"] = dice.choice(STORIES)
    for question in list(sequence(answers)):
        if question.kind == "one" and question.choices and dice.random() < 0.7:
            answers[question.key] = dice.choice(question.choices).key
    return {key: value for key, value in answers.items() if key in QUESTIONS or key == "safety"}
