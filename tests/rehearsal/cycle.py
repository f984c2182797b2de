"""The cycle that every example goes through, and what must hold in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import CfnResource, Stack
from aws_cdk import aws_ssm as ssm

from tests.examples.apps import EXAMPLES, Assembly, synthesize
from tests.rehearsal.emulation import Cloud, Outcome, copy_of
from tests.rehearsal.inventory import RETAINED, Item, inventory, remove
from tests.support.service import ServiceError

# A value that must not be lost while a stack is changed.
PROTECTION = ("authorized", "messageReviewHandler", "playbackRestrictionPolicyArn")
LAST = "RefusedAtTheEnd"


@dataclass(frozen=True)
class Edit:
    """
    A change of an example's app.py.

    Attributes:
        old: What is replaced.
        new: What it is replaced with.
        calls: The calls to Amazon IVS that change something when it is deployed, in order.
    """

    old: str
    new: str
    calls: list[str]


def nothing(*arguments: object) -> None:
    """Read nothing back."""


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """
    How an example is rehearsed.

    Attributes:
        name: The name of the example.
        created: The calls to Amazon IVS that change something at the first deployment, in order.
        in_place: A change that updates resources.
        replacing: A change that replaces a resource, or why there is none.
        destroyed: The calls that change something when the stack is destroyed, in order.
        refused: The action that is refused at the first deployment. Empty for the last resource.
        check: Reads the state back after the first deployment.
        prepare: Adds what exists before.
        parameters: The parameters of the stack.
    """

    name: str
    created: list[str]
    in_place: Edit
    replacing: Edit | str
    destroyed: list[str]
    refused: str = ""
    check: Callable[[Cloud, dict[str, str], dict[str, Any]], None] = nothing
    prepare: Callable[[Cloud], object] = nothing
    parameters: tuple[str, ...] = ()


@dataclass
class Cycle:
    """
    One example in an account.

    Attributes:
        cloud: The account.
        rehearsal: How the example is rehearsed.
        folder: An empty folder.
    """

    cloud: Cloud
    rehearsal: Rehearsal
    folder: Path
    _count: int = 0
    _stack: str = ""

    def run(self) -> None:
        """Go through all steps."""
        self.rehearsal.prepare(self.cloud)
        before, at_first = self.cloud.ivs.state(), inventory(self.cloud)
        with self.step("refused creation"):
            self._refuse_creation(before, at_first)
        first = self._synthesize()
        with self.step("creation"):
            self._create(first)
        with self.step("same again"):
            self._deploy_same(first)
        with self.step("refused update"):
            self._refuse_update()
        edits = [self.rehearsal.in_place]
        with self.step("update in place"):
            last = self._update(edits)
        if isinstance(self.rehearsal.replacing, Edit):
            edits.append(self.rehearsal.replacing)
            with self.step("replacement"):
                last = self._update(edits)
        with self.step("destruction"):
            self._destroy(last, before, at_first)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A step, of which the name is in the report of a failure."""
        try:
            yield
        except BaseException as error:
            error.add_note(f"in the step: {name}")
            raise

    def _refuse_creation(self, before: dict[str, Any], at_first: set[Item]) -> None:
        """A creation that fails leaves nothing but what is retained."""
        assembly = self._synthesize(refused=not self.rehearsal.refused)
        if self.rehearsal.refused:
            self.cloud.ivs.refuse(
                self.rehearsal.refused, ServiceError("ValidationException", 400, "refused")
            )
        outcome = self._deploy(assembly)
        assert not outcome.succeeded, outcome.text
        assert self._status() == "ROLLBACK_COMPLETE", outcome.text
        assert self.cloud.ivs.state() == before
        self._check_left(at_first, assembly.template)

    def _create(self, assembly: Assembly) -> None:
        """A creation makes the calls in order, and every resource has what it needs by then."""
        written = self._written(assembly)
        assert written == self.rehearsal.created
        assert self.cloud.neighbors.edited == []
        outputs = self.cloud.outputs(self._stack)
        assert outputs.keys() == assembly.template.get("Outputs", {}).keys()
        assert not any("{{resolve" in value for value in outputs.values())
        self.rehearsal.check(self.cloud, outputs, assembly.template)

    def _deploy_same(self, assembly: Assembly) -> None:
        """The same deployed again changes nothing."""
        calls = len(self.cloud.ivs.calls)
        outcome = self._deploy(assembly)
        assert "(no changes)" in outcome.text
        assert self.cloud.ivs.calls[calls:] == []

    def _refuse_update(self) -> None:
        """An update of which the last resource is refused leaves what was there before."""
        edits = [self.rehearsal.in_place, self.rehearsal.replacing]
        assembly = self._synthesize(
            *(each for each in edits if isinstance(each, Edit)), refused=True
        )
        state, outputs = self.cloud.ivs.state(), self.cloud.outputs(self._stack)
        changes = len(self.cloud.ivs.changes)
        outcome = self._deploy(assembly)
        assert not outcome.succeeded, outcome.text
        assert self._status() == "UPDATE_ROLLBACK_COMPLETE", outcome.text
        assert self.cloud.ivs.state() == state
        assert self.cloud.outputs(self._stack) == outputs
        self._check_protection(changes)

    def _update(self, edits: list[Edit]) -> Assembly:
        """The last edit makes the calls in order, and protection is never off in between."""
        assembly = self._synthesize(*edits)
        changes = len(self.cloud.ivs.changes)
        assert self._written(assembly) == edits[-1].calls
        self._check_protection(changes)
        return assembly

    def _destroy(self, assembly: Assembly, before: dict[str, Any], at_first: set[Item]) -> None:
        """A destruction leaves nothing but what is retained."""
        calls = len(self.cloud.ivs.calls)
        outcome = self.cloud.destroy(assembly.directory)
        assert outcome.succeeded, outcome.text
        assert self.cloud.ivs.written(calls) == self.rehearsal.destroyed
        assert self.cloud.stacks() == []
        assert self.cloud.ivs.state() == before
        self._check_left(at_first, assembly.template)

    def _check_protection(self, since: int) -> None:
        for change in self.cloud.ivs.changes[since:]:
            if change.name in PROTECTION and change.before:
                assert change.after, change

    def _check_left(self, at_first: set[Item], template: dict[str, Any]) -> None:
        left = inventory(self.cloud) - at_first
        assert Counter(item.kind for item in left) == Counter(
            RETAINED[resource["Type"]]
            for resource in template["Resources"].values()
            if resource.get("DeletionPolicy") == "Retain"
        )
        remove(self.cloud, left)

    def _written(self, assembly: Assembly) -> list[str]:
        calls = len(self.cloud.ivs.calls)
        outcome = self._deploy(assembly)
        assert outcome.succeeded, outcome.text
        return self.cloud.ivs.written(calls)

    def _deploy(self, assembly: Assembly) -> Outcome:
        parameters = [f"--parameters={each}" for each in self.rehearsal.parameters]
        return self.cloud.deploy(assembly.directory, *parameters)

    def _status(self) -> str:
        return str(self.cloud.stack(self._stack)["StackStatus"])

    def _synthesize(self, *edits: Edit, refused: bool = False) -> Assembly:
        self._count += 1
        source = copy_of(EXAMPLES / self.rehearsal.name, self.folder / f"app-{self._count}")
        app = source / "app.py"
        for edit in edits:
            text = app.read_text(encoding="utf-8")
            assert text.count(edit.old) == 1, edit.old
            app.write_text(text.replace(edit.old, edit.new), encoding="utf-8")
        directory = self.folder / f"cdk-{self._count}.out"
        self.cloud.provisioning.refused = {LAST} if refused else set()
        assembly = synthesize(source, directory, _add_refused if refused else None)
        (template,) = directory.glob("*.template.json")
        self._stack = template.name.removesuffix(".template.json")
        return assembly


def _add_refused(stack: Stack) -> None:
    """Add a resource that comes last, and is refused."""
    others = [each for each in stack.node.find_all() if CfnResource.is_cfn_resource(each)]
    last = ssm.CfnParameter(stack, LAST, type="String", value="any")
    for other in others:
        last.add_dependency(other)
