"""The cases that the bench files before it copies them, the staff, and rows for the pages beside the queue."""

import sys
from datetime import time, timedelta
from itertools import islice

ROLES = ("triage", "moderator", "child-safety", "supervisor", "outside-lead", "auditor", "administrator")
COLLEAGUES = {False: ("moderator", 20), True: ("child-safety", 10)}  # the same number at every site
FILED = 1000
RARE = 30  # cases in each state that an ordinary week brings too seldom for a page of the queue


def file_cases(count: int) -> dict:
    """File up to FILED cases as ``make demo-cases`` does. Return a user of each role, whom the bench signs in."""
    people = {role: _person(f"bench-{role}", role) for role in ROLES}
    for role, number in COLLEAGUES.values():
        for place in range(number):
            _person(f"{role}-{place}", role)
    _as_a_demo("seed_cases", min(count, FILED))
    _as_a_demo("demo_agency")
    _make_rare()
    _add_rows(people)
    return people


def colleagues() -> dict[bool, list[int]]:
    """Return the ids of the staff who work on ordinary (False) and on restricted cases (True)."""
    from django.contrib.auth.models import User

    people = User.objects.exclude(username__startswith="bench-")
    return {
        kind: list(people.filter(groups__name=role).values_list("pk", flat=True))
        for kind, (role, _number) in COLLEAGUES.items()
    }


def _person(name: str, role: str):
    """Return a new member of staff with this role and a second factor."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import Group, User

    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


def _as_a_demo(command: str, *arguments: int) -> None:
    """Run a command that is refused outside a demo."""
    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = True
    call_command(command, *arguments, stdout=sys.stderr)
    settings.DEBUG = False


def _make_rare() -> None:
    """Turn waiting cases into quarantined, withheld, often returned, withdrawn, referred late and restored ones."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from reports.cases.lifecycle import perform
    from reports.models import Case
    from reports.models.state import State

    now = timezone.now()
    waiting = iter(
        Case.objects.filter(state=State.RECEIVED, restricted=False).order_by("pk").values_list("pk", flat=True)
    )
    changes: list[dict] = [
        {"state": State.QUARANTINED},
        {"withheld": True},
        {"times_returned": 2},
        {"state": State.WITHDRAWN, "withdraw_at": now + timedelta(days=9), "erasure_needs_lead": True},
        {"misuse_noted_by": User.objects.get(username="moderator-0")},
        {"refer_due_at": now - timedelta(hours=1), "refer_alarmed_at": now},
    ]
    for change in changes:
        if few := list(islice(waiting, min(RARE, Case.objects.count() // 50))):
            Case.objects.filter(pk__in=few).update(**change)
    for pk in islice(waiting, RARE):
        perform(Case.objects.get(pk=pk), "after_restore", decided=["hold"], people=set(), lines=[])


def _add_rows(people: dict) -> None:
    """Add hours, requests about data, second looks, demands and views, so that their pages have rows."""
    from django.utils import timezone

    from reports.models import Case, DataRequest, Demand, OwnView, SecondLook, StaffedHours, Team
    from reports.models.state import State

    now = timezone.now()
    StaffedHours.objects.bulk_create(StaffedHours(weekday=day, opens=time(0), closes=time(23, 59)) for day in range(7))
    queued, closed = Case.objects.queued(), Case.objects.filter(state=State.CLOSED)[:RARE]
    open_cases = [*queued.filter(withheld=False)[:RARE], *queued.filter(withheld=True)[: RARE // 3]]  # of every role
    DataRequest.objects.bulk_create(
        DataRequest(case=case, kind="access", due_at=DataRequest.due(now)) for case in open_cases
    )
    SecondLook.objects.bulk_create(SecondLook(case=case) for case in closed)
    clerk = {"received_on": now.date(), "kind": Demand.Kind.POLICE, "entered_by": people["supervisor"]}
    Demand.objects.bulk_create(Demand(authority=f"Contoh {number}", **clerk) for number in range(RARE))
    OwnView.objects.bulk_create(
        OwnView(person=person, name="P0", query="show=all&tier=0") for person in people.values()
    )
    Team.objects.create(key="contoh", name="Contoh").members.set(people.values())
