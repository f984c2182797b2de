"""The table of the index: a new table, and the requirements for a given one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from aws_cdk import RemovalPolicy
from aws_cdk.aws_dynamodb import CfnTable

from cdk_ivs._core.cfn_properties import cfn_properties
from cdk_ivs._validation.errors import ValidationError, safe_repr
from cdk_ivs._validation.tokens import is_token

from .steps import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk.aws_dynamodb import Table
    from aws_cdk.interfaces.aws_dynamodb import ITableRef
    from constructs import Construct

_KEY_SCHEMA = [(KEY, "HASH")]
_STREAM = "NEW_AND_OLD_IMAGES"


class TableProps(Protocol):
    """The parameters of an index that are about its table."""

    @property
    def point_in_time_recovery(self) -> bool | None: ...
    @property
    def removal_policy(self) -> RemovalPolicy | None: ...
    @property
    def table(self) -> ITableRef | None: ...


class IndexTable(NamedTuple):
    """
    The table of an index, new or given.

    Attributes:
        table: The table.
        arn: Its ARN.
        name: Its name.
        key_arn: The ARN of the key that encrypts it, if it has one that is known.
        created: Whether the index created it.
    """

    table: ITableRef
    arn: str
    name: str
    key_arn: str | None
    created: bool

    @classmethod
    def of(cls, scope: Construct, props: TableProps, *, expires: bool) -> IndexTable:
        """Return the given table, or a new one."""
        if props.table is not None:
            reference = props.table.table_ref
            key = getattr(props.table, "encryption_key", None)
            key_arn = None if key is None else str(key.key_arn)
            return cls(
                props.table, reference.table_arn, reference.table_name, key_arn, created=False
            )
        table = _create_table(
            scope,
            expires=expires,
            point_in_time_recovery=props.point_in_time_recovery is not False,
            removal_policy=props.removal_policy or RemovalPolicy.RETAIN,
        )
        return cls(table, table.table_arn, table.table_name, None, created=True)

    @property
    def stream_arn(self) -> str:
        """The ARN of the stream. Raises if there is no stream with new and old images."""
        if self.created:
            return cast("str", _known_stream(self.table))
        return _stream_of_table(self.table)


def _create_table(
    scope: Construct, *, expires: bool, point_in_time_recovery: bool, removal_policy: RemovalPolicy
) -> Table:
    """
    Create a table for the index.

    Args:
        scope: The index.
        expires: Whether items have a time at which they expire.
        point_in_time_recovery: Whether the table can be restored.
        removal_policy: Whether CloudFormation keeps or deletes the table with the stack.
    """
    from aws_cdk.aws_dynamodb import (
        Attribute,
        AttributeType,
        BillingMode,
        PointInTimeRecoverySpecification,
        StreamViewType,
        Table,
    )

    table = Table(
        scope,
        "Table",
        billing_mode=BillingMode.PAY_PER_REQUEST,
        partition_key=Attribute(name=KEY, type=AttributeType.STRING),
        point_in_time_recovery_specification=PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=point_in_time_recovery
        ),
        removal_policy=removal_policy,
        # A stream is free until it is read.
        stream=StreamViewType.NEW_AND_OLD_IMAGES,
        time_to_live_attribute="expires_at" if expires else None,
    )
    table.add_global_secondary_index(
        index_name="by_resource",
        partition_key=Attribute(name="resource_arn", type=AttributeType.STRING),
        sort_key=Attribute(name="started_at", type=AttributeType.STRING),
    )
    return table


def check_table(
    table: ITableRef | None,
    point_in_time_recovery: bool | None,  # noqa: FBT001 - as it was given
    removal_policy: RemovalPolicy | None,
) -> None:
    """Refuse a table with another key, and settings of a new table."""
    if table is None:
        return
    for keyword, value in (
        ("point_in_time_recovery", point_in_time_recovery),
        ("removal_policy", removal_policy),
    ):
        if value is not None:
            raise ValidationError(
                f"'{keyword}' must not be given with 'table', got {safe_repr(str(value))}: it is a "
                "property of the table; set it there",
                code="IndexTable",
            )
    schema = _properties(table).get("keySchema")
    if not isinstance(schema, list):
        return
    keys = [(_member(each, "attributeName"), _member(each, "keyType")) for each in schema]
    if keys != _KEY_SCHEMA and not any(is_token(name) for name, _ in keys):
        raise ValidationError(
            f"'table' must have the partition key '{KEY}' and no sort key, got the keys "
            f"{safe_repr([name for name, _ in keys])}",
            code="IndexTable",
        )


def _stream_of_table(table: ITableRef) -> str:
    """Return the ARN of the stream of a table, or refuse a table without both images."""
    stream = _known_stream(table)
    specification = _properties(table).get("streamSpecification")
    view = _member(specification, "streamViewType")
    if isinstance(table, CfnTable) and specification is None:
        stream = None
    if stream is None or (isinstance(view, str) and view != _STREAM and not is_token(view)):
        got = "no known stream" if stream is None else safe_repr(view)
        raise ValidationError(
            f"'table' must have a stream of {_STREAM} for on_ready(), got {got}; give the table "
            "one, or name it with Table.from_table_attributes(table_stream_arn=…)",
            code="IndexStream",
        )
    return str(stream)


def _known_stream(table: object) -> str | None:
    stream = getattr(table, "table_stream_arn", None) or getattr(table, "attr_stream_arn", None)
    return None if stream is None else str(stream)


def _properties(table: Any) -> Mapping[str, Any]:  # noqa: ANN401 - of any kind
    """Return the properties of a table of the app under their names in JavaScript."""
    cfn_table = table if isinstance(table, CfnTable) else table.node.default_child
    return cfn_properties(cfn_table) if isinstance(cfn_table, CfnTable) else {}


def _member(value: Any, name: str) -> Any:  # noqa: ANN401 - a struct or a mapping
    if isinstance(value, dict):
        return value.get(name)
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    return getattr(value, snake, None)
