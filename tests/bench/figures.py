"""What a benchmark reports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: ours beside a reference measured in the same run, and how many times better."""

    name: str
    ours: float
    reference: float
    unit: str = "s"
    more_is_better: bool = False
    note: str = ""

    @property
    def ratio(self) -> float:
        better, worse = (
            (self.ours, self.reference) if self.more_is_better else (self.reference, self.ours)
        )
        return better / worse

    def __str__(self) -> str:
        line = (
            f"{self.name:<44} ours {self.ours:>9.3f} {self.unit:<3}"
            f" reference {self.reference:>9.3f} {self.unit:<3} ratio {self.ratio:>8.2f}"
        )
        return f"{line}  {self.note}".rstrip()
