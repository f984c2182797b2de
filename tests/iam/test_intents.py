"""What each grant gives, and that none is forgotten."""

from __future__ import annotations

import inspect

import pytest
from aws_cdk.aws_iam import Grant

from cdk_ivs._iam.grants import Grants
from tests.iam.cases import BY_ID, CASES, given, ids
from tests.iam.grant_classes import CLASSES
from tests.iam.resources import Statement

IDS = ids()


def methods_of(kind: type) -> set[tuple[str, str]]:
    """The public methods of a class that are not for making an object of it."""
    return {
        (kind.__name__, name)
        for name, member in inspect.getmembers(kind, callable)
        if not name.startswith(("_", "from_"))
    }


class TestCases:
    def test_have_every_public_grant(self) -> None:
        """
        Each public method of each public class of grants is called by a case, and no other.
        """
        assert set().union(*map(methods_of, CLASSES)) == {case.method for case in CASES}

    def test_have_every_class(self) -> None:
        """
        Each class of grants is public, so that none escapes the cases.
        """
        public = {kind for kind in CLASSES if issubclass(kind, Grants)}
        assert set(Grants.__subclasses__()) == public
        assert {kind.__name__ for kind in CLASSES if kind not in public} == {"TaggedGrants"}


class TestStatements:
    @pytest.mark.parametrize("id", IDS)
    def test_are_those_of_the_intent(self, id: str) -> None:
        """
        The policy has exactly the actions on exactly the ARNs, under exactly the conditions.
        """
        assert given(id).statements == BY_ID[id].statements


class TestGrant:
    @pytest.mark.parametrize("id", ids())
    def test_is_one_of_iam_that_succeeded(self, id: str) -> None:
        """
        Each method returns an iam.Grant that was applied.
        """
        grant = given(id).grant
        assert isinstance(grant, Grant)
        assert grant.success

    @pytest.mark.parametrize("id", IDS)
    def test_carries_each_statement(self, id: str) -> None:
        """
        What the grant says of itself is all that the policy has.
        """
        said = [
            Statement(frozenset(item.actions), frozenset(item.resources), item.conditions or None)
            for item in given(id).grant.principal_statements
        ]
        assert said == BY_ID[id].statements
