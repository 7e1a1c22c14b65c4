"""Invitations to the staff: the person enrols alone, so nobody else ever knows their password or second factor.

An administrator makes a link for a name and roles that they may give. It is shown once; only its digest is stored. It
makes one account, within 72 hours, for the first who opens it. The roles follow with the second factor of that account:
until then it opens nothing. Each step is in the staff log (``rights_changed``).
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from safetycenter.models import Invitation
from safetycenter.roles import Account, assignable_roles, rights_changed

from . import policy, sessions

KEPT_FOR = timedelta(days=30)  # after its end: somebody may ask what became of it; the staff log stays


def invite(by: User, username: str, first_name: str, roles: Iterable[str]) -> str:
    """Make an invitation. Return the secret part of its link, which is known to nobody afterwards."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        digest=_digest(token),
        username=username,
        first_name=first_name,
        roles=sorted(roles),
        made_by=by,
        ends_at=timezone.now() + timedelta(hours=settings.INVITATION_HOURS),
    )
    _record(by, User(username=username), invitation="made", roles=sorted(roles))
    return token


def find(token: str) -> Invitation | None:
    """Return the open invitation of this link; None if it was used, revoked, is too old or never existed."""
    return _open().filter(digest=_digest(token), account=None).first()


@transaction.atomic
def accept(invitation: Invitation, password: str) -> User | None:
    """Make the account with this password. Return None if somebody was faster, or the name is taken."""
    locked = _open().filter(pk=invitation.pk, account=None).select_for_update(of=("self",)).first()
    if locked is None or User.objects.filter(username__iexact=locked.username).exists():
        return None
    person = User(username=locked.username, first_name=locked.first_name, is_staff=True)
    person.set_password(password)
    person.save()
    locked.account = person
    locked.save(update_fields=["account"])
    _record(person, person, new=True, invitation="accepted")
    if not settings.STAFF_SECOND_FACTOR:
        finish(person)
    return person


def finish_after_second_factor(user: Account, authenticator: Authenticator, **_signal: Any) -> None:
    """Give the roles once the invited person has a second factor; connected to allauth's signal."""
    if authenticator.type in policy.SECOND_FACTORS:
        finish(user)


@transaction.atomic
def finish(person: Account) -> None:
    """Give an invited person the roles that the maker of their invitation may still give; none once it is over.

    The invitation is finished in both cases, so that nobody can revoke the account of somebody who works here.
    """
    mine = unfinished().filter(account_id=person.pk).select_for_update(of=("self",)).first()
    if mine is None:
        return
    is_open = _open().filter(pk=mine.pk).exists()
    given = sorted(set(mine.roles) & assignable_roles(mine.made_by)) if is_open else []
    mine.account.groups.add(*Group.objects.filter(name__in=given))  # type: ignore[union-attr]
    mine.finished_at = timezone.now()
    mine.save(update_fields=["finished_at"])
    _record(mine.made_by, mine.account, given=given, invitation="finished")


@transaction.atomic
def revoke(number: int, by: User) -> bool:
    """End the unfinished invitation ``number``; an account begun with it is switched off and signed out.

    Return False, and change nothing, if it is finished, or its account has got a role meanwhile.
    """
    invitation = unfinished().filter(pk=number).select_for_update(of=("self",)).first()
    if invitation is None or (invitation.account and invitation.account.groups.exists()):
        return False
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    changes: dict[str, Any] = {"invitation": "revoked"}
    if person := invitation.account:
        person.is_active = False
        person.save(update_fields=["is_active"])
        sessions.end_all(person.pk)
        changes["is_active"] = False
    _record(by, invitation.account or User(username=invitation.username), **changes)
    return True


@transaction.atomic
def void_all() -> list[str]:
    """End all unfinished invitations, after a restore: who was invited, or had theirs revoked, since is not known.

    Return the names in them. An account begun with one is switched off, as with ``revoke``.
    """
    waiting = unfinished().select_for_update(of=("self",))
    accounts = User.objects.filter(pk__in=[row.account_id for row in waiting if row.account_id], groups=None)
    accounts.update(is_active=False)
    names = sorted(row.username for row in waiting)
    Invitation.objects.filter(pk__in=[row.pk for row in waiting]).update(revoked_at=timezone.now())
    return names


def unfinished() -> QuerySet[Invitation]:
    """Return the invitations that are neither finished nor revoked, also those whose time is over; the newest first."""
    return Invitation.objects.filter(finished_at=None, revoked_at=None).select_related("made_by").order_by("-made_at")


def is_invited(username: str) -> bool:
    """Return whether a link for this name is open."""
    return _open().filter(username__iexact=username, account=None).exists()


def delete_old() -> int:
    """Delete invitations that ended 30 days ago. Return their number."""
    return Invitation.objects.filter(ends_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _open() -> QuerySet[Invitation]:
    """Return the invitations that still lead on: of people who are on the staff themselves."""
    by_staff = Q(made_by__is_active=True, made_by__is_staff=True)
    waiting = Invitation.objects.filter(finished_at=None, revoked_at=None, ends_at__gt=timezone.now())
    return waiting.filter(by_staff).select_related("made_by", "account")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _record(by: User, person: User | None, **changes: Any) -> None:
    nothing: dict[str, Any] = {"new": False, "given": [], "taken": []}
    rights_changed.send(Invitation, by=by, person=person, changes=nothing | changes)
