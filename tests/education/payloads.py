"""HTML that must never run, whichever way it gets into a text, and what of it would run in a page."""

import re
from html.parser import HTMLParser

from django import forms

from .admin_pages import change_page

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><circle/></svg>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<p onclick="alert(1)">x</p>',
    '<p style="background:url(//evil.example)">x</p>',
    '<h2 id="s1" class="x">x</h2>',
    "<iframe src=//evil.example></iframe>",
    "<form action=//evil.example><input name=a><button>x</button></form>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<style>@import '//evil.example';</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<template><script>alert(1)</script></template>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<object data=x></object><embed src=x>",
    "<h2>a<script>x</script></h2>",
    "<p>a<p/onmouseover=alert(1)>b",
    '<figure><img src="//evil.example/a.png" alt="x"><figcaption onclick="alert(1)">x</figcaption></figure>',
    '<figure><img data-file="7" src=x onerror=alert(1)><figcaption><script>alert(1)</script></figcaption></figure>',
    '<figure><img data-file="7;alert(1)" alt="x"></figure>',
    "<picture><source srcset=//evil.example><img src=//evil.example></picture>",
    '<p class="callout-tip" onclick="alert(1)" style="position:fixed">x<script>alert(1)</script></p>',
    '<p class="callout-tip admin-only">x</p><p class="steps">x</p><h2 class="callout-say">x</h2>',
    '<p class="box-name">x</p><strong class="box-name">x</strong><p class="notice-alerts" id="s1">x</p>',
    '<ol class="steps" onmouseover=alert(1) start="javascript:alert(1)"><li class="steps" id="s1">x</li></ol>',
    '<ol class="callout-tip"><li>x</li></ol><ul class="steps"><li>x</li></ul>',
    '<blockquote class="callout-tip">x</blockquote>',
    '<p class="callout-important"><img src=x onerror=alert(1)></p><p class=callout-say/onclick=alert(1)>x',
]
# What is typed into a plain field; it leaves a mark in the page in which it ran.
TYPED = '"><img src=x onerror=window.ran=1><script>window.ran=1</script>'
WITHOUT_PICTURES = [html for html in PAYLOADS if "<img" not in html]  # forms refuse the others
NUMBERS = {"also_for_others"}  # takes numbers only
_ADDRESSES = {"href", "src", "srcset", "action", "formaction", "data", "poster", "style", "xlink:href"}
_BAD_ADDRESS = re.compile(r"(java|vb)script:|data:text|evil\.example|alert\(|window\.ran", re.IGNORECASE)
_SPACES = re.compile(r"[\x00-\x20]")  # which browsers leave out of an address


def attacks(client, item, without=frozenset()) -> dict[str, str]:
    """Every text of the form of ``item``, and what is typed into it; ``without`` the fields that take no free text."""
    context = client.get(change_page(item)).context
    found = {}
    rows = [row for inline in context["inline_admin_formsets"] for row in inline.formset.initial_forms]
    for form in (context["adminform"].form, *rows):
        for name, field in form.fields.items():
            if type(field) is forms.CharField and name not in NUMBERS | without and not field.disabled:
                found[form[name].html_name] = TYPED[: field.max_length]
            elif "Prose" in type(field.widget).__name__:
                found[form[name].html_name] = "\n".join(WITHOUT_PICTURES)
    return found


def dangers(page: str) -> list[str]:
    """What of the payloads would run, or load something, in the HTML ``page``."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """Collects handlers, addresses of scripts and of the attacker, and scripts with the words of a payload."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._program = False

    def handle_starttag(self, tag, attrs):
        """Note what is dangerous in the attributes of a tag."""
        self._program = tag == "style" or (tag == "script" and "json" not in (dict(attrs).get("type") or ""))
        refreshes = tag == "meta" and ("http-equiv", "refresh") in attrs
        for name, value in attrs:
            is_address = name in _ADDRESSES or refreshes
            if name.startswith("on") or (is_address and _BAD_ADDRESS.search(_SPACES.sub("", value or ""))):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag):
        """The words after a program are no program."""
        self._program = False

    def handle_data(self, data):
        """Note a script with the words of a payload."""
        if self._program and _BAD_ADDRESS.search(data):
            self.found.append(data[:80])
