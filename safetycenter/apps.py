"""The project's core app: shared code that does not depend on the other apps."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class SafetyCenterConfig(AppConfig):
    """Settings, URLs, the admin site, limits and the page cache."""

    name = "safetycenter"
    verbose_name = _("Safety Center")

    def ready(self) -> None:
        """Register the deployment checks, and make SQLite's files private to the user who runs the site."""
        from . import checks  # noqa: F401
        from .private_files import close_database

        connection_created.connect(close_database, dispatch_uid="close_database")


class StaffAdminConfig(AdminConfig):
    """Django's admin with our site instead of the default one."""

    default_site = "safetycenter.admin_site.StaffSite"
