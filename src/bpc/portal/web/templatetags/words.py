"""Django's `i18n` tags; `translate` looks fixed words up once in each language, not at every page.

A page says sixty of them, and a look-up by way of lazy words is a quarter of the time its template takes. The
catalogues do not change while the process runs.
"""

from typing import Any

from django.template import Library
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

register = Library()
register.tags = dict(i18n.register.tags)
register.filters = dict(i18n.register.filters)


class FixedWords(Node):
    """A `translate` tag whose words stand in the template: it depends on the language alone."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        self.node = node
        self.name = node.asvar
        node.asvar = None  # this node sets it
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The words, or nothing where they are kept under a name."""
        language = get_language()
        words = self.said.get(language)
        if words is None:
            words = self.said[language] = self.node.render(context)
        if self.name is None:
            return words
        context[self.name] = words
        return ""


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """As Django's tag of this name."""
    node: Any = i18n.do_translate(parser, token)
    asked = node.filter_expression
    fixed = asked.var.literal is not None and not asked.filters and node.message_context is None
    return FixedWords(node) if fixed and not node.noop else node
