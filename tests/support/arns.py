"""ARNs as the service gives them."""

ACCOUNT = "123456789012"
REGION = "us-west-2"


def arn(resource: str, *, service: str = "ivs", region: str = REGION) -> str:
    """The ARN of a resource of the test account."""
    return f"arn:aws:{service}:{region}:{ACCOUNT}:{resource}"
