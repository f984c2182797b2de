"""The table of sequences in the docs: each row is run, and must end as the row says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.arns import arn
from tests.support.cloudformation import CustomResource
from tests.support.pages import rows_of
from tests.support.service import POLICY, Channel, Service, ServiceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.cloudformation import Engine

CHANNEL, OTHER = arn("channel/AbCdef1G2hij"), arn("channel/KlMnop3Q4rst")
POLICIES = {name: arn(f"playback-restriction-policy/{name}") for name in ("old", "new", "console")}
NAMES = {policy: name for name, policy in POLICIES.items()} | {"": "none"}
REFUSED = ServiceError("ValidationException", 400)
THROTTLED = ServiceError("ThrottlingException", 429)


class Stack:
    """A stack with one attachment, and the service that it is deployed to."""

    def __init__(self, engine: Engine, service: Service) -> None:
        service.channels = {CHANNEL: Channel(), OTHER: Channel()}
        service.attachable = set(POLICIES.values())
        self.engine = engine
        self.service = service

    @property
    def channel(self) -> Channel:
        """The channel of the row."""
        return self.service.channels[CHANNEL]

    def attachment(self, policy: str, logical_id: str = "Attachment") -> CustomResource:
        """An attachment that is not created yet."""
        properties = {
            "Operation": "AttachPlaybackRestrictionPolicy",
            "ResourceArn": CHANNEL,
            "Value": POLICIES[policy],
        }
        return CustomResource(self.engine, properties, logical_id)

    def deployed(self) -> CustomResource:
        """An attachment of the last deployment, the calls of which do not count."""
        attachment = self.attachment("old")
        attachment.create()
        self.service.attachments.clear()
        return attachment

    def by_console(self, policy: str = "console") -> None:
        """Attach a policy without the stack."""
        self.channel.attached[POLICY] = POLICIES[policy]


def create(stack: Stack) -> None:
    """Create the attachment."""
    stack.attachment("new").create()


def create_attached(stack: Stack) -> None:
    """Create it where the policy is attached already."""
    stack.by_console("new")
    stack.attachment("new").create()


def create_that_fails(stack: Stack) -> None:
    """Fail to create it."""
    stack.by_console()
    stack.service.fail("UpdateChannel", REFUSED)
    assert stack.attachment("new").create().status == "FAILED"


def create_rolled_back(stack: Stack) -> None:
    """Create it, and roll back."""
    attachment = stack.attachment("new")
    attachment.create()
    attachment.delete()


def create_over_console_rolled_back(stack: Stack) -> None:
    """Create it over a policy of the console, and roll back."""
    stack.by_console()
    create_rolled_back(stack)


def update(stack: Stack) -> None:
    """Update it, and clean up."""
    attachment = stack.deployed()
    attachment.update(Value=POLICIES["new"])
    attachment.clean_up()


def update_of_live(stack: Stack) -> None:
    """Update it while the channel is live."""
    attachment = stack.deployed()
    stack.channel.stops = 1
    assert attachment.update(Value=POLICIES["new"]).status == "FAILED"


def update_that_fails(stack: Stack) -> None:
    """Update it to what IVS refuses."""
    attachment = stack.deployed()
    stack.service.fail("UpdateChannel", REFUSED)
    assert attachment.update(Value=POLICIES["new"]).status == "FAILED"


def update_rolled_back(stack: Stack) -> None:
    """Update it, and roll back."""
    attachment = stack.deployed()
    old = attachment.properties
    attachment.update(Value=POLICIES["new"])
    attachment.roll_back(old)


def update_throttled(stack: Stack) -> None:
    """Update it in spite of throttling."""
    attachment = stack.deployed()
    stack.service.fail("UpdateChannel", *[THROTTLED] * 8)
    attachment.update(Value=POLICIES["new"])


def other_logical_id(stack: Stack) -> None:
    """Replace it by another resource."""
    attachment = stack.deployed()
    stack.attachment("new", "Other").create()
    attachment.delete()


def other_logical_id_rolled_back(stack: Stack) -> None:
    """Replace it by another resource, and roll back."""
    stack.deployed()
    other = stack.attachment("new", "Other")
    other.create()
    other.delete()


def other_channel(stack: Stack) -> None:
    """Give it another channel, and clean up."""
    attachment = stack.deployed()
    attachment.update(ResourceArn=OTHER)
    attachment.clean_up()


def other_channel_rolled_back(stack: Stack) -> None:
    """Give it another channel, and roll back."""
    attachment = stack.deployed()
    old = attachment.properties
    attachment.update(ResourceArn=OTHER)
    attachment.roll_back(old)


def delete(stack: Stack) -> None:
    """Delete it."""
    stack.deployed().delete()


def delete_after_console(stack: Stack) -> None:
    """Delete it after somebody attached another policy."""
    attachment = stack.deployed()
    stack.by_console()
    attachment.delete()


def delete_of_live(stack: Stack) -> None:
    """Delete it while the channel is live."""
    attachment = stack.deployed()
    stack.channel.stops = 1
    assert attachment.delete().status == "FAILED"


def delete_of_gone(stack: Stack) -> None:
    """Delete it after the channel is gone."""
    attachment = stack.deployed()
    del stack.service.channels[CHANNEL]
    assert attachment.delete().status == "SUCCESS"


# In the order of the table.
SEQUENCES: tuple[Callable[[Stack], None], ...] = (
    create,
    create_attached,
    create_that_fails,
    create_rolled_back,
    create_over_console_rolled_back,
    update,
    update_of_live,
    update_that_fails,
    update_rolled_back,
    update_throttled,
    other_logical_id,
    other_logical_id_rolled_back,
    other_channel,
    other_channel_rolled_back,
    delete,
    delete_after_console,
    delete_of_live,
    delete_of_gone,
)


def attached_by(service: Service) -> str:
    """What the function attached to the channel of the row, without calls that IVS refused."""
    values = [NAMES[arn] for arn in service.attachments.get(CHANNEL, [])]
    return ", ".join(values) or "nothing"


@pytest.mark.newest
def test_has_a_row_for_each_sequence() -> None:
    """
    No row is without a test.
    """
    assert len(rows_of("low-latency", "sequences")) == len(SEQUENCES)


@pytest.mark.newest
@pytest.mark.parametrize("number", range(len(SEQUENCES)))
def test_is_true(engine: Engine, service: Service, number: int) -> None:
    """
    The calls that changed the channel, and what it has at the end, are those of the row.
    """
    sequence = SEQUENCES[number]
    _, attaches, at_the_end = rows_of("low-latency", "sequences")[number]
    SEQUENCES[number](Stack(engine, service))
    left = service.channels.get(CHANNEL)
    end = NAMES[left.attached.get(POLICY, "")] if left is not None else "the channel is gone"
    assert (attached_by(service), end) == (attaches, at_the_end), sequence.__name__
