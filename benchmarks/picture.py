"""The picture of a benchmark: bars of wall time and of peak memory, a row for each size."""

import json
from pathlib import Path


def draw(measurements: list[dict], conditions: str, folder: Path) -> None:
    """Write results.svg and results.png: each subject by the name and the figures that the table gives it."""
    # in the benchmark's own environment alone
    import vl_convert

    rows = []
    for size, subject in dict.fromkeys((run["size"], run["subject"]) for run in measurements):
        runs = [run for run in measurements if (run["size"], run["subject"]) == (size, subject)]
        rows.append(
            {
                "size": f"size {size:g}, {'one run' if len(runs) == 1 else f'{len(runs)} runs'} each",
                "subject": subject,
                "wall": round(min(run["wall"] for run in runs), 1),
                "memory": round(max(run["peak_memory"] for run in runs) / 1e9, 2),
            }
        )

    def bars(values: list[dict], field: str, title: str, unit: str, decimals: int) -> dict:
        bar = {
            "y": {
                "field": "subject",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"labelLimit": 200, "domain": False, "ticks": False},
            },
            "x": {
                "field": field,
                "type": "quantitative",
                "title": title,
                "axis": {"tickCount": 5},
                # a quarter more than the longest bar: its label stands behind it
                "scale": {"domain": [0, 1.25 * max(row[field] for row in values)], "nice": False},
            },
        }
        return {
            "width": 300,
            "height": {"step": 24},
            "encoding": bar,
            "layer": [
                {
                    "mark": {"type": "bar", "cornerRadiusEnd": 3},
                    "encoding": {
                        "color": {
                            "condition": {
                                "test": "indexof(datum.subject, 'build') == 0",
                                "value": "#1f6f8b",
                            },
                            "value": "#b8c4cc",
                        }
                    },
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 4, "color": "#333333"},
                    "encoding": {"text": {"value": {"expr": f"format(datum.{field}, ',.{decimals}f') + ' {unit}'"}}},
                },
            ],
        }

    sizes: dict[str, list[dict]] = {}
    for row in rows:
        sizes.setdefault(row["size"], []).append(row)
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "white",
        "padding": 16,
        "title": {
            "text": "The nine KPIs from raw files: wall time and peak memory",
            "subtitle": [
                conditions,
                "least time and most memory of the runs; floor: hand-written SQL, peer: a Polars script",
            ],
            "anchor": "start",
            "fontSize": 16,
            "offset": 12,
        },
        "vconcat": [
            {
                "title": {"text": size, "anchor": "start", "fontSize": 13},
                "data": {"values": values},
                "hconcat": [
                    bars(values, "wall", "seconds", "s", 1),
                    bars(values, "memory", "gigabytes", "GB", 2),
                ],
            }
            for size, values in sizes.items()
        ],
        "config": {
            "view": {"stroke": None},
            "axis": {"gridColor": "#eeeeee", "labelColor": "#333333", "titleColor": "#666666"},
        },
    }
    text = json.dumps(specification)
    (folder / "results.svg").write_text(vl_convert.vegalite_to_svg(text), encoding="utf-8")
    (folder / "results.png").write_bytes(vl_convert.vegalite_to_png(text, scale=2))
