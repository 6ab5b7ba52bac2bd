from django.db import migrations

from hotspots.audit.append_only import GuardAppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        GuardAppendOnly("audit_entry", seq="seq", key="seq"),
        GuardAppendOnly("audit_reference"),
        GuardAppendOnly("audit_change"),
    ]
