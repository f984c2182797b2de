"""Checks of an endpoint and its secret header."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from aws_cdk import SecretValue

from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr, safe_text
from cdk_ivs._validation.tokens import can_begin_with, is_no_value, is_token_beside
from cdk_ivs._validation.type_names import type_name

# The pattern of CloudFormation, without the asterisk, which is a placeholder for a value.
_URL_CHARACTERS = "(?:%[0-9A-Fa-f]{2}|[-()_.!~';/?:@&=+$,A-Za-z0-9])"
_URL = re.compile(f"https://{_URL_CHARACTERS}+")
_USER = re.compile(r"\s*[A-Za-z0-9+.-]*:?//[^/?#]*@")
_LENGTH = 2048
_HEADER_CHARACTERS = "[!#$%&'*+.^_`|~A-Za-z0-9-]"
_HEADER = re.compile(rf"{_HEADER_CHARACTERS}{{1,512}}")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NOT_PUBLIC = {"internal", "local", "localhost"}
# The other characters have a meaning in a dynamic reference to a secret.
_FIELD = re.compile(r"[^:{}\s]+(?: +[^:{}\s]+)*")
# The headers of the connection itself.
_NOT_HEADERS = {"connection", "content-length", "content-type", "host", "transfer-encoding"}


def check_url(url: str) -> None:
    """Refuse a URL that is not an HTTPS endpoint on the public internet."""
    problem = _problem(url)
    if problem is not None and not _is_token_in_url(url):
        raise ValidationError(
            "'url' must be an HTTPS URL of a public host, such as 'https://example.com/ivs', "
            f"got {problem}",
            code="WebhookUrl",
        )


def _is_token_in_url(url: str) -> bool:
    return (
        is_token_beside(url, _URL_CHARACTERS, _LENGTH)
        and can_begin_with(url, "https://")
        and not _USER.match(url)
    )


def _problem(url: str) -> str | None:
    """Describe the problem of a URL, if it has one."""
    if _USER.match(url):
        # Not shown: it may be a password.
        return "one with a username, which would be readable in the template; use 'secret'"
    try:
        parts = urlsplit(url)
        # Reading an invalid port raises.
        host, _ = parts.hostname, parts.port
    except ValueError:
        return safe_repr(url)
    if not _URL.fullmatch(url) or not host:
        return safe_repr(url)
    if len(url) > _LENGTH:
        return f"{len(url)} characters (allowed: {_LENGTH})"
    if not _is_public(host):
        return f"the host {safe_repr(host)}, which EventBridge cannot reach"
    return None


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    labels = host.removesuffix(".").split(".")
    return (
        len(labels) > 1
        and all(map(_LABEL.fullmatch, labels))
        # The top-level domain. A number would be a short form of an IP address.
        and not labels[-1][0].isdigit()
        and labels[-1] not in _NOT_PUBLIC
    )


def check_header_name(name: str) -> None:
    """Refuse an invalid header name, and a header that EventBridge writes itself."""
    if name.lower() in _NOT_HEADERS:
        raise ValidationError(
            f"'header_name' must not be '{safe_text(name)}', which EventBridge writes itself; use "
            "'Authorization' or one of your own",
            code="WebhookHeader",
        )
    if not _HEADER.fullmatch(name) and not _is_token_in_header(name):
        raise ValidationError(
            "'header_name' must be the name of an HTTP header, such as 'Authorization' or "
            f"'X-Webhook-Secret', got {safe_repr(name)}",
            code="WebhookHeader",
        )


def check_secret_field(name: str | None) -> None:
    """Refuse a field that CloudFormation would read as a part of a reference to a secret."""
    if name is None or _FIELD.fullmatch(name):
        return
    if not is_token_beside(name, "[^:{}]"):
        raise ValidationError(
            "'secret_field' must be the name of a field, without ':', '{' and '}', got "
            f"{safe_repr(name)}; leave it out to send the whole secret",
            code="WebhookSecret",
        )


def refuse_plain_text(secret: object) -> None:
    """Refuse a secret that would be readable in the template, without showing it."""
    if isinstance(secret, (str, bytes, SecretValue)):
        raise ArgumentTypeError(
            f"'secret' must be ISecretRef, got a value of type '{type_name(secret)}', which "
            "would be readable in the template; put it into AWS Secrets Manager, "
            "and use aws_secretsmanager.Secret.from_secret_name_v2() or aws_secretsmanager.Secret()"
        )


def _is_token_in_header(name: str) -> bool:
    return is_token_beside(name, _HEADER_CHARACTERS, 512) and not is_no_value(name)
