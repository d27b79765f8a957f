"""The small arithmetic of exercises: what an author may write, as a tree that a page's script can follow too.

    units * price - fixed        max(0, need - own)        left >= 0 and members >= 5

What is not known makes the result unknown, never 0; so does a division by zero.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

#: A number, a name ("=price"), or an operation and its arguments: `["-", "=price", 5.0]`. JSON as it is.
Tree = Any

_OPERATIONS: dict[str, Callable[..., float]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
    "negative": lambda one: -one,
    "min": lambda *values: min(values),  # of one too
    "max": lambda *values: max(values),
    "<": lambda one, other: float(one < other - 1e-9),
    "<=": lambda one, other: float(one <= other + 1e-9),
    ">": lambda one, other: float(one > other + 1e-9),
    ">=": lambda one, other: float(one >= other - 1e-9),
    "==": lambda one, other: float(abs(one - other) <= 1e-9),
    "not": lambda one: float(not one),
}
_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARED = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=="}
_LONGEST = 300  # characters of a formula


class InvalidFormula(ValueError):
    """The formula says something outside the small arithmetic; the message says what."""


@lru_cache(maxsize=2048)
def parse(formula: str) -> Tree:
    """The tree of a formula. Raises `InvalidFormula`.

    >>> parse("price - max(cost, 5)")
    ['-', '=price', ['max', '=cost', 5.0]]
    """
    if len(formula) > _LONGEST:
        raise InvalidFormula("too long")
    try:
        body = ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InvalidFormula(formula) from None
    return _tree(body)


def _tree(node: ast.expr) -> Tree:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return float(value)
        case ast.Name(id=name):
            return f"={name}"
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return [_BINARY[type(op)], _tree(left), _tree(right)]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return ["negative", _tree(operand)]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return ["not", _tree(operand)]
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARED:
            return [_COMPARED[type(op)], _tree(left), _tree(right)]
        case ast.BoolOp(op=op, values=values):
            return ["and" if isinstance(op, ast.And) else "or", *map(_tree, values)]
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=args, keywords=[]) if args:
            return [name, *map(_tree, args)]
    raise InvalidFormula(ast.unparse(node))


def names(tree: Tree) -> Iterator[str]:
    """Every name that the tree reads, in order, repeated as often as it is read.

    >>> list(names(parse("units * price - units")))
    ['units', 'price', 'units']
    """
    if isinstance(tree, str):
        yield tree[1:]
    elif isinstance(tree, list):
        for argument in tree[1:]:
            yield from names(argument)


def value(tree: Tree, known: Mapping[str, float | None]) -> float | None:
    """What the tree comes to; None when something it needs is not known. True is 1, false 0.

    `and` is false as soon as one part is, `or` true as soon as one part is, whatever is not known of the others.

    >>> value(parse("min(3)"), {})
    3.0
    >>> value(parse("14000 / pots + 48"), {"pots": 2000}), value(parse("1 / pots"), {"pots": 0}), value(parse("a"), {})
    (55.0, None, None)
    """
    if isinstance(tree, float):
        return tree
    if isinstance(tree, str):
        return known.get(tree[1:])
    operation, *arguments = tree
    values = [value(argument, known) for argument in arguments]
    if operation in ("and", "or"):
        return _joined(operation, values)
    if any(one is None for one in values):
        return None
    try:
        return _OPERATIONS[operation](*values)
    except (ZeroDivisionError, OverflowError):
        return None


def _joined(operation: str, values: list[float | None]) -> float | None:
    deciding = operation == "or"
    if any(one is not None and bool(one) is deciding for one in values):
        return float(deciding)
    return None if None in values else float(not deciding)
