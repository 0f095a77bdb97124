"""The marks that say who pays for a project: on every page of a site and on what it prints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FundingMark:
    """One mark of the strip; ``kind`` chooses the drawing, ``lines`` are its text."""

    kind: str
    lines: tuple[str, ...]

    @property
    def label(self) -> str:
        return " ".join(self.lines)


def funding_marks(period: str | None) -> tuple[FundingMark, ...]:
    """The strip of a funding period, drawn or as text; none where the site has no project.

    Programme marks are official graphics: their place holds their words until the office supplies
    the file. Order and wording: EU visibility rules 2021–2027 and 2014–2020.
    """
    if period is None:
        return ()
    poland = FundingMark("pl", ("Rzeczpospolita", "Polska"))
    if period == "2014-2020":
        return (
            FundingMark("fe", ("Fundusze Europejskie", "Wiedza Edukacja", "Rozwój")),
            poland,
            FundingMark("eu", ("Unia Europejska", "Europejski Fundusz", "Społeczny")),
        )
    return (
        FundingMark("fe", ("Fundusze", "Europejskie")),
        poland,
        FundingMark("eu", ("Dofinansowane", "przez Unię", "Europejską")),
    )
