"""Functions that review messages, and what is rendered for them."""

from __future__ import annotations

from typing import Any

from aws_cdk import Stack
from aws_cdk.aws_lambda import CfnFunction, Code, Function, IFunction, Runtime

from cdk_ivs import chat
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.oracles import resources_of

ROOM, PERMISSION = "AWS::IVSChat::Room", "AWS::Lambda::Permission"
FUNCTION_ID, PERMISSION_ID = "Function76856677", "FunctionIvsChatPermissionBCC5EBC1"
ROOM_ID = "Room4AB29A70"
FUNCTION_ARN = arn("function:review", service="lambda")
IN_PLACE = {"Fn::GetAtt": [FUNCTION_ID, "Arn"]}
CODE = "def handler(event, context): return {}"
# What a permission says in the stack whose account and Region are known.
KNOWN_SOURCE = {
    "Action": "lambda:InvokeFunction",
    "Principal": "ivschat.amazonaws.com",
    "SourceAccount": "123456789012",
    "SourceArn": {
        "Fn::Join": [
            "",
            ["arn:", {"Ref": "AWS::Partition"}, ":ivschat:us-west-2:123456789012:room/*"],
        ]
    },
}


def a_function(stack: Stack, **arguments: Any) -> Function:
    """A function of the stack."""
    return Function(
        stack,
        "Function",
        code=Code.from_inline(CODE),
        handler="index.handler",
        runtime=Runtime.PYTHON_3_13,
        **arguments,
    )


def level_1_function(stack: Stack, **arguments: Any) -> CfnFunction:
    """A function of the stack that no construct of the CDK's made."""
    return CfnFunction(
        stack,
        "Function",
        code=CfnFunction.CodeProperty(zip_file=CODE),
        handler="index.handler",
        role="arn:aws:iam::123456789012:role/review",
        runtime="python3.13",
        **arguments,
    )


def known_function(stack: Stack, region: str = REGION, account: str = ACCOUNT) -> IFunction:
    """An imported function."""
    return Function.from_function_arn(
        stack, "Known", f"arn:aws:lambda:{region}:{account}:function:review"
    )


def reviewed_room(stack: Stack, function: Any, id: str = "Room", **arguments: Any) -> chat.Room:
    """A room whose messages the function reviews."""
    handler = chat.MessageReviewHandler.from_function(function, **arguments)
    return chat.Room(stack, id, message_review_handler=handler)


def handler_of(stack: Stack) -> object:
    """The handler of the only room."""
    (room,) = resources_of(stack, ROOM).values()
    return room["Properties"]["MessageReviewHandler"]


def permission_of(stack: Stack) -> object:
    """The properties of the only permission."""
    (permission,) = resources_of(stack, PERMISSION).values()
    return permission["Properties"]
