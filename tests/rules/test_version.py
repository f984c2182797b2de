"""The rules with an aws-cdk-lib that has no engine."""

from __future__ import annotations

import aws_cdk
import pytest

from cdk_ivs import ValidationError
from cdk_ivs.rules import IvsValidation, _cdk, ivs_rules


@pytest.mark.parametrize(
    "call",
    [
        ivs_rules,
        lambda: IvsValidation.add_to(aws_cdk.App()),
        lambda: IvsValidation.acknowledge(aws_cdk.App(), "IVS-001", reason="a test"),
    ],
    ids=["ivs_rules", "add_to", "acknowledge"],
)
def test_an_old_version_is_refused(call, monkeypatch) -> None:
    """
    The error says which version is needed, and what can be done without it.
    """
    monkeypatch.setattr(_cdk, "version", lambda _: "2.270.1")
    with pytest.raises(
        ValidationError,
        match=r"need aws-cdk-lib 2\.271\.0 or newer, got 2\.270\.1; .*python -m cdk_ivs\.rules",
    ):
        call()


@pytest.mark.parametrize("installed", ["2.271.0", "2.300.1", "3.0.0"])
def test_a_version_with_the_engine_is_taken(installed, monkeypatch) -> None:
    """
    2.271.0 is the first version whose engine has what the rules call: 2.270.0 has 1.9.
    """
    monkeypatch.setattr(_cdk, "version", lambda _: installed)
    _cdk._check_version()


@pytest.mark.skipif(
    hasattr(aws_cdk, "CloudFormationValidatePlugin"), reason="this aws-cdk-lib has the plugin"
)
def test_the_oldest_version_is_refused() -> None:
    """
    An aws-cdk-lib without the plugin has the same error, and none about an import.
    """
    with pytest.raises(ValidationError, match=r"need aws-cdk-lib 2\.271\.0 or newer, got 2\.2"):
        IvsValidation.add_to(aws_cdk.App())
