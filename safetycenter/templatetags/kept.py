"""A part of a page that is the same for everybody, made once in some seconds: ``{% kept %}…{% endkept %}``.

Rendering a template takes most of the processor time of a page of the form, and its frame is always the same.
"""

from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from django import template
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from safetycenter import memory, wording
from safetycenter.page_cache import display_modes

register = template.Library()
# What the part may use besides its values: the same for every request (safetycenter.views.site).
OF_THE_SITE = ("SITE_NAME", "PUBLIC_URL", "OPERATOR", "DEMO", "NODE", "HAS_DESK", "QUICK_EXIT_URL", "LIMITS")
MOST = 40  # versions of one part; a value that differs in every request must not fill the memory


class _Same:
    """A value that counts as the same only if it is the same object, such as a list that was kept itself."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value


class KeptNode(template.Node):
    """The part between the tags. It sees its values and the facts of the site, never the request or a form's token."""

    def __init__(self, nodelist: NodeList, values: dict[str, FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values

    def render(self, context: Context) -> SafeString:
        """Return the part as it was made for these values, this language and wording, some seconds ago at most."""
        values = {name: value.resolve(context, ignore_failures=True) for name, value in self.values.items()}
        if display_modes.current() is not None:  # pages for readers are kept as a whole
            return self._made(context, values)
        versions = _kept.setdefault(self, {})
        key = get_language(), wording.current(), *map(_comparable, values.values())
        now, found = monotonic(), versions.get(key)
        if found is None or now - found[0] >= memory.CACHE_SECONDS:
            if len(versions) >= MOST:
                versions.clear()
            found = versions[key] = now, self._made(context, values)
        return found[1]

    def _made(self, context: Context, values: dict[str, Any]) -> SafeString:
        of_the_site = {name: context[name] for name in OF_THE_SITE if name in context}
        return self.nodelist.render(context.new(of_the_site | {"mode": context.get("mode")} | values))


_kept: WeakKeyDictionary[KeptNode, dict[tuple, tuple[float, SafeString]]] = WeakKeyDictionary()
memory.clear_too(_kept.clear)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Keep the part up to ``endkept`` for some seconds: ``{% kept easy=easy cards=cards %}``; it sees these values."""
    name, *rest = token.split_contents()
    values = token_kwargs(rest, parser)
    if rest:
        raise template.TemplateSyntaxError(f"{name} takes only values with names: {rest}")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, values)


def _comparable(value: Any) -> Any:
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dict):
        return tuple((name, _comparable(one)) for name, one in value.items())
    return (type(value), value) if value is None or isinstance(value, str | int | bool) else _Same(value)
