"""The tamper-evident log and the readable changes; no pages."""
