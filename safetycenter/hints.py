"""Types that annotations share."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text
else:
    Text = str | Promise  # words that may be translated when they are shown

View = Callable[..., HttpResponseBase]
GetResponse = Callable[[HttpRequest], HttpResponseBase]
Stored = bytes | memoryview | None  # what a BinaryField holds: one driver gives bytes, the other a memoryview

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin, TabularInline

    AdminMixin = ModelAdmin
    InlineMixin = TabularInline
else:
    AdminMixin = InlineMixin = object  # bases of mixins: only the checker needs to know what they are mixed into
