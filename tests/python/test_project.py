"""The project's files themselves: YAML that dbt understands, a fixture that its script makes, pinned packages."""

import importlib.resources
import json
import re
import subprocess
import sys

import jsonschema
import pytest
import yaml

from conftest import FIXTURE_SETTINGS, ROOT

PROPERTIES = sorted(
    path for folder in ("models", "seeds", "analyses") for path in (ROOT / folder).rglob("*.yml")
)


def schema(path: str) -> dict:
    return json.loads(importlib.resources.files("dbt.jsonschemas").joinpath(path).read_text())


@pytest.fixture(scope="module")
def resources_schema() -> dict:
    return schema("resources/latest.json")


@pytest.mark.parametrize("path", PROPERTIES, ids=lambda path: path.stem)
def test_properties_hold_only_keys_that_dbt_knows(path, resources_schema):
    """dbt ignores a misspelt key without a word."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["version"] = 2
    # the schema has these in a form that this dbt does not read; of the form that it reads, it refuses
    # an unknown key by itself
    for key in ("metrics", "saved_queries"):
        content.pop(key, None)
    jsonschema.validate(content, resources_schema)


def test_the_project_file_holds_only_keys_that_dbt_knows():
    text = (ROOT / "dbt_project.yml").read_text(encoding="utf-8")
    # dbt renders a switch before it looks at its type
    content = yaml.safe_load(re.sub(r'\+enabled: "\{\{.*\}\}"', "+enabled: true", text))
    newest = max(
        (
            item.name
            for item in importlib.resources.files("dbt.jsonschemas").joinpath("project").iterdir()
        ),
        key=lambda name: [int(number) for number in re.findall("[0-9]+", name)],
    )
    jsonschema.validate(content, schema(f"project/{newest}"))


def test_the_check_of_keys_finds_a_misspelt_one(resources_schema):
    content = {"version": 2, "models": [{"name": "a", "config": {"materialised": "view"}}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, resources_schema)


def test_seeds_and_expected_values_are_what_their_scripts_make(tmp_path):
    """Nobody has edited them by hand, and an expected value never comes from a model."""
    subprocess.run(
        [sys.executable, "seeds/make_fixture.py", "--output", str(tmp_path)], cwd=ROOT, check=True
    )
    subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.python.reference",
            str(tmp_path),
            str(tmp_path / "expected"),
            "--prefix",
            "expected_",
            "--company-scorecard",
            *(f"--set={name}={value}" for name, value in FIXTURE_SETTINGS.items()),
        ],
        cwd=ROOT,
        check=True,
    )
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    committed = {
        path.relative_to(ROOT / "seeds"): path.read_bytes()
        for path in (ROOT / "seeds").rglob("*.csv")
        # users' words for their labels come from no script
        if path.parent.name != "mappings"
    }
    assert made.keys() == committed.keys()
    assert [str(path) for path in made if made[path] != committed[path]] == []


def test_every_package_is_pinned_with_hashes_and_without_addresses():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(
        r"^(\S+)==\S+ \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", lock, re.MULTILINE
    )
    assert len(packages) == len(re.findall("^[a-z]", lock, re.MULTILINE)) > 50
    assert "://" not in lock


def test_no_test_of_the_project_is_switched_off_for_good():
    """A test may depend on the input, never on a constant."""
    files = [
        path
        for folder in ("models", "tests")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".yml", ".sql")
    ]
    assert [
        path
        for path in files
        if re.search(r"enabled\s*[:=]\s*false", path.read_text(encoding="utf-8"))
    ] == []


def test_a_package_whose_hash_is_another_is_not_installed(tmp_path):
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    (package,) = re.findall(r"^pyyaml==\S+ \\\n(?:    --hash=.*\n)+", lock, re.MULTILINE)
    wrong = re.sub("sha256:[0-9a-f]{8}", "sha256:00000000", package)
    for text, code in ((package, 0), (wrong, 1)):
        (tmp_path / "one.lock").write_text(text)
        finished = subprocess.run(
            [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes", "--dest", tmp_path]
            + ["--only-binary", ":all:", "-r", tmp_path / "one.lock"],
            capture_output=True,
            text=True,
        )
        assert finished.returncode == code, finished.stderr
    assert "DO NOT MATCH" in finished.stderr
