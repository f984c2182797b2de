"""
Resources that the handler creates, because CloudFormation has no type for them.

The API has no idempotency token. Each resource therefore has a tag with its custom resource. Before
a creation, and after an error that leaves open whether a resource was created, the handler searches
for the tag.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import GONE, CallError, coded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from .api import Api

MARK = "cdk-ivs:created-for"
SETTLE_SECONDS = 300
SECONDS_BETWEEN_LOOKS = 3
FAILED = "CREATE_FAILED"
_PENDING = frozenset({"CREATING", "UPDATING"})


class Kind(NamedTuple):
    """
    A type of resource.

    Attributes:
        service: The service of boto3.
        name: The name of the type in the actions on one resource.
        defaults: The default values of the service, except the tags, by their names in the API. A
            value has the same type.
    """

    service: str
    name: str
    defaults: Mapping[str, int | str]


RESOURCES = {
    "FailoverSlateConfiguration": Kind(
        "ivs",
        "FailoverSlateConfiguration",
        {
            "name": "",
            "activationThresholdSeconds": 3,
            "minSlateDisplaySeconds": 3,
            "maxSlateDisplaySeconds": 60,
        },
    )
}


class Resources:
    """
    The resources of a type.

    Args:
        api: The API. Its ARN becomes that of the resource for a call.
        kind: The type.
    """

    def __init__(self, api: Api, kind: Kind) -> None:
        self._api = api
        self._kind = kind

    def create(self, properties: Mapping[str, Any], mark: str) -> str:
        """
        Create a resource, unless it exists from a creation whose response was lost.

        A resource that does not become usable is deleted again, because CloudFormation does not
        know it.

        Args:
            properties: The properties of the custom resource.
            mark: The value of the tag that identifies it.

        Returns:
            The ARN.
        """
        usable, useless = self._marked(mark)
        if usable:
            found, *more = usable
            self._change(found, {**self._kind.defaults, **self._given(properties)})
            # AWS sets the tags that begin with "aws:".
            own = {key for key in found["tags"] if not key.startswith("aws:")}
            self._tag(found, _tags(properties, mark), own)
            self._delete_quietly([*more, *useless])
        else:
            found = self._created(properties, mark)
            self._delete_quietly(useless)
        return str(found["arn"])

    def update(
        self, arn: str, properties: Mapping[str, Any], old: Mapping[str, Any], mark: str
    ) -> str:
        """
        Update a resource, or create it again if it is gone or never was usable.

        Args:
            arn: The ARN.
            properties: The properties of the custom resource.
            old: The previous properties. A property that was removed gets its default again.
            mark: The value of the tag that identifies the resource.

        Returns:
            The ARN.
        """
        found = self._found(arn)
        if found is None or found["state"] == FAILED:
            return self.create(properties, mark)
        wanted = {name: self._kind.defaults[name] for name in self._given(old)}
        self._change(found, wanted | self._given(properties))
        self._tag(found, _tags(properties, mark), set(_tags(old, mark)))
        return arn

    def delete(self) -> None:
        """Delete the resource with the ARN of the API."""
        self._call("Delete", self._api.arn)

    def _created(self, properties: Mapping[str, Any], mark: str) -> dict[str, Any]:
        """Create a resource, and make sure that it is the only one with its mark."""
        was_unsure = False

        def look() -> dict[str, Any] | None:
            nonlocal was_unsure
            was_unsure = True
            usable, _ = self._marked(mark)
            return {self._member: usable[0]} if usable else None

        answer = self._api.call(
            self._kind.service,
            f"Create{self._kind.name}",
            look,
            **self._given(properties),
            tags=_tags(properties, mark),
        )
        created: dict[str, Any] = answer[self._member]
        try:
            self._settle(created)
        except CallError:
            self._delete_quietly([created])
            raise
        if was_unsure:
            # The list can be out of date.
            usable, useless = self._marked(mark)
            others = [each for each in usable if each["arn"] != created["arn"]]
            self._delete_quietly([*others, *useless])
        return created

    @property
    def _member(self) -> str:
        """The name of the resource in responses."""
        return _lower(self._kind.name)

    def _given(self, properties: Mapping[str, Any]) -> dict[str, int | str]:
        """Return the given properties, in the form of the API."""
        return {
            name: type(default)(properties[_upper(name)])
            for name, default in self._kind.defaults.items()
            if _upper(name) in properties
        }

    def _call(self, verb: str, arn: str, **parameters: object) -> dict[str, Any]:
        self._api.arn = arn
        action = f"{verb}{self._kind.name}"
        return self._api.call(self._kind.service, action, arn=arn, **parameters)

    def _found(self, arn: str) -> dict[str, Any] | None:
        """Return a resource, or None if it is gone."""
        try:
            found: dict[str, Any] = self._call("Get", arn)[self._member]
        except CallError as error:
            if error.code == GONE:
                return None
            raise
        return found

    def _marked(self, mark: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return the resources with a mark: the usable ones and the others."""
        listed: list[dict[str, Any]] = []
        page: dict[str, str] = {}
        while True:
            answer = self._api.call(self._kind.service, f"List{self._kind.name}s", **page)
            listed += answer[f"{self._member}s"]
            if not answer.get("nextToken"):
                break
            page = {"nextToken": answer["nextToken"]}
        arns = sorted(each["arn"] for each in listed if each.get("tags", {}).get(MARK) == mark)
        # The list can still contain deleted resources.
        marked = [found for arn in arns if (found := self._found(arn)) is not None]
        return (
            [each for each in marked if each["state"] != FAILED],
            [each for each in marked if each["state"] == FAILED],
        )

    def _change(self, found: Mapping[str, Any], wanted: Mapping[str, int | str]) -> None:
        """Set properties, if one of them has another value."""
        defaults = self._kind.defaults
        if any(found.get(name, defaults[name]) != value for name, value in wanted.items()):
            found = self._call("Update", found["arn"], **wanted)[self._member]
        self._settle(found)

    def _settle(self, resource: Mapping[str, Any]) -> None:
        """Wait, for a limited time, until the service has created or updated a resource."""
        arn = resource["arn"]
        end = min(time.monotonic() + SETTLE_SECONDS, self._api.deadline)
        while resource["state"] in _PENDING and time.monotonic() + SECONDS_BETWEEN_LOOKS <= end:
            time.sleep(SECONDS_BETWEEN_LOOKS)
            resource = self._call("Get", arn)[self._member]
        if resource["state"] == FAILED:
            raise CallError(
                FAILED,
                coded(
                    "CreationFailed",
                    f"Amazon IVS could not create {arn} and gives no reason; deploy again, and "
                    "contact AWS Support if it fails again",
                ),
            )

    def _delete_quietly(self, resources: Iterable[Mapping[str, Any]]) -> None:
        """Delete a resource that is not usable, and ignore errors."""
        for each in resources:
            with contextlib.suppress(CallError):
                self._call("Delete", each["arn"])

    def _tag(
        self, found: Mapping[str, Any], wanted: Mapping[str, str], own: Collection[str]
    ) -> None:
        """
        Set the tags that differ, and remove tags that are no longer wanted.

        Args:
            found: The resource as it was found.
            wanted: The tags.
            own: The keys of the tags that can be removed.
        """
        tags, arn = found.get("tags", {}), found["arn"]
        # Remove tags first, because there can be at most 50.
        gone = sorted(key for key in tags if key in own and key not in wanted)
        if gone:
            self._api.call(self._kind.service, "UntagResource", resourceArn=arn, tagKeys=gone)
        new = {key: value for key, value in wanted.items() if tags.get(key) != value}
        if new:
            self._api.call(self._kind.service, "TagResource", resourceArn=arn, tags=new)


def mark_of(event: Mapping[str, Any]) -> str:
    """Return the mark of the resource of a custom resource: the stack and the logical ID."""
    _, _, stack = event["StackId"].partition("/")
    return f"{stack}/{hashlib.sha256(event['LogicalResourceId'].encode()).hexdigest()[:16]}"


def _tags(properties: Mapping[str, Any], mark: str) -> dict[str, str]:
    """Return the tags in the properties of a custom resource, and the mark."""
    return {tag["Key"]: tag["Value"] for tag in properties.get("Tags", ())} | {MARK: mark}


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def _upper(name: str) -> str:
    return name[0].upper() + name[1:]
