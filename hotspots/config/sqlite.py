"""Which SQLite is used: the one of the pysqlite3 wheel where there is one, since Debian's can corrupt a WAL database.

The fault ("WAL reset") is in SQLite 3.7.0 to 3.51.2. Both names are set: Django imports `sqlite3.dbapi2`.
"""

from __future__ import annotations

import sys

try:
    import pysqlite3
    from pysqlite3 import dbapi2
except ImportError:  # no wheel for this platform: the standard library's is used
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2
