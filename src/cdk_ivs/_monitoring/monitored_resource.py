"""The resource of metrics and events."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, ClassVar, cast

from cdk_ivs._core.resource import IvsResource
from cdk_ivs._monitoring.catalog.metrics import RESOURCE_NAMESPACES
from cdk_ivs._validation.arns import arn_of, resource_id

if TYPE_CHECKING:
    from constructs import IConstruct

    from cdk_ivs._monitoring.catalog.metrics import MetricNamespace


class MonitoredResource:
    """
    A channel or stage, of any kind of construct.

    Attributes:
        construct: The resource, in the tree of the app.
        kind: The kind of the resource: `channel` or `stage`.
        arn: The ARN of the resource.
    """

    def __init__(self, construct: object, kind: str, arn: str | None = None) -> None:
        self.construct = cast("IConstruct", construct)
        self.kind = kind
        self.arn = arn_of(kind, construct, kind) if arn is None else arn

    @property
    def namespace(self) -> MetricNamespace:
        """The metrics that IVS publishes of the resource."""
        return RESOURCE_NAMESPACES[self.kind]

    @property
    def dimension(self) -> str:
        """The dimension of metrics that contains the ID."""
        return self.kind.title()

    @functools.cached_property
    def id(self) -> str:
        """The ID of the resource, which a construct of this library caches."""
        if isinstance(self.construct, IvsResource):
            kept: str = getattr(self.construct, f"{self.kind}_id")
            return kept
        return resource_id(self.arn)


class Monitored:
    """
    Base of classes with the metrics and events of one resource.

    A construct of a resource has the metrics and events of itself.
    """

    _MONITORED_KIND: ClassVar[str]

    def _monitored_resource(self) -> MonitoredResource:
        kind = self._MONITORED_KIND
        return MonitoredResource(self, kind, getattr(self, f"{kind}_arn"))
