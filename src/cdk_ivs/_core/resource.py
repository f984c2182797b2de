"""The base of every resource of this library."""

from __future__ import annotations

import contextlib
import importlib
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from aws_cdk import Resource

from cdk_ivs._validation.arns import can_be_split, check_arn
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, error_path
from cdk_ivs._validation.tags import check_tags, render_tags
from cdk_ivs._validation.values import check_name, is_plain_name

from .annotations import warn_about_region, warn_about_resource_quota
from .injection import inject
from .placement import check_construct, check_id, check_scope_and_id
from .resource_type import ResourceType  # noqa: TC001 - for typing.get_type_hints()
from .synth_validation import register_injection
from .tree import register_parent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aws_cdk import CfnTag
    from constructs import Construct

    from .props import Props
    from .rendered_properties import RenderedProperties

_P = TypeVar("_P", bound="Props")
_MISSING = object()

# Type checkers understand property, and refuse a replacement.
if TYPE_CHECKING:
    attribute = property
else:

    class attribute(property):  # noqa: N801 - like `property`, which it replaces
        """A property that is read once, on first use, because each read is a message."""

        def __set_name__(self, owner: type, name: str) -> None:
            super().__set_name__(owner, name)
            self._key = f"_attribute_{name}"

        def __get__(self, instance: object, owner: type | None = None) -> Any:  # noqa: ANN401 - of any type
            """Return the value, which is read once for each object."""
            if instance is None:
                return self
            # Not in __dict__, which Python creates on first use.
            value = getattr(instance, self._key, _MISSING)
            if value is _MISSING:
                value = super().__get__(instance, owner)
                setattr(instance, self._key, value)
            return value


class IvsResource(Resource):
    """A resource of Amazon IVS or a key for it: a reference or, in a subclass, a new one."""

    _RESOURCE_TYPE: ClassVar[ResourceType]
    _OWN_TAG: ClassVar[str | None] = None
    _EMPTY_TAG_VALUES: ClassVar[bool] = True

    # Each subclass declares its own type for type checkers.
    _ivs_cfn: Any
    _given_arn: str | None = None

    def __init__(self, *_: object, **__: object) -> None:
        resource_type = self._RESOURCE_TYPE
        package = "chat." if resource_type.service == "ivschat" else ""
        raise ArgumentTypeError(
            f"{package}I{resource_type.class_name} cannot be created; create a "
            f"{package}{resource_type.class_name}, or refer to one with "
            f"{package}{resource_type.class_name}.from_{resource_type.kind}_arn()"
        )

    @classmethod
    def _import_by_arn(cls, scope: Construct, id: str, arn: str) -> Self:
        """Return a reference to the resource with an ARN."""
        with error_path(scope, id):
            # Unlike a resource, a reference can be outside of stacks.
            check_construct(scope)
            check_id(id)
            _check_available(cls._RESOURCE_TYPE)
            check_arn(
                f"{cls._RESOURCE_TYPE.kind}_arn",
                arn,
                cls._RESOURCE_TYPE.arn_name,
                service=cls._RESOURCE_TYPE.service,
            )
        resource = cls.__new__(cls)
        # The CDK cannot split an ARN whose parts are missing, or are not known yet.
        Resource.__init__(
            resource, scope, id, environment_from_arn=arn if can_be_split(arn) else None
        )
        register_parent(resource, scope, id)
        resource._given_arn = arn
        return resource

    @contextlib.contextmanager
    def _checked_props(
        self, scope: Construct, id: str, props_type: type[_P], arguments: Mapping[str, Any]
    ) -> Iterator[_P]:
        """
        Check the arguments of a constructor, before anything is created.

        The block contains the checks of one type of resource, and their errors get the path of the
        construct. This method checks what all types have in common: the types of arguments, the
        name and the tags.

        Args:
            scope: The scope in which you create the construct.
            id: The ID of the construct.
            props_type: The class of the props, whose fields are the keywords of the constructor. A
                test compares the two.
            arguments: The arguments of the constructor: `locals()`, in its first statement.

        Yields:
            The props, as property injectors changed them.
        """
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            _check_available(self._RESOURCE_TYPE)
            props = inject(type(self), scope, id, props_type._from_arguments(arguments))
            check_name(f"{self._RESOURCE_TYPE.kind}_name", self._name_in(props))
            check_tags(_tags_in(props), empty_values=self._EMPTY_TAG_VALUES, own=self._OWN_TAG)
            yield props

    def _create_construct(
        self, scope: Construct, id: str, props: Props
    ) -> tuple[str | None, list[CfnTag] | None]:
        """
        Create the construct, without its L1, and warn about Regions and quotas.

        Args:
            scope: The scope in which you create the construct.
            id: The ID of the construct.
            props: The checked props.

        Returns:
            The name and the tags for the L1.
        """
        name = self._name_in(props)
        super().__init__(scope, id, physical_name=name)
        register_parent(self, scope, id)
        register_injection(self)
        if self._RESOURCE_TYPE.is_of_ivs:
            warn_about_region(self, scope)
        warn_about_resource_quota(self, scope, self._RESOURCE_TYPE.quota)
        # Only the CDK can resolve PhysicalName.GENERATE_IF_NEEDED.
        plain = name is None or is_plain_name(name)
        return name if plain else self._physical_name, render_tags(_tags_in(props))

    def _name_in(self, props: Props) -> str | None:
        name: str | None = getattr(props, f"{self._RESOURCE_TYPE.kind}_name", None)
        return name

    def _check_cfn(self, rendered: RenderedProperties) -> None:
        """Refuse properties of the L1 that the constructor refuses as arguments."""
        check_name(f"{self._RESOURCE_TYPE.kind}_name", rendered.text("Name"))
        self._check_rendered(rendered)
        check_tags(rendered.tags(), own=self._OWN_TAG)

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        """Check the properties of one type of resource, except the name and the tags."""

    def _resource_arn(self) -> str:
        """Return the given ARN, or that of the L1."""
        return self._given_arn or self._ivs_cfn.attr_arn


def _tags_in(props: Props) -> Mapping[str, str] | None:
    tags: Mapping[str, str] | None = getattr(props, "tags", None)
    return tags


def _check_available(resource_type: ResourceType) -> None:
    """Refuse a resource that this version of aws-cdk-lib does not have."""
    name = resource_type.class_name
    if resource_type.since is None or hasattr(
        importlib.import_module(f"aws_cdk.aws_{resource_type.service}"), f"Cfn{name}"
    ):
        return
    from importlib.metadata import version

    raise ValidationError(
        f"{name} requires aws-cdk-lib {resource_type.since} or newer, got "
        f"{version('aws-cdk-lib')}; upgrade aws-cdk-lib",
        code="AwsCdkLibVersion",
    )
