"""Brings a case to where a rare action is possible, by what reporters and staff do."""

from reports.cases import audit, custody
from reports.cases.lifecycle import perform
from reports.cases.police_guards import TAKEN
from reports.models import Case, Team
from reports.scheduled_tasks import index_identifiers
from tests.reports.actions import HANDED
from tests.reports.triage.linked import GROOMING, SCAM

LOST_MONEY = {"about": "me", "category": "scam", "age": "adult", "money_sent": "no", "words": "Uangku hilang."}
WHY = {"reason": "Alasan yang jelas."}


class Stage:
    """Each method returns the case on which the action of its name is possible, and a person who may take it."""

    def __init__(self, report, person) -> None:
        self.report, self.person = report, person

    def _held(self, answers=SCAM, with_picture=False) -> tuple[Case, object]:
        moderator = self.person("moderator")
        case = self.report(answers, with_picture=with_picture)
        return perform(case, "claim", by=moderator), moderator

    def held(self):
        return self._held()

    recuse = restrict = resolve_without_message = lock = release = exclude = reply = note_misuse = held

    def route(self):
        Team.objects.create(key="barat", name="Barat")
        return self._held()

    def unlink(self):
        case, moderator = self._held()
        return perform(case, "link", by=moderator, reference=self.report(SCAM).reference), moderator

    def confirm_link(self):
        return self.unlink()[0], self.person("supervisor")

    def hold(self):
        return self._held(LOST_MONEY)[0], self.person("supervisor")

    def lift_hold(self):
        case, supervisor = self.hold()
        return perform(case, "hold", by=supervisor, **WHY), self.person("supervisor", "second-lead")

    def unfreeze(self):
        case, moderator = self._held()
        return perform(case, "freeze"), moderator

    def approve_erasure(self):
        case = self.report(SCAM | {"age": "16_17"})
        return perform(case, "withdraw", coerced="no"), self.person("child-safety")

    def decline(self):
        case, moderator = self._held()
        colleague = self.person("moderator", "colleague")
        return perform(case, "offer", by=moderator, to=colleague), colleague

    def confirm_child(self):
        return self.report(GROOMING), self.person("child-safety")

    ask_lift = confirm_child

    def lift_restriction(self):
        case, first = self.confirm_child()
        index_identifiers()  # the restriction ends only after the accounts of the case are indexed
        case.refresh_from_db()
        return perform(case, "ask_lift", by=first, **WHY), self.person("child-safety", "second")

    def confirm_misuse(self):
        case, moderator = self._held()
        return perform(case, "note_misuse", by=moderator, **WHY), self.person("supervisor")

    take_back_misuse = confirm_misuse

    def allow_files(self):
        self.report(GROOMING)
        case = self.report(SCAM, with_picture=True)
        index_identifiers()
        child_safety = self.person("child-safety")
        return perform(case, "claim", by=child_safety), child_safety

    def destroy_files(self):
        lead = self.person("child-safety", "lead")
        custody.name(lead, self.person("administrator"), for_withheld=False)
        case, moderator = self._held(with_picture=True)
        return perform(case, "lock", by=moderator, **WHY), lead

    ask_take_out = destroy_files

    def agree_take_out(self):
        case, lead = self.destroy_files()
        return perform(case, "ask_take_out", by=lead, **WHY), self.person("child-safety", "second")

    refuse_take_out = agree_take_out

    def revoke_take_out(self):
        case, second = self.agree_take_out()
        return perform(case, "agree_take_out", by=second, **WHY), second

    def hand_to_police(self):
        case, _second = self.revoke_take_out()
        lead = case.police_hand_overs.get().asked_by
        audit.record(case, TAKEN, lead)
        return case, lead

    def correct_hand_over(self):
        case, lead = self.hand_to_police()
        return perform(case, "hand_to_police", by=lead, **HANDED), lead
