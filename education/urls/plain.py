"""URL patterns without a language prefix, mostly for machines."""

from django.urls import path

from education.seo import feeds, sitemaps
from education.views import pictures, saved, transparency

app_name = "plain"
urlpatterns = [
    path("feed/<str:language>/", feeds.feed, name="feed"),
    path("transparency/<int:year>-q<int:quarter>.<slug:form>", transparency.figures, name="figures"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("pictures/<str:name>", pictures.picture, name="picture"),
    path("offline-worker.js", saved.offline_worker, name="offline_worker"),
]
