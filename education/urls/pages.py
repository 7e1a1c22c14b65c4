"""URL patterns of pages, below the language prefix and in the words of that language."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from education.views import (
    directory,
    feedback,
    guide,
    guides,
    learning,
    pages,
    platforms,
    redirects,
    saved,
    search,
    sheets,
    transparency,
)

app_name = "education"
urlpatterns = [
    path("", guides.home, name="home"),
    path(_("guides/"), guides.guides, name="guides"),
    path(_("guides/<slug:slug>/"), guide.page, name="guide"),
    path("p/<int:number>/", guide.page_by_number, name="guide_by_number"),
    path(_("guides/<slug:slug>/handout/"), guide.handout, name="handout"),
    path(_("p/<int:number>/handout/"), guide.handout_by_number, name="handout_by_number"),
    path(_("guides/<slug:slug>/easy/"), guide.easy, name="easy"),
    path(_("p/<int:number>/easy/"), guide.easy_by_number, name="easy_by_number"),
    path(_("p/<int:number>/helpful/"), feedback.helpful, name="helpful"),
    path(_("p/<int:number>/helpful/why/"), feedback.helpful_why, name="helpful_why"),
    path(_("p/<int:number>/helpful/thanks/"), feedback.helpful_thanks, name="helpful_thanks"),
    path(_("topics/<slug:slug>/"), guides.topic, name="topic"),
    path("t/<int:pk>/", guides.topic_by_number, name="topic_by_number"),
    path(_("for/<slug:slug>/"), guides.audience, name="audience"),
    path(_("try/"), learning.quizzes, name="quizzes"),
    path(_("try/<int:number>/"), learning.quiz_by_number, name="quiz_by_number"),
    path(_("try/<slug:slug>/"), learning.quiz, name="quiz"),
    path(_("lessons/"), learning.lessons, name="lessons"),
    path(_("lessons/<slug:slug>/"), learning.lesson, name="lesson"),
    path(_("apps/"), platforms.platforms, name="platforms"),
    path(_("apps/compare/"), platforms.compare, name="compare_platforms"),
    path(_("apps/<slug:slug>/"), platforms.platform, name="platform"),
    path(_("help/"), directory.helplines, name="helplines"),
    path(_("help/not-working/"), feedback.number_not_working, name="number_not_working"),
    path(_("help/thanks/"), feedback.number_thanks, name="number_thanks"),
    path(_("emergency/"), directory.emergency_numbers, name="emergency"),
    # Neutral, because the address stays in the history of the phone.
    path(_("sheet/"), sheets.incident_log, name="incident_log"),
    path(_("school-poster/"), sheets.school_poster, name="school_poster"),
    path(_("glossary/"), directory.glossary, name="glossary"),
    path(_("organisations/"), directory.organisations, name="organisations"),
    path(_("search/"), search.search, name="search"),
    path(_("saved/"), saved.saved, name="saved"),
    path(_("news/"), pages.news, name="news"),
    path(_("news/<slug:slug>/"), pages.news_item, name="news_item"),
    path(_("about/"), pages.page, {"key": "about"}, name="about"),
    path(_("privacy/"), pages.page, {"key": "privacy"}, name="privacy"),
    path(_("accessibility/"), pages.page, {"key": "accessibility"}, name="accessibility"),
    path(_("after-you-report/"), pages.page, {"key": "after-you-report"}, name="after_you_report"),
    path(_("transparency/"), transparency.transparency, name="transparency"),
    path(_("traces/"), pages.page, {"key": "traces"}, name="traces"),
    path(_("if-you-were-reported/"), pages.page, {"key": "if-you-were-reported"}, name="if_you_were_reported"),
    # This pattern must be the last one. It requires a final slash, so that Django still adds missing ones elsewhere.
    re_path(r"^(?!admin/|static/)(?P<path>.+/)$", redirects.other_language, name="other_language"),
]
