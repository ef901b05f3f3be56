"""Features: each cog receives, asks one service, renders and sends."""
