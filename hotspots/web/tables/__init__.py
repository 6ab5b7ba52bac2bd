"""Lists: a table is declared once, and sorts, filters, pages and exports itself.

Declare it in the room's `views.py` (or beside it), and answer with it:

    OPERATIONS = Table(
        title=_("Operations"),
        file_name="operations",
        columns=(
            Column("night", _("Night"), value="night_on", sort="night_on"),
            Column("place", _("Place"), value="place_words", sort="place_words", link=address_of, is_head=True),
            Column("lead", _("Lead"), value="lead.short_name", sort="lead__short_name"),
            Column("citations", _("Citations"), value="citations_count", sort="citations_count", is_numeric=True),
        ),
        default_sort="-night",                 # a column's key; a leading minus turns it around
        filters=OperationFilters,              # a FilterForm, optional
        empty=Empty(_("No operation yet"), _("It appears here when …"), _("Record one"), "operations:record"),
    )

    @in_navigation(...)
    @audience(...)
    def show_operations(request):
        rows = Operation.objects.visible_to(actor_for(request)).select_related("lead")
        return OPERATIONS.respond(request, rows, "operations/operations.html", {"crumbs": []})

and in the template `{% include "web/table.html" %}` (the context variable is `listing`; for a second table on one
page use `TABLE.read(request, rows)` and `{% include "web/table.html" with listing=other %}`, and give each table
its own `prefix`).

- `value` is the path of an attribute or a function of the row; days, moments, numbers and booleans are written as
  everywhere in the program. `link` is a function of the row; `csv` overrides what the export holds (a path or a
  function). `cell` names a template that draws the cell from `row`, for a status or a tag.
- `sort` is a field path or an expression; without it the column cannot be sorted. Rows without a value come last,
  in both directions. Texts sort by their lower case, byte by byte, so SQLite and PostgreSQL give one order.
- Paging is by the sort value and the id of the row at the edge, never by OFFSET. The page takes two queries: one
  counts, one reads. `?at=<id>` opens the page that holds a row, and marks it (two more).
- `?format=csv` gives every row that the filters keep, in the order of the page, never only the page.
- A row must come once: filter with `Exists` or `__in`, never through a join to many.
"""

from hotspots.web.tables.declaration import Column, Empty, Table
from hotspots.web.tables.export import neutralized
from hotspots.web.tables.filters import FilterForm
from hotspots.web.tables.listing import Listing

__all__ = ["Column", "Empty", "FilterForm", "Listing", "Table", "neutralized"]
