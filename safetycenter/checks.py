"""Conditions for a site that real people use; run by ``manage.py check --deploy``."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.utils.translation import gettext_lazy as _

from . import evidence_settings, heartbeat, heartbeat_files, mail
from .security_txt import contact_uri
from .sentences import Sentence

OTHERS_MAY_READ = 0o077
OTHERS_MAY_ENTER = 0o001


@register(Tags.security, deploy=True)
def secret_key_is_given(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Require SECRET_KEY: with a key per node, forms fail on other nodes and visitors are counted separately."""
    if os.environ.get("SECRET_KEY") or settings.SECRET_KEY_FILE:
        return []
    hint = "Set SECRET_KEY to the same 50 or more random characters on every node of this kind."
    return [Error(Sentence(_("SECRET_KEY is not set.")), hint=hint, id="safetycenter.E001")]


@register(Tags.security, deploy=True)
def hosts_are_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Require ALLOWED_HOSTS: with any other host name, someone could forge links in pages."""
    problems = []
    if "*" in settings.ALLOWED_HOSTS:
        problems.append(Error(Sentence(_("ALLOWED_HOSTS allows every host name.")), id="safetycenter.E002"))
    if not set(settings.ALLOWED_HOSTS) - set(settings.LOOPBACK_HOSTS):
        problems.append(Error(Sentence(_("ALLOWED_HOSTS names only this machine.")), id="safetycenter.E003"))
    return problems


@register(Tags.security, deploy=True)
def public_address_is_https(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Require https in PUBLIC_URL: links in pages, mails and feeds start with it."""
    if settings.PUBLIC_URL.startswith("https://"):
        return []
    return [Error(Sentence(_("PUBLIC_URL does not start with https://.")), id="safetycenter.E004")]


@register(Tags.security, deploy=True)
def operator_is_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Require the operator: readers must see who runs the site, reporters whom to ask about data (rules H1, J7)."""
    names = {
        "name": "OPERATOR_NAME",
        "contact": "OPERATOR_CONTACT",
        "data_protection_contact": "DATA_PROTECTION_CONTACT",
    }
    return [
        Warning(Sentence(_("%(name)s is empty."), name=name), hint="See deploy/env.example.", id="safetycenter.W001")
        for key, name in names.items()
        if not settings.OPERATOR[key]
    ]


@register(Tags.security, deploy=True)
def security_contact_is_usable(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Name each entry of SECURITY_CONTACT that RFC 9116 does not allow; ``security.txt`` omits these."""
    hint = "Use an e-mail address, or one that starts with https://, mailto: or tel:."
    return [
        Error(
            Sentence(_("SECURITY_CONTACT has an invalid entry: %(value)r."), value=value),
            hint=hint,
            id="safetycenter.E006",
        )
        for value in settings.SECURITY_CONTACT
        if not contact_uri(value)
    ]


@register(Tags.security)
def bucket_can_be_used(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Check the bucket for the files of reports, if there is one. Nothing is asked over the network."""
    found = evidence_settings.problem(settings.STORAGES["evidence"])
    return [Error(found, hint="See docs/operators/en/files.md.", id="safetycenter.E007")] if found else []


@register(Tags.security, deploy=True)
def desk_locks(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Require that a desk that somebody left locks by itself, before the session ends."""
    if not settings.HAS_DESK or 0 < settings.STAFF_IDLE_MINUTES * 60 < settings.SESSION_COOKIE_AGE:
        return []
    hint = "Leave STAFF_IDLE_MINUTES out for 20 minutes, or set fewer than those of a whole session."
    sentence = Sentence(_("STAFF_IDLE_MINUTES does not lock a staff dashboard that was left."))
    return [Error(sentence, hint=hint, id="safetycenter.E008")]


@register(Tags.security, deploy=True)
def private_folders_are_closed(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Require that only the user who runs the site can read keys, sealed files and SQLite's file."""
    return [
        Error(
            Sentence(_("Other users of this machine can read %(path)s."), path=path),
            hint=f"chmod {mode} {path}",
            id="safetycenter.E005",
        )
        for path, mode in _private_paths()
        if Path(path).exists() and Path(path).stat().st_mode & OTHERS_MAY_READ
    ]


def _private_paths() -> list[tuple[str, str]]:
    paths = [(settings.KEYS_DIR, "700"), (settings.EVIDENCE_DIR, "700"), (settings.PICTURES_DIR, "700")]
    database = settings.DATABASES["default"]
    return paths + ([(database["NAME"], "600")] if database["ENGINE"].endswith("sqlite3") else [])


@register(Tags.security, deploy=True)
def static_files_are_readable(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Require that other users can read STATIC_ROOT: the web server is one, and needs the style sheets."""
    root = Path(settings.STATIC_ROOT).resolve()
    closed = [path for path in (root, *root.parents) if path.is_dir() and not path.stat().st_mode & OTHERS_MAY_ENTER]
    if not closed or not root.is_dir():
        return []
    hint = "Set STATIC_ROOT to a folder outside of VAR_DIR, unless the site itself serves its static files."
    sentence = Sentence(_("A web server that runs as another user cannot read %(path)s."), path=closed[-1])
    return [Warning(sentence, hint=hint, id="safetycenter.W002")]


@register(Tags.security, deploy=True)
def sender_of_mail_names_nothing(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Where pages to people on call leave, require a sender that may be seen on a locked phone (rule H2)."""
    if not settings.HOUSEKEEPING or not mail.tells(settings.DEFAULT_FROM_EMAIL):
        return []
    sentence = Sentence(_("DEFAULT_FROM_EMAIL names this site, or says what it is about."))
    hint = "Use an address of a neutral domain, without a name before it."
    return [Error(sentence, hint=hint, id="safetycenter.E009")]


@register(Tags.security, deploy=True)
def sender_of_mail_can_arrive(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Where pages to people on call leave, name a sender of which mail servers accept nothing."""
    if not settings.HOUSEKEEPING or not mail.arrives_nowhere(settings.DEFAULT_FROM_EMAIL):
        return []
    sentence = Sentence(_("DEFAULT_FROM_EMAIL has a domain that does not exist."))
    return [Warning(sentence, hint="Use an address of a domain that you have.", id="safetycenter.W003")]


@register(Tags.security, deploy=True)
def only_a_test_machine_does_nothing_but_drills(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list:
    """Refuse DRILLS_ONLY where a site works: its doctor would ask for disks and drills only."""
    if not settings.DRILLS_ONLY or not (heartbeat.has_ever_run() or heartbeat_files.last(heartbeat_files.LAST_BACKUP)):
        return []
    sentence = Sentence(_("DRILLS_ONLY is set on a server of the site: housekeeping or backups run here."))
    hint = "Remove DRILLS_ONLY, or give the test machine a database and a VAR_DIR that no site uses."
    return [Error(sentence, hint=hint, id="safetycenter.E010")]
