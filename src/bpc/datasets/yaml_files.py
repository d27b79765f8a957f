"""Reads a YAML file as plain values, and refuses what hides or hurts: keys written twice, aliases, endless nesting."""

from pathlib import Path
from typing import Any

import yaml

#: No file of `data/` comes near; beyond, it is not one of ours.
LARGEST_FILE = 500_000
DEEPEST = 40

#: libyaml reads eight times faster; every wheel of PyYAML holds it.
_SafeLoader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class UnreadableYaml(ValueError):
    """A file that holds no YAML, or more than plain values; the words say why."""


class _Loader(_SafeLoader):  # type: ignore[valid-type, misc]  # one of two classes, both safe
    """Refuses a key written twice, of which YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if len({str(key) for key in keys}) < len(keys):
            twice = sorted({str(key) for key in keys if keys.count(key) > 1})
            line = node.start_mark.line + 1
            raise yaml.constructor.ConstructorError(
                None, None, f"written twice from line {line}: {', '.join(twice)}"
            )
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def read_yaml(path: Path) -> Any:
    """What the file holds. Raises UnreadableYaml, or OSError when there is no such file."""
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableYaml(f"more than {LARGEST_FILE} bytes")
    return parse_yaml(path.read_bytes())


def parse_yaml(written: bytes | str) -> Any:
    """The plain values of a text, of UTF-8 when it comes as bytes. Raises UnreadableYaml.

    >>> parse_yaml("{fr: Le prix, minutes: 10}")
    {'fr': 'Le prix', 'minutes': 10}
    """
    if len(written) > LARGEST_FILE:
        raise UnreadableYaml(f"more than {LARGEST_FILE} bytes")
    try:
        text = written.decode("utf-8") if isinstance(written, bytes) else written
        _refuse_traps(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # _Loader is a SafeLoader
    except (
        yaml.YAMLError,
        ValueError,
        RecursionError,
    ) as error:  # ValueError: not UTF-8, the 31st of February
        raise UnreadableYaml(" ".join(str(error).split())) from None


def _refuse_traps(text: str) -> None:
    """Looks at the flat events first: libyaml builds nested values on the C stack, and crashes on 50,000 brackets."""
    depth = 0
    for event in yaml.parse(text, Loader=_SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise UnreadableYaml(f"an alias, *{event.anchor}: write the values themselves")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise UnreadableYaml(f"nested more than {DEEPEST} times")
