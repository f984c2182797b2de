"""The rendered properties of a resource, as arguments for the checks of constructors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr
from cdk_ivs._validation.tokens import is_token
from cdk_ivs._validation.type_names import with_type

from .environments import check_arn_environment

if TYPE_CHECKING:
    from aws_cdk import Duration, IResolvable
    from constructs import Construct

# Every check accepts a dynamic reference, without asking the CDK.
UNKNOWN = "{{resolve:unknown}}"
_FLAGS: dict[str, Any] = {"true": True, "false": False}


class RenderedProperties:
    """
    The properties of a resource, or of a part of it, under their names in CloudFormation.

    A value that CloudFormation computes becomes a token.
    """

    def __init__(self, properties: Mapping[str, Any]) -> None:
        self._properties = properties

    def text(self, name: str) -> Any:  # noqa: ANN401 - str or None, for enums as well
        """Return a text."""
        value = self._properties.get(name)
        return _text(name, value) if value is not None else None

    def number(self, name: str) -> Any:  # noqa: ANN401 - a number or None, for int and float
        """Return a number. CloudFormation accepts a number as a text too."""
        value = self._properties.get(name)
        if isinstance(value, Mapping):
            from aws_cdk import Token

            return Token.as_number(value)
        if isinstance(value, str) and value.isascii() and value.isdecimal():
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int | float | None):
            raise _wrong_type(name, "a number", value)
        return value

    def seconds(self, name: str) -> Duration | None:
        """Return a number of seconds as a duration."""
        from aws_cdk import Duration

        number = self.number(name)
        if number is None:
            return None
        # An error of the CDK would end the synthesis.
        if number < 0 and not is_token(number):
            raise ValidationError(
                f"'{name}' must be at least 0, got {safe_repr(number)}", code="NumberRange"
            )
        return Duration.seconds(number)

    def flag(self, name: str) -> bool | IResolvable | None:
        """Return True or False. CloudFormation accepts them as a text too."""
        value: Any = self._properties.get(name)
        if isinstance(value, Mapping):
            from aws_cdk import Token

            return Token.as_any(value)
        flag: bool | None = _FLAGS.get(value, value) if isinstance(value, str) else value
        return flag

    def texts(self, name: str) -> Any:  # noqa: ANN401 - a list of str or None, for enums as well
        """Return a list of texts."""
        value = self._properties.get(name)
        if isinstance(value, Mapping):
            from aws_cdk import Token

            return Token.as_list(value)
        if not isinstance(value, list | None):
            raise _wrong_type(name, "a list", value)
        return [_text(name, item) for item in value] if value is not None else None

    def part(self, *names: str) -> RenderedProperties | None:
        """Return the properties inside a property, at any depth."""
        value: Any = self._properties
        for name in names:
            value = value.get(name) if isinstance(value, Mapping) else None
        known = isinstance(value, Mapping) and not any(is_function(key) for key in value)
        return RenderedProperties(value) if known else None

    def parts(self, name: str) -> list[RenderedProperties]:
        """Return the properties of each item of a list."""
        value = self._properties.get(name)
        items = value if isinstance(value, list) else []
        return [RenderedProperties(item) for item in items if isinstance(item, Mapping)]

    def check_arn_environment(self, keyword: str, name: str, scope: Construct) -> None:
        """Refuse an ARN that is known to be in another account or Region than the scope."""
        arn = self.text(name)
        if arn is not None:
            check_arn_environment(keyword, arn, scope)

    def tags(self) -> dict[str, Any]:
        """Return the tags that are not computed."""
        return {tag.text("Key"): tag.text("Value") for tag in self.parts("Tags")}


def _text(name: str, value: object) -> str:
    if isinstance(value, Mapping):
        return UNKNOWN
    if not isinstance(value, str):
        raise _wrong_type(name, "str", value)
    return value


def _wrong_type(name: str, expected: str, value: object) -> ArgumentTypeError:
    return ArgumentTypeError(f"'{name}' must be {expected}, got {with_type(value)}")


def is_function(key: str) -> bool:
    """Whether a key is that of an intrinsic function of CloudFormation."""
    return key == "Ref" or key.startswith("Fn::")
