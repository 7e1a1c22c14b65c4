"""Types that annotations share."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text
else:
    Text = str | Promise  # text that may be translated when it is shown

View = Callable[..., HttpResponseBase]
GetResponse = Callable[[HttpRequest], HttpResponseBase]
Stored = bytes | memoryview | None  # the value of a BinaryField: bytes or memoryview, depending on the driver

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin, TabularInline

    AdminMixin = ModelAdmin
    InlineMixin = TabularInline
else:
    AdminMixin = InlineMixin = object  # base classes of mixins, which only the type checker needs
