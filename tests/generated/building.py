"""Builds the app of a plan."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import (
    App,
    Aspects,
    Aws,
    CfnResource,
    Duration,
    Environment,
    IAspect,
    NestedStack,
    PropertyInjectors,
    RemovalPolicies,
    RemovalPolicy,
    Stack,
    Stage,
    Tags,
)
from constructs import Construct

from cdk_ivs import ValidationError
from cdk_ivs.rules import IvsValidation
from tests.support.injectors import Injector
from tests.support.validation import UNVALIDATED

from .plans import (
    ENVIRONMENTS,
    AppPlan,
    Arn,
    Attribute,
    Call,
    Id,
    Made,
    Name,
    Odd,
    Own,
    PartPlan,
    Scope,
    ScopePlan,
    Text,
    Time,
    Token,
)
from .tokens import TEXTS, token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from constructs import IConstruct

    from .steps import Step

FLAGS = {
    "@aws-cdk/core:enablePartitionLiterals": True,
    "@aws-cdk/core:explicitStackTags": True,
    "@aws-cdk/core:enableAdditionalMetadataCollection": True,
}

INJECTED: dict[str, dict[str, object]] = {
    "cdk_ivs.Channel": {"channelName": "injected"},
    "cdk_ivs.Stage": {"stageName": "injected"},
    "cdk_ivs.chat.Room": {"roomName": "injected"},
    "cdk_ivs.EncoderConfiguration": {"framerate": 24},
    "aws_cdk.aws_logs.LogGroup": {"logGroupClass": "INFREQUENT_ACCESS"},
    "aws_cdk.aws_sqs.Queue": {"maxMessageSizeBytes": 65536},
    "aws_cdk.aws_lambda.Function": {"description": "injected"},
}
"""The classes that property injectors change, and what they give: ours, and those in patterns."""


@jsii.implements(IAspect)
class _Metadata:
    """Changes every L1."""

    def visit(self, node: IConstruct) -> None:
        if CfnResource.is_cfn_resource(node):
            l1: Any = node
            l1.add_metadata("visited", "by an aspect")


@cache
def named(path: str) -> Any:
    """What has a name in a module."""
    module, _, name = path.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except ImportError:
        return getattr(named(module), name)


class Refused(Exception):  # noqa: N818 - a name of the tests
    """A part was refused that should not be, or in another way, or was not refused."""


class Builder:
    """
    Builds one app.

    Attributes:
        refused: What was refused on purpose: the code of the error.
    """

    def __init__(self, app: App) -> None:
        self.refused: list[str] = []
        self._made: dict[int, Any] = {-1: app}

    def build(self, plan: AppPlan, steps: Sequence[Step]) -> None:
        """Build the steps of a plan in their order."""
        self._tag(self._made[-1], plan.tags)
        for step in steps:
            scope = self._made[step.scope]
            if isinstance(step.plan, ScopePlan):
                self._made[step.number] = self._scope(step.plan, step, scope)
            elif step.keyword is None:
                try:
                    self._made[step.number] = self._part(step.plan, step, scope)
                except Exception as error:
                    raise Refused(f"{step.plan!r}: {type(error).__name__}: {error}") from error
            else:
                self._refused(step.plan, step, scope)

    def _part(self, plan: PartPlan, step: Step, scope: Construct) -> Any:
        made = _Evaluation(self._made, step, scope).value(plan.call)
        if not hasattr(made, "node"):
            return made
        self._tag(made, plan.tags)
        if plan.policy is not None:
            RemovalPolicies.of(made).apply(RemovalPolicy[plan.policy])
        if plan.override:
            for l1 in _l1s(made):
                l1.add_metadata("overridden", "by an escape hatch")
        if isinstance(plan.after, Made):
            made.node.add_dependency(self._made[plan.after.step])
        return made

    def _refused(self, plan: PartPlan, step: Step, scope: Construct) -> None:
        evaluation = _Evaluation(self._made, step, scope)
        before = _paths(scope.node.root)
        try:
            evaluation.value(plan.call)
        except (ValidationError, TypeError) as error:
            if not hasattr(error, "code") or f"'{step.keyword}'" not in str(error):
                raise Refused(
                    f"{plan!r}: without {step.keyword!r}: {type(error).__name__}: {error}"
                ) from error
            self.refused.append(error.code)
        else:
            raise Refused(f"{plan!r} is taken, in spite of {step.keyword!r}")
        more = _paths(scope.node.root) - before
        if more:
            raise Refused(f"{plan!r} is half made: {sorted(more)}")

    def _scope(self, plan: ScopePlan, step: Step, scope: Construct) -> Construct:
        known = ENVIRONMENTS[step.environment]
        env = None if known is None else Environment(account=known[0], region=known[1])
        made: Construct
        match plan.kind:
            case "group":
                made = Construct(scope, step.id)
            case "nested":
                made = NestedStack(scope, step.id)
            case "stage":
                made = Stage(scope, step.id, env=env)
            case "stack":
                name = f"{step.id}-given" if plan.named else None
                made = Stack(scope, step.id, env=env, stack_name=name)
        self._tag(made, plan.tags)
        if plan.injector is not None:
            changes = INJECTED[plan.injector]
            injector = Injector(named(plan.injector), lambda given: {**given, **changes})
            PropertyInjectors.of(made).add(injector)
        if plan.aspect:
            Aspects.of(made).add(_Metadata())
        if plan.policy is not None:
            RemovalPolicies.of(made).apply(RemovalPolicy[plan.policy])
        return made

    @staticmethod
    def _tag(construct: Construct, tags: Iterable[tuple[str, str]]) -> None:
        for key, value in tags:
            Tags.of(construct).add(key, value)


class _Evaluation:
    """Evaluates the expressions of one step."""

    def __init__(self, made: dict[int, Any], step: Step, scope: Construct) -> None:
        self._step = step
        self._scope = scope
        self._count = 0
        self._readers: dict[type, Callable[[Any], Any]] = {
            Made: lambda value: made[value.step],
            Scope: lambda _: scope,
            Id: lambda _: step.id,
            Own: lambda value: self._name(value.text),
            Text: self._text,
            Arn: self._arn,
            Token: lambda value: token(scope, value.kind, self._name("Token")),
            Time: lambda value: getattr(Duration, value.unit)(value.amount),
            Name: lambda value: named(value.path),
            Odd: lambda _: _ODD,
        }

    def value(self, value: Any) -> Any:
        match value:
            case Attribute(of, name):
                return getattr(self.value(of), name)
            case Call():
                return self._call(value)
            case tuple():
                return [self.value(each) for each in value]
            case dict():
                return {key: self.value(each) for key, each in value.items()}
        read = self._readers.get(type(value))
        return value if read is None else read(value)

    def _call(self, call: Call) -> Any:
        function = named(call.of) if isinstance(call.of, str) else self.value(call.of)
        given = [self.value(each) for each in call.positional]
        return function(
            *given, **{key: self.value(each) for key, each in (call.keywords or {}).items()}
        )

    def _text(self, text: Text) -> str:
        if text.form == "plain":
            return text.text
        return TEXTS[text.form](self._scope, self._name(text.text))

    def _name(self, text: str) -> str:
        """A name that no other step has."""
        self._count += 1
        return f"{text}{self._step.number}x{self._count}"

    def _arn(self, plan: Arn) -> str:
        account, region = ENVIRONMENTS[self._step.environment] or ("123456789012", "us-west-2")
        resource = f"{plan.resource}{self._step.number}"
        match plan.form:
            case "exactly":
                return f"arn:aws:{plan.service}:{region}:{account}:{plan.resource}"
            case "plain":
                return f"arn:aws:{plan.service}:{region}:{account}:{resource}"
            case "partial":
                return f"arn:aws:{plan.service}:{Aws.REGION}:{Aws.ACCOUNT_ID}:{resource}"
            case form:
                return TEXTS[form](self._scope, self._name("Arn"))


class _Nothing:
    """Of no right type."""


_ODD = _Nothing()


def _l1s(construct: Construct) -> list[CfnResource]:
    """The L1s in a construct. What it has created is typed as nodes of the tree."""
    l1s: list[Any] = [
        each for each in construct.node.find_all() if CfnResource.is_cfn_resource(each)
    ]
    return l1s


def _paths(root: IConstruct) -> set[str]:
    return {each.node.path for each in root.node.find_all()}


def app_of(plan: AppPlan, directory: str) -> App:
    """An app that is synthesized into the directory."""
    app = App(
        outdir=directory,
        analytics_reporting=plan.flags,
        context={"aws:cdk:enable-path-metadata": True, **(FLAGS if plan.flags else {})},
        **(UNVALIDATED if plan.validation == "none" else {}),
    )
    if plan.validation == "rules":
        IvsValidation.add_to(app)
    return app
