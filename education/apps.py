"""App config: guides, helplines, news and pages for readers, and the admin where editors write them."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_save
from django.utils.translation import gettext_lazy as _

NON_PUBLIC_MODELS = {
    "AltToRead",
    "DeadNumberReport",
    "ExternalLink",
    "HelpfulVote",
    "KnownWord",
    "LiveCheck",
    "ZeroResultSearch",
    "SlugRedirect",
    "Revision",
    "SearchDoc",
    "StarterItem",
    "UnsavedText",
}


class EducationConfig(AppConfig):
    """Configuration of the education app."""

    name = "education"
    verbose_name = _("Guides and help")

    def ready(self) -> None:
        """Connect the signals: changed content invalidates the page cache, and each migration updates the roles."""
        from safetycenter import shared_start
        from safetycenter.page_cache import cache_version, per_version

        from . import roles, scheduled_changes, translation
        from .models.bilingual import Bilingual
        from .publishing import due
        from .search import documents, index, stems, warm_up

        translation.label_translated_fields()
        cache_version.register_expiry(scheduled_changes.next_change)
        cache_version.register_due_changes(due.publish_due)
        per_version.register_warm_up(warm_up.warm_up)
        shared_start.register(stems.read_dictionary)
        post_migrate.connect(roles.ensure_roles, sender=self)
        post_migrate.connect(index.install, sender=self)
        for model in documents.KINDS:
            post_save.connect(documents.on_save, sender=model)
            post_delete.connect(documents.on_delete, sender=model)
        post_save.connect(documents.on_topic_save, sender=self.get_model("Topic"))
        for model in self.get_models(include_auto_created=True):
            if model.__name__ in NON_PUBLIC_MODELS:
                continue
            post_save.connect(scheduled_changes.public_pages_changed, sender=model)
            post_delete.connect(scheduled_changes.public_pages_changed, sender=model)
            if model._meta.auto_created:
                m2m_changed.connect(scheduled_changes.public_pages_changed, sender=model)
            if issubclass(model, Bilingual) and "slug" in model.required_fields:
                pre_save.connect(_remember_slugs, sender=model)


def _remember_slugs(instance: Any, **_signal: Any) -> None:
    from .models import SlugRedirect

    SlugRedirect.objects.remember_slugs(instance)
