"""Somebody with a browser in front of nginx."""

import base64
import http.client
import os
import re
import ssl
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

# Certificates of the tests are signed by nobody.
UNVERIFIED = ssl._create_unverified_context()  # noqa: S323


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass(slots=True)
class Visitor:
    """
    Attributes:
        host: without the port: ``srem.localhost``.
    """

    host: str
    port: int
    scheme: str = "https"
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, headers)

    def post(self, path: str, **fields: str) -> Answer:
        """As a browser sends the form that is on the page of that path."""
        return self.send_form(path, self.get(path), **fields)

    def send_form(self, path: str, page: Answer, **fields: str) -> Answer:
        """The form of a page that is open, to ``path``."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token, f"no form for {path}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.origin,
            "Referer": f"{self.origin}{path}",
        }
        body = urlencode({"csrfmiddlewaretoken": token[1], **fields})
        return self._ask("POST", path, headers, body)

    def shake_hands(self, path: str = "/ws/", *, origin: str = "", **headers: str) -> int:
        """Ask for a socket; the status of the answer."""
        asking = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Origin": origin or self.origin,
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        }
        return self._ask("GET", path, asking | headers, reads=False).status

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: str = "", *, reads: bool = True
    ) -> Answer:
        line: http.client.HTTPConnection
        if self.scheme == "https":
            line = http.client.HTTPSConnection(
                "127.0.0.1", self.port, timeout=20, context=UNVERIFIED
            )
        else:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        own = {"Host": f"{self.host}:{self.port}", "Cookie": cookies}
        line.request(method, path, body=body or None, headers=own | headers)
        response = line.getresponse()
        for text in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(text).items()}
        answer = Answer(
            response.status,
            response.headers,
            response.read().decode() if reads else "",
        )
        line.close()
        return answer
