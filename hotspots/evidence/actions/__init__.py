"""Verbs of evidence, and the steps around them that handle bytes outside a transaction.

`keep_file` takes a whole file; `store_part` and `join_upload` take one by parts. `hash_item` reads an item's bytes
again and records the result. `sweep_bytes` lets go what a kill has left.
"""

from hotspots.evidence.actions.items import (
    DownloadFacts,
    ItemFacts,
    ReplaceFacts,
    download_item,
    log_item,
    replace_item,
)
from hotspots.evidence.actions.keeping import discard_upload, join_upload, keep_file, store_part
from hotspots.evidence.actions.sweeping import BytesFacts, let_go_bytes, sweep_bytes
from hotspots.evidence.actions.transfers import TransferFacts, transfer_custody
from hotspots.evidence.actions.uploads import (
    PartFacts,
    UploadFacts,
    WholeFacts,
    begin_upload,
    drop_upload,
    finish_upload,
    receive_part,
)
from hotspots.evidence.actions.verifying import VerifyFacts, hash_item, verify_item

__all__ = [
    "BytesFacts",
    "DownloadFacts",
    "ItemFacts",
    "PartFacts",
    "ReplaceFacts",
    "TransferFacts",
    "UploadFacts",
    "VerifyFacts",
    "WholeFacts",
    "begin_upload",
    "discard_upload",
    "download_item",
    "drop_upload",
    "finish_upload",
    "hash_item",
    "join_upload",
    "keep_file",
    "let_go_bytes",
    "log_item",
    "receive_part",
    "replace_item",
    "store_part",
    "sweep_bytes",
    "transfer_custody",
    "verify_item",
]
