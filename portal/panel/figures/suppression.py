"""What of a gmina's figures anybody outside its staff may know. The only place that says so.

A number that is about fewer than five people could be recognised as somebody: who of the village
asked for help in March. So it is not told, and what is not told must not come out by subtraction:

1. A number from 1 to 4 is hidden, and so is any number about 1 to 4 people: twelve hours given by
   one volunteer are that volunteer's. Nothing (0) is about nobody and is told.
2. Where one figure is a part of another (who took part, of who booked; requests met, of requests),
   the part is hidden too when 1 to 4 remain: "10 asked, 8 were helped" speaks of two.
3. Only months of one project are told, the smallest parts there are: no total over projects or
   months leaves the gmina. Every sum that others show is made of what they were told, so no
   hidden number is in it; it says "at least".
4. Only months that are over are told, and they are not followed for long
   (``portal.panel.figures.publishing``): a number that grows by one overnight speaks of one.
"""

from collections.abc import Mapping

from portal.panel.figures.counting import Cell

FEW = 5
# Part → whole.
PART_OF = {"attended": "booked", "met": "asked"}
_NOTHING = Cell(0, 0)


def told(cells: Mapping[str, Cell], per: Mapping[str, int]) -> dict[str, int | None]:
    """The figures of one month and project as they may be told; None is hidden.

    Args:
        cells: figure → number and people; a figure that is missing is nothing.
        per: figure → by how much its number is divided before it is told.
    """
    hidden = {key for key, cell in cells.items() if is_few(cell.people) or is_few(cell.number)}
    for part, whole in PART_OF.items():
        left = cells.get(whole, _NOTHING).number - cells.get(part, _NOTHING).number
        if part in cells and is_few(left):
            hidden.add(part)
    numbers = {key: round(cell.number / per.get(key, 1)) for key, cell in cells.items()}
    return {
        key: None if key in hidden or is_few(number) else number
        for key, number in numbers.items()
    }  # fmt: skip


def is_few(number: int) -> bool:
    return 0 < number < FEW
