from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards")]

    operations = [
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(fields=["entry"], name="reference_of_entry"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["entry", "id"], name="change_of_entry"),
        ),
    ]
