"""The rules at synthesis, in apps of L1 constructs."""

from __future__ import annotations

import json

import aws_cdk
import pytest
from aws_cdk import App, CfnResource, LegacyStackSynthesizer, NestedStack, Stack, Stage
from aws_cdk.aws_ivs import CfnChannel, CfnStreamKey

from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs.rules import IvsValidation, _cdk, ivs_rules
from tests.support.validation import UNVALIDATED

from .apps import add_l1s, findings, found_in_stacks, suppressed, synthesis_fails
from .cases import CASES

# The floor has no validation of templates.
pytestmark = [
    pytest.mark.newest,
    pytest.mark.skipif(
        not hasattr(aws_cdk, "CloudFormationValidatePlugin"),
        reason="needs an aws-cdk-lib that validates templates",
    ),
]

STOPS = {"@aws-cdk/core:validateAgainstDefaultRules": True}
IVS_001 = "CloudFormation-Validate::IVS-001"


@pytest.fixture
def new_app(tmp_path):
    """An app whose report can be read."""

    def new_app(context: dict[str, object] | None = None) -> App:
        return App(
            outdir=str(tmp_path / "cdk.out"),
            analytics_reporting=False,
            context=context,
        )

    return new_app


def add_two_keys(scope) -> CfnStreamKey:
    """A channel with two stream keys, of which the second is returned."""
    channel = CfnChannel(scope, "Channel")
    CfnStreamKey(scope, "KeyA", channel_arn=channel.attr_arn)
    return CfnStreamKey(scope, "KeyB", channel_arn=channel.ref)


class TestAddTo:
    """IvsValidation.add_to()."""

    def test_every_mistake_is_found_in_l1s(self, new_app, tmp_path) -> None:
        """
        Each mistake has the finding of its rule, and its right neighbor none, in a stack of L1s.
        """
        app = new_app()
        IvsValidation.add_to(app)
        expected = {}
        for index, case in enumerate(CASES):
            for kind, template in (("Wrong", case.wrong), ("Right", case.right)):
                stack = Stack(app, f"{kind}{index}")
                add_l1s(stack, template, tmp_path / "template.json", cyclic=case.cyclic)
            expected[f"Wrong{index}"] = {case.rule}
        with synthesis_fails():
            app.synth()
        assert found_in_stacks(app) == expected

    @pytest.mark.parametrize("context", [None, STOPS])
    def test_an_error_stops_the_synthesis(self, new_app, context) -> None:
        """
        An error stops the synthesis, also without the context key of new projects.
        """
        app = new_app(context)
        add_two_keys(Stack(app, "Stack"))
        IvsValidation.add_to(app)
        with synthesis_fails() as texts:
            app.synth()
        assert "has another one, 'KeyA'" in texts[0]
        assert [(found["ruleName"], found["severity"]) for found in findings(app)] == [
            (IVS_001, "error")
        ]

    def test_a_warning_does_not(self, new_app) -> None:
        """
        A warning is reported, and the app is synthesized.
        """
        app = new_app()
        CfnChannel(Stack(app, "Stack"), "Channel", insecure_ingest=True)
        IvsValidation.add_to(app)
        app.synth()
        assert [(found["ruleName"], found["severity"]) for found in findings(app)] == [
            ("CloudFormation-Validate::IVS-005", "warning")
        ]

    @pytest.mark.parametrize(("context", "severity"), [(None, "warning"), (STOPS, "error")])
    def test_findings_of_the_cdk_stay_as_they_are(self, new_app, context, severity) -> None:
        """
        What the CDK's own rules find stops the synthesis where it does without the IVS rules.
        """
        app = new_app(context)
        stack = Stack(app, "Stack")
        CfnResource(stack, "Channel", type="AWS::IVS::Channel", properties={"Nonsense": 1})
        CfnChannel(stack, "Insecure", insecure_ingest=True)
        IvsValidation.add_to(app)
        if context is None:
            app.synth()
        else:
            with synthesis_fails():
                app.synth()
        assert {found["ruleName"]: found["severity"] for found in findings(app)} == {
            "CloudFormation-Validate::F3002": severity,
            "CloudFormation-Validate::IVS-005": "warning",
        }

    def test_findings_of_the_cdk_can_be_acknowledged_by_their_ids(self, new_app) -> None:
        """
        An acknowledgment that was written before the IVS rules were added goes on to work.
        """
        app = new_app(STOPS)
        stack = Stack(app, "Stack")
        CfnResource(stack, "Channel", type="AWS::IVS::Channel", properties={"Nonsense": 1})
        acknowledgment = aws_cdk.Acknowledgment(
            id="CloudFormation-Validate::F3002", reason="a test"
        )
        aws_cdk.Validations.of(stack).acknowledge(acknowledgment)
        IvsValidation.add_to(app)
        app.synth()
        assert findings(app) == []

    def test_stacks_of_stages_are_validated(self, new_app) -> None:
        """
        The stacks of a stage of the app are validated too.
        """
        app = new_app()
        add_two_keys(Stack(Stage(app, "Prod"), "Stack"))
        IvsValidation.add_to(app)
        with synthesis_fails() as texts:
            app.synth()
        assert "Prod/Stack/KeyB" in texts[0]

    def test_an_app_with_validation_off_is_validated(self, tmp_path) -> None:
        """
        The IVS rules were asked for by themselves.
        """
        app = App(outdir=str(tmp_path), **UNVALIDATED)
        add_two_keys(Stack(app, "Stack"))
        IvsValidation.add_to(app)
        with synthesis_fails() as texts:
            app.synth()
        assert "Stack/KeyB" in texts[0]

    def test_rules_of_your_own_run_too(self, new_app) -> None:
        """
        Rules in Rego and in Guard that are given run beside those of this library.
        """
        rego = aws_cdk.ValidationRuleSource(
            name="own.rego",
            content=(
                "package own\nimport rego.v1\n"
                'violation contains make_diag("OWN-1", "ERROR", name, "no stage") if {\n'
                '\tsome name in resources_of_type("AWS::IVS::Stage")\n}\n'
            ),
        )
        guard = aws_cdk.ValidationRuleSource(
            name="own.guard",
            content=(
                "rule OWN_GUARD when Resources.*[ Type == 'AWS::IVS::Stage' ] !empty {\n"
                "  Resources.*[ Type == 'AWS::IVS::Stage' ].Properties.Name exists\n}\n"
            ),
        )
        app = new_app()
        CfnResource(Stack(app, "Stack"), "Stage", type="AWS::IVS::Stage")
        IvsValidation.add_to(app, rego_rules=[rego], guard_rules=[guard])
        app.synth()
        assert {found["ruleName"] for found in findings(app)} == {
            "CloudFormation-Validate::OWN-1",
            "CloudFormation-Validate::OWN_GUARD",
        }

    @pytest.mark.parametrize(("include", "expected"), [(True, 1), (False, 0)])
    def test_rules_of_the_cdk_can_be_left_out(self, new_app, include, expected) -> None:
        """
        The CDK's own rules in Rego run, unless they are left out.
        """
        app = new_app()
        routing = {"Type": "SIMPLE", "FleetId": "fleet-1", "Message": "none"}
        CfnResource(
            Stack(app, "Stack"),
            "Alias",
            type="AWS::GameLift::Alias",
            properties={"Name": "alias", "RoutingStrategy": routing},
        )
        IvsValidation.add_to(app, include_default_rules=include)
        app.synth()
        ids = [found["ruleName"] for found in findings(app)]
        assert ids.count("CloudFormation-Validate::CDK-GameLift-004") == expected

    def test_can_be_called_again(self, new_app) -> None:
        """
        The same call twice is one, as where each part of an app adds the rules.
        """
        app = new_app()
        add_two_keys(Stack(app, "Stack"))
        IvsValidation.add_to(app)
        IvsValidation.add_to(app)
        with synthesis_fails():
            app.synth()
        assert len(findings(app)) == 1

    def test_cannot_be_called_again_with_other_rules(self, new_app) -> None:
        """
        An app can have one plugin, so that other rules cannot be added later.
        """
        app = new_app()
        IvsValidation.add_to(app)
        with pytest.raises(ValidationError, match="'app' has the IVS rules already"):
            IvsValidation.add_to(app, include_default_rules=False)

    def test_is_for_apps(self, new_app) -> None:
        """
        A stack is refused: its app is what the rules are added to.
        """
        stack = Stack(new_app(), "Stack")
        with pytest.raises(ArgumentTypeError, match="'app' must be App, got"):
            IvsValidation.add_to(stack)

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"rego_rules": ["package own"]}, "'rego_rules' must be Sequence"),
            ({"rego_rules": "package own"}, "'rego_rules' must be Sequence"),
            ({"guard_rules": 5}, "'guard_rules' must be Sequence"),
            ({"include_default_rules": None}, "'include_default_rules' must be bool, got None"),
        ],
    )
    def test_takes_sources_of_rules(self, new_app, options, message) -> None:
        """
        What is not a source of rules is refused, and the keyword is named.
        """
        with pytest.raises(ArgumentTypeError, match=message):
            IvsValidation.add_to(new_app(), **options)

    def test_many_apps_have_one_engine(self, tmp_path, monkeypatch) -> None:
        """
        The apps of a process, as those of a large test suite, share the engine of the first.
        """
        from cdk_ivs.rules import _plugin

        _plugin.plugin.cache_clear()
        created = []
        create = _plugin.RulesPlugin.__init__
        monkeypatch.setattr(
            _plugin.RulesPlugin,
            "__init__",
            lambda self, **options: (created.append(self), create(self, **options))[1],
        )
        for index in range(60):
            app = App(outdir=str(tmp_path / str(index)), analytics_reporting=False)
            CfnChannel(Stack(app, "Stack"), "Channel", insecure_ingest=True)
            IvsValidation.add_to(app)
            app.synth()
            assert len(findings(app)) == 1
        assert len(created) == 1

    @pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
    def test_a_plugin_of_your_own_is_not_silently_left_out(self, new_app, first) -> None:
        """
        The CDK refuses a second plugin with its engine, whichever was added first.
        """
        app = new_app()
        Stack(app, "Stack")
        own = aws_cdk.CloudFormationValidatePlugin()
        if first:
            aws_cdk.Validations.of(app).add_plugins(own)
        IvsValidation.add_to(app)
        if not first:
            aws_cdk.Validations.of(app).add_plugins(own)
        with synthesis_fails() as texts:
            app.synth()
        assert "only one instance of CloudFormationValidatePlugin" in texts[0]

    def test_a_pack_of_this_library_that_fails_is_not_silent(self, new_app, monkeypatch) -> None:
        """
        If the rules of this library fail, the synthesis stops, without the context key too.
        """
        failing = (
            "package failing\nimport rego.v1\n"
            'violation contains make_diag("X-1", "ERROR", no_such_function("a"), "a")\n'
        )
        monkeypatch.setattr(_cdk, "pack", lambda: failing)
        app = new_app()
        Stack(app, "Stack")
        IvsValidation.add_to(app)
        with synthesis_fails() as texts:
            app.synth()
        assert "no_such_function" in texts[0]

    def test_a_pack_of_this_library_that_cannot_be_read_is_not_silent(
        self, new_app, monkeypatch
    ) -> None:
        """
        If the engine does not take the rules of this library, adding them fails.
        """
        monkeypatch.setattr(_cdk, "pack", lambda: "package broken {")
        app = new_app()
        with pytest.raises(ValidationError, match="the engine does not take the rules; run"):
            IvsValidation.add_to(app)
        monkeypatch.undo()
        IvsValidation.add_to(app)

    def test_rules_that_cannot_be_read_are_not_silent(self, new_app) -> None:
        """
        Rules with an error in their syntax fail where they are added.
        """
        broken = aws_cdk.ValidationRuleSource(name="broken.rego", content="package broken {")
        with pytest.raises(ValidationError, match=r"broken\.rego"):
            IvsValidation.add_to(new_app(), rego_rules=[broken])

    def test_rules_that_fail_are_not_silent(self, new_app) -> None:
        """
        Rules that fail when they are run stop the synthesis, without the context key too.
        """
        content = (
            "package failing\nimport rego.v1\n"
            'violation contains make_diag("X-1", "ERROR", no_such_function("a"), "a")\n'
        )
        failing = aws_cdk.ValidationRuleSource(name="failing.rego", content=content)
        app = new_app()
        Stack(app, "Stack")
        IvsValidation.add_to(app, rego_rules=[failing])
        with synthesis_fails() as texts:
            app.synth()
        assert "no_such_function" in texts[0]


class TestNestedStacks:
    """The templates of nested stacks, which the CDK leaves out."""

    @pytest.mark.parametrize("synthesizer", [None, LegacyStackSynthesizer])
    def test_are_validated(self, new_app, synthesizer) -> None:
        """
        What is in nested stacks is found, how deep they are and whatever publishes them.
        """
        app = new_app()
        stack = Stack(app, "Stack", synthesizer=synthesizer() if synthesizer else None)
        inner = NestedStack(NestedStack(stack, "Outer"), "Inner")
        add_two_keys(inner)
        IvsValidation.add_to(app)
        with synthesis_fails() as texts:
            app.synth()
        assert "Stack/Outer/Inner/KeyB" in texts[0]

    def test_are_left_to_the_cdk_otherwise(self, new_app) -> None:
        """
        What the CDK's own rules would find in them is not reported.
        """
        app = new_app(STOPS)
        nested = NestedStack(Stack(app, "Stack"), "Nested")
        CfnResource(nested, "Channel", type="AWS::IVS::Channel", properties={"Nonsense": 1})
        CfnChannel(nested, "Insecure", insecure_ingest=True)
        IvsValidation.add_to(app)
        app.synth()
        assert [found["ruleName"] for found in findings(app)] == [
            "CloudFormation-Validate::IVS-005"
        ]

    def test_of_an_earlier_synthesis_are_not(self, new_app, tmp_path) -> None:
        """
        A template that is left in the folder from a nested stack that is gone is not read.
        """
        folder = tmp_path / "cdk.out"
        folder.mkdir()
        two_keys = {
            "Resources": {
                key: {"Type": "AWS::IVS::StreamKey", "Properties": {"ChannelArn": "a"}}
                for key in ("KeyA", "KeyB")
            }
        }
        (folder / "StackGone.nested.template.json").write_text(json.dumps(two_keys))
        app = new_app()
        CfnChannel(NestedStack(Stack(app, "Stack"), "Nested"), "Channel")
        IvsValidation.add_to(app)
        app.synth()
        assert findings(app) == []


class TestAcknowledge:
    """IvsValidation.acknowledge()."""

    def test_leaves_the_findings_of_a_construct_out(self, new_app) -> None:
        """
        What is acknowledged is in the report with its reason, and what is beside it is found.
        """
        app = new_app()
        acknowledged, other = (Stack(app, name) for name in ("Acknowledged", "Other"))
        key = add_two_keys(acknowledged)
        add_two_keys(other)
        IvsValidation.acknowledge(key, "IVS-001", reason="it is replaced by hand")
        IvsValidation.add_to(app)
        with synthesis_fails() as texts:
            app.synth()
        assert "Other/KeyB" in texts[0]
        assert "Acknowledged/KeyB" not in texts[0]
        assert [found["reason"] for found in suppressed(app)] == ["it is replaced by hand"]

    def test_works_for_nested_stacks(self, new_app) -> None:
        """
        A finding in a nested stack is acknowledged on any construct around it.
        """
        app = new_app()
        stack = Stack(app, "Stack")
        add_two_keys(NestedStack(stack, "Nested"))
        IvsValidation.acknowledge(stack, "IVS-001", reason="a test")
        IvsValidation.add_to(app)
        app.synth()
        assert findings(app) == []

    def test_leaves_other_rules_in(self, new_app) -> None:
        """
        Another rule that the construct violates is found all the same.
        """
        app = new_app()
        stack = Stack(app, "Stack")
        IvsValidation.acknowledge(stack, "IVS-005", reason="a test")
        CfnChannel(stack, "Insecure", insecure_ingest=True)
        add_two_keys(stack)
        IvsValidation.add_to(app)
        with synthesis_fails():
            app.synth()
        assert [found["ruleName"] for found in findings(app)] == [IVS_001]

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("Stack", "IVS-001", "a test"), "'scope' must be IConstruct, got 'Stack'"),
            ((None, ["IVS-001"], "a test"), "'rule_id' must be str, got"),
            ((None, "IVS-001", None), "'reason' must be str, got None"),
        ],
    )
    def test_refuses_wrong_types(self, new_app, arguments, message) -> None:
        """
        A value of another type is refused, and the keyword is named.
        """
        scope, rule_id, reason = arguments
        with pytest.raises(ArgumentTypeError, match=message):
            IvsValidation.acknowledge(scope or Stack(new_app(), "Stack"), rule_id, reason=reason)

    @pytest.mark.parametrize("rule_id", ["IVS-1", "IVS-999", "ivs-001", IVS_001, "", "F3002"])
    def test_refuses_an_unknown_rule(self, new_app, rule_id) -> None:
        """
        A misspelled id would acknowledge nothing, without a word.
        """
        stack = Stack(new_app(), "Stack")
        with pytest.raises(ValidationError, match="'rule_id' must be one of IVS-001 to IVS-0"):
            IvsValidation.acknowledge(stack, rule_id, reason="a test")


class TestIvsRules:
    """ivs_rules()."""

    def test_are_for_a_plugin_of_your_own(self, new_app) -> None:
        """
        The rules run in a plugin that you create, by the CDK's own terms.
        """
        app = new_app(STOPS)
        add_two_keys(Stack(app, "Stack"))
        aws_cdk.Validations.of(app).add_plugins(
            aws_cdk.CloudFormationValidatePlugin(rego_rules=[ivs_rules()])
        )
        with synthesis_fails():
            app.synth()
        assert [found["ruleName"] for found in findings(app)] == ["IVS-001"]


def test_the_paths_of_templates_are_those_of_their_stacks(new_app) -> None:
    """
    A plugin that reads the paths alone, as those of older versions do, gets all of them.
    """
    from cdk_ivs.rules import _plugin

    stacks = [
        aws_cdk.PolicyValidationStack(stack_construct_path=path, template_path=f"{path}.json")
        for path in ("A", "B")
    ]
    context = _plugin._Context(new_app(), stacks)
    assert context.template_paths == ["A.json", "B.json"]
    assert (context.account_id, context.region) == (None, None)
