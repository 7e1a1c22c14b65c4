"""A node for readers and reporters. There is no staff door here at all."""

from .shared import handler400, handler403, handler404, handler500, health, readers  # noqa: F401

urlpatterns = health + readers
