"""Pure numeric kernels, without Django and without input or output; not built yet."""
