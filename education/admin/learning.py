"""Admin pages of quizzes and lessons."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from education.models import Lesson, Quiz, Scenario
from education.models.bilingual import columns
from education.models.quiz import MAX_CHOICES

from .inlines import FOLDED, ContentInlineMixin, TranslatedRowInline
from .publishable import STATUS, HasProposalFilter, PublishableAdmin, StateFilter
from .tables.views import TableMixin


def _choice(place: int) -> tuple:
    fields = [f"verdict_{place}", columns(f"choice_{place}"), columns(f"because_{place}")]
    return (_("Choice %(number)d") % {"number": place}, {"fields": fields})


class ScenarioInline(ContentInlineMixin, TranslatedRowInline):
    """Inline of the scenarios of a quiz. The third and fourth choice are optional."""

    model = Scenario
    names_of_row = " ".join(columns("situation"))
    extra = 1  # one empty form, so that a scenario can be added without a script
    fieldsets = (
        (None, {"fields": [("position", "guide"), columns("situation")]}),
        *(_choice(place) for place in range(1, MAX_CHOICES + 1)),
    )


@admin.register(Quiz)
class QuizAdmin(TableMixin, PublishableAdmin):
    """Admin of quizzes."""

    list_display = ("__str__", "topic", "sensitive", "state_shown", "proposed", "written_in", "changed_on")
    list_filter = (StateFilter, HasProposalFilter, "sensitive", "topic", "audiences")
    list_select_related = ("topic",)
    readonly_fields = ("state_shown", "number")  # assigned by the model, as for guides
    search_fields = (*columns("title"), *columns("summary"))
    prepopulated_fields = {"slug": ("title",)}
    inlines = (ScenarioInline,)
    fieldsets = (
        (STATUS, {"fields": ["state_shown", ("number", "topic"), "audiences", "sensitive"], "classes": FOLDED}),
        (_("Text"), {"fields": [columns("title"), columns("slug"), columns("summary")]}),
    )


@admin.register(Lesson)
class LessonAdmin(TableMixin, PublishableAdmin):
    """Admin of lessons."""

    list_display = ("__str__", "topic", "state_shown", "proposed", "written_in", "changed_on")
    list_filter = (StateFilter, HasProposalFilter, "topic")
    list_select_related = ("topic",)
    search_fields = (*columns("title"), *columns("short_answer"))
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (STATUS, {"fields": ["state_shown", ("key", "order"), ("topic", "minutes")], "classes": FOLDED}),
        (_("Text"), {"fields": [*(columns(field) for field in ("title", "slug", "grades", "short_answer", "goals"))]}),
        (_("In class"), {"fields": [*(columns(f) for f in ("materials", "warning", "opt_out", "body", "disclosure"))]}),
        (_("On the sheet for pupils"), {"fields": [columns("handout"), "helplines"], "classes": FOLDED}),
        (_("What belongs to it"), {"fields": ["guides", "quizzes"], "classes": ["collapse"]}),
    )
