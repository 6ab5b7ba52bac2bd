from django.db import migrations

from hotspots.audit.append_only import GuardAppendOnly


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_verification")]

    operations = [
        GuardAppendOnly("evidence_transfer"),
        GuardAppendOnly("evidence_verification"),
    ]
