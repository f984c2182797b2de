"""
Checks of the texts among the options of metrics.

The CDK passes them on as they are, and CloudWatch refuses some of them only when it renders a
graph.
"""

from __future__ import annotations

import re

from cdk_ivs._core.tree import ACCOUNT
from cdk_ivs._validation.errors import ValidationError, safe_repr, safe_text
from cdk_ivs._validation.tokens import is_token_beside

_REGION = re.compile("[a-z]+(?:-[a-z]+)+-[0-9]+")
_COLOR = re.compile("#[0-9A-Fa-f]{6}")
_ID = re.compile("[a-z][A-Za-z0-9_]{0,254}")

# The statistics of CloudWatch, and the short names that the CDK accepts for them.
_SIMPLE = frozenset(
    "average avg minimum min maximum max samplecount n sum iqm".split()  # noqa: SIM905 - shorter
)
_NUMBER = r"[0-9]+(?:\.[0-9]{1,10})?"
_UP_TO_100 = r"(?:100(?:\.0{1,10})?|[0-9]{1,2}(?:\.[0-9]{1,10})?)"
_BELOW = rf"(?:p|tm|wm|tc|ts){_UP_TO_100}"
_PERCENT = rf"{_UP_TO_100}%"
_BETWEEN = (
    rf"(?:pr|tm|wm|tc|ts)\((?:{_NUMBER}:(?:{_NUMBER})?|:{_NUMBER}"
    rf"|{_PERCENT}:(?:{_PERCENT})?|:{_PERCENT})\)"
)
_STATISTIC = re.compile(f"{_BELOW}|{_BETWEEN}", re.IGNORECASE | re.ASCII)


def check_account(keyword: str, account: str) -> None:
    """Refuse a value that is not the ID of an account."""
    if not ACCOUNT.fullmatch(account) and not is_token_beside(account, "[0-9]", 12):
        _refuse(keyword, account, "the 12 digits of an account")


def check_region(keyword: str, region: str) -> None:
    """Refuse a value that is not the name of a Region."""
    if not _REGION.fullmatch(region) and not is_token_beside(region, "[a-z0-9-]"):
        _refuse(keyword, region, "the name of a Region, such as 'us-east-1'")


def check_color(keyword: str, color: str) -> None:
    """Refuse a value that is not a color of dashboards."""
    if not _COLOR.fullmatch(color) and not is_token_beside(color, "[#0-9A-Fa-f]", 7):
        _refuse(keyword, color, "'#' and six hexadecimal digits, such as '#1f77b4'")


def check_metric_id(keyword: str, id: str) -> None:
    """Refuse a value that metric expressions cannot contain."""
    if not _ID.fullmatch(id) and not is_token_beside(id, "[A-Za-z0-9_]", 255):
        _refuse(
            keyword,
            id,
            "at most 255 letters, digits and '_', of which the first is a lower-case letter",
        )


def check_statistic(keyword: str, statistic: str) -> None:
    """Refuse a value that is not a statistic of CloudWatch."""
    if statistic.lower() in _SIMPLE or _STATISTIC.fullmatch(statistic):
        return
    if not is_token_beside(statistic, "[A-Za-z0-9.:%()]"):
        _refuse(
            keyword,
            statistic,
            "a statistic of CloudWatch, such as 'Average', 'p95' or 'TM(10%:90%)'",
            "; aws_cloudwatch.Stats has all",
        )


def check_unit(name: str, published: str, unit: str) -> None:
    """Refuse a unit in which IVS does not publish the metric."""
    # Units have names such as BITS_PER_SECOND. The guide does not state all of them.
    expected = published.replace("/", "_per_").upper()
    if unit != expected and " " not in expected:
        raise ValidationError(
            f"'unit' must be {safe_text(expected)} for '{name}', got {safe_text(unit)}: CloudWatch "
            "would find no values; leave it out",
            code="MetricOption",
        )


def _refuse(keyword: str, value: str, rule: str, remedy: str = "") -> None:
    raise ValidationError(
        f"'{keyword}' must be {rule}, got {safe_repr(value)}{remedy}", code="MetricOption"
    )
