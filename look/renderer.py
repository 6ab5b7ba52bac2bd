"""How `{{ form }}` and `{{ form.field.as_field_group }}` are drawn."""

from django.forms.renderers import DjangoTemplates


class LookRenderer(DjangoTemplates):
    """Forms in the markup of the look, without a word in the forms themselves."""

    form_template_name = "look/forms/form.html"
    field_template_name = "look/forms/field.html"
