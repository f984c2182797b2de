"""Private parts of the libraries below: who uses them, and what happens without them."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, CfnResource, PropertyInjectors, Stack, Tags
from aws_cdk.assertions import Template
from aws_cdk.aws_cloudwatch import IAlarmAction
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_events import IRuleTarget
from aws_cdk.aws_events_targets import SqsQueue
from aws_cdk.aws_iam import Grant, Role, ServicePrincipal
from aws_cdk.aws_s3 import Bucket, BucketEncryption
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sqs import Queue
from aws_cdk.interfaces.aws_s3 import IBucketRef
from constructs import IConstruct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from cdk_ivs import ArgumentTypeError, chat
from cdk_ivs._core import identity
from cdk_ivs._core.cfn_properties import cfn_properties
from cdk_ivs._core.identity import jsii_reference, reference_of
from cdk_ivs._iam.combined_grant import CombinedGrant, combined
from cdk_ivs._validation import jsii_objects
from cdk_ivs._validation.argument_types import fits
from cdk_ivs._validation.jsii_objects import declares, is_proxy
from tests.support.annotations import warnings_of

from .changes import CHANGES, MAKERS
from .literal_injector import Literal

ROOT = Path(str(ivs.__file__)).parent
ROLE_ARN = "arn:aws:iam::123456789012:role/existing"

# By the private part, the one module that uses it.
USERS = {
    "__jsii_ifaces__": "_validation/jsii_objects.py",
    "__jsii_ref__": "_core/identity.py",
    "_can_create_permissions": "_services/function_permission.py",
    "_cfn_properties": "_core/cfn_properties.py",
    "_delegates": "_validation/jsii_objects.py",
    "_is_protocol": "_validation/jsii_objects.py",
    "_physical_name": "_core/resource.py",
}
# Of the standard library, and documented there.
DOCUMENTED = {"_exit", "_getframe", "_replace"}


@functools.cache
def modules() -> dict[str, ast.Module]:
    """The modules of the library, by their paths in it."""
    return {
        file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in ROOT.rglob("*.py")
    }


def is_private(name: str) -> bool:
    """Whether a name is private, or one that jsii reserves for itself."""
    return name.startswith("__jsii_") or (name.startswith("_") and not name.startswith("__"))


def names_used(module: ast.Module) -> Iterator[str]:
    """The private attributes that a module reads, by their names or by texts."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("__jsii_"):
            yield node.name
        elif isinstance(node, ast.Constant) and node.value in USERS:
            yield str(node.value)


def names_defined(module: ast.Module) -> Iterator[str]:
    """The names that a module gives to anything."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr


class TestUse:
    def test_is_in_one_module_each(self) -> None:
        """
        What another library may change without a word is used in one place, which is known.
        """
        defined = {name for module in modules().values() for name in names_defined(module)}
        used = {
            (name, path)
            for path, module in modules().items()
            for name in names_used(module)
            if is_private(name) and (name not in defined or name in USERS)
        }
        assert {use for use in used if use[0] not in DOCUMENTED} == set(USERS.items())

    def test_is_of_no_private_module(self) -> None:
        """
        Nothing is imported from a module that jsii or the CDK keeps for itself.
        """
        imported = {
            node.module
            for module in modules().values()
            for node in ast.walk(module)
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module
        }
        assert "aws_cdk.interfaces.aws_ivs" in imported
        foreign = {path for path in imported if not path.startswith(("cdk_ivs", "ivs_tokens"))}
        assert [path for path in foreign if "._" in path] == []


def imported_role(stack: Stack) -> IConstruct:
    """An imported role, of a class that only JavaScript has."""
    Role.from_role_arn(stack, "Imported", ROLE_ARN)
    return stack.node.find_child("Imported")


class TestProxies:
    """What ``jsii._reference_map`` creates in place of an object of a class of JavaScript's."""

    def test_are_what_python_gets(self, stack: Stack) -> None:
        """
        The role that the CDK imports is a proxy, and what has a class in Python is none; if this
        fails, such roles are refused wherever a construct is asked for.
        """
        assert is_proxy(imported_role(stack))
        for value in (stack, ivs.Stage(stack, "Stage"), stack.node, "text", None):
            assert not is_proxy(value)

    @pytest.mark.parametrize("module", ["jsii", "jsii._elsewhere", "jsii._elsewhere.proxies"])
    def test_may_have_any_class_of_jsii(
        self, stack: Stack, monkeypatch: pytest.MonkeyPatch, module: str
    ) -> None:
        """
        A grant to an imported role works when jsii has the class elsewhere.
        """
        role: Any = imported_role(stack)
        monkeypatch.setattr(type(role), "__module__", module)
        assert ivs.Stage(stack, "Stage").grants.read(role).success

    def test_of_another_kind_are_refused(self, stack: Stack) -> None:
        """
        A role that the CDK imports is no bucket, and the message says so.
        """
        role: Any = imported_role(stack)
        with pytest.raises(
            ArgumentTypeError, match="'bucket' must be IBucketRef, got an object of type 'IRole'"
        ):
            ivs.StorageConfiguration(stack, "Storage", bucket=role)

    def test_without_known_members_are_taken(self) -> None:
        """
        A proxy of a jsii that has the members elsewhere is not refused.
        """
        kind = type("Proxy", (), {"__module__": "jsii._elsewhere"})
        assert fits(kind(), IBucketRef)

    def test_have_no_class_of_another_library(self, stack: Stack) -> None:
        """
        A class that has the name of theirs, or a module with a like name, is none of jsii's.
        """
        kind = type("InterfaceDynamicProxy", (), {"__module__": "jsiis._reference_map"})
        assert not is_proxy(kind())
        with pytest.raises(ArgumentTypeError, match="'grantee' must be IGrantable"):
            ivs.Stage(stack, "Stage").grants.read(kind())


@pytest.fixture
def undeclared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A jsii that notes elsewhere what a class implements."""
    monkeypatch.setattr(jsii_objects, "_INTERFACES", "__jsii_interfaces__")


class TestInterfaces:
    """What ``__jsii_ifaces__`` tells of a class."""

    def test_are_declared(self, stack: Stack) -> None:
        """
        A target declares its interface, and no other one with the same member; if this fails, an
        action of an alarm is taken for a target.
        """
        target, action = SqsQueue(Queue(stack, "Queue")), SnsAction(Topic(stack, "Topic"))
        assert declares(target, IRuleTarget)
        assert not declares(target, IAlarmAction)
        assert declares(action, IAlarmAction)
        assert not declares(action, IRuleTarget)

    @pytest.mark.usefixtures("undeclared")
    def test_are_known_by_their_members_otherwise(self, stack: Stack) -> None:
        """
        Without the declaration, targets are taken, and what has no such member is still refused.
        """
        queue = Queue(stack, "Queue")
        channel = ivs.Channel(stack, "Channel")
        channel.on_stream_state_change("Rule", target=SqsQueue(queue))
        with pytest.raises(ArgumentTypeError, match=r"aws_events_targets\.SqsQueue\(\)"):
            channel.on_stream_state_change("Wrong", target=queue)  # type: ignore[arg-type] - the mistake
        ivs.QuotaAlarms(stack, "Alarms", actions=[SnsAction(Topic(stack, "Topic"))])


@pytest.fixture
def unreferenced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A jsii that has its references elsewhere."""
    monkeypatch.setattr(identity, "_REFERENCE", "__jsii_reference__")


class TestReferences:
    """What ``__jsii_ref__`` identifies."""

    def test_are_there(self, stack: Stack) -> None:
        """
        Each object of jsii's has one; if this fails, a construct is known by its path, and is
        taken for the one that it replaces.
        """
        first, second = ivs.Channel(stack, "First"), ivs.Channel(stack, "Second")
        assert reference_of(first) is not None
        assert reference_of(first) != reference_of(second)
        assert reference_of(object()) is None

    @pytest.mark.usefixtures("unreferenced")
    def test_are_paths_otherwise(self, app: App, stack: Stack) -> None:
        """
        Without them, constructs are told apart by their addresses, and an app is as ever.
        """
        channel = ivs.Channel(stack, "Channel")
        assert jsii_reference(channel) == channel.node.addr
        assert jsii_reference(imported_role(stack)) == jsii_reference(imported_role_again(stack))
        channel.add_stream_key("Key")
        with pytest.raises(ivs.ValidationError, match="stream key"):
            ivs.StreamKey(stack, "Second", channel=channel)
        app.synth()

    @pytest.mark.usefixtures("unreferenced")
    def test_combine_grants_at_once_otherwise(self, stack: Stack) -> None:
        """
        Without them, grants are combined when they are given, with the same statements.
        """
        role = Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        grants = [
            Grant.add_to_principal(grantee=role, actions=[name], resource_arns=["arn"])
            for name in ("ivs:A", "ivs:B")
        ]
        with sent_messages() as messages:
            whole = combined(grants)
        assert messages == ["Invoke combine"]
        assert not isinstance(whole, CombinedGrant)
        assert [statement.actions for statement in whole.principal_statements] == [
            ["ivs:A"],
            ["ivs:B"],
        ]

    @pytest.mark.usefixtures("unreferenced")
    def test_tell_no_injector_from_another_otherwise(self, app: App, stack: Stack) -> None:
        """
        Without them, an injector that was there in time is no error, and one that comes too late
        where there was none still is.
        """
        PropertyInjectors.of(stack).add(Literal("cdk-ivs.Channel"))
        ivs.Channel(stack, "Channel")
        ivs.Stage(stack, "Stage")
        app.synth()
        PropertyInjectors.of(stack).add(Literal("cdk-ivs.Stage"))
        with pytest.raises(RuntimeError, match="LateInjector at 'Stack'"):
            app.synth(force=True)


def imported_role_again(stack: Stack) -> IConstruct:
    """The same role, read once more."""
    return stack.node.find_child("Imported")


def subclasses(kind: type) -> Iterator[type]:
    """A class and all that is derived from it."""
    yield kind
    for inner in kind.__subclasses__():
        yield from subclasses(inner)


@pytest.fixture
def unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bindings that have another name for the properties of an L1."""
    for kind in set(subclasses(CfnResource)):
        if "_cfn_properties" in vars(kind):
            monkeypatch.delattr(kind, "_cfn_properties")


class TestProperties:
    """What ``_cfn_properties`` reads."""

    def test_are_read_by_one_message(self, stack: Stack) -> None:
        """
        The bindings have the name; if this fails, each property is still read by one message.
        """
        assert hasattr(CfnResource, "_cfn_properties")
        resource = CfnResource(stack, "Resource", type="Test::It", properties={"Name": "it"})
        with sent_messages() as messages:
            assert cfn_properties(resource) == {"Name": "it"}
        assert messages == ["Get cfnProperties"]

    @pytest.mark.usefixtures("unnamed")
    def test_are_read_without_the_name_too(self, stack: Stack) -> None:
        """
        Without the name, the same message reads them.
        """
        resource = CfnResource(stack, "Resource", type="Test::It", properties={"Name": "it"})
        assert not hasattr(resource, "_cfn_properties")
        with sent_messages() as messages:
            assert cfn_properties(resource) == {"Name": "it"}
        assert messages == ["Get cfnProperties"]

    @pytest.mark.usefixtures("unnamed")
    @pytest.mark.parametrize(
        "change", [change for change in CHANGES if change[0] in {"basic", "storage"}]
    )
    def test_are_checked_without_the_name_too(
        self, app: App, stack: Stack, change: tuple[str, str, object, str | None]
    ) -> None:
        """
        What an override changes is refused or taken as ever.
        """
        maker, path, value, code = change
        changed: Any = MAKERS[maker](stack).node.default_child
        changed.add_property_override(path, value)
        if code is None:
            app.synth()
        else:
            with pytest.raises(RuntimeError, match=rf"\[cdk-ivs:{code} at 'Stack/Construct'\]"):
                app.synth()

    @pytest.mark.usefixtures("unnamed")
    def test_of_buckets_and_rooms_are_known_without_the_name_too(self, stack: Stack) -> None:
        """
        The encryption of a bucket and the tags of a room are warned about as ever.
        """
        bucket = Bucket(stack, "Bucket", encryption=BucketEncryption.KMS)
        with pytest.raises(ivs.ValidationError, match="bucket"):
            ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        chat.Room(stack, "Room")
        Tags.of(stack).add("team", "")
        assert [path for path, text in warnings_of(stack) if "EmptyTag" in text] == ["/Stack/Room"]
        Template.from_stack(stack).resource_count_is("AWS::IVSChat::Room", 1)
