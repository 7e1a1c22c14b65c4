"""The building itself: shared fittings that know no app."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class SafetyCenterConfig(AppConfig):
    """Settings, doors, the admin site, limits and published pages."""

    name = "safetycenter"
    verbose_name = _("Safety Center")

    def ready(self) -> None:
        """Register the deployment checks, and close SQLite's files to other users of the machine."""
        from . import checks  # noqa: F401
        from .private_files import close_database

        connection_created.connect(close_database, dispatch_uid="close_database")


class StaffAdminConfig(AdminConfig):
    """Django's admin with our site in place of the stock one."""

    default_site = "safetycenter.admin_site.StaffSite"
