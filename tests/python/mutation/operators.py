"""Small wrong changes to a SQL statement, one at a time: what a slip of the hand would do to a rule.

An operator looks at one node of the syntax tree and yields (what was done, what stands there
instead; None: nothing). A mutation is named by the place of the node, the operator and the number of
the change, so that it can be made again in the same statement compiled with other settings.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

Change = tuple[str, exp.Expression | None]
Place = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Mutation:
    """One change of a statement."""

    place: Place
    kinds: tuple[type, ...]  # of the nodes on the way there
    operator: str
    number: int
    step: str  # the CTE that it is in
    change: str


def mutations(statement: exp.Expression) -> list[Mutation]:
    """All changes of a statement that alter its text, at one place each text once."""
    found = []
    for place, kinds, node in _nodes(statement):
        texts = {_text(node)}
        step = node.find_ancestor(exp.CTE)
        for operator in OPERATORS:
            for number, (change, replacement) in enumerate(operator(node)):
                text = _text(replacement)
                if text not in texts:
                    texts.add(text)
                    name = step.alias if step else ""
                    found.append(
                        Mutation(place, kinds, operator.__name__, number, name, change)
                    )
    return found


def mutate(statement: exp.Expression, mutation: Mutation) -> exp.Expression:
    """The statement with this change; LookupError where it has no such place."""
    mutant = statement.copy()
    node = mutant
    for (key, index), kind in zip(mutation.place, mutation.kinds):
        node = node.args[key] if index is None else node.args[key][index]
        if type(node) is not kind:
            raise LookupError(mutation.change)
    changes = list(OPERATORS_BY_NAME[mutation.operator](node))
    _, replacement = changes[mutation.number]
    if node is mutant:
        return replacement
    if replacement is None:
        node.pop()
    else:
        node.replace(replacement)
    return mutant


def _nodes(
    node: exp.Expression, place: Place = (), kinds: tuple[type, ...] = ()
) -> Iterator[tuple[Place, tuple[type, ...], exp.Expression]]:
    """All nodes below this one and itself, with the way there."""
    yield place, kinds, node
    for key, value in node.args.items():
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, item in items:
            if isinstance(item, exp.Expression):
                yield from _nodes(item, (*place, (key, index)), (*kinds, type(item)))


def _text(node: exp.Expression | None) -> str:
    return " ".join(node.sql("duckdb").split()) if node is not None else "nothing"


def _instead(node: exp.Expression, replacement: exp.Expression) -> Change:
    return f"{_text(node)} -> {_text(replacement)}", replacement


def _without(node: exp.Expression, key: str, index: int | None = None) -> Change:
    """The node without one of its parts."""
    replacement = node.copy()
    part = node.args[key] if index is None else node.args[key][index]
    if index is None:
        replacement.set(key, None)
    else:
        replacement.set(
            key, [item for number, item in enumerate(replacement.args[key]) if number != index]
        )
    return f"without {_text(part)} in {_text(node)}", replacement


def _as(node: exp.Expression, kind: type[exp.Expression]) -> exp.Expression:
    """The node's arguments under another head."""
    return kind(
        **{
            key: value.copy() if isinstance(value, exp.Expression) else value
            for key, value in node.args.items()
        }
    )


COMPARISONS = {
    exp.EQ: [exp.NEQ],
    exp.NEQ: [exp.EQ],
    exp.LT: [exp.LTE, exp.GT],
    exp.LTE: [exp.LT, exp.GTE],
    exp.GT: [exp.GTE, exp.LT],
    exp.GTE: [exp.GT, exp.LTE],
    exp.NullSafeEQ: [exp.NullSafeNEQ, exp.EQ],
    exp.NullSafeNEQ: [exp.NullSafeEQ, exp.NEQ],
}


def comparison(node):
    for kind in COMPARISONS.get(type(node), []):
        yield _instead(node, _as(node, kind))


def boundary(node):
    """`between` takes in both ends."""
    if isinstance(node, exp.Between):
        value, low, high = (node.args[key] for key in ("this", "low", "high"))
        for lower, upper in [
            (exp.GT, exp.LTE),
            (exp.GTE, exp.LT),
            (exp.GTE, None),
            (None, exp.LTE),
        ]:
            parts = [
                kind(this=value.copy(), expression=bound.copy())
                for kind, bound in ((lower, low), (upper, high))
                if kind
            ]
            yield _instead(node, exp.and_(*parts))


def predicate(node):
    """A condition less, a condition turned round, `and` for `or`."""
    if isinstance(node, (exp.And, exp.Or)):
        yield f"without {_text(node.expression)}", node.this.copy()
        yield f"without {_text(node.this)}", node.expression.copy()
        other = exp.Or if isinstance(node, exp.And) else exp.And
        yield _instead(node, exp.paren(_as(node, other)))
    elif isinstance(node, exp.Not):
        yield _instead(node, node.this.copy())
    elif isinstance(node, exp.Is):
        if not isinstance(node.parent, exp.Not):
            yield _instead(node, exp.not_(node.copy()))
    elif isinstance(node, (exp.Where, exp.Having, exp.Qualify)):
        yield f"without {_text(node)}", None
    elif isinstance(node, exp.Filter):
        yield f"without the filter of {_text(node)}", node.this.copy()
    elif isinstance(node, (exp.In, exp.Exists)):
        if not isinstance(node.parent, exp.Not):
            yield _instead(node, exp.not_(node.copy()))
        if isinstance(node, exp.In) and len(node.expressions) > 1:
            for index in range(len(node.expressions)):
                yield _without(node, "expressions", index)


def join(node):
    if not isinstance(node, exp.Join):
        return
    other = node.copy()
    if node.side == "LEFT":
        other.set("side", None)
        other.set("kind", "INNER")
        yield f"inner instead of left: {_text(node)}", other
    elif node.side == "FULL":
        other.set("side", "LEFT")
        yield f"left instead of full: {_text(node)}", other
    elif node.args.get("on"):
        other.set("side", "LEFT")
        other.set("kind", None)
        yield f"left instead of inner: {_text(node)}", other
    if node.args.get("on"):
        every_row = node.copy()
        every_row.set("on", exp.true())
        yield f"on true: {_text(node)}", every_row


AGGREGATES = {
    exp.Sum: [exp.Max],
    exp.Min: [exp.Max],
    exp.Max: [exp.Min],
    exp.Avg: [exp.Max],
    exp.LogicalOr: [exp.LogicalAnd],
    exp.LogicalAnd: [exp.LogicalOr],
    exp.Greatest: [exp.Least],
    exp.Least: [exp.Greatest],
    exp.Lead: [exp.Lag],
    exp.Lag: [exp.Lead],
    exp.RowNumber: [exp.Rank],
}


def aggregate(node):
    for kind in AGGREGATES.get(type(node), []):
        yield _instead(node, _as(node, kind))
    if isinstance(node, exp.Count) and not isinstance(node.this, exp.Star):
        yield _instead(node, exp.Count(this=exp.Star()))
        inner = node.this
        if isinstance(inner, exp.Distinct):
            yield _instead(node, exp.Count(this=inner.expressions[0].copy()))
        else:
            yield _instead(node, exp.Count(this=exp.Distinct(expressions=[inner.copy()])))


def constant(node):
    if isinstance(node, exp.Boolean):
        yield _instead(node, exp.Boolean(this=not node.this))
    if not isinstance(node, exp.Literal) or node.find_ancestor(exp.DataType, exp.Interval):
        return
    if not node.is_string:
        for step in (1, -1):
            number = float(node.this) + step
            whole = number.is_integer() and "." not in node.this
            yield _instead(node, exp.Literal.number(int(number) if whole else number))
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", node.this):
        for step in (-1,) if node.this == "9999-12-31" else (1, -1):
            day = datetime.date.fromisoformat(node.this) + datetime.timedelta(step)
            yield _instead(node, exp.Literal.string(day.isoformat()))
    else:
        yield _instead(node, exp.Literal.string(f"{node.this}?" if node.this else "?"))


def function(node):
    """A wrapping less, or another of its arguments."""
    if isinstance(node, exp.Coalesce):
        yield _instead(node, node.this.copy())
        for argument in node.expressions:
            yield _instead(node, argument.copy())
    elif isinstance(node, (exp.Nullif, exp.Abs, exp.Round, exp.Lower, exp.Upper, exp.Trim)):
        yield _instead(node, node.this.copy())
    elif isinstance(node, (exp.Greatest, exp.Least)):
        for argument in [node.this, *node.expressions]:
            yield _instead(node, argument.copy())
    elif isinstance(node, exp.Case):
        if len(node.args["ifs"]) > 1:
            for index in range(len(node.args["ifs"])):
                yield _without(node, "ifs", index)
        if node.args.get("default") is not None:
            yield _without(node, "default")
    elif isinstance(node, exp.If) and isinstance(node.parent, exp.Case):
        turned = node.copy()
        turned.set("this", exp.not_(exp.paren(node.this.copy())))
        yield f"not {_text(node.this)}", turned


def distinct(node):
    if isinstance(node, exp.Distinct) and isinstance(node.parent, exp.Select):
        yield f"without distinct in {_text(node.parent)}", None
    if isinstance(node, exp.Union):
        other = node.copy()
        other.set("distinct", not node.args.get("distinct"))
        yield "union " + ("all" if node.args.get("distinct") else "distinct"), other


UNITS = {"DAY": "WEEK", "WEEK": "DAY", "MONTH": "YEAR", "QUARTER": "MONTH", "YEAR": "MONTH"}


def date_unit(node):
    unit = node.args.get("unit")
    if isinstance(unit, (exp.Var, exp.Literal)) and unit.name.upper() in UNITS:
        other = node.copy()
        name = UNITS[unit.name.upper()]
        other.set(
            "unit", exp.Literal.string(name) if isinstance(unit, exp.Literal) else exp.var(name)
        )
        yield _instead(node, other)
    if isinstance(node, exp.Interval) and isinstance(node.this, exp.Literal):
        other = node.copy()
        other.set("this", exp.Literal.string(str(int(node.this.this) + 1)))
        yield _instead(node, other)


ARITHMETIC = {
    exp.Add: exp.Sub,
    exp.Sub: exp.Add,
    exp.Mul: exp.Div,
    exp.Div: exp.Mul,
    exp.IntDiv: exp.Mul,
}


def arithmetic(node):
    # the parser counts the places of an array from 0, and then adds or takes nothing
    if type(node) in ARITHMETIC and node.expression.sql() != "0":
        other = ARITHMETIC[type(node)](
            this=node.this.copy(),
            expression=node.expression.copy(),
        )
        yield _instead(node, other)
    elif isinstance(node, exp.Neg):
        yield _instead(node, node.this.copy())


def grouping(node):
    """A key less, another order, another frame."""
    if isinstance(node, exp.Group) and len(node.expressions) > 1:
        for index in range(len(node.expressions)):
            yield _without(node, "expressions", index)
    elif isinstance(node, exp.Window):
        for index in range(len(node.args.get("partition_by") or [])):
            yield _without(node, "partition_by", index)
        for key in ("order", "spec"):
            if node.args.get(key):
                yield _without(node, key)
    elif isinstance(node, exp.Order) and len(node.expressions) > 1:
        for index in range(len(node.expressions)):
            yield _without(node, "expressions", index)
    elif isinstance(node, exp.Ordered):
        other = node.copy()
        other.set("desc", not node.args.get("desc"))
        yield _instead(node, other)


KINDS = [
    (r".*(_date|_on|_start|_end|_through|cutoff|_from|_to|_day)$", "day"),
    (r".*_at$", "moment"),
    (r"(is|has)_.*", "claim"),
    (r".*_id$", "id"),
    (r".*(value|amount|acv|spend|rate)$", "number"),
    (r".*(days|months|count|leads|customers|reps)$", "number"),
]


def column(node):
    """Another column of the same table and kind that the same select names."""
    if not isinstance(node, exp.Column) or isinstance(node.parent, exp.Select):
        return
    select = node.find_ancestor(exp.Select)
    if select is None:
        return
    names = sorted(
        {
            other.name
            for other in select.find_all(exp.Column)
            if other.table == node.table and _kind(other.name) == _kind(node.name)
        }
    )
    if len(names) > 1:
        other = node.copy()
        other.set(
            "this", exp.to_identifier(names[(names.index(node.name) + 1) % len(names)])
        )
        yield f"{_text(node)} -> {_text(other)} in {_text(node.parent)}", other


def _kind(name: str) -> str:
    return next((kind for pattern, kind in KINDS if re.fullmatch(pattern, name)), "text")


OPERATORS = [
    comparison,
    boundary,
    predicate,
    join,
    aggregate,
    constant,
    function,
    distinct,
    date_unit,
    arithmetic,
    grouping,
    column,
]
OPERATORS_BY_NAME = {operator.__name__: operator for operator in OPERATORS}
