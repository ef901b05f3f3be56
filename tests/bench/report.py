"""One line for each figure that a benchmark measured, beside its budget."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured. `budget` says what it may be (`>= 5`) in the same unit; empty where nothing is promised."""

    name: str
    value: float
    unit: str
    budget: str = ""
    ok: bool = True

    def __str__(self) -> str:
        verdict = f"budget {self.budget} {self.unit}".rstrip() + (": ok" if self.ok else ": over")
        return (
            f"{self.name:<56} {self.value:>12,.2f} {self.unit:<6} {verdict if self.budget else ''}".rstrip()
        )


def show(figures: Iterable[Figure]) -> None:
    for figure in figures:
        print(figure)  # noqa: T201
