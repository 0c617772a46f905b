"""The pictures of the README: the page as Chromium shows it, and how the models hang together.

    make pictures      after `make build`; writes docs/page.png and docs/lineage.svg
"""

import json
from html import escape
from pathlib import Path

from sales_kpis.project import ROOT, published_folder, target_folder
from tests.python.browser import started_browser

#: the layers from left to right, each with where its models are; readers are exposures
LAYERS = {
    "Inputs": "models/staging/",
    "In between": "models/intermediate/",
    "What happened": "models/marts/core/",
    "KPIs": "models/marts/kpis/",
    "Reports": "models/marts/reports/",
    "Readers": None,
}
WIDTH, HEIGHT, TOP = 230, 24, 40


def write_page(path: Path) -> None:
    """The published page in English, in light colours, as far as a screen shows it."""
    with started_browser() as browser:
        page = browser.new_page(viewport={"width": 1360, "height": 1500})
        page.goto(f"file://{published_folder() / 'sales_kpis.html'}#lang=en&theme=light")
        page.wait_for_selector("html[data-drawn]", state="attached")
        page.screenshot(path=str(path))


def write_lineage(path: Path) -> None:
    """The models of the manifest by layer, with a line from each to those that read it."""
    manifest = json.loads((target_folder() / "manifest.json").read_text(encoding="utf-8"))
    layers: list[list[str]] = [[] for _ in LAYERS]
    for key, node in {**manifest["nodes"], **manifest["exposures"]}.items():
        layer = layer_of(node)
        if layer is not None:
            layers[layer].append(key)
    place = {}
    for column, keys in enumerate(layers):
        for row, key in enumerate(sorted(keys, key=lambda key: key.rpartition(".")[2])):
            place[key] = (column, row)
    height = TOP + HEIGHT * max(map(len, layers)) + 10
    lines, boxes = [], []
    for key, (column, row) in place.items():
        x, y = 10 + column * WIDTH, TOP + row * HEIGHT
        boxes.append(
            f'<rect x="{x}" y="{y}" width="190" height="18" rx="4"/>'
            f'<text x="{x + 7}" y="{y + 13}">{escape(short_name(key))}</text>'
        )
        for parent in shown_parents(manifest, key, place):
            from_x, from_y = 200 + place[parent][0] * WIDTH, TOP + place[parent][1] * HEIGHT + 9
            lines.append(f'<path d="M{from_x} {from_y}C{from_x + 25} {from_y} {x - 25} {y + 9} {x} {y + 9}"/>')
    titles = [
        f'<text class="title" x="{10 + column * WIDTH}" y="22">{escape(name)}</text>'
        for column, name in enumerate(LAYERS)
    ]
    style = (
        "text{font:11px sans-serif;fill:#111827}.title{font-weight:bold;font-size:13px}"
        "rect{fill:#eaf1fe;stroke:#93b4f5}path{fill:none;stroke:#9ca3af;stroke-width:.7}"
    )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * len(LAYERS)} {height}">'
        f'<style>{style}</style><rect width="100%" height="100%" style="fill:#fff;stroke:none"/>'
        + "\n".join([*lines, *boxes, *titles])
        + "</svg>\n",
        encoding="utf-8",
    )


def layer_of(node: dict) -> int | None:
    """The place of a node's layer; none for what is not drawn: bases, seeds, tests, books, the published."""
    path = node["original_file_path"]
    if node["resource_type"] == "exposure":
        return len(LAYERS) - 1
    if node["resource_type"] != "model" or path.startswith("models/staging/base"):
        return None
    folders = [folder for folder in LAYERS.values() if folder]
    return next((number for number, folder in enumerate(folders) if path.startswith(folder)), None)


def shown_parents(manifest: dict, key: str, place: dict) -> set[str]:
    """The drawn nodes that a node reads, by way of others that are not drawn, too."""
    node = manifest["nodes"].get(key) or manifest["exposures"][key]
    found = set()
    for parent in node["depends_on"].get("nodes", []):
        if parent in place:
            found.add(parent)
        elif parent in manifest["nodes"]:
            found |= shown_parents(manifest, parent, place)
    return found


def short_name(key: str) -> str:
    """A node's name without the prefixes that its column says."""
    return key.rpartition(".")[2].removeprefix("stg_")


if __name__ == "__main__":
    write_page(ROOT / "docs" / "page.png")
    write_lineage(ROOT / "docs" / "lineage.svg")
