from django.db import migrations

from hotspots.access.no_overlap import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_participant_referral")]

    operations = [NoOverlap("intake_ad", key="line_id", starts="placed_at", ends="withdrawn_at")]
