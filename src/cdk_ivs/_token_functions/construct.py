"""The common part of the functions that return tokens."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from aws_cdk import Annotations, Duration, RemovalPolicy
from aws_cdk.aws_ec2 import ISecurityGroup, IVpc, SecurityGroup, SubnetSelection, Vpc
from aws_cdk.aws_iam import Policy, PolicyDocument, Role, ServicePrincipal
from aws_cdk.aws_lambda import (
    Architecture,
    Code,
    Function,
    FunctionUrlAuthType,
    FunctionUrlCorsOptions,
    Runtime,
    Tracing,
)
from aws_cdk.aws_logs import CfnLogGroup, LogGroup, RetentionDays
from aws_cdk.interfaces.aws_kms import IKeyRef
from aws_cdk.interfaces.aws_logs import ILogGroupRef
from constructs import Construct

from cdk_ivs._core.environments import check_same_environment
from cdk_ivs._core.props import Options
from cdk_ivs._core.refusals import refused_by_cdk
from cdk_ivs._core.tree import TreeState, register_parent, scope_info
from cdk_ivs._iam.grantees import check_grantee
from cdk_ivs._iam.grants import Statement
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import ValidationError, error_path, error_path_of, safe_repr
from cdk_ivs._validation.tokens import found_name, is_token_in_name
from cdk_ivs._validation.values import check_number

from .asset import CALLED, HANDLER, TOKENS, staged
from .configuration import VARIABLE
from .identity import CLAIM, IAM
from .network import check_network, may_join

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from aws_cdk.aws_lambda import FunctionUrl
    from aws_cdk.aws_logs import ILogGroup

    from .configuration import Configuration
    from .identity import TokenIdentity

_NAME = re.compile("[A-Za-z0-9_-]{1,64}")
_RUNTIME = re.compile(r"python3\.([0-9]{1,3})")
_OLDEST = 11
_MEMORY = (128, 10_240)
# With less memory, Lambda gives a function less CPU, and the first token would take seconds.
_DEFAULT_MEMORY = 512
# Zero stops the function. The quota can be raised without a maximum.
_CONCURRENCY = (0, 2_147_483_647)
_API_GATEWAY = "apigateway.amazonaws.com"
# A function calls AWS up to twice for a token, each for 10 seconds at most.
_TIMEOUT_SECONDS = 30


class _Fixed(NamedTuple):
    """Objects that all functions of an app share, as each takes a message to create."""

    architecture: Architecture
    runtime: Runtime
    service: ServicePrincipal
    timeout: Duration


# The shared objects of each app.
_FIXED = TreeState(
    lambda _: _Fixed(
        Architecture.ARM_64,
        Runtime.PYTHON_3_14,
        ServicePrincipal("lambda.amazonaws.com"),
        Duration.seconds(_TIMEOUT_SECONDS),
    )
)


@dataclass(frozen=True, kw_only=True)
class FunctionOptions(Options):
    """The parameters of all token functions."""

    environment_encryption: IKeyRef | None = None
    function_name: str | None = None
    log_group: ILogGroupRef | None = None
    memory_size: int | None = None
    reserved_concurrent_executions: int | None = None
    runtime: Runtime | None = None
    security_groups: Sequence[SecurityGroup | ISecurityGroup] | None = None
    tracing: Tracing | None = None
    vpc: Vpc | IVpc | None = None
    vpc_subnets: SubnetSelection | None = None

    def __post_init__(self) -> None:
        """Check the arguments."""
        super().__post_init__()
        name = self.function_name
        if (
            name is not None
            and _NAME.fullmatch(name) is None
            and not is_token_in_name(name, "[A-Za-z0-9_-]", 64)
        ):
            raise ValidationError(
                "'function_name' must be 1 to 64 letters, digits, '-' and '_', "
                f"got {safe_repr(name)}",
                code="FunctionName",
            )
        check_number("memory_size", self.memory_size, *_MEMORY, "MB")
        check_number(
            "reserved_concurrent_executions",
            self.reserved_concurrent_executions,
            *_CONCURRENCY,
            "executions",
        )
        if self.runtime is not None:
            check_runtime("runtime", self.runtime)


def check_runtime(keyword: str, runtime: Runtime) -> None:
    """Refuse a runtime that `ivs_tokens` does not run on."""
    found = _RUNTIME.fullmatch(runtime.name)
    if found is None or int(found[1]) < _OLDEST:
        raise ValidationError(
            f"'{keyword}' must be Python 3.{_OLDEST} or newer, got {safe_repr(runtime.name)}; "
            "use for example Runtime.PYTHON_3_14",
            code="Runtime",
        )


class TokenFunction(Construct):
    """A function that returns tokens."""

    function: Function
    """The function, as the construct of the CDK."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        configuration: Configuration,
        description: str,
        identity: TokenIdentity,
        options: FunctionOptions,
        statements: Sequence[Statement],
    ) -> None:
        with error_path(scope, id):
            if options.log_group is not None:
                check_same_environment("log_group", options.log_group, scope)
            check_network(scope, options.vpc, options.vpc_subnets, options.security_groups)
        super().__init__(scope, id)
        register_parent(self, scope, id)
        self._identity = identity
        self._url: FunctionUrl | None = None
        fixed = _FIXED.of(scope_info(self).root)
        log_group = self._log_group(options.log_group)
        # The role that the CDK creates by default can write to every log group.
        role = Role(self, "Role", assumed_by=fixed.service)
        # A policy of its own: with an inline policy, the role would need the key, and a key policy
        # that names the role would need the role. It is in the scope of the role, so that
        # CloudFormation creates the function after it.
        Policy(
            role,
            "Tokens",
            document=_policy([_may_log(log_group), *may_join(options.vpc), *statements]),
            roles=[role],
        )
        groups = options.security_groups
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(staged(TOKENS, HANDLER))
            if options.vpc is not None:
                stack.enter_context(
                    refused_by_cdk(
                        "'vpc' and 'vpc_subnets' must be accepted by the CDK",
                        scope,
                        id,
                        code="FunctionVpc",
                    )
                )
            # The CDK copies the folder when the function is created.
            self.function = Function(
                self,
                "Function",
                architecture=fixed.architecture,
                code=Code.from_asset(folder),
                description=description,
                environment={VARIABLE: configuration.render(self)},
                environment_encryption=options.environment_encryption,
                function_name=found_name(options.function_name),
                handler=CALLED,
                log_group=log_group,
                memory_size=_DEFAULT_MEMORY if options.memory_size is None else options.memory_size,
                reserved_concurrent_executions=options.reserved_concurrent_executions,
                role=role,
                runtime=options.runtime or fixed.runtime,
                security_groups=None if groups is None else list(groups),
                timeout=fixed.timeout,
                tracing=options.tracing,
                vpc=options.vpc,
                vpc_subnets=options.vpc_subnets,
            )

    def _log_group(self, given: ILogGroupRef | None) -> ILogGroup:
        if given is None:
            return LogGroup(
                self,
                "LogGroup",
                removal_policy=RemovalPolicy.DESTROY,
                retention=RetentionDays.ONE_MONTH,
            )
        # The type of the parameter allows an L1, but Function fails with one.
        if CfnLogGroup.is_cfn_log_group(given):
            name = given.log_group_ref.log_group_name
            return LogGroup.from_log_group_name(self, "GivenLogGroup", name)
        return cast("ILogGroup", given)

    def grant_invoke(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to invoke the function directly.

        A direct caller writes the whole event. With `TokenIdentity.event_field()`, you trust the
        grantee to say who gets the token. With an identity that an HTTP API or a function URL
        passes on, the grantee can pretend to be anyone. You then get a warning, unless the grantee
        is API Gateway with a condition for your API.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        check_grantee(self, grantee)
        source = self._identity._source
        if source in {CLAIM, IAM} and not _is_one_api(grantee):
            instead = "grant_invoke_url()" if self._identity._by_url else "the route of an HTTP API"
            Annotations.of(self).add_warning_v2(
                "cdk-ivs:ForgeableIdentity",
                "a principal that can invoke the function directly writes the whole event, with "
                "the identity of the caller in it, and can get a token for any user; let "
                f"callers use {instead}, or acknowledge this warning if you trust the grantee "
                "with that",
            )
        return self.function.grant_invoke(grantee)

    def add_function_url(self, *, cors: FunctionUrlCorsOptions | None = None) -> FunctionUrl:
        """
        Add a URL with IAM authorization to the function.

        Use `grant_invoke_url()` to allow callers to use it. They sign their requests
        ([guide](https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html)). A request is a POST
        with the event as its JSON body.

        Args:
            cors: The websites that can call the URL from a browser. Default: no websites.

        Returns:
            The URL.

        Raises:
            ArgumentTypeError: `ArgumentType` if `cors` has another type.
            ValidationError: `SecondUrl` if the function has a URL already. `UrlWithoutIdentity` if
                function URLs do not pass on its identity: a claim of an authorizer, or the identity
                of an identity pool.
        """
        with error_path_of(self):
            if cors is not None:
                check_type("cors", cors, FunctionUrlCorsOptions)
            self._check_has_identity()
            # A URL that was created without this method counts too.
            if self.function.node.try_find_child("FunctionUrl") is not None:
                raise ValidationError(
                    "a function has at most one URL, got a second call of add_function_url(); "
                    "use the URL that the first call returned, and do not call "
                    "add_function_url() of 'function'",
                    code="SecondUrl",
                )
        self._url = self.function.add_function_url(auth_type=FunctionUrlAuthType.AWS_IAM, cors=cors)
        return self._url

    def grant_invoke_url(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to call the function by its URL only.

        Args:
            grantee: The principal that gets the permission, for instance a role or a user.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
            ValidationError: `NoUrl` if the function has no URL. `UrlWithoutIdentity` if function
                URLs do not pass on its identity.
        """
        check_grantee(self, grantee)
        with error_path_of(self):
            self._check_has_identity()
            if self._url is None:
                raise ValidationError(
                    "grant_invoke_url() requires the URL of the function, got none; call "
                    "add_function_url() before it",
                    code="NoUrl",
                )
        return self._url.grant_invoke_url(grantee)

    def _check_has_identity(self) -> None:
        if not self._identity._by_url:
            raise ValidationError(
                "'identity' must be an identity that a function URL sends to the function, got one "
                "of an authorizer or an identity pool; use TokenIdentity.iam(), or the route "
                "of an HTTP API",
                code="UrlWithoutIdentity",
            )


def _is_one_api(grantee: IGrantable) -> bool:
    """
    Whether the grantee is API Gateway, limited by a condition to one API.

    Without a condition, every API of every account can invoke the function with any identity.
    Other services pass on text that a user wrote.
    """
    return (
        isinstance(grantee, ServicePrincipal)
        and grantee.service == _API_GATEWAY
        and bool(grantee.policy_fragment.conditions)
    )


def _may_log(log_group: ILogGroup) -> Statement:
    return Statement("logs", ["CreateLogStream", "PutLogEvents"], [log_group.log_group_arn])


def _policy(statements: Sequence[Statement]) -> PolicyDocument:
    """Create a policy with one message. An object for each statement would take one more each."""
    rendered = [
        {
            "Action": [f"{statement.service}:{action}" for action in statement.actions],
            "Effect": "Allow",
            "Resource": list(statement.arns),
            **({} if statement.conditions is None else {"Condition": statement.conditions}),
        }
        for statement in statements
    ]
    return PolicyDocument.from_json({"Statement": rendered, "Version": "2012-10-17"})
