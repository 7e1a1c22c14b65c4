"""The admin page of the words that search knows."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from education.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    """What people type, and the words that our texts use for it. A change counts from the next search on."""

    list_display = ("means", "language", "first_phrases")
    list_filter = ("language",)
    search_fields = ("means", "typed")

    @admin.display(description=_("search term"))
    def first_phrases(self, synonym: Synonym) -> str:
        """All phrases in one line."""
        return ", ".join(synonym.phrases)
