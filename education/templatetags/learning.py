"""Template tags that link guides, topics and audiences to quizzes and lessons, and explain glossary words."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from education import page_groups
from education.models import Audience, Lesson, Quiz, Topic
from education.rendering import glossary
from safetycenter.page_cache.middleware import also_touched_by

register = template.Library()


@register.simple_tag(takes_context=True)
def with_explanations(context: Context, html: str, language: str) -> SafeString:
    """Return rich text with its glossary words explained: ``{% with_explanations body.html words.language %}``."""
    explained: set[int] = set()
    marked = glossary.mark_terms(html, glossary.explained_terms(), language, explained)
    also_touched_by(getattr(context, "request", None), *page_groups.explaining(sorted(explained)))
    return marked


@register.inclusion_tag("education/_quizzes.html")
def quizzes_about(topic: Topic) -> dict:
    """Show links to the quizzes of a topic; nothing if there are none."""
    return {"quizzes": Quiz.objects.published().filter(topic=topic)}


@register.inclusion_tag("education/_quizzes.html")
def quizzes_for(audience: Audience) -> dict:
    """Show links to the quizzes of an audience; nothing if there are none."""
    return {"quizzes": Quiz.objects.published().filter(audiences=audience)}


@register.inclusion_tag("education/_lessons.html")
def lessons_for(audience: Audience) -> dict:
    """Show links to all lessons for people who teach. Runs no query for other audiences."""
    is_teaching = audience.key == "educators"
    return {"lessons": Lesson.objects.published().defer("body", "handout") if is_teaching else []}
