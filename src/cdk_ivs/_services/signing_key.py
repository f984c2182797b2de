"""Keys in AWS KMS that sign tokens of IVS."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, cast

import jsii
from aws_cdk import Annotations, Duration, RemovalPolicy
from aws_cdk.interfaces.aws_kms import IKeyRef, KeyReference

from cdk_ivs._core.environments import environment_of_arn
from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._core.props import Props
from cdk_ivs._core.removal_policies import check_removal_policy
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.tree import ACCOUNT
from cdk_ivs._iam.grants import Statement, grant_statements
from cdk_ivs._iam.resource_types import SIGNING_KEY
from cdk_ivs._validation.arns import arn_of, resource_id
from cdk_ivs._validation.errors import (
    ArgumentTypeError,
    ValidationError,
    safe_repr,
    safe_text,
)
from cdk_ivs._validation.p384 import check_public_key
from cdk_ivs._validation.tokens import ANY_CHARACTER, is_no_value, is_token_beside
from cdk_ivs._validation.values import whole_days

from .api_attributes import ApiAttributes
from .custom_resource.operations import Operation

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from aws_cdk.aws_kms import CfnKey, Key
    from constructs import Construct, IConstruct

# KMS reserves the names of AWS in any case of letters, and the CDK refuses them too.
_ALIAS = re.compile(r"(?:alias/)?+(?!(?i:aws)/)[A-Za-z0-9/_-]{1,250}")
_TOKEN = re.compile(r"\$\{Token\[[^\]]*\]\}")
_DESCRIPTION_LENGTH = 8192
_PENDING_DAYS = (7, 30)
# The conditions allow only the signatures that tokens of IVS need.
_ES384 = {
    "StringEquals": {"kms:MessageType": "DIGEST", "kms:SigningAlgorithm": "ECDSA_SHA_384"},
}


class SigningKeyGrants:
    """
    Permissions on one signing key.

    You get them from the property `grants` of a signing key, or from `from_signing_key()`.

    Args:
        resource: The signing key.
        arn: The ARN of the signing key.
    """

    def __init__(self, resource: IConstruct, arn: str) -> None:
        self._key = cast("IKeyRef", resource)
        self._arn = arn

    @classmethod
    def from_signing_key(cls, signing_key: IKeyRef) -> Self:
        """
        Return the permissions on a key with the spec ECC_NIST_P384 and the usage SIGN_VERIFY.

        Args:
            signing_key: The key: a `SigningKey`, a key of the CDK, or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if the argument is not a key.
            ValidationError: `KeyAlias` if the argument is an alias.
        """
        arn = arn_of("signing_key", signing_key, "key")
        refuse_alias(signing_key, arn)
        return cls(signing_key, arn)

    def sign(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to sign tokens.

        The grantee can then open every private channel, or every stage, of each account and Region
        that imported the public half. Conditions limit `kms:Sign` to the algorithm `ECDSA_SHA_384`
        and the message type `DIGEST`, which `ivs_tokens.KmsSigner` uses.

        If the grantee is in another account than the key, the policy of the key must allow
        `kms:Sign` too. You get a warning.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        grant = grant_statements(self._key, grantee, [may_sign(self._arn)])
        # A principal that the CDK does not know has no account.
        account = getattr(grantee.grant_principal, "principal_account", None)
        warn_about_account(self._key, self._key, self._arn, account, "grantee")
        return grant


def may_sign(key_arn: str) -> Statement:
    """Return the statement that allows signing tokens with a key."""
    return Statement("kms", ["Sign"], [key_arn], _ES384)


def refuse_alias(signing_key: IKeyRef, key_arn: str) -> None:
    """Refuse an alias, which the CDK takes for a key and IAM does not."""
    # The ARN of an alias in the app can be a token. Checking the class takes no message.
    if ":alias/" in key_arn or hasattr(type(signing_key), "alias_name"):
        raise ValidationError(
            "'signing_key' must be a key, got an alias: a policy that names an alias allows "
            "nothing; use the key, for example with SigningKey.from_signing_key_arn()",
            code="KeyAlias",
        )


def warn_about_account(
    construct: IConstruct, key: IKeyRef, key_arn: str, account: str | None, what: str
) -> None:
    """
    Warn if a key is in another account than the principal that signs with it.

    Args:
        construct: The construct.
        key: The key.
        key_arn: Its ARN.
        account: The account of the principal, or None or a token if it is not known.
        what: A noun for the principal, for the message.
    """
    if account is None or not ACCOUNT.fullmatch(account):
        return
    known = environment_of_arn(key_arn)
    own = known.account if known is not None else key.env.account
    if ACCOUNT.fullmatch(own) and own != account:
        Annotations.of(construct).add_warning_v2(
            "cdk-ivs:KeyOfAnotherAccount",
            f"'{what}' is in account {safe_text(account)}, and the key is in account "
            f"{safe_text(own)}: the policy of the key, which cdk-ivs cannot see, must also allow "
            f"kms:Sign for the {what}; acknowledge this warning when it does",
        )


@jsii.implements(IKeyRef)
class ISigningKey(IvsResource):
    """
    A signing key that this app creates or refers to.

    Raises:
        ArgumentTypeError: `ArgumentType` if you call the class. Create a `SigningKey`, or use
            `SigningKey.from_signing_key_arn()`.
    """

    _RESOURCE_TYPE = SIGNING_KEY

    @attribute
    def key_arn(self) -> str:
        """The ARN of the key."""
        return self._resource_arn()

    @attribute
    def key_id(self) -> str:
        """
        The ID of the key.

        Raises:
            ValidationError: `DynamicReference` if the ARN contains a dynamic reference.
        """
        return resource_id(self._given_arn) if self._given_arn else self._ivs_cfn.attr_key_id

    @property
    def key_ref(self) -> KeyReference:
        """A reference to the key, as the CDK uses it."""
        return KeyReference(key_arn=self.key_arn, key_id=self.key_id)

    @property
    def public_key_pem(self) -> str:
        """
        The public key as PEM, a token. It is not secret.

        CloudFormation does not return it. The first read of this property creates a custom
        resource, which calls `kms:GetPublicKey` at deployment. The deployment fails if IVS could
        not verify tokens with the key.
        """
        return self._api_attributes["PublicKeyPem"]

    @property
    def grants(self) -> SigningKeyGrants:
        """Permissions on the key, as in `grants.sign(role)`."""
        return SigningKeyGrants(self, self.key_arn)

    @attribute
    def _api_attributes(self) -> ApiAttributes:
        # Unlike IVS, KMS allows calls for keys of other accounts and Regions.
        return ApiAttributes(
            self,
            "GetPublicKey",
            Operation.PUBLIC_KEY_PEM,
            arn_attribute="key_arn",
            anywhere=True,
        )


@dataclass(frozen=True, kw_only=True)
class SigningKeyProps(Props):
    """The parameters of a `SigningKey`, which describes each of them."""

    alias: str | None = None
    description: str | None = None
    pending_window: Duration | None = None
    removal_policy: RemovalPolicy | None = None
    tags: Mapping[str, str] | None = None


class SigningKey(ISigningKey):
    """
    Create a key in AWS KMS that signs tokens: playback, participant and connection tokens.

    The private key never leaves KMS. Give the construct to a `PlaybackKeyPair` or a `PublicKey` as
    `signing_key`, which imports the public key. Sign with `ivs_tokens.KmsSigner`. One key is for
    all private channels, or all stages, of the account and Region that imports it.

    IAM policies of the account determine who can use the key, because the key policy delegates to
    them. KMS cannot rotate asymmetric keys automatically.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        alias: The alias, with or without `alias/`: 1 to 250 letters, digits, hyphens, underscores
            and slashes
            ([CreateAlias](https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html)).
            It must be unique in the account and Region. Default: no alias.

        description: A description of the key: up to 8,192 characters
            ([CreateKey](https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html)).
            Default: no description.

        pending_window: How long KMS waits before it deletes the key: 7 to 30 whole days
            ([ScheduleKeyDeletion](https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html)).
            Default: 30 days, the default of KMS.

        removal_policy: Whether CloudFormation keeps or deletes a key that you remove. A key
            cannot sign while its deletion is pending. Default: RemovalPolicy.RETAIN.

        tags: The tags of the key, up to 50
            ([limits](https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html)).
            Default: no tags.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `Alias` or `Description` if KMS refuses the alias or the description.
            `DurationRange` if the pending window is out of its range. `DurationUnit` if it is a
            token in another unit than days. `RemovalPolicy` if the removal policy is SNAPSHOT.
            `TagForm`, `TagCount`, `TagKey` or `TagValue` if AWS refuses the tags.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.SigningKey")
    """The ID of this class for property injectors."""

    key: Key
    """The key, as the construct of the CDK."""
    _ivs_cfn: CfnKey

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        alias: str | None = None,
        description: str | None = None,
        pending_window: Duration | None = None,
        removal_policy: RemovalPolicy | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with self._checked_props(scope, id, SigningKeyProps, locals()) as props:
            _check_alias(props.alias)
            _check_description(props.description)
            pending_days = whole_days("pending_window", props.pending_window, *_PENDING_DAYS)
            check_removal_policy(props.removal_policy, "keys")
        _, cfn_tags = self._create_construct(scope, id, props)
        # Here and not above: import cdk_ivs must not load it.
        from aws_cdk.aws_kms import Key, KeySpec, KeyUsage

        self.key = Key(
            self,
            "Key",
            alias=props.alias,
            description=props.description,
            key_spec=KeySpec.ECC_NIST_P384,
            key_usage=KeyUsage.SIGN_VERIFY,
            removal_policy=props.removal_policy,
        )
        self._ivs_cfn = cast("CfnKey", self.key.node.default_child)
        # Escape hatches and apply_removal_policy() use the default child.
        self.node.default_child = self._ivs_cfn
        if pending_days is not None:
            # Key would refuse a Duration that is a token.
            self._ivs_cfn.pending_window_in_days = pending_days
        for tag in cfn_tags or ():
            self._ivs_cfn.tags.set_tag(tag.key, tag.value, _GIVEN_TAG)

    @classmethod
    def from_signing_key_arn(cls, scope: Construct, id: str, signing_key_arn: str) -> ISigningKey:
        """
        Refer to a signing key by its ARN.

        The key must have the spec ECC_NIST_P384 and the usage SIGN_VERIFY. The deployment of a
        `PlaybackKeyPair` or a `PublicKey` fails with another key.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            signing_key_arn: The ARN of the key, not of an alias. The key can be in another account
                or Region.

        Returns:
            The signing key.

        Raises:
            ArgumentTypeError: `ArgumentType` if the ARN is not a string.
            ValidationError: `Arn` if the ARN is not that of a signing key.
        """
        return ISigningKey._import_by_arn(scope, id, signing_key_arn)


# The priority of tags that are given to an L1. Tags.of() has 100.
_GIVEN_TAG = 50


def check_one_key(material: str | None, signing_key: ISigningKey | None) -> None:
    """Refuse both a public key and a signing key, neither, or a wrong one."""
    if material is None and signing_key is None:
        raise ArgumentTypeError(
            "'public_key_material' must be given unless 'signing_key' is, got neither; create a "
            "SigningKey, or give the PEM of a public key on the curve P-384"
        )
    if material is not None and signing_key is not None:
        raise ValidationError(
            "'public_key_material' must not be given with 'signing_key', got both; leave one out",
            code="TwoKeys",
        )
    if material is not None:
        check_public_key("public_key_material", material)
    else:
        check_in_stack(signing_key, "signing_key")


def material_of(material: str | None, signing_key: ISigningKey | None) -> str:
    """Return the public key to import, from the material or from the signing key."""
    return signing_key.public_key_pem if signing_key is not None else cast("str", material)


def _check_alias(alias: str | None) -> None:
    # Check the text around tokens here, because the CDK would leave half a key.
    if alias is None or (_ALIAS.fullmatch(_TOKEN.sub("a", alias)) and not is_no_value(alias)):
        return
    raise ValidationError(
        "'alias' must be 1 to 250 letters, digits, '-', '_' and '/', after 'alias/' or without "
        f"it, and not begin with 'aws/', got {safe_repr(alias)}",
        code="Alias",
    )


def _check_description(description: str | None) -> None:
    if description is None or len(description) <= _DESCRIPTION_LENGTH:
        return
    if is_token_beside(description, ANY_CHARACTER, _DESCRIPTION_LENGTH):
        return
    raise ValidationError(
        f"'description' must have at most {_DESCRIPTION_LENGTH} characters, got "
        f"{len(description)} characters",
        code="Description",
    )
