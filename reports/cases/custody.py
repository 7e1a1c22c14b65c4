"""Move the keys of locked files to one named lead (safety rule K7).

From then on nothing in the case opens the file: neither the staff key nor the reporter's code. No page opens it. The
named lead alone decides about its destruction. If the lead leaves, loses the role or has a conflict of interest, the
key belongs to nobody until an administrator names a successor; the record of the case has each move.
"""

from contextlib import suppress

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.roles import Account, has_role_permission, holds
from safetycenter.transitions import NotAllowed

from ..crypto.vault.box import KeyMissingError, UnreadableError
from ..crypto.vault.keyring import ErasedError
from ..models.case import Case
from ..models.custody import CustodyKey, CustodyLead
from ..models.data_key import DataKey
from ..models.evidence import Evidence
from . import known_files

NO_KEY = {"custody": "no_key"}  # this desk cannot wrap for custody; housekeeping tries again


def current_lead(for_withheld: bool) -> CustodyLead | None:
    """Return who is named now; None if nobody is, or if that person left or has lost the role."""
    lead = CustodyLead.objects.filter(for_withheld=for_withheld, ended_at=None).select_related("person").first()
    needed = "reports.handle_withheld" if for_withheld else "reports.handle_restricted"
    usable = lead and lead.person.is_active and has_role_permission(lead.person, needed)
    return lead if usable else None


def current_leads() -> QuerySet[CustodyLead]:
    """Return who is named now, for both kinds of cases: the same rule as ``current_lead``, for queries."""
    accounts = get_user_model().objects.filter(is_active=True, is_superuser=False)
    of_withheld = Q(for_withheld=True, person__in=accounts.filter(holds("reports.handle_withheld")))
    of_others = Q(for_withheld=False, person__in=accounts.filter(holds("reports.handle_restricted")))
    return CustodyLead.objects.filter(of_withheld | of_others, ended_at=None)


def lead_of(case: Case) -> CustodyLead | None:
    """Return the named lead for this case; None also if that person has a conflict of interest in it."""
    lead = current_lead(case.withheld)
    return None if lead and has_conflict(case, lead) else lead


def has_conflict(case: Case, lead: CustodyLead) -> bool:
    """Return whether the named ``lead`` has left this case, or was excluded from it."""
    return case.recusals.filter(person=lead.person).exists()


def take(case: Case) -> dict:
    """Move the keys of all files of the locked case out of its keys; return facts for the audit log.

    The digest that recognises a file is stored before: afterwards nobody can read what it is made of. A file whose key
    cannot be read is left as it is: nobody can open it anyway. Raises KeyMissingError.
    """
    lead, ring, moved = lead_of(case), case.staff_keyring(), 0
    for item in case.evidence.filter(custody_key=None):
        with suppress(ErasedError, UnreadableError):
            row = CustodyKey(case=case, item=item).wrap(ring.key(item.key_name), lead)
            known_files.keep_digest(item, case, ring)
            row.save(force_insert=True)
            case.data_keys.filter(name=item.key_name).delete()
            moved += 1
    return {"custody": lead.person_id if lead else None, "keys_moved": moved}


def move(case: Case, by: None) -> dict:
    """Give the keys of the case to its present lead, and take those that are still among the keys of the case."""
    lead, moved = lead_of(case), 0
    try:
        for row in case.custody_keys.select_related("lead"):
            if row.lead_id != (lead.pk if lead else None):
                row.wrap(row.open(), lead).save()
                moved += 1
        facts = take(case)
    except KeyMissingError as error:
        raise NotAllowed(_("The key for locked files is missing here.")) from error
    return facts | {"keys_moved": moved + facts["keys_moved"]}


def must_move(case: Case, by: Account) -> str | None:
    """Refuse unless a key of the locked case is with somebody else than its present lead."""
    lead = lead_of(case)
    holders = set(case.custody_keys.values_list("lead", flat=True))
    in_case = case.suspected_material_at and _untaken(case).exists()
    return None if in_case or holders - {lead.pk if lead else None} else _("Every key is where it belongs.")


def _untaken(case: Case) -> QuerySet[Evidence]:
    """Return the files whose keys are still among the keys of the case."""
    names = set(case.data_keys.filter(name__startswith="file:").values_list("name", flat=True))
    return case.evidence.filter(custody_key=None, pk__in=[name.removeprefix("file:") for name in names])


def is_incomplete() -> bool:
    """Return whether a locked case still has the key of a file among its own keys."""
    own = DataKey.objects.filter(case=OuterRef("pk"), name__startswith="file:")
    return Case.objects.filter(Exists(own), suspected_material_at__isnull=False).exists()


def to_move() -> QuerySet[Case]:
    """Return the locked cases of which a key may be with somebody else than their lead. ``must_move`` knows."""
    key = CustodyKey.objects.filter(case=OuterRef("pk"))
    others = [Q(Exists(key.exclude(lead=current_lead(withheld))), withheld=withheld) for withheld in (False, True)]
    untaken = Q(Exists(Evidence.objects.filter(case=OuterRef("pk"), custody_key=None)))
    return Case.objects.filter(others[0] | others[1] | untaken, suspected_material_at__isnull=False)


def name(person: Account, by: Account, for_withheld: bool) -> CustodyLead:
    """Name ``person`` from now on, and end the naming of the predecessor. Call it in a transaction."""
    now = timezone.now()
    CustodyLead.objects.filter(for_withheld=for_withheld, ended_at=None).update(ended_at=now)
    lead = CustodyLead(for_withheld=for_withheld, named_at=now)
    lead.person_id, lead.named_by_id = person.pk, by.pk  # type: ignore[assignment]
    lead.save()
    return lead
