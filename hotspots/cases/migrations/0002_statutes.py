"""No two rows of a statute in force at once; and the rows that ship with the program."""

from dataclasses import asdict

from django.db import migrations

from hotspots.access.no_overlap import NoOverlap
from hotspots.cases.rules.statute_rows import STATUTES


def load(apps, schema_editor):
    """Write the rows that are missing."""
    statute = apps.get_model("cases", "Statute")
    for row in STATUTES:
        place = {"code": row.code, "effective_from": row.effective_from}
        statute.objects.get_or_create(**place, defaults=asdict(row))


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        NoOverlap("cases_statute", key="code", starts="effective_from", ends="effective_to", range_type="daterange"),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
