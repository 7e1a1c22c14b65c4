"""System checks: keys, triggers, categories, senders, and that a public node cannot open reports."""

import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from safetycenter.sentences import Sentence

from . import triggers
from .crypto import receipts
from .crypto.vault import key_files, keys, pairs
from .crypto.vault.published_pair import RECEIPTS
from .models.category import Category
from .questions.category import DECLARED
from .staffing import reminder_sender
from .staffing.channels.settings_check import wrong_settings


@register(Tags.security, deploy=True)
def keys_in_place(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that the keys of this kind of node exist."""
    missing = keys.missing()
    if not missing:
        return []
    return [
        Warning(
            Sentence(_("Keys are missing: %(names)s. The report form stays closed."), names=missing),
            hint="Run make_keys at the desk, and copy the public halves from there to a public node.",
            id="reports.W001",
        )
    ]


@register(Tags.security, deploy=True)
def pairs_are_in_use(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """At a desk, say how many key pairs an audience has and which is current, as long as there is more than one."""
    found = {audience: pairs.of(audience) for audience in pairs.PAIRS if settings.HAS_DESK}
    words = _("Key pairs of %(name)s: %(count)d; %(id)s seals what is new.")
    return [
        Info(
            Sentence(words, name=audience, count=len(several), id=several[0].key_id),
            hint=f"Run rotate_keys --audience {audience}, and with --retire once nothing needs the older ones.",
            id="reports.I001",
        )
        for audience, several in found.items()
        if len(several) > 1
    ]


@register(Tags.security, deploy=True)
def keys_are_locked(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Where a passphrase is given, check that it locks every secret key, and that it does not lie beside them."""
    folder = Path(settings.KEYS_DIR)
    if not (settings.KEYS_PASSPHRASE_FILE or settings.KEYS_PASSPHRASE_FD):
        return []
    if settings.KEYS_PASSPHRASE_FILE and Path(settings.KEYS_PASSPHRASE_FILE).resolve().is_relative_to(folder.resolve()):
        hint = "Use a systemd credential, or a file on another disk."
        beside = Sentence(_("The passphrase of the keys lies beside them."))
        return [Warning(beside, hint=hint, id="reports.W009")]
    if not (unlocked := key_files.unlocked(folder)):
        return []
    hint = "Run make_keys --lock."
    return [
        Warning(Sentence(_("The passphrase does not lock: %(names)s."), names=unlocked), hint=hint, id="reports.W008")
    ]


@register(Tags.security)
def audiences_of_this_desk_exist(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that DESK_AUDIENCES names at least one audience and no unknown one."""
    named = set(settings.DESK_AUDIENCES)
    if named and named <= set(pairs.AUDIENCES):
        return []
    words = _("DESK_AUDIENCES must name one of these, or both: %(names)s.")
    return [Error(Sentence(words, names=[*pairs.AUDIENCES]), id="reports.E011")]


@register(Tags.security, deploy=True)
def key_of_locked_files_in_place(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """At a desk, check that the keys of locked files can leave their case (safety rule K7)."""
    missing = keys.missing_for_custody()
    if not missing:
        return []
    words = _("Keys are missing: %(names)s. The keys of locked files stay in their cases.")
    hint = "Run make_keys if both are missing, and copy the pair to every desk; else restore the one from the backup."
    return [Warning(Sentence(words, names=missing), hint=hint, id="reports.W005")]


@register(Tags.security, deploy=True)
def key_of_receipts_in_place(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that this node can sign receipts; reports are taken without them (safety rule H21)."""
    if RECEIPTS.public_keys() and key_files.exists(Path(settings.KEYS_DIR) / RECEIPTS.private_file):
        return []
    hint = "Run make_keys at the desk, and copy receipt.private and receipt.public from there to each public node."
    sentence = Sentence(_("The key that signs receipts is missing. No receipt is offered."))
    return [Warning(sentence, hint=hint, id="reports.W006")]


@register(Tags.security, deploy=True)
def certificates_end_before_the_record(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that certificates end before RECORD_DAYS: ``remove_old_events`` then deletes the date of an erasure."""
    if settings.KEEP_CERTIFICATE_DAYS < settings.RECORD_DAYS:
        return []
    words = _("KEEP_CERTIFICATE_DAYS must be less than RECORD_DAYS: a certificate of erasure needs its event.")
    return [Error(Sentence(words), hint="See deploy/env.example.", id="reports.E004")]


@register()
def files_end_before_the_report(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that files are not kept longer than reports: the end of a report erases its files too."""
    if min(settings.KEEP_STORY_DAYS, settings.KEEP_URGENT_STORY_DAYS) >= settings.KEEP_FILES_DAYS:
        return []
    sentence = Sentence(_("KEEP_FILES_DAYS must not be more than KEEP_STORY_DAYS and KEEP_URGENT_STORY_DAYS."))
    return [Error(sentence, hint="See deploy/env.example.", id="reports.E008")]


@register(Tags.security, deploy=True)
def codes_are_slow_to_guess(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that the slow hash of a code costs at least OWASP's minimum."""
    cost = receipts.cost()
    if cost.operations >= receipts.MIN_OPERATIONS and cost.memory >= receipts.MIN_MEMORY:
        return []
    least = f"RECEIPT_OPERATIONS must be at least {receipts.MIN_OPERATIONS}, RECEIPT_MEMORY {receipts.MIN_MEMORY}."
    return [Error(Sentence(_("Codes of reports can be guessed too fast.")), hint=least, id="reports.E005")]


@register()
def drafts_are_warned_in_time(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that a draft is warned about before it ends, and that its longest life is longer than its idle time."""
    if settings.DRAFT_WARNING_MINUTES < settings.DRAFT_MINUTES < settings.DRAFT_HOURS * 60:
        return []
    words = _("DRAFT_WARNING_MINUTES must be less than DRAFT_MINUTES, and DRAFT_MINUTES less than DRAFT_HOURS.")
    return [Error(Sentence(words), hint="See safetycenter/settings.py.", id="reports.E007")]


@register()
def file_limits_fit(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that a case has room for one file of the largest size, and that Django accepts as many files as we do."""
    if (
        settings.FILE_MB <= settings.CASE_FILES_MB
        and settings.MAX_FILES_PER_CASE < settings.DATA_UPLOAD_MAX_NUMBER_FILES
    ):
        return []
    sentence = Sentence(
        _("FILE_MB must not be more than CASE_FILES_MB, and MAX_FILES_PER_CASE less than DATA_UPLOAD_MAX_NUMBER_FILES.")
    )
    return [Error(sentence, hint="See safetycenter/settings.py.", id="reports.E009")]


@register(Tags.security)
def no_private_key_on_a_public_node(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that a public node cannot read the reports that it received."""
    if settings.HAS_DESK:
        return []
    found = sorted(path.name for path in Path(settings.KEYS_DIR).glob("*") if keys.is_for_desks_only(path.name))
    found += sorted(name for name in os.environ if keys.is_variable_for_desks_only(name))
    if not found:
        return []
    return [
        Error(
            Sentence(_("NODE=public, but this node holds %(names)s."), names=found),
            hint="Keep these keys only at the desk.",
            id="reports.E001",
        )
    ]


@register(Tags.security, deploy=True)
def anchors_leave_this_machine(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """At a desk, check that anchors are sent to a place where an attacker on this machine cannot change them."""
    if not settings.HAS_DESK:
        return []
    folder = settings.RECORD_ANCHOR_DIR
    if folder and Path(folder).resolve().is_relative_to(Path(settings.VAR).resolve()):
        hint = "Use another disk or machine: the anchor must survive the loss of this folder."
        return [Error(Sentence(_("RECORD_ANCHOR_DIR is inside VAR_DIR.")), hint=hint, id="reports.E003")]
    if folder or settings.RECORD_ANCHOR_MAIL:
        return []
    return [
        Warning(
            Sentence(_("Audit log anchors do not leave this machine.")),
            hint="Set RECORD_ANCHOR_MAIL to an address that is read elsewhere, or RECORD_ANCHOR_DIR.",
            id="reports.W003",
        )
    ]


@register(Tags.security, deploy=True)
def sender_of_reminders_is_tested(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that a sender of reminders that is set names nothing and was tested (safety rule H20)."""
    if not settings.REMINDER_FROM:
        return []
    if reminder_sender.is_unfit():
        sentence = Sentence(_("REMINDER_FROM is no plain address, names this site, or says what it is about."))
        hint = "Use an address of a neutral domain. Until then no reminders are offered."
        return [Error(sentence, hint=hint, id="reports.E010")]
    with suppress(DatabaseError):  # before the first migration
        if reminder_sender.is_ready():
            return []
    hint = "Run manage.py reminder_sender --send-to ADDRESS. Until its test is confirmed no reminders are offered."
    untested = Sentence(_("REMINDER_FROM is set, but its test is not confirmed."))
    return [Warning(untested, hint=hint, id="reports.W007")]


@register()
def on_call_settings_can_be_used(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check the gateway for SMS and the private networks that channels may lead into (safety rule H1)."""
    hint = "See deploy/env.example and docs/operators/en/on-call.md."
    words = _("This setting cannot be used: %(name)s.")
    return [Error(Sentence(words, name=name), hint=hint, id="reports.E012") for name in wrong_settings()]


@register(Tags.database)
def triggers_in_place(
    app_configs: Sequence[AppConfig] | None, databases: Collection[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Check that the database itself makes the audit log append-only."""
    if not databases or not triggers.table_exists() or triggers.present():
        return []
    return [Error(Sentence(_("The append-only triggers are missing.")), hint="Run migrate.", id="reports.E002")]


@register(Tags.database)
def categories_are_declared(
    app_configs: Sequence[AppConfig] | None, databases: Collection[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Check that every category in the table has its declaration, and the reverse once categories are loaded."""
    if not databases or Category._meta.db_table not in connection.introspection.table_names():
        return []
    stored = set(Category.objects.values_list("slug", flat=True))
    found: list[CheckMessage] = []
    if undeclared := sorted(stored - DECLARED.keys()):
        hint = "Declare it in reports/questions/categories.py. A category that cases refer to is never removed."
        words = _("These categories are not declared, so nothing is asked for them: %(names)s.")
        found.append(Error(Sentence(words, names=undeclared), hint=hint, id="reports.E006"))
    if stored and (missing := sorted(DECLARED.keys() - stored)):
        hint = "Run manage.py load_categories (set_up does)."
        sentence = Sentence(_("Nobody can choose these categories: %(names)s."), names=missing)
        found.append(Warning(sentence, hint=hint, id="reports.W004"))
    return found
