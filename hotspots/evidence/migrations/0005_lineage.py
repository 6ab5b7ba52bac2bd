import uuid_utils.compat
from django.db import migrations, models


def name_lineages(apps, schema_editor):
    """Give one lineage to items of the same bytes and to those that replaced one another."""
    items = apps.get_model("evidence", "Item").objects
    above = {}

    def first_of(node):
        while node in above:
            node = above[node]
        return node

    rows = list(items.values_list("pk", "blob_id", "replaced_by_id"))
    for pk, blob_id, replaced_by_id in rows:
        for other in (("blob", blob_id), ("item", replaced_by_id)):
            one, two = first_of(("item", pk)), first_of(other)
            if other[1] is not None and one != two:
                above[one] = two
    lineages = {}
    for pk, _blob_id, _replaced_by_id in rows:
        lineage = lineages.setdefault(first_of(("item", pk)), uuid_utils.compat.uuid7())
        items.filter(pk=pk).update(lineage=lineage)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_guards")]

    operations = [
        migrations.AddField("item", "lineage", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(name_lineages, migrations.RunPython.noop),
        migrations.AlterField(
            "item",
            "lineage",
            models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False),
        ),
    ]
