"""The cycle that every example goes through, and what must hold in it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aws_cdk import CfnResource, Stack
from aws_cdk import aws_ssm as ssm

from tests.examples.apps import EXAMPLES, Assembly, synthesize
from tests.rehearsal.emulation import Cloud, Outcome, copy_of
from tests.rehearsal.inventory import Item, inventory, kinds_of, remove
from tests.rehearsal.service.ivs import Call, Change
from tests.support.service import ServiceError

# A value that must not be lost while a stack is changed.
PROTECTION = ("authorized", "messageReviewHandler", "playbackRestrictionPolicyArn")
LAST = "RefusedAtTheEnd"
# Apps that are no examples, and have the settings of one.
FURTHER = Path(__file__).parent / "further"
SETTINGS = EXAMPLES / "basic_channel" / "cdk.json"


@dataclass(frozen=True)
class Edit:
    """
    A change of an example's app.py.

    Attributes:
        old: What is replaced.
        new: What it is replaced with.
        calls: The calls to Amazon IVS that change something when it is deployed, in order.
        values: What the check is to find from then on, instead of the values of the rehearsal.
    """

    old: str
    new: str
    calls: list[str]
    values: dict[str, Any] = field(default_factory=dict)


def nothing(*arguments: object) -> None:
    """Read nothing back."""


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """
    How an example is rehearsed.

    Attributes:
        name: The name of the example, or of the app that is none.
        created: The calls to Amazon IVS that change something at the first deployment, in order.
        in_place: A change that updates resources.
        replacing: A change that replaces a resource, on top of the other.
        destroyed: The calls that change something when the stack is destroyed, in order.
        refused: The action that is refused at the first deployment. Empty for the last resource.
        check: Reads the state back after each deployment, and after each that is rolled back.
        values: What the check is to find, by the names of its parameters.
        prepare: Adds what exists before.
        parameters: The parameters of the stack.
    """

    name: str
    created: list[str]
    in_place: Edit
    replacing: Edit
    destroyed: list[str]
    refused: str = ""
    check: Callable[..., None] = nothing
    values: dict[str, Any] = field(default_factory=dict)
    prepare: Callable[[Cloud], object] = nothing
    parameters: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """The folder of the app."""
        example = EXAMPLES / self.name
        return example if example.exists() else FURTHER / self.name


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
        with self.step("creation"):
            self._create(self._synthesize(), at_first)
        with self.step("same again"):
            self._deploy_same()
        in_place, replacing = self.rehearsal.in_place, self.rehearsal.replacing
        with self.step("refused update in place"):
            self._refuse_update(in_place)
        with self.step("update in place"):
            self._update(in_place)
        with self.step("refused replacement"):
            self._refuse_update(in_place, replacing)
        with self.step("replacement"):
            last = self._update(in_place, replacing)
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
        assert self.cloud.provisioning.playback_configurations == {}
        left = inventory(self.cloud) - at_first
        # Some of it may not exist yet.
        assert _counted(left) <= kinds_of(assembly.template, retained=True)
        remove(self.cloud, left)

    def _create(self, assembly: Assembly, at_first: set[Item]) -> None:
        """A creation makes the calls in order, and every resource has what it needs by then."""
        assert self._written(assembly) == self.rehearsal.created
        assert _counted(inventory(self.cloud) - at_first) == kinds_of(assembly.template)
        outputs = self.cloud.outputs(self._stack)
        assert outputs.keys() == assembly.template.get("Outputs", {}).keys()
        assert not any("{{resolve" in value for value in outputs.values())
        self._check()

    def _deploy_same(self) -> None:
        """The same synthesized and deployed again changes nothing."""
        assembly = self._synthesize()
        calls = len(self.cloud.ivs.calls)
        outcome = self._deploy(assembly)
        assert "(no changes)" in outcome.text
        assert self.cloud.ivs.calls[calls:] == []

    def _refuse_update(self, *edits: Edit) -> None:
        """An update of which the last resource is refused leaves what was there before."""
        assembly = self._synthesize(*edits, refused=True)
        state, outputs = self.cloud.ivs.state(), self.cloud.outputs(self._stack)
        there = inventory(self.cloud)
        calls, changes = len(self.cloud.ivs.calls), len(self.cloud.ivs.changes)
        outcome = self._deploy(assembly)
        assert not outcome.succeeded, outcome.text
        # The update came to its last resource, and made its calls before. What is replaced would be
        # deleted after that.
        assert self.cloud.provisioning.refused == set(), outcome.text
        expected = _without_deletions(edits[-1].calls)
        written = _without_deletions(self.cloud.ivs.written(calls))
        assert written[: len(expected)] == expected
        assert self._status() == "UPDATE_ROLLBACK_COMPLETE", outcome.text
        assert self.cloud.ivs.state() == state
        assert self.cloud.outputs(self._stack) == outputs
        assert inventory(self.cloud) == there
        assert unprotected(self.cloud.ivs.changes[changes:]) == []
        self._check(*edits[:-1])

    def _update(self, *edits: Edit) -> Assembly:
        """The last edit makes the calls in order, and protection is never off in between."""
        assembly = self._synthesize(*edits)
        changes = len(self.cloud.ivs.changes)
        assert self._written(assembly) == edits[-1].calls
        assert unprotected(self.cloud.ivs.changes[changes:]) == []
        self._check(*edits)
        return assembly

    def _destroy(self, assembly: Assembly, before: dict[str, Any], at_first: set[Item]) -> None:
        """A destruction leaves nothing but what is retained."""
        calls = len(self.cloud.ivs.calls)
        outcome = self.cloud.destroy(assembly.directory)
        assert outcome.succeeded, outcome.text
        assert self._errors(calls) == []
        assert self.cloud.ivs.written(calls) == self.rehearsal.destroyed
        assert self.cloud.stacks() == []
        assert self.cloud.ivs.state() == before
        assert self.cloud.provisioning.playback_configurations == {}
        left = inventory(self.cloud) - at_first
        assert _counted(left) == kinds_of(assembly.template, retained=True)
        remove(self.cloud, left)

    def _check(self, *edits: Edit) -> None:
        """The state is what it should be after edits."""
        values = self.rehearsal.values
        for edit in edits:
            values = values | edit.values
        self.rehearsal.check(self.cloud, self.cloud.outputs(self._stack), **values)

    def _written(self, assembly: Assembly) -> list[str]:
        calls = len(self.cloud.ivs.calls)
        outcome = self._deploy(assembly)
        assert outcome.succeeded, outcome.text
        assert "(no changes)" not in outcome.text
        assert self._errors(calls) == []
        assert self.cloud.neighbors.edited == []
        return self.cloud.ivs.written(calls)

    def _errors(self, since: int) -> list[Call]:
        return [call for call in self.cloud.ivs.calls[since:] if call.error]

    def _deploy(self, assembly: Assembly) -> Outcome:
        parameters = [f"--parameters={each}" for each in self.rehearsal.parameters]
        return self.cloud.deploy(assembly.directory, *parameters)

    def _status(self) -> str:
        return str(self.cloud.stack(self._stack)["StackStatus"])

    def _synthesize(self, *edits: Edit, refused: bool = False) -> Assembly:
        self._count += 1
        source = copy_of(self.rehearsal.folder, self.folder / f"app-{self._count}")
        if not (source / SETTINGS.name).exists():
            shutil.copy(SETTINGS, source)
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


def unprotected(changes: list[Change]) -> list[Change]:
    """The changes that took away a protection."""
    return [
        change
        for change in changes
        if change.name in PROTECTION and _protects(change.before) and not _protects(change.after)
    ]


def _counted(items: set[Item]) -> Counter[str]:
    return Counter(item.kind for item in items)


def _protects(value: Any) -> bool:
    """Whether a value that must not be lost is there. A handler without a function is none."""
    return bool(value.get("uri") if isinstance(value, dict) else value)


def _without_deletions(calls: list[str]) -> list[str]:
    return [call for call in calls if not call.startswith("Delete")]
