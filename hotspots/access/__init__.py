"""Who acts, who may see a record, and @action: the room to read about permission."""
