"""What the examples that give out tokens have in common."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import botocore.session
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.examples.apps import EXAMPLES, Assembly, clean_environment, golden, synthesize
from tests.examples.golden_templates import deployed
from tests.support.arns import REGION
from tests.support.service import ServiceError, serve
from tests.support.simulation import Request, decisions
from tests.token_functions.deployment import Deployment
from tests.token_functions.handler_parts import violation

# The services of what moderators call.
SERVICES = {
    "DisconnectParticipant": "ivs-realtime",
    "DisconnectUser": "ivschat",
    "RevokeConnectionToken": "ivs-realtime",
    "StartViewerSessionRevocation": "ivs",
}
_SCALAR_BYTES = 48
_BASE64_GROUP = 3


class Example:
    """
    An example whose resources came to be what is given.

    Args:
        name: The name of the example.
        arns: What its resources came to be, by their types.
        folder: An empty folder.

    Attributes:
        assembly: What the synthesis has made.
        deployment: What was deployed of it.
    """

    def __init__(self, name: str, arns: Mapping[str, str], folder: Path) -> None:
        self.assembly: Assembly = synthesize(EXAMPLES / name, folder / "cdk.out")
        self._resources = self.assembly.template["Resources"]
        attributes = {f"{self.logical_id(kind)}.Arn": arn for kind, arn in arns.items()}
        (template,) = (folder / "cdk.out").glob("*.template.json")
        self.deployment = Deployment(
            folder / "cdk.out",
            template.name.removesuffix(".template.json"),
            attributes,
            folder / "lambda",
        )

    def logical_id(self, kind: str, prefix: str = "") -> str:
        """The logical id of the one resource of a type whose id begins with the prefix."""
        (found,) = (
            logical_id
            for logical_id, resource in self._resources.items()
            if resource["Type"] == kind and logical_id.startswith(prefix)
        )
        return str(found)

    def properties(self, kind: str, prefix: str = "") -> dict[str, Any]:
        """The properties of that resource."""
        properties: dict[str, Any] = self._resources[self.logical_id(kind, prefix)]["Properties"]
        return properties

    def ask(self, *events: object) -> list[dict[str, Any]]:
        """What the function answers that gives out tokens."""
        return self.deployment.invoke(self.logical_id("AWS::Lambda::Function", "Tokens"), *events)

    def texts(self) -> Iterator[bytes]:
        """What the deployment writes down: the files of the assembly, with outputs, and logs."""
        for file in self.assembly.directory.rglob("*"):
            if file.is_file():
                yield file.read_bytes()
        yield self.deployment.log.encode()


def holds(text: bytes, key: ec.EllipticCurvePrivateKey) -> bool:
    """Whether a text has the secret of a private key: as it is, in hexadecimal, or in base64."""
    secret = key.private_numbers().private_value.to_bytes(_SCALAR_BYTES)
    forms = {secret, secret.hex().encode(), secret.hex().upper().encode()}
    # It begins anywhere in a group of base64; what depends on its neighbors is left out.
    for before in range(_BASE64_GROUP):
        padded = bytes(before) + secret
        whole = padded[: len(padded) // _BASE64_GROUP * _BASE64_GROUP]
        encoded = base64.b64encode(whole)[4 * (before > 0) :]
        forms |= {encoded, encoded.translate(bytes.maketrans(b"+/", b"-_"))}
    unbroken = text.replace(b"\\n", b"").replace(b"\n", b"")
    return any(form in text or form in unbroken for form in forms)


def shapes(key: ec.EllipticCurvePrivateKey) -> Iterator[bytes]:
    """A private key as it could stand in a template, by accident."""
    for how in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
        der = key.private_bytes(Encoding.DER, how, NoEncryption())
        pem = key.private_bytes(Encoding.PEM, how, NoEncryption())
        yield from (der, pem, der.hex().encode(), base64.b64encode(der))
        yield from (base64.urlsafe_b64encode(der), json.dumps(pem.decode()).encode())


class Moderation:
    """
    The services that a script of moderators calls, with the permissions of its role.

    Args:
        example: The name of the example.
        role: The beginning of the logical id of the role.
        values: What stands for the resources in the policy.

    Attributes:
        calls: The action and the parameters of each call, in order.
    """

    def __init__(self, example: str, role: str, values: Mapping[str, str]) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._folder = EXAMPLES / example
        (policy,) = (
            resource["Properties"]["PolicyDocument"]["Statement"]
            for logical_id, resource in golden(example)["Resources"].items()
            if resource["Type"] == "AWS::IAM::Policy" and logical_id.startswith(role)
        )
        self.statements: list[dict[str, Any]] = deployed(policy, dict(values))

    def run(self, *arguments: str) -> None:
        """Run the script."""
        with self._served() as port:
            url = f"http://127.0.0.1:{port}"
            names = ("IVS", "IVSCHAT", "IVS_REALTIME")
            endpoints = {f"AWS_ENDPOINT_URL_{name}": url for name in names}
            subprocess.run(
                [sys.executable, "revoke.py", *arguments],
                cwd=self._folder,
                env=clean_environment(
                    AWS_ACCESS_KEY_ID="AKIDEXAMPLE",
                    AWS_CONFIG_FILE=os.devnull,
                    AWS_DEFAULT_REGION=REGION,
                    AWS_SECRET_ACCESS_KEY="secret",
                    **endpoints,
                ),
                check=True,
                capture_output=True,
                text=True,
            )

    @contextmanager
    def _served(self) -> Iterator[int]:
        with serve(self._answer) as port:
            yield port

    def _answer(self, path: str, body: bytes, _headers: object) -> object:
        action, parameters = path.strip("/"), json.loads(body)
        service = SERVICES[action]
        model = botocore.session.get_session().get_service_model(service)
        wrong = violation(model.operation_model(action).input_shape, parameters)
        if wrong:
            raise ServiceError("ValidationException", 400, wrong)
        prefix = "ivschat" if service == "ivschat" else "ivs"
        names = ("channelArn", "stageArn", "roomIdentifier")
        resource = next((parameters[name] for name in names if name in parameters), "*")
        if not self.allows(f"{prefix}:{action}", resource):
            raise ServiceError("AccessDeniedException", 403, action)
        self.calls.append((action, parameters))
        return {}

    def allows(self, action: str, resource: str) -> bool:
        """Whether the role may make a call."""
        if resource == "*":
            # The simulator does not know the one action without a resource yet.
            allowing = [each for each in self.statements if each["Resource"] == "*"]
            return any(each["Action"] == action for each in allowing)
        (allowed,) = decisions(self.statements, [Request(action, resource)])
        return allowed
