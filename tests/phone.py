"""What a page must hold on a small phone, beyond what axe-core looks for: targets, focus, numbers, one heading."""

from playwright.sync_api import Page

TARGET = 44  # px: the smallest thing to tap
# Things to tap that are too low. A link inside a sentence is as high as its line, and so is an explained word.
_TOO_LOW = """least => {
    const hosts = ['.choice input => .choice', '.card :is(h2, h3) a => .card'].map((pair) => pair.split(' => '));
    const box = (one) => {
        const host = hosts.find(([what]) => one.matches(what));
        return (host ? one.closest(host[1]) : one).getBoundingClientRect();
    };
    const inSentence = (one) => {
        const around = one.closest('p, li, dd, td');
        return around && around.innerText.trim() !== one.innerText.trim();
    };
    return [...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.honey, .visually-hidden'))
        .filter((one) => !one.matches('.word, [class*=skip]'))
        .filter((one) => !(getComputedStyle(one).display === 'inline' && inSentence(one)))
        .filter((one) => box(one).height < least)
        .map((one) => `${one.outerHTML.slice(0, 120)} ${box(one).height}`);
}"""
# After a key was pressed, whatever gets the focus must have a ring: on itself, or on the card or choice around it.
_NO_RING = """() => {
    const ring = (one, part) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one, part);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    };
    return [...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0)
        .filter((one) => {
            one.focus();
            const choice = one.closest('.choice');
            return !(ring(one) || ring(one, '::after') || (choice && ring(choice)));
        })
        .map((one) => one.outerHTML.slice(0, 120));
}"""
_PARTED = """() => [...document.querySelectorAll('.phone, .tel, .emergency-bar b')]
    .filter((one) => one.checkVisibility() && /^[\\d ()-]+$/.test(one.innerText.trim()))
    .filter((one) => {
        const words = document.createRange();
        words.selectNodeContents(one);
        return new Set([...words.getClientRects()].map((line) => Math.round(line.top / 8))).size > 1;
    })
    .map((one) => one.innerText)"""


def assert_fits(page: Page) -> None:
    """Nothing is wider than the screen, and the page has one heading."""
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= screen, f"{page.url} is {wide} px wide"
    assert page.locator("h1:visible").count() == 1, page.url


def assert_made_for_thumbs_and_keys(page: Page) -> None:
    """Targets are high enough, no number is parted at the end of a line, and the focus is always seen."""
    _none(page, "too low to tap", page.evaluate(_TOO_LOW, TARGET - 0.5))
    _none(page, "numbers that are parted", page.evaluate(_PARTED))
    page.keyboard.press("Tab")
    _none(page, "without a ring when focused", page.evaluate(_NO_RING))


def _none(page: Page, what: str, found: list[str]) -> None:
    assert not found, f"{page.url}: {what}:\n" + "\n".join(found)
