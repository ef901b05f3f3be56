"""Cards as they are built, before anything is sent."""
