"""
Draw what monitoring looks like, for the docs: the dashboard and the alarms, light and dark.

The pictures are dashboard.png, alarms.png, and the same with -dark, in docs/images.
What is drawn is read from the template of the example `monitored_channel`: widgets with their
places, titles and axes, alarms with their thresholds. The data are made up, by a fixed seed.
Needs matplotlib, which nothing else here does:

    make pictures
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

# In an environment of their own, where no type checker sees them.
import matplotlib as mpl  # type: ignore[import-not-found]
import numpy as np  # type: ignore[import-not-found]
from matplotlib import dates, ticker
from matplotlib import pyplot as plt
from matplotlib.patches import FancyBboxPatch, Rectangle  # type: ignore[import-not-found]

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = (
    ROOT / "tests/examples/__snapshots__/test_templates/test_template[monitored_channel].json"
)
IMAGES = ROOT / "docs" / "images"

COLUMNS = 24
# A cell of the grid in inches: with 24 columns the picture is 1,440 pixels wide.
CELL, DPI = 0.5, 120
GAP = 0.09

LIGHT = {
    "blue": "#0073bb",
    "card": "#ffffff",
    "edge": "#d5dbdb",
    "green": "#1d8102",
    "grey": "#5f6b7a",
    "ink": "#16191f",
    "line": "#e3e7eb",
    "mark": "#8d99a5",
    "page": "#f4f6f8",
    "red": "#d13212",
}
DARK = {
    "blue": "#539fe5",
    "card": "#1a2330",
    "edge": "#39465a",
    "green": "#6aaf35",
    "grey": "#b6bec9",
    "ink": "#f2f3f3",
    "line": "#2f3b4b",
    "mark": "#8d99a8",
    "page": "#0f141b",
    "red": "#ff7961",
}
# Those that a picture is drawn in.
COLORS = dict(LIGHT)
START = dt.datetime(2026, 11, 20, 19, 0, tzinfo=dt.UTC)
MINUTES = 180

# What happens on the evening, by the minute in which it begins and that in which it is over.
LIVE, BROKEN, CHANGED = (20, 155), (65, 72), (100, 112)


def resolved(node: Any) -> Any:  # noqa: ANN401 - of a template
    """A part of the template with names for what is known at deployment."""
    match node:
        case {"Fn::Join": [str(separator), list(parts)]}:
            return separator.join(str(resolved(part)) for part in parts)
        case {"Ref": "AWS::Region"}:
            return "us-west-2"
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), *_]}:
            return name
        case {"Fn::Select": _}:
            return "AbCdef1G2hij"
    return node


def samples() -> dict[str, np.ndarray]:
    """
    An evening, minute by minute, by metric: what is not a number was not published.

    The channel is live from 19:20 to 21:35. At 20:05 the encoder's network fails for some minutes,
    and at 20:40 somebody changes the settings of the encoder.
    """
    random = np.random.default_rng(20201231)
    minute = np.arange(MINUTES)
    live, broken, changed = (
        (minute >= start) & (minute < end) for start, end in (LIVE, BROKEN, CHANGED)
    )

    def wave(size: float) -> np.ndarray:
        return np.convolve(random.normal(0, size, MINUTES + 8), np.ones(9) / 9, mode="valid") * 3

    rise = 1 / (1 + np.exp(-(minute - 55) / 12))
    fall = 1 / (1 + np.exp((minute - 148) / 4))
    views = 4_300 * rise * fall + wave(60) + 900 * np.exp(-(((minute - 118) / 14) ** 2))
    views = np.where(broken, views * 0.72, views).clip(3)
    bitrate = 6.0e6 + wave(9e4) + np.where(changed, 2.1e6, 0)
    bitrate = np.where(broken, 2.2e5 + random.uniform(0, 2e5, MINUTES), bitrate)
    frames = np.where(broken, random.uniform(0, 0.8, MINUTES), 29.97 + wave(0.08))
    keys = np.where(changed, 4.0, 2.0) + np.abs(wave(0.01))
    keys = np.where(broken, np.nan, keys)
    found = {
        "ConcurrentViews": views.round(),
        "IngestBitrate": bitrate,
        "IngestFramerate": frames.clip(0),
        "KeyframeInterval": keys,
        "LiveDeliveredTime": views * 60,
        # Nothing is recorded.
        "RecordedTime": np.full(MINUTES, np.nan),
        "Invocations": np.where(np.isin(minute, (66, 70)), 1, np.nan),
    }
    return {
        name: values if name == "Invocations" else np.where(live, values, np.nan)
        for name, values in found.items()
    }


def times() -> list[dt.datetime]:
    """When the samples were taken."""
    return [START + dt.timedelta(minutes=minute) for minute in range(MINUTES)]


def style(axes: plt.Axes) -> None:
    """An axis as in CloudWatch: lines below the data, and no frame."""
    axes.set_facecolor(COLORS["card"])
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(COLORS["line"])
    axes.grid(axis="y", color=COLORS["line"], linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=8, labelcolor=COLORS["grey"], pad=4)
    axes.xaxis.set_major_locator(dates.MinuteLocator(byminute=(0, 30)))
    axes.xaxis.set_major_formatter(dates.DateFormatter("%H:%M"))
    axes.yaxis.set_major_locator(ticker.MaxNLocator(3))
    axes.yaxis.set_major_formatter(
        ticker.FuncFormatter(lambda value, _: ticker.EngFormatter(sep="")(value))
    )
    axes.set_xlim(START, START + dt.timedelta(minutes=MINUTES))


def box(figure: plt.Figure, left: float, bottom: float, width: float, height: float) -> None:
    """A white card, in inches."""
    wide, high = figure.get_size_inches()
    figure.patches.append(
        FancyBboxPatch(
            (left / wide, bottom / high),
            width / wide,
            height / high,
            boxstyle="round,pad=0,rounding_size=0.006",
            facecolor=COLORS["card"],
            edgecolor=COLORS["edge"],
            linewidth=1,
            mutation_aspect=wide / high,
            transform=figure.transFigure,
            zorder=-1,
        )
    )


def watermark(axes: plt.Axes, x: float, y: float, size: float) -> None:
    """The words that nobody should overlook, where no line is."""
    axes.text(
        x,
        y,
        "sample data",
        transform=axes.transAxes,
        ha="center",
        va="center",
        fontsize=size,
        color=COLORS["mark"],
        alpha=0.55,
        zorder=0,
    )


def draw_dashboard(template: dict[str, Any], data: dict[str, np.ndarray]) -> None:
    """Draw the body of the dashboard, each widget where it says."""
    (dashboard,) = of_type(template, "AWS::CloudWatch::Dashboard").values()
    widgets = json.loads(resolved(dashboard["DashboardBody"]))["widgets"]
    rows = max(widget["y"] + widget["height"] for widget in widgets)
    head = 0.62
    wide, high = COLUMNS * CELL, rows * CELL + head
    figure = plt.figure(figsize=(wide, high), dpi=DPI, facecolor=COLORS["page"])
    figure.text(
        0.16 / wide,
        1 - 0.4 / high,
        "MonitoredChannel",
        fontsize=15,
        weight="bold",
        color=COLORS["ink"],
    )
    figure.text(
        1 - 0.16 / wide,
        1 - 0.4 / high,
        "sample data · 3 h · UTC",
        fontsize=10,
        color=COLORS["grey"],
        ha="right",
    )
    for widget in widgets:
        left, width = widget["x"] * CELL + GAP, widget["width"] * CELL - 2 * GAP
        height = widget["height"] * CELL - 2 * GAP
        bottom = high - head - (widget["y"] + widget["height"]) * CELL + GAP
        properties = widget["properties"]
        if widget["type"] == "text":
            figure.text(
                (left + 0.07) / wide,
                (bottom + height / 2) / high,
                properties["markdown"].removeprefix("## "),
                fontsize=14,
                weight="bold",
                color=COLORS["ink"],
                va="center",
            )
            continue
        box(figure, left, bottom, width, height)
        figure.text(
            (left + 0.16) / wide,
            (bottom + height - 0.28) / high,
            properties["title"],
            fontsize=11,
            weight="bold",
            color=COLORS["ink"],
        )
        axes = figure.add_axes(
            (
                (left + 0.62) / wide,
                (bottom + 0.62) / high,
                (width - 0.85) / wide,
                (height - 1.24) / high,
            )
        )
        style(axes)
        draw_graph(axes, properties, data)
    save(figure, "dashboard")


def draw_graph(axes: plt.Axes, properties: dict[str, Any], data: dict[str, np.ndarray]) -> None:
    """The lines of a widget, its unit and its legend."""
    unit = properties["yAxis"]["left"]
    axes.set_title(unit["label"], loc="left", fontsize=8, color=COLORS["grey"], pad=5)
    for _, metric, *_, options in properties["metrics"]:
        values = data[metric]
        axes.plot(times(), values, color=COLORS["blue"], linewidth=1.5, label=options["label"])
        if np.isnan(values).all():
            axes.set_yticks([0, 1])
            axes.text(
                0.5,
                0.55,
                "no data: the channel is not recorded",
                transform=axes.transAxes,
                ha="center",
                fontsize=9,
                color=COLORS["grey"],
            )
    watermark(axes, 0.62, 0.2, 12)
    highest = max(np.nan_to_num(data[line[1]]).max() for line in properties["metrics"])
    axes.set_ylim(unit["min"], (highest or 1) * 1.12)
    axes.legend(
        loc="upper left",
        bbox_to_anchor=(-0.17, -0.15),
        frameon=False,
        fontsize=8.5,
        handlelength=0.9,
        handleheight=0.9,
        labelcolor=COLORS["ink"],
    )
    for handle in axes.get_legend().get_lines():
        handle.set_linewidth(7)


def draw_alarms(template: dict[str, Any], data: dict[str, np.ndarray]) -> None:
    """Draw the alarms of the channel: the metric, the threshold, and when there is an alarm."""
    alarms = {
        logical_id.removeprefix("ChannelAlarms")[:-8]: properties
        for logical_id, properties in of_type(template, "AWS::CloudWatch::Alarm").items()
        if logical_id.startswith("ChannelAlarms")
    }
    order = sorted(alarms, key=lambda name: onset(alarms[name], data))
    wide, row, head, foot = 12.0, 1.62, 0.95, 0.42
    high = row * len(order) + head + foot
    figure = plt.figure(figsize=(wide, high), dpi=DPI, facecolor=COLORS["page"])
    figure.text(
        0.16 / wide,
        1 - 0.4 / high,
        "ChannelAlarms",
        fontsize=15,
        weight="bold",
        color=COLORS["ink"],
    )
    figure.text(
        0.16 / wide,
        1 - 0.68 / high,
        "an evening on which the network of the encoder fails at 20:05, "
        "and its settings are wrong from 20:40",
        fontsize=10,
        color=COLORS["grey"],
    )
    figure.text(
        1 - 0.16 / wide,
        1 - 0.4 / high,
        "sample data · UTC",
        fontsize=10,
        color=COLORS["grey"],
        ha="right",
    )
    for index, name in enumerate(order):
        bottom = foot + row * (len(order) - 1 - index)
        box(figure, GAP, bottom + GAP / 2, wide - 2 * GAP, row - GAP)
        axes = figure.add_axes(
            (3.55 / wide, (bottom + 0.42) / high, (wide - 3.85) / wide, (row - 0.72) / high)
        )
        style(axes)
        draw_alarm(figure, axes, name, alarms[name], data, bottom=bottom, row=row)
    figure.legend(
        handles=[
            plt.Line2D([], [], color=COLORS["blue"], linewidth=1.5, label="metric"),
            plt.Line2D(
                [], [], color=COLORS["red"], linewidth=1.2, linestyle="--", label="threshold"
            ),
            Rectangle((0, 0), 1, 1, facecolor=COLORS["red"], alpha=0.16, label="in alarm"),
        ],
        loc="lower center",
        ncols=3,
        frameon=False,
        fontsize=9.5,
        labelcolor=COLORS["ink"],
    )
    save(figure, "alarms")


def draw_alarm(
    figure: plt.Figure,
    axes: plt.Axes,
    name: str,
    alarm: dict[str, Any],
    data: dict[str, np.ndarray],
    *,
    bottom: float,
    row: float,
) -> None:
    """One alarm: its words on the left, its metric on the right."""
    wide, high = figure.get_size_inches()
    values, threshold = data[alarm["MetricName"]], alarm["Threshold"]
    below = alarm["ComparisonOperator"] == "LessThanThreshold"
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    minutes = alarm["EvaluationPeriods"]
    how_long = "at once" if minutes == 1 else f"for {minutes} minutes"
    states = in_alarm(alarm, data)
    figure.text(
        0.28 / wide,
        (bottom + row - 0.5) / high,
        words.capitalize(),
        fontsize=11.5,
        weight="bold",
        color=COLORS["ink"],
    )
    figure.text(
        0.28 / wide,
        (bottom + row - 0.76) / high,
        f"{alarm['MetricName']} {'<' if below else '≥'} {threshold:,}, {how_long}",
        fontsize=9,
        color=COLORS["grey"],
    )
    state, colour = (
        ("in alarm", COLORS["red"]) if states.any() else ("OK all the time", COLORS["green"])
    )
    figure.text(
        0.28 / wide,
        (bottom + row - 1.06) / high,
        f"● {state}{': ' + ', '.join(spans(states)) if states.any() else ''}",
        fontsize=9,
        color=colour,
    )
    when = times()
    if alarm["MetricName"] == "Invocations":
        axes.vlines(when, 0, values, color=COLORS["blue"], linewidth=3)
        axes.set_ylim(0, 2)
        axes.set_yticks([0, 1, 2])
    else:
        axes.plot(when, values, color=COLORS["blue"], linewidth=1.5)
        axes.set_ylim(0, max(np.nanmax(values), threshold) * 1.18)
    axes.axhline(threshold, color=COLORS["red"], linewidth=1.2, linestyle="--")
    for start, end in edges(states):
        axes.axvspan(
            START + dt.timedelta(minutes=start),
            START + dt.timedelta(minutes=end),
            color=COLORS["red"],
            alpha=0.16,
            linewidth=0,
        )
    watermark(axes, 0.935, 0.29, 11)


def in_alarm(alarm: dict[str, Any], data: dict[str, np.ndarray]) -> np.ndarray:
    """
    In which minutes the alarm is in alarm.

    As CloudWatch does where missing data are taken for good: so many minutes in a row.
    """
    values, threshold = data[alarm["MetricName"]], alarm["Threshold"]
    # A comparison with what is not a number is false.
    below = alarm["ComparisonOperator"] == "LessThanThreshold"
    breaching = values < threshold if below else values >= threshold
    periods = alarm["EvaluationPeriods"]
    return np.array(
        [
            minute + 1 >= periods and bool(breaching[minute + 1 - periods : minute + 1].all())
            for minute in range(len(values))
        ]
    )


def onset(alarm: dict[str, Any], data: dict[str, np.ndarray]) -> int:
    """The minute of the first alarm, or the end."""
    states = in_alarm(alarm, data)
    return int(states.argmax()) if states.any() else len(states)


def edges(states: np.ndarray) -> list[tuple[int, int]]:
    """From when to when the states are true."""
    changes = np.flatnonzero(np.diff(np.concatenate(([0], states.astype(int), [0]))))
    return [(int(start), int(end)) for start, end in zip(changes[::2], changes[1::2], strict=True)]


def spans(states: np.ndarray) -> list[str]:
    """The same, by the clock."""
    return [
        f"{START + dt.timedelta(minutes=start):%H:%M} to {START + dt.timedelta(minutes=end):%H:%M}"
        for start, end in edges(states)
    ]


def of_type(template: dict[str, Any], resource_type: str) -> dict[str, dict[str, Any]]:
    """The properties of the resources of a type, by logical id."""
    return {
        logical_id: resource["Properties"]
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] == resource_type
    }


def save(figure: plt.Figure, name: str) -> None:
    """Write the picture without the time and the version of matplotlib."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    path = IMAGES / f"{name}-dark.png" if COLORS == DARK else IMAGES / f"{name}.png"
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Draw both, in light and in dark colors."""
    mpl.use("Agg")
    mpl.rcParams["font.family"] = "DejaVu Sans"
    template = json.loads(TEMPLATE.read_text(encoding="utf-8"))
    data = samples()
    for colors in (LIGHT, DARK):
        COLORS.update(colors)
        draw_dashboard(template, data)
        draw_alarms(template, data)


if __name__ == "__main__":
    main()
