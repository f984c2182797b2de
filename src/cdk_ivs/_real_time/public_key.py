"""Public keys with which IVS verifies the tokens of a stage's participants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import jsii
from aws_cdk.aws_ivs import CfnPublicKey
from aws_cdk.interfaces.aws_ivs import IPublicKeyRef, PublicKeyReference

from cdk_ivs._core.annotations import remaining_quota
from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.props import Props
from cdk_ivs._core.rendered_properties import UNKNOWN, RenderedProperties
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import PUBLIC_KEY
from cdk_ivs._services.signing_key import ISigningKey, check_one_key, material_of
from cdk_ivs._validation.p384 import check_public_key

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct


class PublicKeyGrants(Grants):
    """Permissions on one public key."""

    _RESOURCE_TYPE = PUBLIC_KEY

    @classmethod
    def from_public_key(cls, public_key: IPublicKeyRef) -> Self:
        """
        The permissions on any public key.

        Args:
            public_key: The public key: a construct of this library or an L1.
        """
        return cls._of(public_key)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the public key.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._grant(grantee, "GetPublicKey")


@jsii.implements(IPublicKeyRef)
class IPublicKey(IvsResource):
    """A public key, imported in this app or not."""

    _RESOURCE_TYPE = PUBLIC_KEY

    @attribute
    def public_key_arn(self) -> str:
        """The ARN of the public key, which tokens name as ``kid``."""
        return self._resource_arn()

    @property
    def public_key_ref(self) -> PublicKeyReference:
        """A reference to the public key."""
        return PublicKeyReference(public_key_arn=self.public_key_arn)

    @property
    def grants(self) -> PublicKeyGrants:
        """Permissions on the public key, as in ``grants.read(role)``."""
        return PublicKeyGrants(self, self.public_key_arn)


@dataclass(frozen=True, kw_only=True)
class PublicKeyProps(Props):
    """The parameters of a PublicKey, which describes them."""

    public_key_material: str | None = field(default=None, repr=False)
    public_key_name: str | None = None
    signing_key: ISigningKey | None = None
    tags: Mapping[str, str] | None = None


class PublicKey(IPublicKey):
    """
    Import the public half of a key pair that signs participant tokens.

    A token names the ARN of the key in its header, as ``kid``, and is good for any stage of the
    account and Region that it names: nothing ties a key to a stage. There can be three. The
    private half stays with whoever signs the tokens and never comes near the template.

    Another key replaces the public key. The replacement needs a free place of the three, and after
    it IVS cannot verify the tokens of the old key. To rotate keys, add a second public key, sign
    with its key after that deployment, and remove the first one when its last token has ended.

    Args:
        scope: The scope in which the construct is created.

        id: The id of the construct, unique in the scope.

        public_key_material: The public key on the curve P-384 as PEM, ``-----BEGIN PUBLIC
            KEY-----`` first. Another key replaces the resource. Default: that of
            ``signing_key``, one of the two must be given.

        public_key_name: The name: at most 128 letters, digits, hyphens and underscores, not
            necessarily unique. Another name replaces the resource. Default: no name.

        signing_key: The key in AWS KMS whose public half is imported. Another key replaces the
            resource. Default: ``public_key_material`` is imported.

        tags: Tags for the public key, at most 50. Default: none.

    Raises:
        ValidationError: If an argument is one that IVS refuses.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.PublicKey")
    """The id of this class for property injectors."""

    _ivs_cfn: CfnPublicKey

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        public_key_material: str | None = None,
        public_key_name: str | None = None,
        signing_key: ISigningKey | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with self._checked_props(scope, id, PublicKeyProps, locals()) as props:
            check_one_key(props.public_key_material, props.signing_key)
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        self._signing_key = props.signing_key
        self._ivs_cfn = tracked(CfnPublicKey)(
            self,
            "Resource",
            name=cfn_name,
            public_key_material=material_of(props.public_key_material, props.signing_key),
            tags=cfn_tags,
        )

    @classmethod
    def from_public_key_arn(cls, scope: Construct, id: str, public_key_arn: str) -> IPublicKey:
        """
        Refer to a public key by its ARN.

        Args:
            scope: The scope in which the reference is created.
            id: The id of the reference, unique in the scope.
            public_key_arn: The ARN. Its account and Region are those of the reference.

        Raises:
            ValidationError: If the ARN is not that of a public key.
        """
        return IPublicKey._import_by_arn(scope, id, public_key_arn)

    @classmethod
    def remaining_quota(cls, scope: Construct) -> int:
        """
        How many more public keys fit into the quota of 3, which cannot be raised.

        Counted as for the warning about the quota: what the app creates so far in the account
        and Region of the stack, or the stack creates where these are not known. What is there
        without the app is not counted.

        Args:
            scope: The stack, or a construct in it.

        Raises:
            ValidationError: If the scope is not in a stack.
        """
        return remaining_quota(scope, PUBLIC_KEY)

    @attribute
    def public_key_fingerprint(self) -> str:
        """The fingerprint of the public key, for instance ``98:0d:1a:…``."""
        return self._ivs_cfn.attr_fingerprint

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        check_public_key("public_key_material", rendered.text("PublicKeyMaterial") or UNKNOWN)
