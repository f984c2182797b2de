"""The function that returns participant tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_cdk.interfaces.aws_ivs import IPublicKeyRef, IStageRef
from aws_cdk.interfaces.aws_kms import IKeyRef

from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._iam.grants import Statement
from cdk_ivs._services.signing_key import may_sign
from cdk_ivs._validation.errors import error_path

from .configuration import Configuration, check_is_somebody, check_roles, rendered_roles
from .construct import FunctionOptions, TokenFunction
from .identity import TokenIdentity
from .resources import ResourceArn, checked_resources
from .roles import ParticipantRole
from .signing import check_pair, key_of, warn_if_elsewhere
from .synth_checks import check_at_synth

if TYPE_CHECKING:
    from aws_cdk.aws_ec2 import ISecurityGroup, IVpc, SecurityGroup, SubnetSelection, Vpc
    from aws_cdk.aws_lambda import Runtime, Tracing
    from aws_cdk.interfaces.aws_logs import ILogGroupRef
    from constructs import Construct


@dataclass(frozen=True, kw_only=True)
class _ParticipantProps(FunctionOptions):
    identity: TokenIdentity
    public_key: IPublicKeyRef
    roles: Mapping[str, ParticipantRole]
    signing_key: IKeyRef
    stages: Sequence[IStageRef]


class ParticipantTokenFunction(TokenFunction):
    """
    Create a function that returns participant tokens for stages.

    You determine here what tokens can contain. Callers choose among it, with these fields of the
    event or of the body of the request: `stage_arn`, `role`, `expires_in`, and the field of the
    identity if there is one. The response has `token`, `expires_at`, `participant_id` and
    `stage_arn`.

    The function runs the code of `ivs_tokens`, and signs with a key that never leaves KMS. It asks
    IVS for the endpoints of a stage once an hour. Its role allows it to sign tokens, to read the
    stages, and to write its own log.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        identity: The source of the identity of a caller. Tokens contain it as the user ID, which
            all participants can see.

        public_key: The public key in IVS that verifies the tokens: a `PublicKey` with the public
            half of `signing_key`.

        roles: The roles, by their names: 1 to 64 letters, digits, hyphens and underscores, a
            limit of this library. A role determines what tokens can contain. The event chooses a
            role, unless there is only one.

        signing_key: The key in AWS KMS that signs the tokens: a `SigningKey`, or another key with
            the spec ECC_NIST_P384 and the usage SIGN_VERIFY.

        stages: The stages for which callers can get tokens.

        environment_encryption: The key in AWS KMS that encrypts the environment variables, which
            hold the configuration and no secret. Default: the AWS managed key of Lambda.

        function_name: The name of the function: 1 to 64 letters, digits, hyphens and underscores
            ([CreateFunction](https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html)).
            Default: a name that CloudFormation generates.

        log_group: The log group of the function. Default: a new log group that keeps logs for one
            month.

        memory_size: The memory of the function in MB: 128 to 10,240
            ([quotas](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)).
            Default: 512 MB.

        reserved_concurrent_executions: The number of concurrent executions that Lambda reserves for
            the function, and limits it to: at least 0, which stops the function
            ([guide](https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html)).
            Default: no reservation, and no limit but that of the account.

        runtime: The runtime of the function: Python 3.11 or newer. Default: Python 3.14.

        security_groups: The security groups of the function in `vpc`. Default: a new security group
            that allows outbound traffic.

        tracing: Whether AWS X-Ray traces the calls of the function. Default: no tracing.

        vpc: The VPC of the function, in the account and Region of the stack. The subnets need a
            route to the APIs that the function calls, for instance through a NAT gateway. Default:
            no VPC.

        vpc_subnets: The subnets of the function in `vpc`, which must not be public. Default: the
            private subnets.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `NoResources` or `Duplicate` if the list of stages is empty or contains one
            twice. `NoRoles` or `RoleName` if there is no role or a role has an invalid name.
            `ClaimsWithoutAuthorizer` if a role requires claims, but the identity is not from an
            authorizer. `NoIdentity` if the identity is anonymous. `KeyAlias` if the signing key is
            an alias. `OtherKey` if the public key is known to be that of another key.
            `EnvironmentSize` if the configuration is too large for the environment variables of a
            function
            ([quotas](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)).
            `FunctionName`, `NumberRange` or `Runtime` if Lambda refuses a setting of the function.
            `Environment` if a resource, the log group or the VPC is known to be in another account
            or Region. `FunctionVpc` if there are subnets or security groups without a VPC, or if
            the CDK refuses the VPC or the subnets. At synthesis: `SigningKey` if the key has
            another spec or usage.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        identity: TokenIdentity,
        public_key: IPublicKeyRef,
        roles: Mapping[str, ParticipantRole],
        signing_key: IKeyRef,
        stages: Sequence[IStageRef],
        environment_encryption: IKeyRef | None = None,
        function_name: str | None = None,
        log_group: ILogGroupRef | None = None,
        memory_size: int | None = None,
        reserved_concurrent_executions: int | None = None,
        runtime: Runtime | None = None,
        security_groups: Sequence[SecurityGroup | ISecurityGroup] | None = None,
        tracing: Tracing | None = None,
        vpc: Vpc | IVpc | None = None,
        vpc_subnets: SubnetSelection | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            props = _ParticipantProps(
                environment_encryption=environment_encryption,
                function_name=function_name,
                identity=identity,
                log_group=log_group,
                memory_size=memory_size,
                public_key=public_key,
                reserved_concurrent_executions=reserved_concurrent_executions,
                roles=roles,
                runtime=runtime,
                security_groups=security_groups,
                signing_key=signing_key,
                stages=stages,
                tracing=tracing,
                vpc=vpc,
                vpc_subnets=vpc_subnets,
            )
            check_is_somebody(props.identity)
            check_roles(props.roles, ParticipantRole, props.identity)
            key = key_of(props.signing_key)
            public_key_arn = same_environment_arn(
                "public_key", props.public_key, "public_key", scope
            )
            check_pair(props.public_key, key, scope)
            resources = checked_resources("stages", props.stages, "stage", "ivs", scope)
            configuration = Configuration(
                "participant",
                key=key,
                public_key=ResourceArn(public_key_arn, "ivs", "public-key"),
                resources=resources,
                identity=props.identity,
                roles=rendered_roles(props.roles, ParticipantRole._render),
            )
            configuration.check_size("stages")
        super().__init__(
            scope,
            id,
            configuration=configuration,
            description="Creates participant tokens of Amazon IVS (cdk-ivs)",
            identity=props.identity,
            options=props,
            statements=[
                may_sign(key.text),
                Statement("ivs", ["GetStage"], [arn.text for arn in resources]),
            ],
        )
        warn_if_elsewhere(self, props.signing_key, key)
        check_at_synth(self, signing_key=props.signing_key)
