"""Pages that ask for a code: what is common to them, whatever the code is for."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.cache import never_cache

from portal.entrance import codes
from portal.entrance.addresses import LoginAddress
from portal.entrance.codes import Code, CodeOver, CodeWrong, Purpose
from portal.entrance.forms import CodeForm
from portal.entrance.ways import onwards


@method_decorator(never_cache, name="dispatch")
class CodePage(View):
    """
    Attributes:
        start: name of the page where one asks for the first code.
        page: name of this page.
        again: name of the URL that sends another code.
    """

    purpose: ClassVar[Purpose]
    start: ClassVar[str]
    page: ClassVar[str]
    again: ClassVar[str]

    @classmethod
    def send(cls, request: HttpRequest, address: LoginAddress, details: dict[str, str]) -> None:
        """Promise a code to the address, or whatever it should get instead."""
        raise NotImplementedError

    def accept(self, request: HttpRequest, code: Code) -> HttpResponse:
        """The code was right."""
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            code = codes.asked_for(request, self.purpose)
        except CodeOver:
            return self.over(request)
        return self.over(request) if code.is_old else self.ask(request, code, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        try:
            if form.is_valid():
                right = codes.show(request, self.purpose, form.cleaned_data["code"])
                return self.accept(request, right)
            code = codes.asked_for(request, self.purpose)
        except CodeOver:
            return self.over(request)
        except CodeWrong as wrong:
            code = codes.asked_for(request, self.purpose)
            form.add_error("code", _wrong(wrong.left))
        return self.ask(request, code, form)

    def ask(self, request: HttpRequest, code: Code, form: CodeForm) -> HttpResponse:
        return TemplateResponse(
            request,
            "entrance/code.html",
            {
                "form": form,
                "address": code.address,
                "again": onwards(request, self.again),
                "start": onwards(request, self.start),
            },
            status=422 if form.errors else 200,
        )

    def over(self, request: HttpRequest) -> HttpResponse:
        """It is worth nothing any more; the way to a new one."""
        try:
            address: Any = codes.asked_for(request, self.purpose).address
        except CodeOver:
            address = None
        context = {
            "address": address,
            "again": onwards(request, self.again),
            "start": onwards(request, self.start),
        }
        return TemplateResponse(request, "entrance/code_over.html", context, status=410)


@method_decorator(never_cache, name="dispatch")
class SendAgain(View):
    of: type[CodePage] = CodePage

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            code = codes.asked_for(request, self.of.purpose)
        except CodeOver:
            return HttpResponseRedirect(onwards(request, self.of.start))
        self.of.send(request, code.address, code.details)
        return HttpResponseRedirect(onwards(request, self.of.page))


def _wrong(left: int) -> str:
    return " ".join(
        (
            _("This is not the code we sent. Look at the newest message."),
            ngettext("%(left)s try is left.", "%(left)s tries are left.", left) % {"left": left},
        )
    )
