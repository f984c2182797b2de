"""What users can import."""

from __future__ import annotations

import inspect

from aws_cdk import aws_ivs_alpha as alpha

import cdk_ivs


def test_all_is_exactly_what_is_public() -> None:
    """
    Nothing can be imported that is not named, and everything named can be imported.
    """
    public = {name for name in dir(cdk_ivs) if not name.startswith("_")}
    assert public == set(cdk_ivs.__all__)


def test_all_is_sorted_and_without_repetition() -> None:
    """
    A name is found by its letter.
    """
    assert sorted(set(cdk_ivs.__all__)) == cdk_ivs.__all__


def test_every_name_has_documentation() -> None:
    """
    What is public is explained.
    """
    undocumented = [name for name in cdk_ivs.__all__ if not inspect.getdoc(getattr(cdk_ivs, name))]
    assert undocumented == []


def test_every_name_of_alpha_is_here() -> None:
    """
    A changed import line finds every name.
    """
    assert set(alpha.__all__) - set(cdk_ivs.__all__) == set()
