"""Guards of the house rules: what people forget, a test remembers."""
