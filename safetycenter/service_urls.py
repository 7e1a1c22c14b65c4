"""The addresses of the database and of the mail server, read from the environment. No error shows a password of one."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import environ


def database(env: environ.Env, default: str) -> dict[str, Any]:
    """Return the database of DATABASE_URL, or of ``default`` where it is empty. Raises ImproperlyConfigured."""
    with _without_its_password("DATABASE_URL"):
        found = environ.Env.db_url_config(env("DATABASE_URL", default="") or default)
    if not found.get("ENGINE", "").startswith("django.db.backends."):
        sentence = "DATABASE_URL names no database. It must begin with postgres:// or sqlite:///."
        raise environ.ImproperlyConfigured(sentence)
    return found


def email(env: environ.Env, default: str) -> dict[str, Any]:
    """Return the settings of EMAIL_URL, or of ``default`` where it is empty. Raises ImproperlyConfigured."""
    with _without_its_password("EMAIL_URL"):
        return environ.Env.email_url_config(env("EMAIL_URL", default="") or default)


@contextmanager
def _without_its_password(name: str) -> Iterator[None]:
    """Raise ImproperlyConfigured for an address that cannot be read: other errors show parts of its password.

    So do the warnings of django-environ, which are not shown.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except ValueError:
        sentence = f"{name} cannot be read. In its password write / : @ # % as codes: %2F %3A %40 %23 %25."
        raise environ.ImproperlyConfigured(sentence) from None
