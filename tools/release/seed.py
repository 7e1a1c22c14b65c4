"""Make at least one row in every table of a new site, through the product wherever it has a way.

Everything is made up. The codes and the cookie that open cases and the draft are returned, so that a test can use them
after an upgrade. A new table needs a line here; without it ``tools.release write`` names the table.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from unittest.mock import patch

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from education.library import alts
from education.links import checking, network
from education.models import Guide, Helpline, Picture, Topic
from education.publishing import live_errors
from education.publishing.unsaved import Typed, UnsavedTexts
from reports.audit import insider
from reports.cases import custody, second_look, sending, wind_down
from reports.cases.lifecycle import perform
from reports.cases.verification import alarms, register, removal
from reports.crypto import receipts
from reports.intake.draft import Draft
from reports.intake.submit import submit
from reports.models import (
    Agency,
    Breach,
    Case,
    Category,
    Demand,
    FigureCorrection,
    InsiderAlarm,
    OnCallChannel,
    QuarterFigures,
    RecordAlarm,
    ReminderSender,
    SecondLook,
    Team,
)
from reports.models.sent_file import Prepared
from reports.routing.forms import digest
from reports.routing.rules import Rule, Rules
from reports.staffing import floods
from reports.statistics import quarter
from safetycenter import limits, memory
from safetycenter.accounts import invitations

OURS = {"Sec-Fetch-Site": "same-origin"}  # headers of a form of this site
BULLIED = {
    "safety": "safe",
    "about": "me",
    "category": "cyberbullying",
    "age": "adult",
    "platform": "instagram",
    "words": "Contoh: mereka mengejek aku tiap hari.",
    "account_or_link": "@contoh.akun",
}
GROOMED = BULLIED | {"category": "grooming", "age": "13_15", "words": "Contoh: dia minta foto."}
IN_DANGER = BULLIED | {"safety": "danger", "words": "Contoh: dia di depan pintu."}


def everything() -> dict:
    """Fill the database of this process; return the secrets that open what is in it."""
    call_command("set_up", stdout=io.StringIO())
    staff = {user.username: user for user in User.objects.all()}
    with translation.override("id"):
        readers()
        pictures(staff["editor"])
        external_links()
        live_errors.check_due()
        unsaved(staff["editor"])
        accounts(staff)
        teams(staff)
        query = {"name": "Contoh", "query": "show=waiting&tier=1"}
        signed_in(staff["moderator"]).post(reverse("admin:reports_own_view_save"), query)
        ended_cases()
        secrets = open_cases(staff)
        secrets["draft"] = draft()
        reminders(secrets["ordinary"]["code"])
        housekeeping()
        send(IN_DANGER)  # after housekeeping, which would send its notice
    care(staff["moderator"])
    settle_alarm(staff["auditor"])
    watched(staff)
    breach(staff["supervisor"])
    demand(staff["supervisor"])
    figures(staff["supervisor"])
    flood()
    register.countersign()
    wind_down.close(timezone.localdate() + timedelta(days=3650))  # at the end: it closes the form
    return secrets


def readers() -> None:
    """Let readers vote, report a dead number and search in vain; rename a topic, so that its old address is kept."""
    guide, line = Guide.objects.first(), Helpline.objects.first()
    browser(headers=OURS).post(reverse("education:helpful", args=[guide.number]), {"answer": "yes"})
    browser(headers=OURS).post(reverse("education:number_not_working"), {"line": line.slug})
    for number in range(1, 4):  # words are kept from the third visitor on
        browser(REMOTE_ADDR=f"127.0.0.{number}").get(reverse("education:search"), {"q": "xylofon"})
    topic = Topic.objects.first()
    topic.slug_ind += "-baru"
    topic.save()


def unsaved(author: User) -> None:
    """Keep what an editor typed into the form of a guide and did not save."""
    UnsavedTexts(Guide.objects.first(), author).keep("contoh", {"title_ind": Typed(["Contoh"])}, 0)


def pictures(author: User) -> None:
    """Add a picture to the library, through its form, as the cover of a guide; then replace it."""
    drawn = io.BytesIO()
    Image.new("RGB", (320, 200), "#0b5351").save(drawn, "PNG")
    upload = SimpleUploadedFile("a.png", drawn.getvalue(), "image/png")
    words = {"title": "contoh", "alt_ind": "Contoh.", "credit": "Contoh", "licence": "CC BY 4.0", "file": upload}
    signed_in(author).post(reverse("admin:education_picture_add"), words)
    picture = Picture.objects.get(title="contoh")
    guide = Guide.objects.filter(sensitive=False, topic__sensitive=False).first()
    Guide.objects.filter(pk=guide.pk).update(cover=picture, cover_alt_ind="Contoh.")
    alts.note_replaced(picture)


def external_links() -> None:
    """Check the first links to other sites, with an answer that is made up."""
    with override_settings(CHECK_LINKS=True), patch.object(network, "ask", return_value=network.Answer("works")):
        checking.check_due()


def accounts(staff: dict[str, User]) -> None:
    """Set up staffed hours through the admin, an on-call channel, and what accounts of staff may have."""
    admin = browser()
    admin.force_login(staff["supervisor"])
    hours = {"weekday": 0, "opens": time(8), "closes": time(16)}
    admin.post(reverse("admin:reports_staffedhours_add"), hours)
    OnCallChannel.objects.create(name="Jaga", email="jaga@example.org", tested_at=timezone.now())
    person = staff["editor"]
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    invitations.invite(staff["admin"], "contoh-baru", "Contoh", ["editor"])
    person.user_permissions.add(Permission.objects.get(codename="view_case"))
    EmailConfirmation.create(EmailAddress.objects.create(user=person, email="editor@example.org")).save()


def teams(staff: dict[str, User]) -> None:
    """Make a team with a lead, and a rule that sends it reports, through the page of the rules."""
    team = Team.objects.create(key="contoh", name="Contoh")
    team.members.add(staff["moderator"])
    team.leads.add(staff["moderator"])
    desk, url = signed_in(staff["supervisor"]), reverse("admin:reports_routing")
    rule = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-team": team.pk, "form-0-category": "cyberbullying"}
    checked = digest(Rules((Rule(team.pk, "cyberbullying"),)))
    desk.post(url, rule | {"do": "save", "checked": checked})


def ended_cases() -> None:
    """Make two withdrawn and erased cases: one whose events were removed, and one that still has its certificate."""
    for keeps_events in (False, True):
        with days_ago(4):
            perform(send(BULLIED)[0], "withdraw", coerced="no")
        housekeeping()
        if not keeps_events:
            with override_settings(RECORD_DAYS=0):
                removal.remove()


def open_cases(staff: dict[str, User]) -> dict:
    """Make a case with messages, a note and a file, and a restricted one; return their codes and what they say."""
    case, code = send(BULLIED)
    case = perform(case, "claim", by=staff["moderator"])
    case = perform(case, "note", by=staff["moderator"], text="Contoh catatan.")
    perform(case, "ask", by=staff["moderator"], text="Contoh: masih terjadi?")
    visit = browser()
    visit.post(reverse("reports:check"), {"code": code})
    chat = SimpleUploadedFile("chat.txt", b"Contoh: percakapan.", "text/plain")
    visit.post(reverse("reports:own_data"), {"kind": "access"})
    visit.post(reverse("reports:write"), {"text": "Contoh: ya.", "files": chat, "sexual": "no"})
    restricted, restricted_code = send(GROOMED)
    left = perform(send(BULLIED)[0], "claim", by=staff["supervisor"])
    sheet, words = Prepared("text/plain", b"Contoh."), "Contoh: kami membaca lagi besok."
    left = sending.send(left, "reply", staff["supervisor"], left.version, words, file=sheet)
    perform(left, "recuse", by=staff["moderator"])
    lock(staff)
    refer(staff["supervisor"])
    call_command("seed_cases", 20, stdout=io.StringIO())
    ordinary = {"code": code, "reference": case.reference, "story": BULLIED["words"], "reply": "Contoh: masih terjadi?"}
    closed = {"code": restricted_code, "reference": restricted.reference, "story": GROOMED["words"]}
    return {"ordinary": ordinary, "restricted": closed}


def reminders(code: str) -> None:
    """Ask for reminders about a report, with a tested sender. The code of the first mail is not typed."""
    sender = "catatan@kotak-biru.id"
    ReminderSender.objects.create(address=sender, server="", confirmed_at=timezone.now(), confirmed_by="Contoh")
    choices = {"address": "pelapor@contoh.id", "from_hour": 8, "to_hour": 20, "zone": "WIB", "disguise": "note"}
    memory.clear()  # an earlier page found no tested sender
    with override_settings(REMINDER_FROM=sender):
        visit = browser()
        visit.post(reverse("reports:check"), {"code": code})
        visit.post(reverse("reports:reminder"), {"readers": "me"} | choices)


def draft() -> dict:
    """Begin a report that is not sent; return the cookie that opens it and what it says."""
    begun = Draft.begin("id")
    begun.answers = BULLIED
    begun.save()
    return {"cookie": begun.session.cookie, "story": BULLIED["words"]}


def send(answers: dict) -> tuple[Case, str]:
    """Send a report; return the case and its code."""
    begun = Draft.begin("id")
    begun.answers = answers
    begun.save()
    submit(begun)
    facts = begun.session.data
    case = Case.objects.get(reference=facts["reference"])
    return case, receipts.Receipt(facts["reference"], facts["secret"]).code


def signed_in(user: User) -> Client:
    """Return the browser of a member of staff."""
    desk = browser()
    desk.force_login(user)
    return desk


def browser(**options: object) -> Client:
    """Return a browser on this machine, the only one that a demo site answers."""
    return Client(SERVER_NAME="127.0.0.1", **options)


def housekeeping() -> None:
    """Run one round, with a folder for the anchors of the record."""
    with override_settings(RECORD_ANCHOR_DIR=str(settings.VAR)):
        call_command("housekeeping", stdout=io.StringIO())


def lock(staff: dict[str, User]) -> None:
    """Name a lead for locked files, and lock a report with a file."""
    custody.name(staff["childsafety"], staff["admin"], for_withheld=False)
    case, code = send(BULLIED)
    visit = browser()
    visit.post(reverse("reports:check"), {"code": code})
    chat = SimpleUploadedFile("chat.txt", b"Contoh: percakapan.", "text/plain")
    visit.post(reverse("reports:write"), {"text": "Contoh.", "files": chat, "sexual": "no"})
    perform(perform(case, "claim", by=staff["supervisor"]), "lock", by=staff["supervisor"], reason="Contoh.")


def refer(supervisor: User) -> None:
    """Prepare a package of a case for the agency of the demo."""
    agency = Agency.objects.get(key="contoh")
    agency.categories.add(*Category.objects.all())
    case = perform(send(IN_DANGER)[0], "claim", by=supervisor)
    keys = agency.accepted_fields[:3]
    perform(case, "prepare_referral", by=supervisor, agency=agency, basis="vital", keys=keys, reason="Contoh.")


def care(moderator: User) -> None:
    """Choose a category of which the moderator gets no cases, and end a shift. A migration made the settings."""
    admin = browser()
    admin.force_login(moderator)
    admin.post(reverse("admin:reports_case_care"), {"categories": ["scam"]})
    admin.post(reverse("admin:reports_case_handover"))
    closed = Case.objects.filter(state="closed").order_by("pk")[:2]
    first, _second = [SecondLook.objects.create(case=case) for case in closed]
    second_look.decide(first, "scam", 3, "helped")


def figures(supervisor: User) -> None:
    """Publish the figures of a quarter, with a correction."""
    last = quarter.Quarter(2026, 3)
    published = QuarterFigures.objects.create(year=2026, quarter=3, figures=quarter.compute(last))
    FigureCorrection.objects.create(quarter=published, by=supervisor, text="Contoh koreksi angka kuartal ini.")


def breach(supervisor: User) -> None:
    """Enter a data breach with its notice."""
    told = timezone.now()
    texts = {"notice_ind": "Contoh pemberitahuan.", "notice_en": "Example of a notice."}
    Breach.objects.create(known_at=told, what="Contoh.", notice_from=told, entered_by=supervisor, **texts)


def demand(supervisor: User) -> None:
    """Enter a demand of a court that waits for its decision."""
    what = {"kind": "court", "authority": "Pengadilan Contoh", "document_number": "1/Contoh"}
    texts = {"legal_basis": "Contoh.", "asked_for": "Contoh."}
    Demand.objects.create(received_on=timezone.localdate(), entered_by=supervisor, **what, **texts)


def flood() -> None:
    """Let programs flood the form, on a day before: the last page then asks for a proof of work."""
    with days_ago(1):
        for _report in range(limits.SUSPECT_REPORTS.max_hits + 1):
            floods.count(suspicious=True)


def settle_alarm(auditor: User) -> None:
    """Raise an alarm about the record and settle it, as after a restored backup."""
    alarms.raise_alarm(RecordAlarm.Kind.REGISTER, number=1)
    alarms.settle(auditor)


def watched(staff: dict[str, User]) -> None:
    """Record a search, and raise and settle the alarm about too many of them."""
    desk = browser()
    desk.force_login(staff["moderator"])
    desk.post(reverse("admin:reports_case_find"), {"reference": "AAAA-AAAA"})
    with override_settings(INSIDER_LIMITS=settings.INSIDER_LIMITS | {"searches": 1}):
        insider.watch()
    insider.settle(InsiderAlarm.objects.get(), staff["auditor"], "Contoh.")


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """Move the clock back in the body."""
    moment = timezone.now() - timedelta(days=days)
    with patch("django.utils.timezone.now", lambda: moment):
        yield
