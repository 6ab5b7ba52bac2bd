"""Tell Django where the look's templates, tags and static files are."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """The application that holds base templates, parts and styles."""

    name = "look"
    verbose_name = "Look"
