"""Roles for guides and helplines, with their permissions. None of these roles can see a report."""

from typing import Any

from django.contrib.auth.management import create_permissions

from safetycenter.roles import ensure_groups

WRITTEN = (
    "guide",
    "guidesource",
    "guidehelpline",
    "news",
    "newssource",
    "term",
    "organisation",
    "quiz",
    "scenario",
    "lesson",
)
FIXED = ("page", "pagesource", "topic", "audience", "helpline", "helplinerole", "channel", "revision", "synonym")


def _can(verbs: str, *models: str) -> set[str]:
    return {f"education.{verb}_{model}" for verb in verbs.split() for model in models}


READS = _can("view", *WRITTEN, *FIXED)
WRITES = READS | _can("add change", *WRITTEN) | {"education.write_original", "education.take_down_content"}

# A translator changes the translation only (no ``write_original``), so decides on nothing that both languages share.
# Items that only some roles may change need no publisher and are public at once: topics and audiences.
ROLES = {
    "author": WRITES,
    "editor": WRITES
    | _can("delete", *WRITTEN)
    | _can("change", "page", "helpline", "helplinerole", "channel")
    | _can("add change delete", "synonym"),
    "translator": READS | _can("change", *WRITTEN, "page"),
    "reviewer": READS
    | _can("change", "guide", "guidesource", "news")
    | {"education.write_original", "education.take_down_content"},
    "publisher": WRITES
    | _can("delete", *WRITTEN)
    | _can("add change delete", "topic", "audience", "helpline", "channel", "synonym")
    | _can("add change", "page")
    | _can("change", "helplinerole")
    | {"education.publish_content"},
}


def ensure(sender: Any, using: str, **_signal: Any) -> None:
    """Give each role its permissions. Called after migrate."""
    # post_migrate runs app by app, and django.contrib.auth, which creates the permissions, comes after this app.
    create_permissions(sender, verbosity=0, using=using)
    ensure_groups(ROLES)
