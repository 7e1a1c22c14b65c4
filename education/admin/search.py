"""Admin page of the search synonyms."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from education.models import Synonym

from .tables.views import TableMixin


@admin.register(Synonym)
class SynonymAdmin(TableMixin, admin.ModelAdmin):
    """Admin of search synonyms. A change takes effect with the next search."""

    list_display = ("means", "language", "first_phrases")
    list_filter = ("language",)
    search_fields = ("means", "typed")

    @admin.display(description=_("search term"))
    def first_phrases(self, synonym: Synonym) -> str:
        """Return all phrases in one line."""
        return ", ".join(synonym.phrases)
