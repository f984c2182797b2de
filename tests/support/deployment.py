"""
What becomes of a custom resource when it is deployed.

The function that the CDK ships is run by node, as Lambda would run it. IVS and the address to
which CloudFormation wants the answer are servers of this process.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import ipaddress
import json
import ssl
import subprocess
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import botocore.session
import pytest
from aws_cdk import App, Stack
from botocore.validate import ParamValidator
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.examples.apps import ROOT, clean_environment
from tests.support.arns import REGION
from tests.support.oracles import template_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NODE_MODULES = ROOT / "node_modules"


class Service(NamedTuple):
    """
    An API of IVS.

    Attributes:
        model: The name of botocore's model.
        package: The package of the SDK for JavaScript.
        endpoint: The variable that tells the SDK where the API is.
    """

    model: str
    package: str
    endpoint: str


# By the name of the client in the SDK for JavaScript.
SERVICES = {
    "IVS": Service("ivs", "client-ivs", "AWS_ENDPOINT_URL_IVS"),
    "IVSRealTime": Service("ivs-realtime", "client-ivs-realtime", "AWS_ENDPOINT_URL_IVS_REALTIME"),
}

# The function leaves out the port, so the one of the stub is made the default.
LAMBDA = """
const [index, port, event] = process.argv.slice(2);
require("https").globalAgent.defaultPort = Number(port);
require(index).handler(JSON.parse(event), { logStreamName: "log-stream" });
"""


class Answer(NamedTuple):
    """An answer of the stub of IVS."""

    body: Mapping[str, object]
    status: int = 200
    error: str | None = None


class Request(NamedTuple):
    """A request that reached a stub."""

    path: str
    body: dict[str, Any]


@dataclass(kw_only=True)
class Deployment:
    """
    A call of the function.

    Attributes:
        to_ivs: What reached IVS.
        to_cloudformation: What reached CloudFormation.
        log: What the function wrote.
    """

    to_ivs: list[Request] = field(default_factory=list)
    to_cloudformation: list[Request] = field(default_factory=list)
    log: str = ""

    @property
    def response(self) -> dict[str, Any]:
        """The only answer to CloudFormation, without what only repeats the question."""
        ((_, body),) = self.to_cloudformation
        return {key: body[key] for key in ("Status", "Reason", "PhysicalResourceId", "Data")}


def value_of(value: object, attributes: Mapping[str, str]) -> Any:
    """
    A value of a template as CloudFormation gives it to the custom resource.

    Args:
        value: The value.
        attributes: What stands for the resources, as ``Ref`` or as ``LogicalId.Attribute``.
    """
    if isinstance(value, list):
        return [value_of(item, attributes) for item in value]
    if not isinstance(value, dict):
        return str(value).lower() if isinstance(value, bool) else value
    if "Ref" in value:
        return attributes[value["Ref"]]
    if "Fn::GetAtt" in value:
        return attributes[".".join(value["Fn::GetAtt"])]
    if "Fn::Join" in value:
        separator, parts = value["Fn::Join"]
        return separator.join(value_of(parts, attributes))
    return {key: value_of(item, attributes) for key, item in value.items()}


def calls_of(
    template: dict[str, Any], logical_id: str, attributes: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """The SDK calls of a custom resource, by what happens to it."""
    properties = template["Resources"][logical_id]["Properties"]
    return {
        event: json.loads(value_of(properties[event], attributes))
        for event in ("Create", "Update", "Delete")
        if event in properties
    }


def problems_of(call: Mapping[str, Any]) -> str:
    """What botocore's model of the API has against an SDK call: nothing, if it is right."""
    model = botocore.session.get_session().get_service_model(SERVICES[call["service"]].model)
    action = call["action"][0].upper() + call["action"][1:]
    shape = model.operation_model(action).input_shape
    return ParamValidator().validate(call["parameters"], shape).generate_report()


def deploy(
    stack: Stack,
    logical_id: str,
    event: str,
    attributes: Mapping[str, str],
    answer: Answer,
) -> Deployment:
    """
    Run the function of a custom resource of AwsCustomResource.

    Args:
        stack: The stack of the resource.
        logical_id: The logical id of the resource.
        event: What happens to it: ``Create``, ``Update`` or ``Delete``.
        attributes: What stands for the other resources.
        answer: The answer of IVS.
    """
    for service in SERVICES.values():
        if not (NODE_MODULES / "@aws-sdk" / service.package).exists():
            pytest.fail(
                f"there is no @aws-sdk/{service.package} in {NODE_MODULES}: run 'npm ci' in {ROOT}",
                pytrace=False,
            )
    template = template_of(stack)
    properties = template["Resources"][logical_id]["Properties"]
    function, _ = properties["ServiceToken"]["Fn::GetAtt"]
    code = template["Resources"][function]["Properties"]["Code"]
    asset = f"asset.{code['S3Key'].removesuffix('.zip')}"
    directory = Path(App.of(stack).outdir)
    certificate = directory.parent / "certificate.pem"
    certificate.write_bytes(_certificate())
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    done = Deployment()
    with (
        _server(done.to_ivs, answer) as ivs,
        _server(done.to_cloudformation, Answer({}), tls) as cloudformation,
    ):
        message = {
            "RequestType": event,
            "ResponseURL": "https://127.0.0.1/response",
            "StackId": "stack-id",
            "RequestId": "request-id",
            "LogicalResourceId": logical_id,
            "ResourceType": template["Resources"][logical_id]["Type"],
            # Without a download: the package is there.
            "ResourceProperties": value_of(
                {**properties, "ServiceToken": "arn", "InstallLatestAwsSdk": False}, attributes
            ),
        }
        if event != "Create":
            message["PhysicalResourceId"] = "earlier-id"
        index = directory / asset / "index.js"
        process = subprocess.run(
            ["node", "-", str(index), str(cloudformation), json.dumps(message)],
            input=LAMBDA,
            env=clean_environment(
                **{service.endpoint: f"http://127.0.0.1:{ivs}" for service in SERVICES.values()},
                AWS_ACCESS_KEY_ID="AKIDEXAMPLE",
                AWS_REGION=REGION,
                AWS_SECRET_ACCESS_KEY="secret",
                NODE_EXTRA_CA_CERTS=str(certificate),
                NODE_PATH=str(NODE_MODULES),
                NO_PROXY="127.0.0.1",
            ),
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    done.log = process.stdout + process.stderr
    assert process.returncode == 0, done.log
    return done


@contextlib.contextmanager
def _server(
    requests: list[Request], answer: Answer, tls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """A server on a free port of this machine that notes what it is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"]))
            requests.append(Request(self.path, json.loads(text)))
            content = json.dumps(answer.body).encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if answer.error is not None:
                self.send_header("x-amzn-ErrorType", answer.error)
            self.end_headers()
            self.wfile.write(content)

        do_PUT = do_POST  # noqa: N815 - the name that the base looks for

        def log_message(self, *arguments: object) -> None:
            """Write nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@functools.cache
def _certificate() -> bytes:
    """A certificate for this machine, good for an hour, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem + certificate.public_bytes(Encoding.PEM)
