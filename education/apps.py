"""App config: guides, helplines, news and pages for readers, and the admin where editors write them."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_save
from django.utils.translation import gettext_lazy as _

NOT_FOR_READERS = {
    "DeadNumberReport",
    "HelpfulVote",
    "KnownWord",
    "ZeroResultSearch",
    "SlugRedirect",
    "Revision",
    "SearchDoc",
    "StarterItem",
}


class EducationConfig(AppConfig):
    """Configuration of the education app."""

    name = "education"
    verbose_name = _("Guides and help")

    def ready(self) -> None:
        """Connect the signals: changed content invalidates the page cache, and each migration updates the roles."""
        from safetycenter.page_cache import cache_version

        from . import roles, scheduled_changes, translation
        from .models.bilingual import Bilingual
        from .publishing import publication
        from .search import documents, index

        translation.name_languages()
        cache_version.register_expiry(scheduled_changes.next_change)
        cache_version.register_due(publication.publish_due)
        post_migrate.connect(roles.ensure, sender=self)
        post_migrate.connect(index.install, sender=self)
        for model in documents.KINDS:
            post_save.connect(documents.written, sender=model)
            post_delete.connect(documents.deleted, sender=model)
        for model in self.get_models(include_auto_created=True):
            if model.__name__ in NOT_FOR_READERS:
                continue
            post_save.connect(scheduled_changes.public_pages_changed, sender=model)
            post_delete.connect(scheduled_changes.public_pages_changed, sender=model)
            if model._meta.auto_created:
                m2m_changed.connect(scheduled_changes.public_pages_changed, sender=model)
            if issubclass(model, Bilingual) and "slug" in model.needed:
                pre_save.connect(_keep_old_address, sender=model)


def _keep_old_address(instance: Any, **_signal: Any) -> None:
    from .models import SlugRedirect

    SlugRedirect.objects.remember(instance)
