"""One measured figure and what it is held against."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """`ours` against `yardstick` in `unit`; the goal limits the ratio, or `ours` where there is no yardstick."""

    what: str
    unit: str
    ours: float
    yardstick: float | None
    goal: float
    against: str = ""
    at_least: bool = False
    """The goal is the least that will do; else it is the most."""
    note: str = ""
    """Why the goal is missed, as far as what was measured says so."""

    @property
    def ratio(self) -> float | None:
        return None if self.yardstick is None else self.ours / self.yardstick

    @property
    def met(self) -> bool:
        value = self.ours if self.ratio is None else self.ratio
        return value >= self.goal if self.at_least else value <= self.goal

    def row(self) -> list[str]:
        yardstick = "" if self.yardstick is None else f"{self.yardstick:,.1f} {self.against}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return [
            self.what,
            f"{self.ours:,.1f} {self.unit}".strip(),
            yardstick,
            ratio,
            f"{'>=' if self.at_least else '<='} {self.goal:g}",
            "yes" if self.met else f"NO {self.note}".strip(),
        ]

    def as_dict(self) -> dict[str, object]:
        return asdict(self) | {"ratio": self.ratio, "met": self.met}
