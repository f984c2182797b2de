"""The table of failover slates in the docs: each row is run, and must end as the row says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.arns import arn
from tests.support.cloudformation import CustomResource
from tests.support.pages import rows_of
from tests.support.service import CHANNEL, SLATE, Service, ServiceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.cloudformation import Engine

CREATE, UPDATE = "CreateFailoverSlateConfiguration", "UpdateFailoverSlateConfiguration"
REFUSED = ServiceError("ValidationException", 400)
INTERNAL = ServiceError("InternalServerException", 500)
# What a configuration is known by: how long the slate is shown at most.
SECONDS = {"old": "61", "new": "62"}
NAMES = {int(seconds): name for name, seconds in SECONDS.items()}


class Stack:
    """A stack with one failover slate, and the service that it is deployed to."""

    def __init__(self, engine: Engine, service: Service) -> None:
        self.engine = engine
        self.service = service

    def slate(self, name: str, logical_id: str = "Slate") -> CustomResource:
        """A failover slate that is not created yet."""
        properties = {
            "Operation": "FailoverSlateConfiguration",
            "ResourceArn": arn("failover-slate-configuration/*"),
            "MaxSlateDisplaySeconds": SECONDS[name],
        }
        return CustomResource(self.engine, properties, logical_id)

    def deployed(self) -> CustomResource:
        """A failover slate of the last deployment, the calls of which do not count."""
        slate = self.slate("old")
        assert slate.create().status == "SUCCESS"
        self.service.slate_changes.clear()
        return slate


def update_to_new(slate: CustomResource) -> None:
    """Update a failover slate."""
    slate.update(MaxSlateDisplaySeconds=SECONDS["new"])


def create(stack: Stack) -> None:
    """Create it."""
    assert stack.slate("new").create().status == "SUCCESS"


def create_refused(stack: Stack) -> None:
    """Fail to create it."""
    stack.service.fail(CREATE, REFUSED)
    assert stack.slate("new").create().status == "FAILED"


def create_lost(stack: Stack) -> None:
    """Create it without an answer."""
    stack.service.lose(CREATE, INTERNAL)
    create(stack)


def create_late(stack: Stack) -> None:
    """Create it without an answer, and without finding it at once."""
    stack.service.new_slate = {"hidden": 1}
    create_lost(stack)


def create_failed(stack: Stack) -> None:
    """Create what the service cannot create."""
    stack.service.new_slate = {"looks": 2, "state": "CREATE_FAILED"}
    assert stack.slate("new").create().status == "FAILED"


def create_after_break(stack: Stack) -> None:
    """Create it where an earlier creation left one that CloudFormation does not know."""
    stack.deployed()
    create(stack)


def create_rolled_back(stack: Stack) -> None:
    """Create it, and roll back."""
    slate = stack.slate("new")
    slate.create()
    slate.delete()


def update(stack: Stack) -> None:
    """Update it, and clean up."""
    slate = stack.deployed()
    update_to_new(slate)
    slate.clean_up()


def update_refused(stack: Stack) -> None:
    """Update it to what IVS refuses."""
    slate = stack.deployed()
    stack.service.fail(UPDATE, REFUSED)
    update_to_new(slate)


def update_rolled_back(stack: Stack) -> None:
    """Update it, and roll back."""
    slate = stack.deployed()
    old = slate.properties
    update_to_new(slate)
    slate.roll_back(old)


def update_of_gone(stack: Stack) -> None:
    """Update what is gone, and clean up."""
    slate = stack.deployed()
    stack.service.slates.clear()
    update_to_new(slate)
    slate.clean_up()


def update_of_gone_rolled_back(stack: Stack) -> None:
    """Update what is gone, and roll back."""
    slate = stack.deployed()
    stack.service.slates.clear()
    old = slate.properties
    update_to_new(slate)
    slate.roll_back(old)


def other_logical_id(stack: Stack) -> None:
    """Replace it by another resource."""
    slate = stack.deployed()
    stack.slate("new", "Other").create()
    slate.delete()


def other_logical_id_rolled_back(stack: Stack) -> None:
    """Replace it by another resource, and roll back."""
    stack.deployed()
    other = stack.slate("new", "Other")
    other.create()
    other.delete()


def delete(stack: Stack) -> None:
    """Delete it."""
    assert stack.deployed().delete().status == "SUCCESS"


def delete_of_attached(stack: Stack) -> None:
    """Delete it while a channel has it."""
    slate = stack.deployed()
    stack.service.channels[CHANNEL].attached[SLATE] = next(iter(stack.service.slates))
    assert slate.delete().status == "FAILED"


def delete_of_gone(stack: Stack) -> None:
    """Delete what is gone."""
    slate = stack.deployed()
    stack.service.slates.clear()
    assert slate.delete().status == "SUCCESS"


# In the order of the table.
SEQUENCES: tuple[Callable[[Stack], None], ...] = (
    create,
    create_refused,
    create_lost,
    create_late,
    create_failed,
    create_after_break,
    create_rolled_back,
    update,
    update_refused,
    update_rolled_back,
    update_of_gone,
    update_of_gone_rolled_back,
    other_logical_id,
    other_logical_id_rolled_back,
    delete,
    delete_of_attached,
    delete_of_gone,
)


@pytest.mark.newest
def test_has_a_row_for_each_sequence() -> None:
    """
    No row is without a test.
    """
    assert len(rows_of("low-latency", "slate sequences")) == len(SEQUENCES)


@pytest.mark.newest
@pytest.mark.parametrize("number", range(len(SEQUENCES)))
def test_is_true(engine: Engine, service: Service, number: int) -> None:
    """
    The calls that changed something, and the slates at the end, are those of the row.
    """
    sequence = SEQUENCES[number]
    _, calls, at_the_end = rows_of("low-latency", "slate sequences")[number]
    sequence(Stack(engine, service))
    called = ", ".join(service.slate_changes) or "nothing"
    left = [NAMES[slate.fields["maxSlateDisplaySeconds"]] for slate in service.slates.values()]
    assert (called, ", ".join(left) or "none") == (calls, at_the_end), sequence.__name__
