from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "hotspots.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
