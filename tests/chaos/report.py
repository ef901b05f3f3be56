"""One line for each play that held."""


def show(name: str, seed: int, **figures: float) -> None:
    """`tissues: 52 kills, 8,123 presses, seed 7`."""
    told = ", ".join(f"{value:,.6g} {figure.replace('_', ' ')}" for figure, value in figures.items())
    print(f"{name}: {told}, seed {seed}")  # noqa: T201
