"""The layer with the package `ivs_tokens`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_cdk import RemovalPolicy
from aws_cdk.aws_lambda import Code, LayerVersion, Runtime

from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._core.props import Options
from cdk_ivs._core.removal_policies import check_removal_policy
from cdk_ivs._core.tree import register_parent
from cdk_ivs._validation.errors import ValidationError, error_path, safe_repr
from cdk_ivs._validation.tokens import is_token_beside

from .asset import LAYER_FOLDER, TOKENS, staged
from .construct import check_runtime

if TYPE_CHECKING:
    from constructs import Construct

_MOST_RUNTIMES = 15
_NAME = re.compile("[A-Za-z0-9_-]{1,140}")


@dataclass(frozen=True, kw_only=True)
class _LayerProps(Options):
    compatible_runtimes: Sequence[Runtime] | None = None
    layer_version_name: str | None = None
    removal_policy: RemovalPolicy | None = None


class TokenLayer(LayerVersion):
    """
    Create a layer with the package `ivs_tokens`, for your own functions.

    Add it to the `layers` of a function on Python 3.11 or newer. The function can then import
    `ivs_tokens`. Sign with a `KmsSigner`, because Lambda includes boto3. A `PemSigner` needs the
    package cryptography, which is not in the layer.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        compatible_runtimes: The runtimes of the functions that can use the layer: 1 to 15
            ([PublishLayerVersion](https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html)),
            each Python 3.11 or newer. Default: Python 3.11 to 3.14.

        layer_version_name: The name of the layer: 1 to 140 letters, digits, hyphens and underscores
            ([PublishLayerVersion](https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html)).
            Default: a name that CloudFormation generates.

        removal_policy: Whether CloudFormation keeps or deletes a layer version that you remove or
            replace. Default: RemovalPolicy.DESTROY.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `RuntimeCount` if there are no or too many runtimes. `Runtime` if a runtime
            is not Python 3.11 or newer. `LayerName` if Lambda refuses the name. `RemovalPolicy` if
            the removal policy is SNAPSHOT.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        compatible_runtimes: Sequence[Runtime] | None = None,
        layer_version_name: str | None = None,
        removal_policy: RemovalPolicy | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            props = _LayerProps(
                compatible_runtimes=compatible_runtimes,
                layer_version_name=layer_version_name,
                removal_policy=removal_policy,
            )
            _check_name(props.layer_version_name)
            _check_runtimes(props.compatible_runtimes)
            check_removal_policy(props.removal_policy, "layers")
        runtimes = props.compatible_runtimes or (
            Runtime.PYTHON_3_11,
            Runtime.PYTHON_3_12,
            Runtime.PYTHON_3_13,
            Runtime.PYTHON_3_14,
        )
        with staged(TOKENS, folder=LAYER_FOLDER) as folder:
            super().__init__(
                scope,
                id,
                code=Code.from_asset(folder),
                compatible_runtimes=list(runtimes),
                description="The Python package ivs_tokens, which signs tokens of Amazon IVS",
                layer_version_name=props.layer_version_name,
                removal_policy=props.removal_policy,
            )
        register_parent(self, scope, id)


def _check_runtimes(runtimes: Sequence[Runtime] | None) -> None:
    if runtimes is None:
        return
    if not 1 <= len(runtimes) <= _MOST_RUNTIMES:
        raise ValidationError(
            f"'compatible_runtimes' must have 1 to {_MOST_RUNTIMES} runtimes, got "
            f"{len(runtimes)}; leave it out for Python 3.11 to 3.14",
            code="RuntimeCount",
        )
    for runtime in runtimes:
        check_runtime("compatible_runtimes", runtime)


def _check_name(name: str | None) -> None:
    if name is None or _NAME.fullmatch(name) or is_token_beside(name, "[A-Za-z0-9_-]", 140):
        return
    raise ValidationError(
        "'layer_version_name' must be 1 to 140 letters, digits, '-' and '_', "
        f"got {safe_repr(name)}",
        code="LayerName",
    )
