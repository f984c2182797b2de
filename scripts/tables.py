"""
Write the tables of actions, metrics, events and rehearsals into the pages of the docs.

What the service has is data of the library. Which method gives what is found by calling all of
them on a stack, so that a table cannot say what the code does not do. What is rehearsed is data of
the tests, which fail if a deployment makes other calls.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from aws_cdk import App, Environment, Fn, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal

import cdk_ivs as ivs
from cdk_ivs import chat
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import TYPES
from cdk_ivs._iam.tagged.statements import checked_tagged
from cdk_ivs._monitoring.catalog.events import ACCOUNT_LIMITS, CHANNEL_LIMITS, EVENT_TYPES
from cdk_ivs._monitoring.catalog.metrics import CHAT, LOW_LATENCY, REAL_TIME, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aws_cdk.aws_events import Rule

    from cdk_ivs._core.resource_type import ResourceType
    from cdk_ivs._monitoring.catalog.events import EventType
    from cdk_ivs._monitoring.catalog.metrics import PublishedMetric

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
EXAMPLES = "https://github.com/cdk-ivs/cdk-ivs/blob/main/examples"
ACCOUNT, REGION = "123456789012", "us-west-2"
NAMESPACES = (LOW_LATENCY, REAL_TIME, CHAT)
# For a resource that a parameter of a grant asks for, where its kind is not the parameter's name.
KINDS = {"destination": "stage"}
# So many types of resources are not listed: the tags of any can be read and changed.
MANY = 4
# What stays whole where an edit of an example is shown.
TOKEN = re.compile(r'"[^"]*"|[\w./-]+(?:\(\d+\))?|\s|.')


class Table(NamedTuple):
    """
    A table in a page.

    Attributes:
        page: The page.
        name: What stands in the comments around the table.
        columns: The heads of the columns.
        rows: Makes the rows.
    """

    page: str
    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterable[Sequence[str]]]

    def written_into(self, text: str) -> str:
        """The text of a page with this table in the place of the one that it has."""
        lines = [f"| {' | '.join(cells)} |\n" for cells in (self.columns, *self.rows())]
        table = "".join([lines[0], "|---" * len(self.columns), "|\n", *lines[1:]])
        found = re.compile(rf"(?<=<!-- {self.name} -->\n).*?(?=<!-- /{self.name} -->)", re.DOTALL)
        written, times = found.subn(lambda _: table, text)
        if times != 1:
            raise SystemExit(f"{self.page}: {times} places for the table of {self.name}")
        return written


def code(*names: str) -> str:
    """Names as code."""
    return ", ".join(f"`{name}`" for name in names)


def methods_of(kind: type, prefix: str = "") -> Iterator[str]:
    """The names of the public methods of a class that begin so."""
    return (name for name in dir(kind) if name.startswith(prefix) and name[0] != "_")


def keywords_of(method: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """The parameters of a method that are given by keyword only."""
    parameters = inspect.signature(method).parameters
    return {
        name: parameter
        for name, parameter in parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }


def place() -> Stack:
    """A stack whose account and Region are known."""
    app = App(analytics_reporting=False, context={"@aws-cdk/core:enablePartitionLiterals": True})
    return Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))


class References:
    """Resources of elsewhere in a stack, made when they are asked for."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._made: dict[str, Any] = {}
        self._kinds = {kind._TYPE.kind: kind for _, kind in grant_classes()}  # noqa: SLF001 - made here

    def of(self, keyword: str) -> Any:  # noqa: ANN401 - of any kind
        """The resource that a keyword asks for, each keyword another one."""
        if keyword not in self._made:
            kind = KINDS.get(keyword, keyword)
            grants = self._kinds[kind]
            owner = getattr(module_of(grants), grants.__name__.removesuffix("Grants"))
            of_type = grants._TYPE  # noqa: SLF001 - the data that the tables are made from
            resource = f"{of_type.arn_name}/A{len(self._made)}"
            arn = f"arn:aws:{of_type.service}:{REGION}:{ACCOUNT}:{resource}"
            make = getattr(owner, f"from_{kind}_arn")
            self._made[keyword] = make(self._stack, keyword, arn)
        return self._made[keyword]


def module_of(kind: type) -> Any:  # noqa: ANN401 - a module with any names
    """The public module that has the class."""
    return chat if hasattr(chat, kind.__name__) else ivs


def grant_classes() -> list[tuple[str, type[Grants]]]:
    """The classes of permissions on a resource, by their public names."""
    return [
        (f"{prefix}{name}", getattr(module, name))
        for module, prefix in ((ivs, ""), (chat, "chat."))
        for name in module.__all__
        if name.endswith("Grants") and issubclass(getattr(module, name), Grants)
    ]


def action_rows() -> Iterator[tuple[str, ...]]:
    """The actions, what they are authorized on, and which grants give them."""
    given, stack = given_actions(), place()
    for action, kinds in sorted(all_actions().items()):
        methods = {method: on[action] for method, on in given.items() if action in on}
        narrow = {method: on for method, on in methods.items() if method[:6] != "Tagged"}
        named = by_name(action, kinds, set().union(*narrow.values()))
        tagged = by_tags(stack, action, [method for method in methods if method not in narrow])
        given_by = [*narrow, *named]
        yield (
            code(action),
            ", ".join(resources_of(action, kinds)),
            ", ".join(filter(None, [code(*given_by), tagged])) or "a policy statement",
        )


def by_tags(stack: Stack, action: str, methods: Sequence[str]) -> str:
    """The methods that give an action on resources with certain tags."""
    if len(methods) > MANY:
        return f"{len(methods)} methods of `TaggedGrants`"
    if methods:
        return code(*methods)
    try:
        checked_tagged(stack, [action])
    except ivs.ValidationError:
        return ""
    return code("TaggedGrants.actions()")


def all_actions() -> dict[str, list[ResourceType]]:
    """The types of resources that each action is about."""
    found: dict[str, list[ResourceType]] = {}
    for kind in TYPES:
        for action in kind.actions:
            found.setdefault(f"{kind.service}:{action}", []).append(kind)
    return found


def resources_of(action: str, kinds: Sequence[ResourceType]) -> Iterator[str]:
    """The resources that an action is authorized on."""
    name = action.partition(":")[2]
    if len(kinds) > MANY:
        yield f"`<type>/<id>`, {len(kinds)} types"
        return
    yield from (code(kind.resource_of(name)) for kind in kinds)


def by_name(action: str, kinds: Sequence[ResourceType], given: set[str]) -> list[str]:
    """The classes that give an action on one resource when it is named."""
    name = action.partition(":")[2]
    classes = {kind._TYPE: public for public, kind in grant_classes()}  # noqa: SLF001 - as above
    found = [
        classes[kind]
        for kind in kinds
        if kind in classes and name in kind.resource_actions and kind.arn_name not in given
    ]
    return ["….grants.actions()"] if len(found) > MANY else [f"{one}.actions()" for one in found]


def given_actions() -> dict[str, dict[str, set[str]]]:
    """
    What each method of each class of grants gives, but for actions().

    By the name of the method and the action: the types of resources that it is given on.
    """
    stack = place()
    references = References(stack)
    roles: dict[str, str] = {}

    def role_for(method: str) -> Role:
        role = Role(stack, method, assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        child: Any = role.node.default_child
        roles[stack.get_logical_id(child)] = method
        return role

    for public, kind in grant_classes():
        for name in methods_of(kind):
            method = f"{public}.{name}()"
            if name == "list_all":
                kind.list_all(stack, role_for(method))
            elif name != "actions" and not name.startswith("from_"):
                give = getattr(references.of(kind._TYPE.kind).grants, name)  # noqa: SLF001 - as above
                others = {keyword: references.of(keyword) for keyword in keywords_of(give)}
                give(role_for(method), **others)
    tagged = ivs.TaggedGrants(stack, tags={"app": "ugc"})
    by_intent = [name for name in methods_of(ivs.TaggedGrants) if name != "actions"]
    for name in by_intent:
        getattr(tagged, name)(role_for(f"TaggedGrants.{name}()"))

    found: dict[str, dict[str, set[str]]] = {method: {} for method in roles.values()}
    for policy in Template.from_stack(stack).find_resources("AWS::IAM::Policy").values():
        properties = policy["Properties"]
        (role,) = properties["Roles"]
        for statement in properties["PolicyDocument"]["Statement"]:
            types = {arn.split(":")[-1].split("/")[0] for arn in several(statement["Resource"])}
            for action in several(statement["Action"]):
                found[roles[role["Ref"]]].setdefault(action, set()).update(types)
    return found


def several(values: str | list[str]) -> list[str]:
    """What policies have as one text where it is one."""
    return [values] if isinstance(values, str) else values


def metric_rows() -> Iterator[tuple[str, ...]]:
    """The metrics, with what they are published with and the methods that give them."""
    methods = metric_methods()
    for namespace in NAMESPACES:
        for name, metric in namespace.metrics.items():
            yield (
                code(namespace.name),
                code(name),
                metric.unit,
                metric.statistic,
                dimension_sets(metric),
                "1 second" if metric.high_resolution else "no",
                ", ".join(methods[namespace.name, name]),
            )
    for service, resources in USAGE.items():
        for resource in resources:
            yield (
                code("AWS/Usage"),
                code("ResourceCount"),
                "not stated",
                "Maximum",
                f"Service `{service}`, Resource `{resource}`, Type `Resource`, Class `None`",
                "no",
                ", ".join(methods["AWS/Usage", resource]),
            )


def dimension_sets(metric: PublishedMetric) -> str:
    """The sets of dimensions of a metric."""
    return "; ".join(" + ".join(names) or "none" for names in metric.dimensions)


def metric_methods() -> dict[tuple[str, str], list[str]]:
    """The methods by the namespace and the name of their metric; of usage, by the resource."""
    references = References(place())
    owners = {
        "Channel": ivs.ChannelMonitoring.from_channel(references.of("channel")),
        "Stage": ivs.StageMonitoring.from_stage(references.of("stage")),
        "chat.Room": references.of("room"),
    }
    found: dict[tuple[str, str], list[str]] = {}
    for owner, monitored in owners.items():
        names = methods_of(type(monitored), "metric_")
        for name in sorted(names, key=lambda name: (name.startswith("metric_all"), name)):
            if name == "metric_all":
                continue
            method = getattr(monitored, name)
            keywords = keywords_of(method)
            needed = [
                keyword
                for keyword, parameter in keywords.items()
                if parameter.default is inspect.Parameter.empty
            ]
            # A token, which every dimension can be.
            metric = method(**dict.fromkeys(needed, Fn.ref("Value")))
            usage: Mapping[str, str] = metric.dimensions or {}
            key = metric.namespace, usage.get("Resource", metric.metric_name)
            found.setdefault(key, []).append(code(f"{owner}.{name}()"))
    return found


def event_rows() -> Iterator[tuple[str, ...]]:
    """The events, and the methods that make rules for them."""
    methods = list(event_methods())
    for event_type in EVENT_TYPES:
        rules = [
            rule for rule in methods if rule.pattern["detail-type"] == [event_type.detail_type]
        ]
        if not rules:
            raise SystemExit(f"no method makes rules for {event_type.detail_type}")
        for rule in rules:
            yield (
                code(event_type.detail_type),
                code(event_type.field),
                code(*values_of(event_type, rule)),
                where(event_type, rule),
                filters_of(event_type, rule),
                code(*rule.methods),
            )


class MadeRule(NamedTuple):
    """
    A rule that a method made.

    Attributes:
        methods: The method, and the one for all resources if there is one.
        owner: What the rule is about: ``channel`` or ``stage``.
        pattern: The pattern of the rule.
    """

    methods: tuple[str, ...]
    owner: str
    pattern: Mapping[str, Any]

    @property
    def of_account(self) -> bool:
        """Whether the events name no resource."""
        return "resources" not in self.pattern and "stage_arn" not in self.pattern["detail"]


def event_methods() -> Iterator[MadeRule]:
    """The rules that the methods make."""
    stack = place()
    references = References(stack)
    owners = {
        "Channel": ivs.ChannelMonitoring.from_channel(references.of("channel")),
        "Stage": ivs.StageMonitoring.from_stage(references.of("stage")),
    }
    made: dict[str, tuple[tuple[str, ...], str]] = {}
    for owner, monitored in owners.items():
        for name in methods_of(type(monitored), "on_"):
            if name.startswith(("on_all_", "on_any_")):
                continue
            of_all = name.replace("on_", "on_all_", 1)
            names = [one for one in (name, of_all) if hasattr(monitored, one)]
            method = getattr(monitored, name)
            scope = [stack] if "scope" in inspect.signature(method).parameters else []
            rule: Rule = method(*scope, f"{owner}{name}")
            child: Any = rule.node.default_child
            methods = tuple(f"{owner}.{one}()" for one in names)
            made[stack.get_logical_id(child)] = methods, owner.lower()
    rules = Template.from_stack(stack).find_resources("AWS::Events::Rule")
    for logical_id, (methods, owner) in made.items():
        yield MadeRule(methods, owner, rules[logical_id]["Properties"]["EventPattern"])


def values_of(event_type: EventType, rule: MadeRule) -> Iterator[str]:
    """What the field can say in the events that a rule matches."""
    limits = ACCOUNT_LIMITS if rule.of_account else CHANNEL_LIMITS
    for value in event_type.names:
        if event_type.field != "limit_name" or value in limits:
            yield str(value)


def filters_of(event_type: EventType, rule: MadeRule) -> str:
    """The other fields that can be matched, with their keywords where these have other names."""
    if rule.of_account:
        return "no"
    return ", ".join(
        code(keyword) if keyword.startswith(field.name) else f"{code(keyword)} (`{field.name}`)"
        for keyword, field in sorted(event_type.fields.items())
    )


def where(event_type: EventType, rule: MadeRule) -> str:
    """Where the resource is in the events that a rule matches."""
    if rule.of_account:
        return "nowhere: it is about the account"
    if event_type.resource == "resources":
        return f"`resources`: the {rule.owner}"
    return f"`detail.{event_type.resource}`: the {rule.owner}"


def rehearsal_rows() -> Iterator[tuple[str, ...]]:
    """The examples, and what their rehearsals do and call."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    rehearsals: Any = importlib.import_module("tests.rehearsal.rehearsals")
    for rehearsal in rehearsals.REHEARSALS:
        yield (
            f"[`{rehearsal.name}`]({EXAMPLES}/{rehearsal.name})",
            calls(rehearsal.created),
            code(rehearsal.refused) if rehearsal.refused else "an additional last resource",
            changed(rehearsal.in_place),
            changed(rehearsal.replacing),
            calls(rehearsal.destroyed),
        )


def changed(edit: Any) -> str:  # noqa: ANN401 - an edit of the tests
    """What an edit replaces with what, and the calls that come of it."""
    old, new = TOKEN.findall(edit.old), TOKEN.findall(edit.new)
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    before, after = ("".join(tokens).strip(", \n") for tokens in (old, new))
    if before and after:
        what = f"{code(before)} to {code(after)}"
    else:
        what = f"with {code(after)}" if after else f"without {code(before)}"
    return f"{what}: {calls(edit.calls)}"


def workaround_rows() -> Iterator[tuple[str, ...]]:
    """What is done about the emulator's faults, from the module that the emulator runs."""
    # It imports the emulator, which this environment does not have.
    file = ROOT / "tests" / "rehearsal" / "emulator" / "workarounds.py"
    functions = {
        statement.name: statement
        for statement in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(statement, ast.FunctionDef)
    }
    for call in ast.walk(functions["apply"]):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            text = ast.get_docstring(functions[call.func.id]) or ""
            yield (" ".join(text.split()).replace("``", "`"),)


def calls(names: Iterable[str]) -> str:
    """Calls in order, those of the same name in a row as one."""
    counted = [(name, len(list(same))) for name, same in itertools.groupby(names)]
    texts = [
        code(name) if count == 1 else f"{code(name)} ({count} times)" for name, count in counted
    ]
    return ", ".join(texts) or "no call"


TABLES = (
    Table("permissions", "actions", ("action", "authorized on", "given by"), action_rows),
    Table(
        "monitoring",
        "metrics",
        (
            "namespace",
            "metric",
            "unit",
            "statistic",
            "sets of dimensions",
            "high resolution",
            "methods",
        ),
        metric_rows,
    ),
    Table(
        "monitoring",
        "events",
        ("detail-type", "field", "values", "where the resource is", "filters", "methods"),
        event_rows,
    ),
    Table(
        "rehearsals",
        "rehearsals",
        (
            "example",
            "created by",
            "refused at the first attempt",
            "updated in place",
            "replaced",
            "destroyed by",
        ),
        rehearsal_rows,
    ),
    Table("rehearsals", "workarounds", ("workaround",), workaround_rows),
)


def main() -> None:
    """Write the tables."""
    for table in TABLES:
        page = DOCS / f"{table.page}.md"
        text = page.read_text(encoding="utf-8")
        written = table.written_into(text)
        page.write_text(written, encoding="utf-8")
        print(f"{page.name}: {table.name} {'as before' if written == text else 'written'}")


if __name__ == "__main__":
    main()
