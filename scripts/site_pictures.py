"""A hook of MkDocs: the pictures of the README are found on the site as well."""

from __future__ import annotations

from typing import Any


def on_page_content(html: str, **_: Any) -> str:  # noqa: ANN401 - what MkDocs passes
    """Take what the README has under docs from where the site has it."""
    return html.replace('src="docs/images/', 'src="images/')
