"""A project's money, targets and figures as a page shows them: rows, and bars beside the rows.

Pure. Lengths are texts in hundredths of the whole bar with a decimal point, as SVG reads them in
every language.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from tenants import formats
from tenants.models.project import FundingKind
from tenants.project_facts import Funding, IndicatorTarget, Partner, ProjectFacts

_PARTS_OF_TOTAL = (
    FundingKind.EU,
    FundingKind.STATE_BUDGET,
    FundingKind.NATIONAL_PUBLIC,
    FundingKind.OWN,
)
# Classes of the style sheet: a bar has its darkest part first.
_INKS = ("b1", "l3", "b3", "l1")
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class FundingRow:
    """``ink``, ``start`` and ``length`` are set only where the row is a part of the bar;
    ``is_ours`` when the source has no word for it and the label is the interface's."""

    label: str
    amount: Decimal | None
    share: str
    quote: str
    is_derived: bool
    note: str
    is_ours: bool = False
    ink: str = ""
    start: str = ""
    length: str = ""


@dataclass(frozen=True, slots=True)
class FundingTable:
    parts: tuple[FundingRow, ...]
    total: FundingRow | None
    others: tuple[FundingRow, ...]

    @property
    def has_bar(self) -> bool:
        return any(part.ink for part in self.parts)

    @property
    def has_derived(self) -> bool:
        return any(part.is_derived for part in self.parts)


def funding_table(project: ProjectFacts) -> FundingTable:
    """What adds up to the total, the total, and what the source says besides.

    There is a bar only where the total is stated. What no source is named for is a row of its own,
    marked as our arithmetic.
    """
    total = next((s for s in project.stated_funding if s.kind == FundingKind.TOTAL), None)
    parts = [_row(source) for source in project.funding if source.kind in _PARTS_OF_TOTAL]
    if project.derived_remainder is not None:
        parts.append(
            FundingRow(
                gettext("Other sources"), project.derived_remainder, "", "", True, "", is_ours=True
            )
        )
    others = [
        source
        for source in project.funding
        if source is not total and source.kind not in _PARTS_OF_TOTAL
    ]
    return FundingTable(
        parts=tuple(_along_the_bar(parts, project.total_amount)),
        total=_row(total) if total else None,
        others=tuple(_row(source) for source in others),
    )


def _row(source: Funding) -> FundingRow:
    return FundingRow(
        label=source.label,
        amount=source.amount,
        share=source.share,
        quote=_quote(source),
        is_derived=source.is_derived,
        note=source.note,
    )


def _quote(source: Funding) -> str:
    """The words of the source, unless they say just what the row says."""
    value = source.share if source.amount is None else formats.amount(source.amount)
    said = {_squeezed(value), _squeezed(f"{source.label}:{value}")}
    return "" if _squeezed(source.published) in said else source.published


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _along_the_bar(parts: list[FundingRow], total: Decimal | None) -> Iterator[FundingRow]:
    start = Decimal(0)
    inks = iter(_INKS)
    for part in parts:
        if not total or part.amount is None:
            yield part
            continue
        length = part.amount * _WHOLE / total
        yield replace(part, ink=next(inks, _INKS[-1]), start=f"{start:.2f}", length=f"{length:.2f}")
        start += length


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator with the length of one partner's share, "" where it has none."""

    indicator: IndicatorTarget
    length: str

    @property
    def whole(self) -> int | None:
        return self.indicator.target or self.indicator.derived_target

    @property
    def is_derived(self) -> bool:
        return self.indicator.target is None and self.indicator.derived_target is not None


@dataclass(frozen=True, slots=True)
class TargetTable:
    targets: tuple[Target, ...]

    @property
    def shared(self) -> tuple[Target, ...]:
        return tuple(target for target in self.targets if target.length)


def target_table(project: ProjectFacts) -> TargetTable:
    """Targets in order. Only a target divided among partners has a bar: nothing was read yet."""
    return TargetTable(tuple(_target(indicator) for indicator in project.indicators))


def _target(indicator: IndicatorTarget) -> Target:
    whole = indicator.target or indicator.derived_target
    if not whole or indicator.per_partner is None:
        return Target(indicator, "")
    return Target(indicator, f"{_WHOLE * indicator.per_partner / whole:.2f}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number worth a glance; ``is_quoted`` when its label is the registry's, in Polish."""

    value: str
    label: str
    note: str = ""
    is_quoted: bool = False


def figures(project: ProjectFacts, partner: Partner | None) -> list[Figure]:
    """At most three: a target, how many take part or for how long, and the money as published."""
    candidates = (_target_figure(project, partner), _size_figure(project), _money_figure(project))
    return [figure for figure in candidates if figure is not None]


def _target_figure(project: ProjectFacts, partner: Partner | None) -> Figure | None:
    first = next(iter(project.indicators), None)
    if first is None:
        return None
    if partner is not None and first.per_partner is not None:
        value, note = formats.count(first.per_partner), gettext("target for our gmina")
    elif first.target is not None:
        value = f"{first.qualifier} {formats.count(first.target)}".strip()
        note = gettext("target of the whole project")
    else:
        return None
    return Figure(value, first.name, note, is_quoted=True)


def _size_figure(project: ProjectFacts) -> Figure | None:
    if (number := len(project.partners)) > 1:
        return Figure(str(number), ngettext("partner gmina", "partner gminas", number))
    if project.months:
        return Figure(str(project.months), ngettext("month", "months", project.months))
    return None


def _money_figure(project: ProjectFacts) -> Figure | None:
    for kind in (FundingKind.EU, FundingKind.GRANT, FundingKind.TOTAL):
        for source in project.stated_funding:
            if source.kind == kind and source.amount is not None:
                return Figure(formats.amount(source.amount), source.label, is_quoted=True)
    return None
