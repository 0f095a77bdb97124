"""What is printed: poster, slip, sign-in sheet, list for the driver. Each is a PDF in the language
being read, typeset from data alone."""

from events.printing.poster import poster_pdf
from events.printing.sign_in import sign_in_sheet_pdf
from events.printing.slip import slip_pdf
from events.printing.transport import transport_pdf

__all__ = ["poster_pdf", "sign_in_sheet_pdf", "slip_pdf", "transport_pdf"]
