"""The macros that are formulas: each use of one in a model's SQL is folded into a call.

Their text comes from the project's own macros, rendered with the names of their arguments.
"""

from dataclasses import dataclass
from pathlib import Path

import jinja2
import sqlglot
from sqlglot import exp

ROOT = Path(__file__).resolve().parents[3]
FILES = ["dialect/divide", "dialect/convert_amount", "dialect/nth_smallest", "marts/percentile"]


@dataclass
class Formula:
    arguments: list[str]
    body: exp.Expression


class _Adapter:
    """What a macro needs of dbt's adapter: DuckDB's version of a macro, else the default one."""

    def __init__(self, macros):
        self.macros = macros

    def dispatch(self, name: str):
        module = self.macros.module
        return getattr(module, f"duckdb__{name}", None) or getattr(module, f"default__{name}")


def _text(call: str) -> exp.Expression:
    environment = jinja2.Environment()
    source = "".join((ROOT / "macros" / f"{name}.sql").read_text() for name in FILES)
    macros = environment.from_string(source)
    environment.globals["adapter"] = _Adapter(macros)
    text = environment.from_string(source + "{{ " + call + " }}").render()
    return sqlglot.parse_one(text, dialect="duckdb")


# the outermost first: a percentile divides
FORMULAS = {
    "macro_percentile_90": Formula(["item"], _text("percentile(0.9, 'item')")),
    "macro_percentile_50": Formula(["item"], _text("percentile(0.5, 'item')")),
    "macro_convert_amount": Formula(
        ["amount", "from_rate", "to_rate"], _text("convert_amount('amount', 'from_rate', 'to_rate')")
    ),
    "macro_divide": Formula(["dividend", "divisor"], _text("divide('dividend', 'divisor')")),
}


def body_of(name: str) -> exp.Expression:
    """A formula's text, the formulas in it folded into calls."""
    others = {other: formula for other, formula in FORMULAS.items() if other != name}
    return folded(FORMULAS[name].body, others)


def folded(node: exp.Expression, formulas: dict[str, Formula] = FORMULAS) -> exp.Expression:
    """The statement with each use of a formula as one call."""
    for name, formula in formulas.items():
        found: dict[str, exp.Expression] = {}
        if _matches(formula.body, node, formula.arguments, found):
            arguments = [folded(found[argument].copy(), formulas) for argument in formula.arguments]
            return exp.Anonymous(this=name, expressions=arguments)
    copy = node.copy() if node.parent is None else node
    for key, value in list(copy.args.items()):
        if isinstance(value, exp.Expression):
            copy.set(key, folded(value, formulas))
        elif isinstance(value, list):
            copy.set(
                key,
                [
                    folded(item, formulas) if isinstance(item, exp.Expression) else item
                    for item in value
                ],
            )
    return copy


def _matches(pattern, node, arguments: list[str], found: dict[str, exp.Expression]) -> bool:
    """Whether a text is the pattern with something in the place of each argument."""
    if isinstance(pattern, exp.Column) and pattern.name in arguments:
        return node == found.setdefault(pattern.name, node)
    if type(pattern) is not type(node):
        return False
    keys = {key for key in pattern.args if pattern.args[key] not in (None, [], False)}
    if keys != {key for key in node.args if node.args[key] not in (None, [], False)}:
        return False
    return all(
        _same(pattern.args[key], node.args[key], arguments, found) for key in sorted(keys)
    )


def _same(pattern, node, arguments, found) -> bool:
    if isinstance(pattern, exp.Expression):
        return isinstance(node, exp.Expression) and _matches(pattern, node, arguments, found)
    if isinstance(pattern, list):
        return len(pattern) == len(node) and all(
            _same(one, other, arguments, found) for one, other in zip(pattern, node)
        )
    return pattern == node
