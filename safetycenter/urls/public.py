"""A node for readers and reporters. It has no staff URLs at all."""

from .shared import handler400, handler403, handler404, handler500, health, readers  # noqa: F401

urlpatterns = health + readers
