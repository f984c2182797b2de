"""The reference shows what a user can use, and leaves defaults to the text."""

from __future__ import annotations

import importlib
import re
from typing import Any

import pytest

import cdk_ivs as ivs
from tests.examples.apps import ROOT

# It is about an extension of the tool that reads the code for the site.
pytestmark = [pytest.mark.newest, pytest.mark.once, pytest.mark.unmeasured]


@pytest.fixture(scope="module")
def package() -> Any:
    """The package, as the site reads it."""
    # The environment in which the wheel is tested has no tools for the site.
    import griffe

    script = str(ROOT / "scripts" / "website" / "public_names.py")
    loader = griffe.GriffeLoader(
        extensions=griffe.load_extensions(script),
        search_paths=[ROOT / "src"],
        allow_inspection=False,
    )
    return loader.load("cdk_ivs", try_relative_path=False)


def classes(package: Any) -> list[Any]:
    """The public classes."""
    members = [package[name] for name in ivs.__all__ if package[name].is_alias]
    return [member.target for member in members if member.target.is_class]


def test_bases_are_public(package: Any) -> None:
    """
    A class shows the public classes that it extends, also through private ones, and no private one.
    """
    bases = {one.name: one.extra["cdk_ivs"]["bases"] for one in classes(package)}
    assert bases["ArgumentTypeError"] == ["ValidationError", "TypeError"]
    assert bases["ChannelType"] == ["StrEnum"]
    assert bases["ChannelProps"] == []
    assert len(bases) > 100
    shown = {base for names in bases.values() for base in names}
    private = {"ChannelBase", "Grants", "IvsResource", "Options", "Props"}
    assert [base for base in shown if base.startswith("_") or base in private] == []


def test_defaults_are_left_to_the_text(package: Any) -> None:
    """
    A parameter or a field that is None when it is not given shows `...`; other defaults are shown.
    """
    channel = package["Channel"].target
    parameters = {one.name: one.default for one in channel.members["__init__"].parameters}
    assert parameters["latency_mode"] == "..."
    assert parameters["scope"] is None
    assert package["ChannelProps"].target.members["authorized"].value == "..."
    spans = {
        str(parameter.default)
        for one in classes(package)
        for function in one.functions.values()
        for parameter in function.parameters
        if parameter.default is not None
    }
    assert "None" not in spans
    assert "False" in spans


def test_attributes_are_shown_as_properties(package: Any) -> None:
    """
    A member that you read without parentheses is a property, also with the decorator of the
    library, and a member that you call is a method.
    """
    channel = package["Channel"].target
    url = channel.members["channel_playback_url"]
    assert url.is_attribute
    assert url.labels == {"property"}
    assert str(url.annotation) == "str"
    assert url.docstring.value.startswith("The playback URL")
    decorated = [
        f"{one.name}.{name}"
        for one in classes(package)
        for name, function in one.functions.items()
        if "attribute" in {str(decorator.value) for decorator in function.decorators}
    ]
    assert decorated == []
    assert package["IChannel"].target.members["add_stream_key"].is_function


def test_names_in_tables_break_between_words() -> None:
    """
    A long name in a cell can be broken after a separator and before a capital letter; a short one,
    and one outside of tables, cannot.
    """
    import markdown

    breaks = importlib.import_module("scripts.website.breaks")
    page = (
        "`ivs:GetChannel`\n\n| a |\n|---|\n| `chat.Room.metric_all()` `<id>` `ivs:GetChannel` |\n"
    )
    html = markdown.markdown(
        page, extensions=["tables", breaks.BreaksExtension()], output_format="html"
    )
    assert re.findall("<code>(.*?)</code>", html) == [
        "ivs:GetChannel",
        "chat.<wbr>Room.<wbr>metric_<wbr>all()",
        "&lt;id&gt;",
        "ivs:<wbr>Get<wbr>Channel",
    ]
