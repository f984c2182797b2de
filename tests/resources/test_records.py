"""Every resource has what a resource has to have, in the library and in its tests."""

from __future__ import annotations

import ast
from pathlib import Path

from aws_cdk import Stack

import cdk_ivs as ivs
from cdk_ivs import chat
from cdk_ivs._iam.resource_types import TYPES
from tests.rehearsal.service.kinds import KINDS
from tests.support.reflection import CLASSES

from .records import RECORDS, SIGNING_KEY, Record, every_resource

TESTS = Path(__file__).parent.parent
SOURCE = Path(str(ivs.__file__)).parent
TYPING = TESTS / "typing_tests" / "accepted.py"
# Only the API creates them.
WITHOUT_CONSTRUCT = {"Composition"}

RESOURCES = {
    name: kind
    for name, kind in CLASSES.items()
    if hasattr(kind, "_RESOURCE_TYPE")
    and "PROPERTY_INJECTION_ID" in vars(kind)
    and kind is not SIGNING_KEY.construct
}


def defined() -> set[str]:
    """The names of the classes of the source that have an id for property injectors."""
    return {
        f"{'cdk_ivs.chat' if file.is_relative_to(SOURCE / 'chat') else 'cdk_ivs'}.{node.name}"
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(item).startswith("PROPERTY_INJECTION_ID = ") for item in node.body)
    }


def called() -> set[str]:
    """What the typing tests call, as it is written."""
    code = ast.parse(TYPING.read_text(encoding="utf-8"))
    return {ast.unparse(node.func) for node in ast.walk(code) if isinstance(node, ast.Call)}


def test_every_class_is_public() -> None:
    """
    A class that has an id for property injectors can be imported by users.
    """
    assert defined() - set(CLASSES) == set()
    assert set(RESOURCES) <= defined()


def test_every_resource_has_a_test_record() -> None:
    """
    What is true of every resource is tested of every public one, once.
    """
    assert sorted(RESOURCES) == sorted(
        f"{record.package.__name__}.{record.name}" for record in RECORDS
    )


def test_every_resource_has_a_record_in_the_library() -> None:
    """
    The types of the library are those of the public resources, and of what the API creates.
    """
    types = [one.class_name for one in TYPES if one.class_name not in WITHOUT_CONSTRUCT]
    assert sorted(types) == sorted(kind.__name__ for kind in RESOURCES.values())


@every_resource
class TestResource:
    def test_has_its_public_names(self, record: Record) -> None:
        """
        With a resource, its interface, its props and its permissions can be imported.
        """
        names = {f"I{record.name}", f"{record.name}Grants", f"{record.name}Props"}
        assert names <= set(record.package.__all__)

    def test_has_a_record_that_is_right(self, record: Record) -> None:
        """
        The class, its permissions and the library's record belong together.
        """
        resource_type = record.construct._RESOURCE_TYPE
        assert resource_type in TYPES
        assert resource_type is record.grants._RESOURCE_TYPE
        assert (resource_type.kind, resource_type.service) == (record.kind, record.service)
        assert resource_type.arn_name == record.arn_name
        assert resource_type.quota == record.quota

    def test_has_typing_tests(self, record: Record) -> None:
        """
        Type checkers see that it is created and referred to.
        """
        package = "chat" if record.package is chat else "ivs"
        name = f"{package}.{record.name}"
        assert {name, f"{name}.from_{record.kind}_arn"} <= called()

    def test_has_tests_of_its_own(self, record: Record) -> None:
        """
        What is particular is in a test module that is named after it.
        """
        assert [*TESTS.rglob(f"test_{record.kind}.py")] != []

    def test_has_a_rehearsal_kind(self, record: Record) -> None:
        """
        The service of the rehearsals knows it.
        """
        kind = KINDS[record.name]
        assert (kind.service, kind.segment) == (record.service, record.arn_name)

    def test_needs_what_its_record_gives(self, stack: Stack, record: Record) -> None:
        """
        The arguments of the record are those that must be given, and others that it takes.
        """
        assert set(record.given(stack)) == set(record.required)
        everything = record.given(stack, "Other", everything=True)
        assert set(everything) <= set(record.parameters)
