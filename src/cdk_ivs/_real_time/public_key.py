"""Public keys with which IVS verifies the tokens of participants."""

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
    """
    Permissions on one public key.

    You get them from the property `grants` of a public key, or from `from_public_key()`.

    Args:
        resource: The public key.
        arn: The ARN of the public key.
    """

    _RESOURCE_TYPE = PUBLIC_KEY

    @classmethod
    def from_public_key(cls, public_key: IPublicKeyRef) -> Self:
        """
        Return the permissions on a public key.

        Args:
            public_key: The public key: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if the argument is not a public key.
        """
        return cls._of(public_key)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the public key.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "GetPublicKey")


@jsii.implements(IPublicKeyRef)
class IPublicKey(IvsResource):
    """
    A public key that this app creates or refers to.

    Raises:
        ArgumentTypeError: `ArgumentType` if you call the class. Create a `PublicKey`, or use
            `PublicKey.from_public_key_arn()`.
    """

    _RESOURCE_TYPE = PUBLIC_KEY

    @attribute
    def public_key_arn(self) -> str:
        """The ARN of the public key. Tokens contain it as `kid`."""
        return self._resource_arn()

    @property
    def public_key_ref(self) -> PublicKeyReference:
        """A reference to the public key."""
        return PublicKeyReference(public_key_arn=self.public_key_arn)

    @property
    def grants(self) -> PublicKeyGrants:
        """Permissions on the public key, as in `grants.read(role)`."""
        return PublicKeyGrants(self, self.public_key_arn)


@dataclass(frozen=True, kw_only=True)
class PublicKeyProps(Props):
    """The parameters of a `PublicKey`, which describes each of them."""

    public_key_material: str | None = field(default=None, repr=False)
    public_key_name: str | None = None
    signing_key: ISigningKey | None = None
    tags: Mapping[str, str] | None = None


class PublicKey(IPublicKey):
    """
    Import the public half of a key pair that signs participant tokens.

    The header of a token contains the ARN of the public key as `kid`. The key verifies tokens for
    every stage of the account and Region, because a public key does not belong to a stage. An
    account can have 3 public keys in a Region, and AWS does not raise this quota
    ([quotas](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html)). The
    private half stays with the signer and is never in the template.

    If you change the key material, CloudFormation replaces the public key. The replacement needs a
    free place in the quota of 3. After it, IVS cannot verify the tokens of the old key. To rotate
    keys, add a second public key, sign with its private key after that deployment, and remove the
    first public key when its last token has expired.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        public_key_material: The public key as a PEM that begins with `-----BEGIN PUBLIC KEY-----`,
            on the curve P-384
            ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html)).
            You must give either this parameter or `signing_key`. Another key replaces the resource.
            Default: the public half of `signing_key`.

        public_key_name: The name: up to 128 letters, digits, hyphens and underscores
            ([ImportPublicKey](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_ImportPublicKey.html)).
            Names do not have to be unique. Another name replaces the resource. Default: no name.

        signing_key: The key in AWS KMS whose public half is imported. Another key replaces the
            resource. Default: `public_key_material` is imported.

        tags: The tags of the public key, up to 50
            ([ImportPublicKey](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_ImportPublicKey.html)).
            Default: no tags.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept, or if there is no key.
        ValidationError: `TwoKeys` if both keys are given. `PublicKey` if the PEM is not a public
            key on P-384. `NoStack` if the signing key is not in a stack. `Name` if IVS refuses the
            name. `TagForm`, `TagCount`, `TagKey` or `TagValue` if AWS refuses the tags.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.PublicKey")
    """The ID of this class for property injectors."""

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
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            public_key_arn: The ARN. The reference has the account and the Region of the ARN.

        Returns:
            The public key.

        Raises:
            ArgumentTypeError: `ArgumentType` if the ARN is not a string.
            ValidationError: `Arn` if the ARN is not that of a public key.
        """
        return IPublicKey._import_by_arn(scope, id, public_key_arn)

    @classmethod
    def remaining_quota(cls, scope: Construct) -> int:
        """
        Return how many more public keys fit into the quota.

        The quota is 3
        ([quotas](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html)),
        and AWS does not raise it.

        The count includes the public keys that the app has created so far in the account and Region
        of the stack. If the account or the Region is not known, it includes those of the stack
        only. It does not include public keys that exist outside of the app.

        Args:
            scope: The stack, or a construct in it.

        Returns:
            The number of public keys, from 0 to 3.

        Raises:
            ArgumentTypeError: `ArgumentType` if the scope is not a construct.
            ValidationError: `NoStack` if the scope is not in a stack.
        """
        return remaining_quota(scope, PUBLIC_KEY)

    @attribute
    def public_key_fingerprint(self) -> str:
        """The fingerprint of the public key, for instance `98:0d:1a:…`."""
        return self._ivs_cfn.attr_fingerprint

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        check_public_key("public_key_material", rendered.text("PublicKeyMaterial") or UNKNOWN)
