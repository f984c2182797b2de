"""The pictures of examples and patterns are those of their templates."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.examples.apps import NAMES, ROOT, golden

# They are made by scripts of the repository, from templates that are compared elsewhere.
pytestmark = [pytest.mark.newest, pytest.mark.once, pytest.mark.unmeasured]

IMAGES = ROOT / "docs" / "images"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def scripts() -> Iterator[dict[str, ModuleType]]:
    """The scripts, by their names."""
    names = (
        "example_pictures",
        "pattern_pictures",
        "drawings.flow",
        "drawings.kinds",
        "drawings.svg",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        yield {name: importlib.import_module(name) for name in names}


def test_pictures_of_examples_are_of_today(scripts: dict[str, ModuleType]) -> None:
    """
    Each example has a picture, which is the one that the script draws from its template.
    """
    drawn = scripts["example_pictures"].pictures()
    assert sorted(drawn) == [f"{name}.svg" for name in sorted(NAMES)]
    for name, picture in drawn.items():
        assert (IMAGES / name).read_text(encoding="utf-8") == picture, name


def test_pictures_of_patterns_are_of_today(scripts: dict[str, ModuleType]) -> None:
    """
    The pictures of patterns are those that the script draws, and a page of the docs shows each.
    """
    files = (ROOT / "docs").rglob("*.md")
    pages = "\n".join(file.read_text(encoding="utf-8") for file in files)
    drawn = scripts["pattern_pictures"].pictures()
    shown = set(re.findall(r"!\[[^]]{20,}\]\((?:\.\./)?images/([\w-]+\.svg)\)", pages))
    assert sorted(set(drawn) - shown) == []
    for name, picture in drawn.items():
        assert (IMAGES / name).read_text(encoding="utf-8") == picture, name


def is_drawn(name: str, resource: dict[str, Any], template: str) -> bool:
    """Whether a resource of a type with a box does a part of the job of its example."""
    match resource["Type"]:
        case "AWS::Lambda::Function":
            # The function that the library creates for custom resources.
            return not name.startswith("cdkivsCustomResources")
        case "AWS::Logs::LogGroup":
            return name.startswith(("Messages", "Recent"))
        case "AWS::SQS::Queue":
            dead = re.findall(
                r'"(?:DeadLetterConfig|RedrivePolicy)": {[^}]*?"(\w+)", "Arn"', template
            )
            return name not in dead
    return True


@pytest.mark.parametrize("name", NAMES)
def test_every_resource_is_drawn(scripts: dict[str, ModuleType], name: str) -> None:
    """
    A resource has a box, or is of a type that an arrow stands for, or only serves others.
    """
    template = golden(name)
    flow = scripts["drawings.flow"].Flow(template)
    kinds = scripts["drawings.kinds"]
    assert not set(kinds.TITLES) & kinds.WITHOUT_BOX
    resources = template["Resources"]
    for logical_id, resource in resources.items():
        kind = resource["Type"]
        assert kind in kinds.TITLES or kind in kinds.WITHOUT_BOX, kind
        if kind in kinds.TITLES and is_drawn(logical_id, resource, json.dumps(template)):
            # Several of a kind can share a box.
            same = [other for other, one in resources.items() if one["Type"] == kind]
            candidates = same if kind in kinds.TOGETHER else [logical_id]
            assert set(candidates) & set(flow.boxes), logical_id
    assert {end for arrow in flow.arrows for end in arrow[:2]} == set(flow.boxes)


def test_what_flows_where(scripts: dict[str, ModuleType]) -> None:
    """
    Arrows are what happens: video and its recordings, and not which resource needs which.
    """
    flow = scripts["drawings.flow"].Flow(golden("watch_recordings"))
    short = {name: re.sub(r"[0-9A-F]{8}$", "", name) for name in flow.boxes}
    assert [(short[start], short[end], label) for start, end, label in flow.arrows] == [
        ("Encoder", "Channel", "RTMPS"),
        ("Channel", "Viewers", "HLS"),
        ("Channel", "DeliveryBucket", "recordings"),
        ("Participants", "Stage", "WebRTC"),
        ("Stage", "DeliveryBucket", "recordings"),
        ("DeliveryBucket", "DeliveryDistribution", ""),
        ("DeliveryDistribution", "Viewers", "recordings"),
        ("DeliveryDistribution", "AccessLogs", "access logs"),
    ]


PICTURES = sorted(file.name for file in IMAGES.glob("*.svg"))


@pytest.mark.parametrize("name", PICTURES)
def test_picture_is_legible_on_a_phone(name: str) -> None:
    """
    A picture fits into 390 pixels less the margins, no text is under 11 pixels, and no box is
    on another or leaves the picture.
    """
    root = ET.fromstring((IMAGES / name).read_text(encoding="utf-8"))  # noqa: S314 - ours
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert width <= 390 - 2 * 16
    assert root.attrib["viewBox"] == f"0 0 {width:g} {height:g}"
    style = root.findtext(f"{SVG}style") or ""
    sizes = re.findall(r"([\d.]+)px (?:-apple|sans)|font-size:([\d.]+)px", style)
    assert min(float(one or other) for one, other in sizes) >= 11
    assert "prefers-color-scheme:dark" in style
    boxes = [
        [float(box.attrib[key]) for key in ("x", "y", "width", "height")]
        for box in root.iter(f"{SVG}rect")
        if box.attrib["class"] != "page"
    ]
    for index, (x, y, wide, high) in enumerate(boxes):
        assert x >= 0
        assert x + wide <= width
        assert y + high <= height
        for other_x, other_y, other_wide, other_high in boxes[index + 1 :]:
            apart = x + wide <= other_x or other_x + other_wide <= x
            assert apart or y + high <= other_y or other_y + other_high <= y


def test_arrows_go_down_past_and_back(scripts: dict[str, ModuleType]) -> None:
    """
    An arrow to the next row is straight; one past a row, or back up, takes a lane at the side.
    """
    svg = scripts["drawings.svg"]
    boxes = {name: svg.Box(name) for name in "ABC"}
    arrows = [svg.Arrow(*ends) for ends in ("AB", "BC", "AC", "CA")]
    drawn = svg.draw(boxes, arrows, "Title")
    ways = re.findall(r' d="(.*?)"', drawn)
    assert [way.count("C") for way in ways] == [1, 1, 0, 0]
    assert [way.count("H") for way in ways] == [0, 0, 2, 2]
    assert len({re.findall(r"H([\d.]+)", way)[0] for way in ways[2:]}) == 2


def test_too_many_arrows_are_refused(scripts: dict[str, ModuleType]) -> None:
    """
    A picture in which arrows would cover one another is not drawn.
    """
    svg = scripts["drawings.svg"]
    names = [f"Box{number}" for number in range(9)]
    arrows = [svg.Arrow(one, other) for one in names for other in names]
    with pytest.raises(SystemExit, match="Title: there are too many arrows"):
        svg.draw({name: svg.Box(name) for name in names}, arrows, "Title")
