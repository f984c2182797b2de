"""Check the resources of a function at synthesis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from aws_cdk.aws_ivs import CfnChannel

from cdk_ivs._core.cfn_properties import cfn_properties
from cdk_ivs._core.resource import IvsResource
from cdk_ivs._core.synth_validation import check_each, validate_at_synth
from cdk_ivs._core.tracked_cfn import TrackedCfn, is_as_created, properties_of
from cdk_ivs._services.signing_key import ISigningKey
from cdk_ivs._validation.errors import ValidationError, safe_repr, safe_text
from cdk_ivs._validation.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aws_cdk import CfnResource
    from constructs import Construct

# For each property: the value that tokens need, and the default.
_KEY = {
    "keySpec": ("ECC_NIST_P384", "SYMMETRIC_DEFAULT"),
    "keyUsage": ("SIGN_VERIFY", "ENCRYPT_DECRYPT"),
}


class _Given(NamedTuple):
    """
    The arguments of a function.

    Attributes:
        function: The function.
        channels: The channels.
        signing_key: The key in KMS.
    """

    function: Construct
    channels: Sequence[Any]
    signing_key: Any


def check_at_synth(
    function: Construct, *, signing_key: object, channels: Sequence[object] = ()
) -> None:
    """Check the channels and the key of a function at synthesis, as they can change until then."""
    validate_at_synth(function, _check, _Given(function, tuple(channels), signing_key))


def _check(_: Construct, functions: Sequence[_Given]) -> Iterable[ValidationError]:
    checked = [(given.function, given) for given in functions]
    yield from check_each(checked, _check_channels)
    yield from check_each(checked, _check_key)


def _check_channels(given: _Given) -> None:
    """Refuse channels that viewers can watch without a token."""
    for channel in given.channels:
        properties = _properties(channel, CfnChannel)
        if properties is None or properties.get("authorized") not in {None, False, "false"}:
            continue
        raise ValidationError(
            "'channels' must be channels with 'authorized' True, got "
            f"'{safe_text(channel.node.path)}', which everyone can watch without a token; create "
            "it with authorized=True",
            code="PublicChannel",
        )


def _check_key(given: _Given) -> None:
    """Refuse keys that cannot sign tokens."""
    if isinstance(given.signing_key, ISigningKey):
        return
    # Here and not above: most functions use a SigningKey and do not need it.
    from aws_cdk.aws_kms import CfnKey

    properties = _properties(given.signing_key, CfnKey)
    if properties is None:
        return
    for name, (needed, default) in _KEY.items():
        value = properties.get(name, default)
        if value != needed and isinstance(value, str) and not is_token(value):
            raise ValidationError(
                "'signing_key' must be a key with the spec ECC_NIST_P384 and the usage "
                f"SIGN_VERIFY, got {safe_repr(value)}; create a SigningKey",
                code="SigningKey",
            )


def _properties(resource: Any, kind: type[CfnResource]) -> Mapping[str, Any] | None:  # noqa: ANN401 - of any kind
    """Return the properties of the L1 of a resource, or None for an imported resource."""
    if isinstance(resource, IvsResource):
        # An imported resource has no L1.
        cfn = getattr(resource, "_ivs_cfn", None)
    else:
        cfn = resource if isinstance(resource, kind) else resource.node.default_child
    if not isinstance(cfn, kind):
        return None
    if isinstance(cfn, TrackedCfn) and not is_as_created(cfn):
        return {key[:1].lower() + key[1:]: value for key, value in properties_of(cfn).items()}
    return cfn_properties(cfn)
