"""Roles for guides and helplines, with their permissions. None of these roles can see a report."""

from typing import Any

from django.contrib.auth.management import create_permissions

from safetycenter.roles import ensure_groups

CONTENT_MODELS = (
    "guide",
    "guidesource",
    "guidehelpline",
    "news",
    "newssource",
    "term",
    "organisation",
    "topic",
    "audience",
    "quiz",
    "scenario",
    "lesson",
    "platform",
    "platformsource",
    "helpsource",
    "picture",
)
STRUCTURE_MODELS = (
    "page",
    "pagesource",
    "helpblock",
    "helpline",
    "helplinerole",
    "channel",
    "revision",
    "synonym",
    "externallink",
)


def _permissions(verbs: str, *models: str) -> set[str]:
    return {f"education.{verb}_{model}" for verb in verbs.split() for model in models}


READ_PERMISSIONS = _permissions("view", *CONTENT_MODELS, *STRUCTURE_MODELS)
WRITE_PERMISSIONS = (
    READ_PERMISSIONS
    | _permissions("add change", *CONTENT_MODELS)
    | _permissions("change", "helpblock")  # code names the matters, so nobody adds or deletes one
    | {"education.write_original", "education.unpublish_content"}
)

# Reviewers decide on every kind under the workflow, which asks for the permission to change it.
# A translator changes the translation only (no ``write_original``), so decides on nothing that both languages share.
ROLES = {
    "author": WRITE_PERMISSIONS,
    "editor": WRITE_PERMISSIONS
    | _permissions("delete", *CONTENT_MODELS)
    | _permissions("change", "page", "helpline", "helplinerole", "channel")
    | _permissions("add change delete", "synonym"),
    "translator": READ_PERMISSIONS | _permissions("change", *CONTENT_MODELS, "page", "helpblock"),
    "reviewer": READ_PERMISSIONS
    | _permissions("change", *CONTENT_MODELS, "page", "pagesource", "helpblock", "helpline", "channel")
    | {"education.write_original", "education.unpublish_content", "education.approve_content"},
    "publisher": WRITE_PERMISSIONS
    | _permissions("delete", *CONTENT_MODELS)
    | _permissions("add change delete", "helpline", "channel", "synonym")
    | _permissions("add change", "page")
    | _permissions("change", "helplinerole")
    | {"education.publish_content"},
}


def ensure_roles(sender: Any, using: str, **_signal: Any) -> None:
    """Give each role its permissions. Called after migrate."""
    # post_migrate runs app by app, and django.contrib.auth, which creates the permissions, comes after this app.
    create_permissions(sender, verbosity=0, using=using)
    ensure_groups(ROLES)
