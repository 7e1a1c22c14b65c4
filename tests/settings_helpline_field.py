"""The settings of tests with made-up helpline fields, for ``tests/education/helpline_field.py``."""

from tests.settings import *  # noqa: F403

INSTALLED_APPS = ["tests.education.made_up_fields.apps.MadeUpFieldsConfig", *INSTALLED_APPS]  # noqa: F405
