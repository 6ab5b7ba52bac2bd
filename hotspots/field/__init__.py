"""The phone application of an operation night: offline capture and sync; not built yet."""
