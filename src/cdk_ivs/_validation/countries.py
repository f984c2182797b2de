"""
The countries that a playback restriction policy can contain.

They are the officially assigned codes of ISO 3166-1 alpha-2 as of 2026-02-16, the date of pycountry
26.2.16. A test compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import ValidationError, safe_repr, safe_text
from .tokens import can_become, is_token
from .values import check_unique

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO
    BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ
    DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP
    GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG
    KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML
    MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE
    PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL
    SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM
    US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()  # noqa: SIM905 - as a list it would be 249 lines
)
_MOST = 200


def check_countries(keyword: str, countries: Sequence[str]) -> None:
    """Refuse more than 200 countries, unknown codes, and repetitions."""
    if len(countries) > _MOST:
        raise ValidationError(
            f"'{keyword}' must have at most {_MOST} countries, got {len(countries)}",
            code="CountryCount",
        )
    for country in countries:
        if (
            country not in COUNTRIES
            and not can_become(country, COUNTRIES)
            and not is_token([country])
        ):
            hint = (
                f"; write '{safe_text(country.upper())}'"
                if country.upper() in COUNTRIES
                else "; write 'GB' for the United Kingdom"
                if country.upper() == "UK"
                else ""
            )
            raise ValidationError(
                f"'{keyword}' must be two-letter codes of ISO 3166-1 in upper case, "
                f"got {safe_repr(country)}{hint}",
                code="Country",
            )
    check_unique(keyword, countries)
