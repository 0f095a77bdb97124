"""How far a long command is: bars on a terminal, a line a step elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

Write = Callable[[str], object]
# Called with what is being done, how far that is, of how much, and the name of this step.
Progress = Callable[[str, int, int, str], None]


@contextmanager
def shown(write: Write) -> Iterator[Progress]:
    """Show what the yielded function is told; ``write`` prints a line."""
    console = Console()
    if not console.is_terminal:

        def write_line(what: str, done: int, total: int, name: str) -> None:
            write(f"{what} {done}/{total} {name}")

        yield write_line
        return
    with Bars(
        TextColumn("{task.description:>10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[step]}"),
        console=console,
    ) as bars:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, total: int, name: str) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, step="")
            bars.update(tasks[what], completed=done, total=total, step=name)

        yield show
