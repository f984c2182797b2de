"""
Draw what flows between the resources of each example, as pictures for the docs.

The pictures are drawn from the golden templates of the examples.

    python scripts/example_pictures.py
"""

from __future__ import annotations

from pathlib import Path

from diagrams import TEMPLATES, template_of
from drawings.flow import Flow
from drawings.svg import draw

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


def pictures() -> dict[str, str]:
    """The pictures, by the name of the file."""
    names = sorted(
        file.name.partition("[")[2].partition("]")[0] for file in TEMPLATES.glob("*.json")
    )
    return {f"{name}.svg": picture(name) for name in names}


def picture(name: str) -> str:
    """The picture of an example."""
    flow = Flow(template_of(name))
    return draw(flow.boxes, flow.arrows, f"What flows in the example {name}")


def main() -> None:
    """Draw all pictures."""
    for name, drawn in pictures().items():
        (IMAGES / name).write_text(drawn, encoding="utf-8")
        print(f"docs/images/{name} is drawn")


if __name__ == "__main__":
    main()
