"""App config that must be ready before ``modeltranslation``, which reads the declarations of the fields."""

from django.apps import AppConfig
from django.db import models


class MadeUpFieldsConfig(AppConfig):
    """Add columns to the model and declarations to the list: the steps of the recipe."""

    name = "tests.education.made_up_fields"

    def ready(self) -> None:
        from education.models import Helpline, helpline_fields
        from education.models.helpline_fields import HelplineField

        Helpline.add_to_class("parking", models.CharField("parking", max_length=80, blank=True))
        Helpline.add_to_class("building", models.CharField("building", max_length=80, blank=True))
        helpline_fields.FIELDS = (
            *helpline_fields.FIELDS,
            HelplineField("parking", translated=True, searched=True, fact="Where to park"),
            HelplineField("building", searched=True, fact="Building"),
        )
