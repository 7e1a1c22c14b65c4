"""URL patterns in the groups that the three kinds of node combine."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from safetycenter import security_txt, views
from safetycenter.metrics import metrics

health = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
readers = [
    path("", views.language_redirect, name="language_redirect"),
    path(".well-known/security.txt", security_txt.security_txt, name="security_txt"),
    path("", include("education.urls.plain")),
    *i18n_patterns(
        path("", include("reports.urls")),
        path("", include("education.urls.pages")),
    ),
]
desk = [
    path("admin/account/", include("safetycenter.accounts.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "safetycenter.views.bad_request"
handler403 = "safetycenter.views.permission_denied"
handler404 = "safetycenter.views.page_not_found"
handler500 = "safetycenter.views.server_error"
