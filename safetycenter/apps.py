"""The building itself: shared fittings that know no app."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class SafetyCenterConfig(AppConfig):
    """Settings, doors, the admin site, limits and published pages."""

    name = "safetycenter"
    verbose_name = _("Safety Center")

    def ready(self):
        """The deployment checks register themselves."""
        from . import checks  # noqa: F401


class StaffAdminConfig(AdminConfig):
    """Django's admin with our site in place of the stock one."""

    default_site = "safetycenter.admin_site.StaffSite"
