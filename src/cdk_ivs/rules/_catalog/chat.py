"""The rules about chat rooms, their logs and message review handlers."""

from __future__ import annotations

from .rule import CHAT, CHAT_API, error, warning

RULES = (
    error(
        "IVS-019",
        "A logging configuration has exactly one destination",
        "DestinationConfiguration must have exactly one of CloudWatchLogs, Firehose and S3, got "
        "%v: create a logging configuration for each destination",
        why="IVS refuses a logging configuration with no destination, or with several.",
        fix="Create a logging configuration for each destination, and give the room all of them.",
        source=f"{CHAT_API}/API_CreateLoggingConfiguration.html",
    ),
    error(
        "IVS-020",
        "A room has at most 3 logging configurations",
        "a room can have at most 3 logging configurations, got %v: remove the others",
        why="CloudFormation accepts up to 50, and IVS refuses more than 3.",
        fix="Keep at most 3 logging configurations in a room.",
        source=f"{CHAT_API}/API_CreateRoom.html",
    ),
    error(
        "IVS-021",
        "A room has the permission to invoke its message review handler",
        "ivschat.amazonaws.com does not have the permission to invoke function '%v': add an "
        "AWS::Lambda::Permission with that principal and the SourceArn of room/*, and let the "
        "room depend on it",
        why="IVS checks the permission when it creates the room, and refuses the room without it.",
        fix="Add an `AWS::Lambda::Permission` with the principal `ivschat.amazonaws.com`, the "
        "action `lambda:InvokeFunction` and the ARN of `room/*` as `SourceArn`. Add the "
        "permission to `DependsOn` of the room.",
        source=f"{CHAT}/security-iam.html",
    ),
    error(
        "IVS-022",
        "The permission of a message review handler does not refer to its room",
        "permission '%v' of the handler refers to the room, and the room cannot be created "
        "without the permission: use room/* in its SourceArn, and let the room depend on it",
        why="CloudFormation creates the room before a permission that refers to it, and IVS "
        "refuses a room whose handler it has no permission to invoke.",
        fix="Use the ARN of `room/*` as `SourceArn`, and add the permission to `DependsOn` of the "
        "room.",
        source=f"{CHAT}/security-iam.html",
    ),
    warning(
        "IVS-023",
        "A room depends on the permission of its message review handler",
        "CloudFormation can create the room before permission '%v' of its handler, and the "
        "creation then fails: add the permission to DependsOn",
        why="CloudFormation creates resources that do not refer to each other in any order. IVS "
        "refuses a room whose handler it has no permission to invoke.",
        fix="Add the permission to `DependsOn` of the room.",
        source=f"{CHAT}/security-iam.html",
    ),
    error(
        "IVS-024",
        "A message review handler does not refer to its own room",
        "function '%v' reviews the messages of this room and needs the room to be created first, "
        "through '%v', which is a cycle: use room/* in policies, and read the ARN of the room "
        "from the event",
        why="The room refers to the function. If the function, its role or a policy refers to the "
        "room, CloudFormation refuses the template.",
        fix="Use the ARN of `room/*` in policies. The function gets the ARN of the room in each "
        "event.",
        source=f"{CHAT}/chat-message-review-handler.html",
    ),
    error(
        "IVS-049",
        "A fallback result needs a message review handler",
        "FallbackResult has no effect without Uri: set Uri to the ARN of a function, or remove "
        "FallbackResult",
        why="IVS uses the fallback result when the function does not answer. Without a function "
        "no message is reviewed, even if the fallback result is DENY.",
        fix="Set `Uri` to the ARN of a Lambda function, or remove `FallbackResult`.",
        source=f"{CHAT_API}/API_MessageReviewHandler.html",
    ),
    warning(
        "IVS-050",
        "A delivery stream for chat logs has its tag in the template",
        "AWS delivers chat logs to streams with the tag LogDeliveryEnabled, adds the tag with the "
        "value 'true' to delivery stream '%v', and the next update of the stack removes it: add "
        "the tag here",
        why="CloudFormation removes tags that are not in the template when it updates the tags of "
        "a delivery stream. Without this tag, no logs arrive.",
        fix="Add the tag `LogDeliveryEnabled` with the value `true` to the delivery stream.",
        source=f"{CHAT}/chat-logging.html",
    ),
    warning(
        "IVS-060",
        "A message review handler has a short timeout",
        "function '%v' has a timeout of %v seconds, and IVS waits 200 milliseconds for its answer: "
        "reduce the timeout to 1 second",
        why="After 200 milliseconds IVS applies the fallback result. A function that runs longer "
        "costs money, and its answer has no effect.",
        fix="Set `Timeout` to `1`, the shortest timeout of Lambda, and make sure that the function "
        "answers within 200 milliseconds.",
        source=f"{CHAT}/chat-message-review-handler.html",
    ),
    error(
        "IVS-061",
        "A room has each logging configuration once",
        "items %v and %v of LoggingConfigurationIdentifiers are the same logging configuration: "
        "remove one of them",
        why="The items of the list must be unique. `!Ref` and `!GetAtt` of a logging configuration "
        "both return its ARN.",
        fix="Remove one of the two items.",
        source=f"{CHAT_API}/API_CreateRoom.html",
    ),
)
