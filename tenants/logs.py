import logging

from tenants.binding import current_schema


class SiteFilter(logging.Filter):
    """Adds ``schema`` to every record: which site the line is about."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.schema = current_schema()
        return True


class JobFilter(logging.Filter):
    """Makes one line of a failed job: its site, its task and where it broke.

    What the error said is left out: it may quote an address or a name.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        job = getattr(record, "job", None)
        record.schema = (job or {}).get("task_kwargs", {}).get("site") or current_schema()
        if job:
            error = record.exc_info[1] if record.exc_info else None
            record.msg = "job %s %s failed in attempt %s: %s"
            record.args = (job["id"], job["task_name"], job["attempts"] + 1, _where(error))
        record.exc_info = record.exc_text = None
        return True


def _where(error: BaseException | None) -> str:
    if error is None:
        return "no reason given"
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return type(error).__name__
    code = frame.tb_frame.f_code
    return f"{type(error).__name__} in {code.co_qualname}, line {frame.tb_lineno}"
