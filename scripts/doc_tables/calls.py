"""The public methods, and what they are called with to see what they do."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from aws_cdk import App, Environment, Stack

import cdk_ivs as ivs
from cdk_ivs import chat
from cdk_ivs._iam.grants import Grants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ACCOUNT, REGION = "123456789012", "us-west-2"
# For a resource that a parameter of a grant asks for, where its kind is not the parameter's name.
KINDS = {"destination": "stage"}


def methods_of(kind: type, prefix: str = "") -> Iterator[str]:
    """The names of the public methods of a class that begin so."""
    return (name for name in dir(kind) if name.startswith(prefix) and name[0] != "_")


def keywords_of(method: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """The parameters of a method that are given by keyword only."""
    parameters = inspect.signature(method).parameters
    return {
        name: parameter
        for name, parameter in parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }


def place() -> Stack:
    """A stack whose account and Region are known."""
    app = App(analytics_reporting=False, context={"@aws-cdk/core:enablePartitionLiterals": True})
    return Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))


class References:
    """Imported resources in a stack, made when they are asked for."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._made: dict[str, Any] = {}
        self._kinds = {kind._RESOURCE_TYPE.kind: kind for _, kind in grant_classes()}  # noqa: SLF001 - made here

    def of(self, keyword: str) -> Any:  # noqa: ANN401 - of any kind
        """The resource that a keyword asks for, each keyword another one."""
        if keyword not in self._made:
            kind = KINDS.get(keyword, keyword)
            grants = self._kinds[kind]
            owner = getattr(module_of(grants), grants.__name__.removesuffix("Grants"))
            of_type = grants._RESOURCE_TYPE  # noqa: SLF001 - the data that the tables are made from
            resource = f"{of_type.arn_name}/A{len(self._made)}"
            arn = f"arn:aws:{of_type.service}:{REGION}:{ACCOUNT}:{resource}"
            make = getattr(owner, f"from_{kind}_arn")
            self._made[keyword] = make(self._stack, keyword, arn)
        return self._made[keyword]


def module_of(kind: type) -> Any:  # noqa: ANN401 - a module with any names
    """The public module that has the class."""
    return chat if hasattr(chat, kind.__name__) else ivs


def grant_classes() -> list[tuple[str, type[Grants]]]:
    """The classes of permissions on a resource, by their public names."""
    return [
        (f"{prefix}{name}", getattr(module, name))
        for module, prefix in ((ivs, ""), (chat, "chat."))
        for name in module.__all__
        if name.endswith("Grants") and issubclass(getattr(module, name), Grants)
    ]
