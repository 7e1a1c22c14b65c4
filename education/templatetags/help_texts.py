"""Template tags for help texts, the interface for other apps' templates. See the docstring of ``education.help``."""

from django import template

from education import help as help_texts

register = template.Library()
register.simple_tag(help_texts.help_for)
register.simple_tag(help_texts.first_aid_for)
