"""The project's core app: shared code that does not depend on the other apps."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import autodiscover
from django.contrib.admin.apps import SimpleAdminConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class SafetyCenterConfig(AppConfig):
    """Settings, URLs, the admin site, limits and the page cache."""

    name = "safetycenter"
    verbose_name = _("Safety Center")

    def ready(self) -> None:
        """Register checks and the wordings of texts, make SQLite's files private, and send errors if asked to."""
        from . import checks, shared_start, wording  # noqa: F401
        from .page_cache.build import build_id
        from .private_files import close_database

        wording.install()
        shared_start.register(build_id)
        connection_created.connect(close_database, dispatch_uid="close_database")
        if settings.SENTRY_DSN:
            from . import error_reports

            error_reports.start(settings.SENTRY_DSN)


class StaffAdminConfig(SimpleAdminConfig):
    """Django's admin with our site instead of the default one. A public node, which has no desk, loads none of it."""

    default_site = "safetycenter.admin_site.StaffSite"

    def ready(self) -> None:
        """Register the checks; at a desk, load the ``admin`` modules of all apps too."""
        super().ready()
        if settings.HAS_DESK:
            autodiscover()
