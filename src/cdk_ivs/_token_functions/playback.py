"""The function that returns playback tokens."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_cdk import Duration
from aws_cdk.interfaces.aws_ivs import IChannelRef
from aws_cdk.interfaces.aws_kms import IKeyRef

from cdk_ivs._core.alpha import AlphaChannel
from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._services.signing_key import may_sign
from cdk_ivs._validation.errors import ValidationError, error_path
from cdk_ivs._validation.origins import check_token_origins

from .configuration import Configuration, check_roles, rendered_roles
from .construct import FunctionOptions, TokenFunction
from .identity import NONE, TokenIdentity
from .resources import checked_resources
from .roles import PlaybackRole
from .signing import key_of, warn_if_elsewhere
from .synth_checks import check_at_synth

if TYPE_CHECKING:
    from aws_cdk.aws_ec2 import ISecurityGroup, IVpc, SecurityGroup, SubnetSelection, Vpc
    from aws_cdk.aws_lambda import Runtime, Tracing
    from aws_cdk.interfaces.aws_logs import ILogGroupRef
    from constructs import Construct

    from .resources import ResourceArn

_LONGEST_TOKEN = 2048
_VIEWER_ID = 40
_UUID = 36
# Every token has a header and a signature of these lengths.
_HEADER = b"x" * 36 + b"."
_SIGNATURE = b"." + b"x" * 128


@dataclass(frozen=True, kw_only=True)
class _PlaybackProps(FunctionOptions):
    channels: Sequence[IChannelRef | AlphaChannel]
    signing_key: IKeyRef
    allowed_origins: Sequence[str] | None = None
    identity: TokenIdentity | None = None
    maximum_lifetime: Duration | None = None
    roles: Mapping[str, PlaybackRole] | None = None
    strict_origin_enforcement: bool | None = None


class PlaybackTokenFunction(TokenFunction):
    """
    Create a function that returns playback tokens for private channels.

    You determine here what tokens can contain. Callers choose among it, with these fields of the
    event or of the body of the request: `channel_arn`, `role`, `expires_in`, and the field of the
    identity if there is one. The response has `token` and `expires_at`.

    The function runs the code of `ivs_tokens`, and signs with a key that never leaves KMS. Its role
    allows it to sign tokens, and to write its own log.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        channels: The channels for which callers can get tokens. Create them with `authorized=True`.

        signing_key: The key in AWS KMS that signs the tokens: a `SigningKey`, or another key with
            the spec ECC_NIST_P384 and the usage SIGN_VERIFY. Import its public half with a
            `PlaybackKeyPair` in the account and Region of the channels.

        allowed_origins: The origins of the websites that can play the channels, such as
            `https://example.com` or `https://*.example.com`. Default: all origins.

        environment_encryption: The key in AWS KMS that encrypts the environment variables, which
            hold the configuration and no secret. Default: the AWS managed key of Lambda.

        function_name: The name of the function: 1 to 64 letters, digits, hyphens and underscores
            ([CreateFunction](https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html)).
            Default: a name that CloudFormation generates.

        identity: The source of the identity of a caller. Default: `TokenIdentity.anonymous()`, with
            which tokens name no viewer.

        log_group: The log group of the function. Default: a new log group that keeps logs for one
            month.

        maximum_lifetime: The longest time in which a token can start playback: 1 second to 10
            minutes with a viewer ID or `single_use`
            ([guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html)),
            and up to 999,999,999 seconds without, a limit of this library. A role can have its own.
            Default: 5 minutes.

        memory_size: The memory of the function in MB: 128 to 10,240
            ([quotas](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)).
            Default: 512 MB.

        reserved_concurrent_executions: The number of concurrent executions that Lambda reserves for
            the function, and limits it to: at least 0, which stops the function
            ([guide](https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html)).
            Default: no reservation, and no limit but that of the account.

        roles: The roles, by their names: 1 to 64 letters, digits, hyphens and underscores, a
            limit of this library. A role determines what tokens can contain. The event chooses a
            role, unless there is only one. Default: one role `viewer` that is `PlaybackRole()`.

        runtime: The runtime of the function: Python 3.11 or newer. Default: Python 3.14.

        security_groups: The security groups of the function in `vpc`. Default: a new security group
            that allows outbound traffic.

        strict_origin_enforcement: Whether IVS checks the origin of every request, and not only of
            the request for the multivariant playlist. It needs 1 to 5 `allowed_origins`
            ([guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html)).
            Default: False.

        tracing: Whether AWS X-Ray traces the calls of the function. Default: no tracing.

        vpc: The VPC of the function, in the account and Region of the stack. The subnets need a
            route to the APIs that the function calls, for instance through a NAT gateway. Default:
            no VPC.

        vpc_subnets: The subnets of the function in `vpc`, which must not be public. Default: the
            private subnets.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `NoResources` or `Duplicate` if the list of channels is empty or contains
            one twice. `NoRoles` or `RoleName` if there is no role or a role has an invalid name.
            `ClaimsWithoutAuthorizer` if a role requires claims, but the identity is not from an
            authorizer. `NoIdentity` if a role has a viewer ID, but the function has no identity.
            `KeyAlias` if the signing key is an alias. `Origin`, `OriginCount` or `StrictOrigins` if
            IVS refuses the origins. `TokenLength` if tokens would have more than 2 KB because of
            the origins. `DurationRange` or `DurationUnit` if a lifetime is out of its range, or a
            token in another unit than seconds. `TextsSize` if texts have too many bytes.
            `EmptyClaims` if there is no required claim, or one is empty. `Encoding` if UTF-8 cannot
            encode a text. `EnvironmentSize` if the configuration is too large for the environment
            variables of a function
            ([quotas](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)).
            `FunctionName`, `NumberRange` or `Runtime` if Lambda refuses a setting of the function.
            `Environment` if a resource, the log group or the VPC is known to be in another account
            or Region. `FunctionVpc` if there are subnets or security groups without a VPC, or if
            the CDK refuses the VPC or the subnets. At synthesis: `PublicChannel` if a channel is
            not private. `SigningKey` if the key has another spec or usage.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        channels: Sequence[IChannelRef | AlphaChannel],
        signing_key: IKeyRef,
        allowed_origins: Sequence[str] | None = None,
        environment_encryption: IKeyRef | None = None,
        function_name: str | None = None,
        identity: TokenIdentity | None = None,
        log_group: ILogGroupRef | None = None,
        maximum_lifetime: Duration | None = None,
        memory_size: int | None = None,
        reserved_concurrent_executions: int | None = None,
        roles: Mapping[str, PlaybackRole] | None = None,
        runtime: Runtime | None = None,
        security_groups: Sequence[SecurityGroup | ISecurityGroup] | None = None,
        strict_origin_enforcement: bool | None = None,
        tracing: Tracing | None = None,
        vpc: Vpc | IVpc | None = None,
        vpc_subnets: SubnetSelection | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            props = _PlaybackProps(
                allowed_origins=allowed_origins,
                channels=channels,
                environment_encryption=environment_encryption,
                function_name=function_name,
                identity=identity,
                log_group=log_group,
                maximum_lifetime=maximum_lifetime,
                memory_size=memory_size,
                reserved_concurrent_executions=reserved_concurrent_executions,
                roles=roles,
                runtime=runtime,
                security_groups=security_groups,
                signing_key=signing_key,
                strict_origin_enforcement=strict_origin_enforcement,
                tracing=tracing,
                vpc=vpc,
                vpc_subnets=vpc_subnets,
            )
            key = key_of(props.signing_key)
            resources = checked_resources("channels", props.channels, "channel", "ivs", scope)
            strict = props.strict_origin_enforcement is True
            check_token_origins("allowed_origins", props.allowed_origins, strict=strict)
            caller = props.identity or TokenIdentity.anonymous()
            rendered = _render_roles(props.roles, caller, props.maximum_lifetime)
            _check_token_length(resources, props.allowed_origins or (), rendered)
            configuration = Configuration(
                "playback",
                key=key,
                resources=resources,
                identity=caller,
                roles=rendered,
                origins=props.allowed_origins,
                strict=strict,
            )
            configuration.check_size("channels")
        super().__init__(
            scope,
            id,
            configuration=configuration,
            description="Creates playback tokens of Amazon IVS (cdk-ivs)",
            identity=caller,
            options=props,
            statements=[may_sign(key.text)],
        )
        warn_if_elsewhere(self, props.signing_key, key)
        check_at_synth(self, channels=props.channels, signing_key=props.signing_key)


def _render_roles(
    roles: Mapping[str, PlaybackRole] | None,
    identity: TokenIdentity,
    maximum_lifetime: Duration | None,
) -> dict[str, dict[str, object]]:
    if roles is None:
        roles = {"viewer": PlaybackRole()}
    check_roles(roles, PlaybackRole, identity)
    has_identity = identity._source != NONE
    return rendered_roles(
        roles, lambda role: role._render(maximum_lifetime, has_identity=has_identity)
    )


def _check_token_length(
    resources: Sequence[ResourceArn],
    origins: Sequence[str],
    roles: Mapping[str, Mapping[str, object]],
) -> None:
    """Refuse origins with which a token would be longer than IVS allows."""
    claims: dict[str, object] = {
        "aws:channel-arn": "x" * max(arn.length for arn in resources),
        "aws:access-control-allow-origin": ",".join(origins),
        "aws:strict-origin-enforcement": True,
        "exp": 10**9,
    }
    if any(role.get("single_use") for role in roles.values()):
        claims["aws:single-use-uuid"] = "x" * _UUID
    if any(role.get("viewer") for role in roles.values()):
        claims["aws:viewer-id"] = "x" * _VIEWER_ID
    if any("resolution" in role for role in roles.values()):
        claims["aws:maximum-resolution"] = "FULL_HD"
    payload = b64encode(json.dumps(claims, separators=(",", ":")).encode()).rstrip(b"=")
    token = _HEADER + payload + _SIGNATURE
    if len(token) > _LONGEST_TOKEN:
        raise ValidationError(
            f"'allowed_origins' must be shorter: a playback token has at most {_LONGEST_TOKEN:,} "
            f"bytes, got {len(token):,} bytes with them; use 'https://*.example.com' for several "
            "origins of a domain",
            code="TokenLength",
        )
