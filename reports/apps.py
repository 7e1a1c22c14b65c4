"""The reports app, from the first question to the closed case."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Intake, follow-up and the moderation desk."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Register system checks and easy texts; after every migrate, install roles and append-only triggers."""
        from safetycenter import shared_start, wording
        from safetycenter.roles import rights_changed

        from . import checks, triggers  # noqa: F401  (checks registers itself)
        from .audit.staff_log import record_rights
        from .roles import ensure_roles
        from .self_harm import detector
        from .wording import easy_pages, easy_questions

        wording.declare_easy(easy_questions.EASY | easy_pages.EASY)
        shared_start.register(detector.make_patterns)
        rights_changed.connect(record_rights)
        post_migrate.connect(triggers.install, sender=self)
        post_migrate.connect(ensure_roles, sender=self)
