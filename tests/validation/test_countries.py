"""Countries of playback restriction policies."""

from __future__ import annotations

import pycountry
import pytest
from aws_cdk import Fn

from cdk_ivs import ValidationError
from cdk_ivs._validation.countries import COUNTRIES, check_countries
from tests.support.tokens import token


def test_are_those_that_iso_has_assigned() -> None:
    """
    The list is the one that pycountry has from the ISO.
    """
    assert sorted(COUNTRIES) == sorted(country.alpha_2 for country in pycountry.countries)


def test_as_many_as_ivs_takes_are_accepted() -> None:
    """
    200 different countries are taken, and so is none.
    """
    assert check_countries("allowed_countries", sorted(COUNTRIES)[:200]) is None
    assert check_countries("allowed_countries", []) is None


def test_more_are_refused() -> None:
    """
    201 countries are refused, with their number.
    """
    with pytest.raises(ValidationError) as error:
        check_countries("allowed_countries", sorted(COUNTRIES)[:201])
    assert error.value.code == "CountryCount"
    assert error.value.message == "'allowed_countries' must have at most 200 countries, got 201"


@pytest.mark.parametrize(
    ("country", "hint"),
    [
        ("us", "; write 'US'"),
        ("Us", "; write 'US'"),
        ("UK", "; write 'GB' for the United Kingdom"),
        ("uk", "; write 'GB' for the United Kingdom"),
        ("XX", ""),
        ("EU", ""),
        ("USA", ""),
        ("U", ""),
        ("", ""),
        ("US ", ""),
        ("Germany", ""),
    ],
)
def test_what_is_no_country_is_refused(country: str, hint: str) -> None:
    """
    The one that is wrong is named, with what was probably meant.
    """
    with pytest.raises(ValidationError) as error:
        check_countries("allowed_countries", ["DE", country, "FR"])
    assert error.value.code == "Country"
    assert error.value.message == (
        "'allowed_countries' must be two-letter codes of ISO 3166-1 in upper case, "
        f"got {country!r}{hint}"
    )


def test_repetitions_are_refused() -> None:
    """
    The country that stands twice is named.
    """
    with pytest.raises(
        ValidationError,
        match="'allowed_countries' must not have a value twice, got 'DE' again",
    ):
        check_countries("allowed_countries", ["DE", "FR", "DE"])


def test_tokens_pass() -> None:
    """
    A country, and a whole list, that is known at deployment is left to IVS.
    """
    assert check_countries("allowed_countries", ["DE", token(), token("Other")]) is None
    assert check_countries("allowed_countries", Fn.split(",", token())) is None
