"""Addresses without a language prefix, mostly read by machines."""

from django.urls import path

from education import feeds, sitemaps

app_name = "plain"
urlpatterns = [
    path("feed/<str:language>/", feeds.feed, name="feed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
