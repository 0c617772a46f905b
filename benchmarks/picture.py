"""The picture of a benchmark: bars of wall time and of peak memory, a row for each size."""

import json
from pathlib import Path

SUBJECTS = {
    "build with data tests": "dbt build",
    "build without data tests": "… without data tests",
    "floor": "floor: hand-written SQL",
    "peer": "peer: Polars script",
    "empty project with tests": "empty dbt project",
}


def draw(measurements: list[dict], conditions: str, folder: Path) -> None:
    """Write results.svg and results.png."""
    # in the benchmark's own environment alone
    import vl_convert

    rows = []
    for size, subject in dict.fromkeys((run["size"], run["subject"]) for run in measurements):
        runs = [run for run in measurements if (run["size"], run["subject"]) == (size, subject)]
        if subject in SUBJECTS:
            rows.append(
                {
                    "size": f"size {size:g}",
                    "subject": SUBJECTS[subject],
                    "wall": round(min(run["wall"] for run in runs), 1),
                    "memory": round(max(run["peak_memory"] for run in runs) / 1e9, 2),
                }
            )

    def bars(field: str, title: str, ending: str) -> dict:
        bar = {
            "y": {
                "field": "subject",
                "type": "nominal",
                "sort": list(SUBJECTS.values()),
                "title": None,
                "axis": {"labelLimit": 200, "domain": False, "ticks": False},
            },
            "x": {"field": field, "type": "quantitative", "title": title, "axis": {"tickCount": 5}},
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
                                "test": "indexof(datum.subject, 'data tests') >= 0 || datum.subject == 'dbt build'",
                                "value": "#1f6f8b",
                            },
                            "value": "#b8c4cc",
                        }
                    },
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 4, "color": "#333333"},
                    "encoding": {"text": {"value": {"expr": f"format(datum.{field}, ',') + ' {ending}'"}}},
                },
            ],
        }

    sizes = list(dict.fromkeys(row["size"] for row in rows))
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "white",
        "padding": 16,
        "title": {
            "text": "The nine KPIs from raw files: wall time and peak memory",
            "subtitle": conditions,
            "anchor": "start",
            "fontSize": 16,
            "offset": 12,
        },
        "vconcat": [
            {
                "title": {"text": size, "anchor": "start", "fontSize": 13},
                "data": {"values": [row for row in rows if row["size"] == size]},
                "hconcat": [
                    bars("wall", "seconds", "s"),
                    bars("memory", "gigabytes", "GB"),
                ],
            }
            for size in sizes
        ],
        "config": {
            "view": {"stroke": None},
            "axis": {"gridColor": "#eeeeee", "labelColor": "#333333", "titleColor": "#666666"},
        },
    }
    text = json.dumps(specification)
    (folder / "results.svg").write_text(vl_convert.vegalite_to_svg(text), encoding="utf-8")
    (folder / "results.png").write_bytes(vl_convert.vegalite_to_png(text, scale=2))
