"""The frame that every resource of this library stands in."""

from __future__ import annotations

import contextlib
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from aws_cdk import Resource

from cdk_ivs._validation.arns import can_be_split, check_arn
from cdk_ivs._validation.errors import ValidationError, error_path
from cdk_ivs._validation.tags import render_tags
from cdk_ivs._validation.values import check_name, is_plain_name

from .annotations import warn_about_region, warn_about_resource_quota
from .injection import inject
from .synth_validation import register_injection
from .tree import register_parent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aws_cdk import CfnTag
    from constructs import Construct

    from .props import Props
    from .rendered_properties import RenderedProperties
    from .resource_type import ResourceType

_P = TypeVar("_P", bound="Props")

if TYPE_CHECKING:
    attribute = property
else:

    class attribute(property):  # noqa: N801 - as `property`, in whose place it stands
        """A property that is read when it is first asked for, and once: a read is a message."""

        def __set_name__(self, owner: type, name: str) -> None:
            self._key = f"_attribute_{name}"

        def __get__(self, instance: object, owner: type | None = None) -> Any:  # noqa: ANN401 - of any type
            """The value, read once for each object."""
            if instance is None:
                return self
            # Not in __dict__, which an object has only once it was asked for.
            if not hasattr(instance, self._key):
                setattr(instance, self._key, super().__get__(instance, owner))
            return getattr(instance, self._key)


@dataclass(slots=True)
class Creation(Generic[_P]):
    """
    A resource that is being created.

    Attributes:
        props: The props, as property injectors made them.
        tags: The tags for the L1.
        name: The name for the L1, known when the construct is there.
    """

    props: _P
    tags: list[CfnTag] | None
    name: str | None = None


class IvsResource(Resource):
    """
    A resource of Amazon IVS, or a key beside it, known by its ARN or, in a subclass, created.

    Args:
        scope: The scope in which the reference is created.
        id: The id of the reference, unique in the scope.
        arn: The ARN of the resource.
    """

    _TYPE: ClassVar[ResourceType]
    _OWN_TAG: ClassVar[str | None] = None
    _EMPTY_TAG_VALUES: ClassVar[bool] = True

    _cfn: Any
    _given_arn: str | None = None

    def __init__(self, scope: Construct, id: str, arn: str) -> None:
        with error_path(scope, id):
            _check_available(self._TYPE)
            check_arn(
                f"{self._TYPE.kind}_arn", arn, self._TYPE.arn_name, service=self._TYPE.service
            )
        # The CDK would look for parts that are not there, or not yet.
        super().__init__(scope, id, environment_from_arn=arn if can_be_split(arn) else None)
        register_parent(self, scope, id)
        self._given_arn = arn

    @contextlib.contextmanager
    def _create(
        self, scope: Construct, id: str, props_type: type[_P], arguments: Mapping[str, Any]
    ) -> Iterator[Creation[_P]]:
        """
        Create the construct at the end of a ``with`` block, if nothing was refused in it.

        In the block stand the checks of one type of resource. What all types have in common
        happens here: the path in errors, property injection, the checks of types, name and tags,
        and the warnings about Regions and quotas.

        Args:
            scope: The scope in which the construct is created.
            id: The id of the construct.
            props_type: The class of the props.
            arguments: The arguments of the constructor, by keyword; others are left out.
        """
        with error_path(scope, id):
            _check_available(self._TYPE)
            props = inject(type(self), scope, id, props_type.from_arguments(arguments))
            keyword = f"{self._TYPE.kind}_name"
            name: str | None = getattr(props, keyword, None)
            check_name(keyword, name)
            tags = render_tags(
                getattr(props, "tags", None),
                empty_values=self._EMPTY_TAG_VALUES,
                own=self._OWN_TAG,
            )
            creation = Creation(props, tags)
            yield creation
        Resource.__init__(self, scope, id, physical_name=name)
        register_parent(self, scope, id)
        register_injection(self)
        # Only the CDK knows what PhysicalName.GENERATE_IF_NEEDED comes to.
        creation.name = name if name is None or is_plain_name(name) else self._physical_name
        if self._TYPE.is_of_ivs:
            warn_about_region(self, scope)
        warn_about_resource_quota(self, scope, self._TYPE.quota)

    def _check_l1(self, rendered: RenderedProperties) -> None:
        """Refuse properties of the L1 that the constructor would have refused as arguments."""
        check_name(f"{self._TYPE.kind}_name", rendered.text("Name"))
        self._check_rendered(rendered)
        render_tags(rendered.tags(), own=self._OWN_TAG)

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        """Check what one type of resource has beside a name and tags."""

    def _arn(self) -> str:
        """The ARN, given or of the L1."""
        return self._given_arn or self._cfn.attr_arn


def _check_available(resource_type: ResourceType) -> None:
    """Refuse a resource that this version of aws-cdk-lib does not have."""
    name = resource_type.class_name
    if resource_type.since is None or hasattr(
        importlib.import_module(f"aws_cdk.aws_{resource_type.service}"), f"Cfn{name}"
    ):
        return
    from importlib.metadata import version

    raise ValidationError(
        f"{name} needs aws-cdk-lib {resource_type.since} or newer, got {version('aws-cdk-lib')}; "
        "upgrade aws-cdk-lib",
        code="AwsCdkLibVersion",
    )
