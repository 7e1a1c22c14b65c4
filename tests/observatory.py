"""The score that Mozilla's HTTP Observatory would give to an answer, by its published rules.

The rules are those of MDN's page "Tests & Scoring" as published in 2024; only results that this site can have are known
here, and every other one is the worst of its kind. Being on the browsers' preload list would give more points.
"""

import re
from http.cookies import SimpleCookie

A_PLUS = 100
BONUS_FROM = 90  # points above 100 count from here on only
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
HALF_A_YEAR = 15_768_000


def score(headers: dict[str, str], cookies: list[str], page: str) -> int:
    """Return the points for an answer over https: its headers, its ``Set-Cookie`` headers and its body."""
    headers = {name.lower(): value for name, value in headers.items()}
    policy = _policy(headers.get("content-security-policy", ""))
    found = [
        _content_security(policy),
        _cookies(cookies),
        _cross_origin_sharing(headers.get("access-control-allow-origin")),
        _transport(headers.get("strict-transport-security", "")),
        _referrer(headers.get("referrer-policy")),
        _scripts(page),
        0 if headers.get("x-content-type-options") == "nosniff" else -5,
        _frames(policy, headers.get("x-frame-options")),
        0 if headers.get("cross-origin-resource-policy") in {"same-origin", "same-site"} else -20,
    ]
    without_bonus = 100 + sum(points for points in found if points < 0)
    return without_bonus + (sum(points for points in found if points > 0) if without_bonus >= BONUS_FROM else 0)


def _policy(header: str) -> dict[str, list[str]]:
    parts = [part.split() for part in header.lower().split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


def _content_security(policy: dict[str, list[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", ["*"])
    scripts, objects = (policy.get(name, default) for name in ("script-src", "object-src"))
    broad = {"*", "http:", "https:", "data:", "'unsafe-inline'"}
    if broad & {*scripts, *objects}:
        return -20
    if "'unsafe-eval'" in scripts or any(source.startswith("http:") for one in policy.values() for source in one):
        return -10
    if broad & set(policy.get("style-src", default)):
        return 0
    return 10 if default == ["'none'"] else 5


def _cookies(lines: list[str]) -> int:
    cookies = [cookie for line in lines for cookie in SimpleCookie(line).values()]
    if not cookies:
        return 0
    if not all(cookie["secure"] and cookie["httponly"] for cookie in cookies):
        return -40
    return 5 if all(cookie["samesite"] in {"Strict", "Lax"} for cookie in cookies) else -20


def _cross_origin_sharing(allowed: str | None) -> int:
    return -50 if allowed else 0


def _transport(header: str) -> int:
    age = re.search(r"max-age=(\d+)", header)
    if not age:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


def _referrer(policy: str | None) -> int:
    if policy is None:
        return 0
    return 5 if policy in PRIVATE else -5


def _scripts(page: str) -> int:
    """Scripts of other sites would need a digest; this site has none of them."""
    return -50 if re.search(r"<script[^>]+src=[\"']?(?:\w+:)?//", page) else 0


def _frames(policy: dict[str, list[str]], header: str | None) -> int:
    if policy.get("frame-ancestors", ["*"]) != ["*"]:
        return 5
    return 0 if header in {"DENY", "SAMEORIGIN"} else -20
