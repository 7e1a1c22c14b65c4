"""Draw the site's small pictures (``templates/_partials/art``) as Pillow masks. Supports only the SVG used in them."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import atan2, cos, hypot, pi, radians, sin, sqrt
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from PIL import Image, ImageChops, ImageDraw

Point = tuple[float, float]
_COMMAND = re.compile(r"([MLHVCQTAZmlhvcqtaz])([^MLHVCQTAZmlhvcqtaz]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "T": 2, "A": 7, "Z": 0}
_PIECES = 16  # straight segments per curve


def shapes(svg: str) -> Iterator[tuple[ElementTree.Element, list[list[Point]]]]:
    """Yield each drawn element of ``svg`` with its outlines, in view box units."""
    yield from _inside(ElementTree.fromstring(svg), (0.0, 0.0))  # noqa: S314 - a file of ours


def mask(element: ElementTree.Element, outlines: list[list[Point]], size: tuple[int, int], scale: float) -> Image.Image:
    """Return a mask of the area that ``element`` paints, on a canvas of ``size``, with ``scale`` pixels per unit."""
    scaled = [[(x * scale, y * scale) for x, y in outline] for outline in outlines]
    if element.get("stroke"):
        return _lines(scaled, size, float(element.get("stroke-width", "1")) * scale)
    return _areas(scaled, size, even_odd=element.get("fill-rule") == "evenodd")


def ellipse(x: float, y: float, rx: float, ry: float, degrees: float = 0) -> list[Point]:
    """Return the outline of an ellipse, rotated about its centre."""
    turn, steps = radians(degrees), 64
    around = ((rx * cos(2 * pi * i / steps), ry * sin(2 * pi * i / steps)) for i in range(steps))
    return [(x + a * cos(turn) - b * sin(turn), y + a * sin(turn) + b * cos(turn)) for a, b in around]


def _inside(parent: Element, moved: Point) -> Iterator[Any]:
    for element in parent:
        name = element.tag.rpartition("}")[2]
        if name == "g":
            found = [float(n) for n in _NUMBER.findall(element.get("transform", ""))] or [0.0, 0.0]
            yield from _inside(element, (moved[0] + found[0], moved[1] + found[1]))
        else:
            outlines = _path(element.get("d", "")) if name == "path" else [_round(element)]
            yield element, [[(x + moved[0], y + moved[1]) for x, y in outline] for outline in outlines]


def _round(element: Element) -> list[Point]:
    def number(name: str) -> float:
        return float(element.get(name, element.get("r", "0")))

    turn = _NUMBER.findall(element.get("transform", "")) or ["0"]
    return ellipse(number("cx"), number("cy"), number("rx"), number("ry"), float(turn[0]))


def _areas(outlines: Iterable, size: tuple[int, int], *, even_odd: bool) -> Image.Image:
    whole = Image.new("L", size)
    for outline in outlines:
        part = Image.new("L", size)
        ImageDraw.Draw(part).polygon(outline, fill=255)
        whole = ImageChops.difference(whole, part) if even_odd else ImageChops.lighter(whole, part)
    return whole


def _lines(outlines: Iterable, size: tuple[int, int], width: float) -> Image.Image:
    drawn, half = Image.new("L", size), width / 2
    draw = ImageDraw.Draw(drawn)
    for outline in outlines:
        draw.line(outline, fill=255, width=round(width), joint="curve")
        for x, y in outline[:: len(outline) - 1]:  # round line ends
            draw.ellipse((x - half, y - half, x + half, y + half), fill=255)
    return drawn


def _path(text: str) -> list[list[Point]]:
    """Return the outlines of a path, with curves as straight segments."""
    outlines: list[list[Point]] = []
    bend: Point | None = None
    for command, numbers in _commands(text):
        here = outlines[-1][-1] if outlines else (0.0, 0.0)
        kind = command.upper()
        points = _points(command, numbers, here)
        if kind == "M":
            outlines.append(points)
        elif kind == "Z":
            outlines[-1].append(outlines[-1][0])
        elif kind == "A":
            outlines[-1] += _arc(here, points[0], numbers[0], sweep=bool(numbers[4]))
        elif kind in "LHV":
            outlines[-1] += points
        else:
            if kind == "T":
                points.insert(0, (2 * here[0] - bend[0], 2 * here[1] - bend[1]) if bend else here)
            bend = points[-2]
            outlines[-1] += _curve([here, *points])
    return outlines


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    for command, tail in _COMMAND.findall(text):
        numbers, takes = [float(n) for n in _NUMBER.findall(tail)], _TAKES[command.upper()]
        for start in range(0, len(numbers), takes) if takes else [0]:
            again = {"M": "L", "m": "l"}.get(command, command) if start else command
            yield again, numbers[start : start + takes]


def _points(command: str, numbers: list[float], here: Point) -> list[Point]:
    x, y = here if command.islower() else (0.0, 0.0)
    match command.upper():
        case "H":
            return [(x + numbers[0], here[1])]
        case "V":
            return [(here[0], y + numbers[0])]
        case "A":
            return [(x + numbers[5], y + numbers[6])]
    return [(x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]


def _curve(points: list[Point]) -> list[Point]:
    """Return the points of a Bézier curve of any degree, without the first one (de Casteljau)."""
    drawn = []
    for i in range(1, _PIECES + 1):
        t, level = i / _PIECES, points
        while len(level) > 1:
            level = [((1 - t) * a + t * c, (1 - t) * b + t * d) for (a, b), (c, d) in pairwise(level)]
        drawn.append(level[0])
    return drawn


def _arc(start: Point, end: Point, radius: float, *, sweep: bool) -> list[Point]:
    """Return the points of the shorter arc of a circle."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    chord = hypot(dx, dy)
    rise = sqrt(max(radius**2 - chord**2 / 4, 0)) * (1 if sweep else -1)
    x, y = (start[0] + end[0]) / 2 - dy / chord * rise, (start[1] + end[1]) / 2 + dx / chord * rise
    begin, stop = atan2(start[1] - y, start[0] - x), atan2(end[1] - y, end[0] - x)
    around = (stop - begin) % (2 * pi) if sweep else -((begin - stop) % (2 * pi))
    radius = max(radius, chord / 2)
    steps = [begin + around * i / _PIECES for i in range(1, _PIECES + 1)]
    return [(x + radius * cos(angle), y + radius * sin(angle)) for angle in steps]
