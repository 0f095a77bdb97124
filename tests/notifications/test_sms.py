"""Text messages: to files, and to a server that answers like SMSAPI."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from portal.notifications import delivering
from portal.notifications.delivering import deliver
from portal.notifications.models import Delivery, SenderIdentity
from portal.notifications.promise import Address, promise
from tenants.models import Tenant
from tests.notifications.conftest import CONTENT, URGENT, person, promised

State, Channel = Delivery.State, Delivery.Channel


class SmsApi(ThreadingHTTPServer):
    """Takes each ``idx`` once; a number may be given an error of its own."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.taken: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.errors: dict[str, int] = {}
        self.status = 200
        self.says_nothing_after_taking = False


class Answer(BaseHTTPRequestHandler):
    server: SmsApi

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sms = {name: values[0] for name, values in parse_qs(body).items()}
        self.server.asked.append(self.path)
        if self.headers["Authorization"] != "Bearer secret-token":
            return self._say({"message": "Authorization failed", "error": 101})
        if self.server.status != 200:
            return self._say({"message": "no"}, self.server.status)
        if sms["to"] in self.server.errors:
            return self._say({"message": "as asked", "error": self.server.errors[sms["to"]]})
        if sms.get("check_idx") == "1" and sms["idx"] in self.server.taken:
            return self._say({"message": "Not unique idx", "error": 53})
        self.server.taken[sms["idx"]] = sms
        if self.server.says_nothing_after_taking:
            self.connection.close()
            return None
        return self._say(
            {"count": 1, "list": [{"id": f"id{len(self.server.taken)}", "points": 0.1,
                                   "number": sms["to"], "status": "QUEUE", "error": None,
                                   "idx": sms["idx"]}]}
        )  # fmt: skip

    def _say(self, content: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's name)
        pass


@pytest.fixture
def api(settings: Any) -> Iterator[SmsApi]:
    server = SmsApi()
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    settings.SMS_BACKEND = "smsapi"
    settings.SMSAPI_URL = f"http://127.0.0.1:{server.server_address[1]}/"
    settings.SMSAPI_TOKEN = "secret-token"
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sms_to(number: str) -> Delivery:
    message = promise(URGENT.key, to=[Address(number, Channel.SMS)], content=CONTENT)
    return Delivery.objects.get(message=message)


def test_sms_becomes_a_file(in_srem: Tenant, tmp_path: Path) -> None:
    delivery = promised(person(phone="+48600100200", channel="sms")).deliveries.get()
    assert deliver(Channel.SMS) is None
    [file] = tmp_path.glob("sms/*/*.json")
    assert file.stem == str(delivery.pk)
    assert json.loads(file.read_text()) == {
        "to": "48600100200", "from": "", "text": "Spacer", "parts": 1,
    }  # fmt: skip


def test_site_without_a_contract_tells_staff_who_waits(in_srem: Tenant, settings: Any) -> None:
    settings.SMS_BACKEND = "off"
    delivery = sms_to("+48600100200")
    deliver(Channel.SMS)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (State.NEEDS_HUMAN, "no_sms")


def test_sms_is_taken_with_its_sender_and_id(in_srem: Tenant, api: SmsApi) -> None:
    SenderIdentity.objects.create(sms_name="GminaSrem")
    delivery = sms_to("+48600100200")
    assert deliver(Channel.SMS) is None
    [sms] = api.taken.values()
    assert (sms["to"], sms["message"], sms["from"]) == ("48600100200", "Spacer", "GminaSrem")
    assert (sms["idx"], sms["check_idx"]) == (str(delivery.pk), "1")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.provider_id) == (State.SENT, "id1")


def test_try_that_was_interrupted_after_it_was_taken_sends_nothing_twice(
    in_srem: Tenant, api: SmsApi
) -> None:
    delivery = sms_to("+48600100200")
    api.says_nothing_after_taking = True
    assert deliver(Channel.SMS) is not None
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.WAITING, 0)
    api.says_nothing_after_taking = False
    delivering._pauses[Channel.SMS].end()
    assert deliver(Channel.SMS) is None
    delivery.refresh_from_db()
    assert delivery.state == State.SENT
    assert (len(api.taken), len(api.asked)) == (1, 2)


@pytest.mark.parametrize(
    ("code", "state", "error"),
    [
        (13, State.NEEDS_HUMAN, "refused 13"),
        (11, State.NEEDS_HUMAN, "refused 11"),
        (52, State.WAITING, "not_yet 52"),
        # No credit, a wrong token: nothing that is wrong with the message.
        (103, State.WAITING, ""),
        (101, State.WAITING, ""),
    ],
)
def test_error_of_the_provider(
    in_srem: Tenant, api: SmsApi, code: int, state: str, error: str
) -> None:
    api.errors["48600100200"] = code
    delivery = sms_to("+48600100200")
    deliver(Channel.SMS)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (state, error)


def test_wrong_number_does_not_keep_the_others(in_srem: Tenant, api: SmsApi) -> None:
    api.errors["48111111111"] = 13
    sms_to("+48111111111")
    well = sms_to("+48600100200")
    deliver(Channel.SMS)
    well.refresh_from_db()
    assert well.state == State.SENT


@pytest.mark.parametrize("status", [500, 503, 429, 401])
def test_provider_that_is_away_counts_against_no_message(
    in_srem: Tenant, api: SmsApi, status: int
) -> None:
    api.status = status
    delivery = sms_to("+48600100200")
    again = deliver(Channel.SMS)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.WAITING, 0)
    assert again is not None
    assert again > timezone.now()
