"""The meaning of a URL on a platform: it names an account, or only a page that is the same for everybody."""

import re
from urllib.parse import unquote

# First path parts after which no account is named, whatever follows. No platform gives these names to an account.
_GENERIC_PATHS = {
    *("about", "accounts", "help", "home", "jobs", "legal", "login", "notifications", "oauth", "privacy", "search"),
    *("settings", "signup", "terms", "tos"),
}
# Path parts that name no account on this platform, but may be names on another one.
_GENERIC = {
    "discord.com": {"@me", "app", "channels", "download", "events", "invite", "servers", "store", "users"},
    "discord.gg": set(),
    "facebook.com": {
        *("bookmarks", "e2ee", "events", "friends", "gaming", "groups", "hashtag", "item", "live", "marketplace"),
        *("media", "memories", "messages", "pages", "people", "permalink", "pg", "photo", "photos", "profile", "reel"),
        *("reels", "requests", "set", "share", "sharer", "stories", "story", "video", "videos", "watch"),
    },
    "instagram.com": {
        *("_u", "ar", "channel", "direct", "explore", "highlights", "inbox", "invites", "new", "reel", "reels"),
        *("requests", "share", "stories", "tv", "web", "your_activity"),
    },
    "line.me": {"download", "square", "ti", "ti2"},
    "mobilelegends.com": {"en", "game", "hero", "id", "news", "rank"},
    "roblox.com": {
        *("catalog", "charts", "communities", "discover", "en", "friends", "games", "groups", "id", "messages", "my"),
        *("profile", "share", "share-links", "users"),
    },
    "shopee.co.id": {"cart", "product", "shop", "universal-link"},
    "snapchat.com": {"add", "discover", "spotlight", "web"},
    "t.me": {
        *("addemoji", "addlist", "addstickers", "addtheme", "bg", "boost", "confirmphone", "contact", "giftcode"),
        *("invoice", "iv", "joinchat", "proxy", "setlanguage", "share", "socks"),
    },
    "telegram.org": {"apps", "dl", "faq"},
    "threads.net": {"activity", "following", "for_you"},
    "tiktok.com": {
        *("business", "business-suite", "channel", "coin", "creators", "discover", "effect", "embed", "explore"),
        *("following", "foryou", "friends", "inbox", "live", "messages", "music", "place", "player", "setting"),
        *("share", "shop", "sticker", "tag", "tiktokstudio", "upload", "video", "view"),
    },
    "tokopedia.com": {"cart", "discovery"},
    "wa.me": {"catalog", "channel", "message", "product", "qr"},
    "whatsapp.com": {"call", "catalog", "channel", "download", "message", "product", "send"},
    "x.com": {"bookmarks", "communities", "compose", "explore", "hashtag", "intent", "lists", "messages", "share"},
    "youtube.com": {
        *("attribution_link", "channel", "clip", "embed", "feed", "gaming", "hashtag", "history", "kids", "library"),
        *("live", "music", "playlist", "post", "premium", "redirect", "results", "shorts", "signin"),
        *("subscriptions", "trending", "user", "watch"),
    },
}
_ALIASES = {
    "discordapp.com": "discord.com",
    "fb.com": "facebook.com",
    "instagr.am": "instagram.com",
    "m.me": "facebook.com",
    "telegram.dog": "t.me",
    "telegram.me": "t.me",
    "threads.com": "threads.net",
    "twitter.com": "x.com",
}
# Platforms where the first part of a path is the name of an account, unless it is a generic word.
_NAME_FIRST = {
    *("facebook.com", "instagram.com", "t.me", "threads.net", "tiktok.com", "wa.me", "x.com", "youtube.com"),
}
# After these first parts, the name or number of the account follows at this position.
_NAME_LATER = {
    ("discord.com", "users"): 1,
    ("facebook.com", "people"): 2,
    ("facebook.com", "pg"): 1,
    ("instagram.com", "_u"): 1,
    ("instagram.com", "stories"): 1,
    ("roblox.com", "users"): 1,
    ("snapchat.com", "add"): 1,
    ("t.me", "boost"): 1,
    ("t.me", "c"): 1,
    ("t.me", "s"): 1,
    ("wa.me", "c"): 1,
    ("wa.me", "p"): 2,
    ("youtube.com", "c"): 1,
    ("youtube.com", "channel"): 1,
    ("youtube.com", "user"): 1,
}
HOSTS = frozenset(_GENERIC) | frozenset(_ALIASES)
ONE_HOST = "|".join(map(re.escape, sorted(HOSTS, key=len, reverse=True)))
_PLACE = re.compile(rf"(?<![\w@-])({ONE_HOST})(/[^\s?#,;|<>\"'()]*)", re.IGNORECASE)
_NAME = re.compile(r"@?([\w.-]{2,60})|\+(\d{8,15})")
# Links that redirect to another one: those that Instagram and Facebook wrap every link in, and their log-in pages.
_REDIRECTING_HOST = re.compile(
    r"(?<![\w@-])((?:facebook|instagram|threads)\.(?:com|net))/\S{0,200}?[?&](?:u|next)=([^\s&]+)", re.IGNORECASE
)
_MAX_DEPTH = 3  # levels of nested links; nobody copies more, and an attacker could write thousands


def names_in(text: str) -> set[str]:
    """Return the names and numbers of accounts in the URLs in ``text``, in lower case and without an @."""
    return {name for host, path in _PLACE.findall(text.lower()) if (name := _name(_platform(host), _parts(path)))}


def names_nobody(address: str) -> bool:
    """Return whether ``address``, as ``host/path``, is a page that is the same for everybody on its platform."""
    host, _slash, path = address.partition("/")
    platform = _platform(host) or _platform(host.partition(".")[2])
    parts = _parts(path)
    if not platform:
        return False
    return not _GENERIC_PATHS.isdisjoint(parts[:1]) or all(_is_generic(platform, part) for part in parts)


def with_inner_links(text: str) -> str:
    """Return ``text`` followed by the links that are nested in its links."""
    found, outer = [text], text
    for _depth in range(_MAX_DEPTH):
        outer = " ".join(_inner(host, link) for host, link in _REDIRECTING_HOST.findall(outer))
        found.append(outer)
    return " ".join(filter(None, found))


def _inner(host: str, link: str) -> str:
    inner = unquote(link)
    return f"https://{host}{inner}" if inner.startswith("/") else inner


def _platform(host: str) -> str:
    """Return the usual host of the platform; empty for other sites."""
    return _ALIASES.get(host, host if host in _GENERIC else "")


def _parts(path: str) -> list[str]:
    return [part for part in unquote(path).split("/") if part]


def _name(platform: str, parts: list[str]) -> str:
    place = _NAME_LATER.get((platform, parts[0]), 0) if parts else 0
    if len(parts) <= place or (not place and platform not in _NAME_FIRST) or _is_generic(platform, parts[place]):
        return ""
    found = _NAME.match(parts[place])
    return (found[1] or found[2]).strip(".-") if found else ""


def _is_generic(platform: str, part: str) -> bool:
    """Return whether ``part`` names no account: a single letter, or a page of a program."""
    return len(part) < 2 or part.endswith(".php") or part in _GENERIC_PATHS or part in _GENERIC[platform]
