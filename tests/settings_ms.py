"""The settings of tests with a third language, Malay, for ``tests/education/third_language.py``."""

from tests.settings import *  # noqa: F403

LANGUAGES = [*LANGUAGES, ("ms", "Malay")]  # noqa: F405 - what CONTRIBUTING's recipe "a language" changes first
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
