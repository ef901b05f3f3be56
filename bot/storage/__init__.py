"""SQL, one module per aggregate, and the engines that run it."""
