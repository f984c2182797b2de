"""Mistakes in chat rooms, and in their logs and message review handlers."""

from __future__ import annotations

from typing import Any

from .parts import (
    ALL_ROOMS,
    CONDITION,
    LOG_GROUP,
    Case,
    Json,
    arn,
    at_deployment,
    chat_log,
    function,
    if_a,
    policy,
    ref,
    resource,
    template,
)

BUCKET = {"S3": {"BucketName": "chat"}}


def permission(source: Any = ALL_ROOMS, principal: str = "ivschat.amazonaws.com") -> Json:
    """The permission of chat to invoke the handler."""
    return resource(
        "Lambda::Permission",
        {
            "Action": "lambda:InvokeFunction",
            "FunctionName": arn("Handler"),
            "Principal": principal,
            "SourceArn": source,
        },
    )


def room(**others: Any) -> Json:
    """A room with a handler."""
    return resource("IVSChat::Room", {"MessageReviewHandler": {"Uri": arn("Handler")}}, **others)


ALIAS = resource(
    "Lambda::Alias", {"FunctionName": ref("Handler"), "FunctionVersion": "1", "Name": "live"}
)


def room_with_alias(**others: Any) -> Json:
    """A room whose handler is an alias."""
    return resource("IVSChat::Room", {"MessageReviewHandler": {"Uri": ref("Live")}}, **others)


HANDLED = {"Handler": function(), "Permission": permission()}


CASES = (
    Case(
        "IVS-019",
        "Properties.DestinationConfiguration",
        template(Log=chat_log()),
        template(Log=chat_log(**LOG_GROUP)),
        "got none",
    ),
    Case(
        "IVS-019",
        "Properties.DestinationConfiguration",
        template(Log=chat_log(**LOG_GROUP, **BUCKET)),
        template(Log=chat_log(**BUCKET)),
        "got CloudWatchLogs, S3",
    ),
    Case(
        "IVS-020",
        "Properties.LoggingConfigurationIdentifiers",
        template(
            **{f"Log{i}": chat_log(**LOG_GROUP) for i in range(4)},
            Room=resource(
                "IVSChat::Room",
                {"LoggingConfigurationIdentifiers": [arn(f"Log{i}") for i in range(4)]},
            ),
        ),
        template(
            **{f"Log{i}": chat_log(**LOG_GROUP) for i in range(4)},
            Room=resource(
                "IVSChat::Room",
                {"LoggingConfigurationIdentifiers": [arn(f"Log{i}") for i in range(3)]},
            ),
        ),
        "got 4",
    ),
    Case(
        "IVS-021",
        "Properties.MessageReviewHandler.Uri",
        template(
            Handler=function(),
            Permission=permission(principal="ivs.amazonaws.com"),
            Room=room(DependsOn="Permission"),
        ),
        template(**HANDLED, Room=room(DependsOn="Permission")),
        "function 'Handler'",
    ),
    Case(
        "IVS-021",
        "Properties.MessageReviewHandler.Uri",
        {
            **CONDITION,
            **template(
                **HANDLED,
                Other=function(),
                Room=resource(
                    "IVSChat::Room",
                    {"MessageReviewHandler": {"Uri": if_a(arn("Handler"), arn("Other"))}},
                    DependsOn="Permission",
                ),
            ),
        },
        {
            **CONDITION,
            **template(
                **HANDLED,
                Room=resource(
                    "IVSChat::Room",
                    {"MessageReviewHandler": if_a({"Uri": arn("Handler")}, ref("AWS::NoValue"))},
                    DependsOn="Permission",
                ),
            ),
        },
        "function 'Other'",
    ),
    Case(
        "IVS-021",
        "Properties.MessageReviewHandler.Uri",
        template(Handler=function(), Live=ALIAS, Room=room_with_alias()),
        template(
            Handler=function(),
            Live=ALIAS,
            Permission=resource(
                "Lambda::Permission",
                {
                    "Action": "lambda:InvokeFunction",
                    "FunctionName": {"Fn::Sub": "${Handler}:live"},
                    "Principal": "ivschat.amazonaws.com",
                    "SourceArn": ALL_ROOMS,
                },
            ),
            Room=room_with_alias(DependsOn="Permission"),
        ),
        "function 'Live'",
    ),
    Case(
        "IVS-022",
        "Properties.MessageReviewHandler.Uri",
        template(Handler=function(), Permission=permission(arn("Room")), Room=room()),
        template(**HANDLED, Room=room(DependsOn="Permission")),
        "permission 'Permission'",
    ),
    Case(
        "IVS-023",
        "Properties.MessageReviewHandler.Uri",
        template(**HANDLED, Room=room()),
        template(**HANDLED, Room=room(DependsOn=["Permission"])),
        "permission 'Permission'",
    ),
    Case(
        "IVS-024",
        "Properties.MessageReviewHandler.Uri",
        template(
            Handler=function(Environment={"Variables": {"ROOM": arn("Room")}}),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        template(
            Handler=function(Environment={"Variables": {"ROOMS": ALL_ROOMS}}),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        "which is a cycle",
        cyclic=True,
    ),
    Case(
        "IVS-024",
        "Properties.MessageReviewHandler.Uri",
        template(
            Handler={**function(), "DependsOn": "Policy"},
            Policy=policy("ivschat:SendEvent", arn("Room")),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        template(
            Handler={**function(), "DependsOn": "Policy"},
            Policy=policy("ivschat:SendEvent", ALL_ROOMS),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        "through 'Policy', which is a cycle",
        cyclic=True,
    ),
    Case(
        "IVS-049",
        "Properties.MessageReviewHandler.FallbackResult",
        template(
            Room=resource("IVSChat::Room", {"MessageReviewHandler": {"FallbackResult": "DENY"}})
        ),
        template(
            Room=resource(
                "IVSChat::Room",
                {
                    "MessageReviewHandler": {
                        "FallbackResult": "DENY",
                        "Uri": "arn:aws:lambda:us-west-2:111111111111:function:review",
                    }
                },
            )
        ),
    ),
    *(
        Case(
            "IVS-050",
            "Properties.Tags",
            template(Stream=wrong, Log=chat_log(Firehose={"DeliveryStreamName": ref("Stream")})),
            template(
                Stream=resource(
                    "KinesisFirehose::DeliveryStream",
                    {"Tags": [{"Key": "LogDeliveryEnabled", "Value": "true"}]},
                ),
                Log=chat_log(Firehose={"DeliveryStreamName": ref("Stream")}),
            ),
            "delivery stream 'Stream'",
        )
        for wrong in (
            resource("KinesisFirehose::DeliveryStream"),
            resource(
                "KinesisFirehose::DeliveryStream",
                {"Tags": [{"Key": "LogDeliveryEnabled", "Value": "false"}]},
            ),
        )
    ),
    *(
        Case(
            "IVS-060",
            "Properties.MessageReviewHandler.Uri",
            template(Handler=function(Timeout=30), Permission=permission(), **others),
            template(Handler=function(Timeout=1), Permission=permission(), **others),
            "function 'Handler' has a timeout of 30 seconds",
        )
        for others in (
            {"Room": room(DependsOn="Permission")},
            {"Live": ALIAS, "Room": room_with_alias(DependsOn="Permission")},
        )
    ),
    at_deployment(
        "IVS-060",
        "Properties.MessageReviewHandler.Uri",
        lambda value: {
            "Handler": function(Timeout=value),
            "Permission": permission(),
            "Room": room(DependsOn="Permission"),
        },
        "30",
    ),
    # Another function that the handler calls is not the handler.
    Case(
        "IVS-060",
        "Properties.MessageReviewHandler.Uri",
        template(
            Handler=function(Timeout=4, Environment={"Variables": {"WORKER": ref("Worker")}}),
            Worker=function(Timeout=30),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        template(
            Handler=function(Timeout=3, Environment={"Variables": {"WORKER": ref("Worker")}}),
            Worker=function(Timeout=30),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        "function 'Handler' has a timeout of 4 seconds",
    ),
    Case(
        "IVS-061",
        "Properties.LoggingConfigurationIdentifiers.1",
        template(
            Log=chat_log(**LOG_GROUP),
            Room=resource(
                "IVSChat::Room", {"LoggingConfigurationIdentifiers": [ref("Log"), arn("Log")]}
            ),
        ),
        template(
            Log=chat_log(**LOG_GROUP),
            Other=chat_log(**LOG_GROUP),
            Room=resource(
                "IVSChat::Room", {"LoggingConfigurationIdentifiers": [ref("Log"), arn("Other")]}
            ),
        ),
        "items 0 and 1",
    ),
)
