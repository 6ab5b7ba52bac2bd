"""Render a piece of template and look into it."""

from django.template import Context, Template


def render(source: str, **values: object) -> str:
    """Render a piece of template that has loaded the tags."""
    return Template("{% load look %}" + source).render(Context(values))


def squeezed(html: str) -> str:
    """Take the line breaks and doubled spaces out."""
    return " ".join(html.split())
