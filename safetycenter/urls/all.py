"""One node for everything: readers, reporters and staff."""

from .shared import desk, handler400, handler403, handler404, handler500, health, readers  # noqa: F401

urlpatterns = health + desk + readers
