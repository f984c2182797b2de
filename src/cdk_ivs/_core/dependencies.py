"""The dependencies between the resources of a stack, as CloudFormation sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from aws_cdk import CfnResource, Stack

from .cfn_properties import cfn_properties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Dependencies:
    """
    The dependencies within one stack.

    Use it when the app is validated, because the CDK has added all dependencies by then. Each
    resource is read once, which takes some messages.
    """

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        constructs = stack.node.find_all()
        nested = sum(isinstance(construct, Stack) for construct in constructs) > 1
        # By their logical IDs, without the resources of nested stacks.
        self._resources = {
            self._name(construct): construct
            for construct in constructs
            if isinstance(construct, CfnResource) and (not nested or self._stands_here(construct))
        }
        self._needed: dict[str, list[str]] = {}

    def way_back_to(self, resource: CfnResource) -> list[CfnResource] | None:
        """Return the resources through which a resource depends on itself, or None."""
        start = self._name(resource)
        # For the name of a resource: the resource that depends on it.
        found: dict[str, str] = {}
        pending = [start]
        for name in pending:
            for needed in self._needed_by(name):
                if needed == start:
                    return [self._resources[step] for step in _steps(name, found, start)]
                if needed in self._resources and needed not in found:
                    found[needed] = name
                    pending.append(needed)
        return None

    def forget(self, resource: CfnResource) -> None:
        """Remove the dependencies of a resource."""
        self._needed[self._name(resource)] = []

    def _needed_by(self, name: str) -> list[str]:
        """Return the logical IDs of the resources on which a resource depends."""
        if name not in self._needed:
            resource = self._resources[name]
            self._needed[name] = [
                self._name(other)
                for other in resource.obtain_dependencies()
                if self._stands_here(other)
            ]
            self._needed[name] += _references(self._stack.resolve(cfn_properties(resource)))
        return self._needed[name]

    def _name(self, resource: CfnResource) -> str:
        return str(self._stack.resolve(resource.logical_id))

    def _stands_here(self, construct: Stack | CfnResource) -> TypeGuard[CfnResource]:
        """Whether a resource is in the stack, because other stacks can use the same logical IDs."""
        return (
            isinstance(construct, CfnResource)
            and construct.stack.node.addr == self._stack.node.addr
        )


def _steps(last: str, found: dict[str, str], start: str) -> list[str]:
    steps = [last]
    while steps[0] != start:
        steps.insert(0, found[steps[0]])
    return steps


def _references(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        for item in value:
            yield from _references(item)
    elif isinstance(value, dict):
        if isinstance(value.get("Ref"), str):
            yield value["Ref"]
        elif isinstance(value.get("Fn::GetAtt"), list):
            yield value["Fn::GetAtt"][0]
        else:
            yield from _references(list(value.values()))


def depend_on(resource: CfnResource, target: CfnResource) -> None:
    """Create a resource after another one, with one message instead of two."""
    # The CDK renamed the method, and warns about the old name.
    add: Callable[[CfnResource], None] = (
        getattr(resource, "add_resource_dependency", None) or resource.add_dependency
    )
    add(target)
