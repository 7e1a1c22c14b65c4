"""Housekeeping tasks for cases: end leases, mark overdue cases, end waiting, renew keys, close, index."""

import logging
from contextlib import suppress
from datetime import timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from .cases import bursts, closing, custody, duty_alarm, lifecycle, referral_guards
from .crypto import blind_index, sealed_session
from .crypto.vault import keys, signing
from .crypto.vault.box import UnreadableError
from .deadlines import OVERDUE_OFFSET
from .evidence import file_gate, installation, store
from .models.blind_index import IdentifierDigest
from .models.case import Case, State
from .models.data_key import DataKey
from .models.data_request import DataRequest
from .models.evidence import Evidence
from .models.referral import Referral
from .models.sent_file import KEPT_FOR, SentFile
from .models.state import REFERABLE_STATES, Outcome
from .routing import region, rules
from .staffing import availability
from .staffing.hours import Roster

log = logging.getLogger(__name__)
BATCH_SIZE = 500  # cases that one task changes per run; refused ones are not counted
INDEX_BATCH_SIZE = 200  # cases per batch
MAX_INDEX_TIME = timedelta(seconds=10)  # of the minute between two housekeeping runs


class CasesFailedError(Exception):
    """Raised at the end of a task that could not process some cases because of an unforeseen error.

    Housekeeping then counts the task as failed, so that ``/readyz`` and the desk report a persistent error.
    """


def end_leases() -> int:
    """Return cases with an expired lease to the queue. Return their number."""
    over = Case.objects.filter(state=State.IN_PROGRESS, lease_until__lt=timezone.now())
    return _perform_all(over, "lease_ended")


def mark_overdue() -> int:
    """Put cases whose deadline has passed first in their tier, whatever they wait for. Return their number."""
    now = timezone.now()
    late = Case.objects.past_due(now).filter(overdue=False)
    # The reporter reads the new deadline of the review; it is set once and does not move.
    unseen = late.filter(seen_at=None, promised_again_at=None)
    unseen.update(promised_again_at=Roster.now().promise(0, now))
    return bursts.mark_placed_overdue(late) + late.update(overdue=True, queue_key_at=F("queue_key_at") - OVERDUE_OFFSET)


def erase_sent_files() -> int:
    """Erase files that staff sent 30 days ago, with their keys; not under a legal hold. Return their number."""
    over = SentFile.objects.filter(sent_at__lte=timezone.now() - KEPT_FOR, case__hold=False).defer("sealed")
    with transaction.atomic():
        files = list(over[:BATCH_SIZE])
        DataKey.objects.filter(case__in=[file.case_id for file in files], name__in=[f.key_name for f in files]).delete()
        SentFile.objects.filter(pk__in=[file.pk for file in files]).delete()
    return len(files)


def return_waiting_cases() -> int:
    """Return cases whose question was not answered in time to the queue. Return their number."""
    silent = Case.objects.past_due(timezone.now()).filter(state=State.WAITING_REPORTER)
    return _perform_all(silent, "no_answer")


def renew_keys() -> int:
    """At a desk: give new keys to cases that their reporter's later words have restricted. Return their number."""
    if keys.DESK not in keys.audiences_opened_here():
        return 0
    restricted = Case.objects.filter(restricted_by_words=True).exclude(state=State.PURGED)
    return _perform_all(restricted, "renew_keys")


def close_resolved() -> int:
    """At a desk: close resolved cases whose period has ended. Return their number.

    Desks only, because a closing signed by another node is no reason to erase.
    """
    if not signing.can_check():
        return 0
    return _perform_all(Case.objects.filter(closing.ready_to_close(timezone.now())), "closed_by_time")


def escalate_left_open() -> int:
    """Hand resolved cases that only a person may close, and nobody closed, to their lead. Return their number."""
    return _perform_all(Case.objects.filter(closing.left_open(timezone.now())), "left_open")


def alarm_late_referrals() -> int:
    """Record once that the time to refer of a case ended, or that an agency did not acknowledge in time (K1).

    The lead sees it on the first page of the desk; on-call staff are paged once. Return the number of alarms.
    """
    now = timezone.now()
    undecided = Q(refer_decided_at=None, refer_alarmed_at=None, state__in=REFERABLE_STATES)
    late = Case.objects.filter(undecided, refer_due_at__lt=now).not_paused()
    silent = Referral.objects.filter(referral_guards.unacknowledged()).values("case")
    unacknowledged = Case.objects.filter(pk__in=silent)
    return _perform_all(late, "late_to_refer") + _perform_all(unacknowledged, "referral_unacknowledged")


def move_custody() -> int:
    """Give the keys of locked files to the lead who is named for them now. Return the number of changed cases (K7)."""
    return _perform_all(custody.to_move(), "move_custody")


def alarm_late_data_requests() -> int:
    """Record once that a request about data was not answered in 3×24 hours; on-call staff are paged once."""
    late = DataRequest.objects.filter(answered_at=None, alarmed_at=None, due_at__lt=timezone.now())
    return _perform_all(Case.objects.filter(pk__in=late.values("case")), "data_request_late")


def alarm_nobody_available() -> int:
    """Have a lead paged about urgent cases that nobody on duty can take (safety rule H24). Return their number."""
    return _perform_all(availability.unattended(), availability.ALARM)


def alarm_unmet_duties() -> int:
    """Have leads paged once about late duties that nobody on duty may meet. Return the number of cases."""
    return _perform_all(duty_alarm.to_alarm(), duty_alarm.ALARM)


def index_identifiers() -> int:
    """At a desk: enter cases into the blind indexes, the newest first. Return the number of entered cases.

    New reports never wait behind many old ones. Cases whose key is not at this desk are left for the desk that has it.
    One call works for about MAX_INDEX_TIME. Raises CasesFailedError at the end if a case could not be entered.
    """
    ends_at, done, before = monotonic() + MAX_INDEX_TIME.total_seconds(), [], timezone.now() + timedelta(days=1)
    newest = _unindexed().values_list("pk", "received_at")
    while monotonic() < ends_at and (batch := list(newest.filter(received_at__lt=before)[:INDEX_BATCH_SIZE])):
        done += [index_case(pk) for pk, _received_at in batch]
        before = batch[-1][1]
    return _count(done)


def index_before_opening(case: Case) -> None:
    """Enter the case of a file, and strict cases that housekeeping has not entered yet, into the gate index.

    Otherwise a report that has just arrived, or waits because housekeeping does not run, would close no file.
    """
    unmarked = [] if case.indexed else [case.pk]
    for pk in [*unmarked, *_unindexed().filter(file_gate.IS_STRICT).values_list("pk", flat=True)[:INDEX_BATCH_SIZE]]:
        index_case(pk)


def _unindexed() -> QuerySet:
    """Return the cases of this desk that are in no blind index, the newest first."""
    waiting = Case.objects.filter(indexed=False, staff_audience__in=keys.audiences_opened_here()).exclude(
        state=State.PURGED
    )
    return waiting.order_by("-received_at")


def index_case(case_id: UUID) -> bool | None:
    """Enter one case into both blind indexes. Return whether it was entered now; None after an unforeseen error.

    False means that it was entered before, or that its key is missing here.
    """
    try:
        return _index(case_id)
    except keys.KeyMissingError:
        return False
    except Exception as error:  # one report must not keep all older ones out of the indexes
        log.error("the identifiers of a case could not be indexed", extra={"facts": {"error": type(error).__name__}})
        return None


def _index(case_id: UUID) -> bool:
    with transaction.atomic():
        case = Case.objects.for_update().exclude(state=State.PURGED).filter(pk=case_id, indexed=False).first()
        if case is None:
            return False
        answers, key = file_gate.answers_to_index(case), keys.blind_index_key(case.restricted)
        text = answers.get("account_or_link", "")
        found = blind_index.identifiers_in(text)
        case.identifier_digests.all().delete()  # under another key if the case has been restricted meanwhile
        rows = [
            IdentifierDigest(case=case, kind=kind, digest=blind_index.digest(key, kind, value)) for kind, value in found
        ]
        if case.outcome != Outcome.NO_RULE:  # then nobody finds it by what it names (H23)
            IdentifierDigest.objects.bulk_create(rows, ignore_conflicts=True)
        file_gate.index(case, text)
        case.region = region.told(case, answers)
        Case.objects.filter(pk=case_id).update(indexed=True, region=case.region)
        if rules.gets_another_team(case):
            with suppress(lifecycle.NotAllowed):  # nobody works on it any more
                lifecycle.perform_locked(case, "route_by_region")
        return True


def delete_expired_drafts() -> int:
    """Delete expired drafts and visits, and the files in them. Return the number of deleted rows."""
    ids = set(Evidence.objects.filter(session__expires_at__lte=timezone.now()).values_list("pk", flat=True))
    count = sealed_session.delete_expired()
    # A draft used again in the meantime keeps its files.
    for file_id in ids - installation.known(ids):
        store.delete(file_id)
    return count


def _perform_all(cases: QuerySet[Case], action: str) -> int:
    """Perform ``action`` on up to BATCH_SIZE cases; refused cases do not block the others. Return their number.

    Raises CasesFailedError at the end if an unforeseen error occurred in a case.
    """
    done: list[bool | None] = []
    rows = cases.order_by("pk")
    batch = list(rows[:BATCH_SIZE])
    while batch and done.count(True) < BATCH_SIZE:
        done += [_perform(case, action) for case in batch]
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:BATCH_SIZE])
    return _count(done)


def _count(done: list[bool | None]) -> int:
    """Return how many cases were changed. Raises CasesFailedError if there was an unforeseen error (None)."""
    if failed := done.count(None):
        raise CasesFailedError(f"{failed} cases failed, {done.count(True)} were changed")
    return done.count(True)


def _perform(case: Case, action: str) -> bool | None:
    """Perform ``action``. Return whether it was performed; None after an unforeseen error."""
    try:
        lifecycle.perform(case, action)
    except (lifecycle.NotAllowed, UnreadableError):
        return False  # somebody acted in the meantime, or the case is damaged
    except Exception as error:  # an error in one case must not stop the others
        log.error(
            "a scheduled action on a case failed", extra={"facts": {"action": action, "error": type(error).__name__}}
        )
        return None
    return True
