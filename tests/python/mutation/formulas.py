"""The macros that are formulas: each use of one in a model's SQL is folded into a call.

Their text comes from the project's own macros, rendered with the names of their arguments.
"""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import jinja2
import sqlglot
from sqlglot import exp

ROOT = Path(__file__).resolve().parents[3]
FILES = [
    "dialect/business_date",
    "dialect/checked_quotient",
    "dialect/convert_amount",
    "dialect/divide",
    "dialect/double_text",
    "dialect/nth_smallest",
    "marts/percentile",
]


@dataclass
class Formula:
    """How a macro's uses look in compiled SQL, and the text that is mutated in their place.

    The two differ where DuckDB has a quick way beside the plain one: a slip in the quick way would
    mostly lead back to the plain one. test_dialect.py holds the two against each other.
    """

    arguments: list[str]
    pattern: exp.Expression
    body: exp.Expression

    @property
    def used(self) -> list[str]:
        """The arguments that the mutated text has."""
        names = {column.name for column in self.body.find_all(exp.Column)}
        return [argument for argument in self.arguments if argument in names]


class _Adapter:
    """What a macro needs of dbt's adapter: DuckDB's version of a macro, else the default one."""

    def __init__(self, macros):
        self.macros = macros

    def dispatch(self, name: str):
        module = self.macros.module
        return getattr(module, f"duckdb__{name}", None) or getattr(module, f"default__{name}")


def rendered(call: str, **names) -> str:
    """The SQL of a macro call as DuckDB gets it; `names` are what the macros need of dbt."""
    environment = jinja2.Environment()
    source = "".join((ROOT / "macros" / f"{name}.sql").read_text() for name in FILES)
    environment.globals.update(execute=True, **names)
    environment.globals["adapter"] = _Adapter(environment.from_string(source))
    return environment.from_string(source + "{{ " + call + " }}").render()


def _text(call: str, arguments: list[str]) -> exp.Expression:
    text = rendered(
        call,
        setting=lambda name: name,
        run_query=lambda statement: SimpleNamespace(rows=[("least_offset", "greatest_offset")]),
    )
    # a setting is a literal in the text
    return sqlglot.parse_one(text, dialect="duckdb").transform(
        lambda node: exp.column(node.name)
        if isinstance(node, exp.Literal) and node.name in arguments
        else node
    )


def _formula(call: str, arguments: list[str], mutated: str | None = None) -> Formula:
    return Formula(arguments, _text(call, arguments), _text(mutated or call, arguments))


# the outermost first: a percentile divides
FORMULAS = {
    "macro_percentile_90": _formula("percentile(0.9, 'item')", ["item"]),
    "macro_percentile_50": _formula("percentile(0.5, 'item')", ["item"]),
    "macro_convert_amount": _formula(
        "convert_amount('amount', 'from_rate', 'to_rate')",
        ["amount", "from_rate", "to_rate"],
        "default__convert_amount('amount', 'from_rate', 'to_rate')",
    ),
    "macro_divide": _formula(
        "divide('dividend', 'divisor')",
        ["dividend", "divisor"],
        "default__divide('dividend', 'divisor')",
    ),
    "macro_business_date": _formula(
        "business_date('utc_timestamp')",
        ["utc_timestamp", "business_timezone", "least_offset", "greatest_offset"],
        "default__business_date('utc_timestamp')",
    ),
}


def body_of(name: str) -> exp.Expression:
    """A formula's text, the formulas in it folded into calls."""
    others = {other: formula for other, formula in FORMULAS.items() if other != name}
    return folded(FORMULAS[name].body, others)


def folded(node: exp.Expression, formulas: dict[str, Formula] = FORMULAS) -> exp.Expression:
    """The statement with each use of a formula as one call."""
    for name, formula in formulas.items():
        found: dict[str, exp.Expression] = {}
        if _matches(formula.pattern, node, formula.arguments, found):
            arguments = [folded(found[argument].copy(), formulas) for argument in formula.used]
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
