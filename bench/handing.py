"""Readers who each hand in a file of their own on `/your-model`, one after the other, in a process of their own."""

from __future__ import annotations

import argparse
import asyncio
import json
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import websockets
from safetensors.torch import save
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from torch import nn

from bench.server import Place
from bench.visit import Reader, arrived
from rnn_core.models.initial_values import InitialValues

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

PAGE, FIELD, NAME = "your-model", "own_weights", "own.safetensors"
VISITORS, INPUTS, UNITS = 20, 256, 448
ARRIVE = 15.0  # seconds in which all of them come
PATIENCE = 120.0
XSRF = "_streamlit_xsrf"


def written(seed: int) -> bytes:
    """A file of 5 MB, another one for each seed."""
    with InitialValues(seed=seed):
        return save(nn.LSTM(INPUTS, UNITS).state_dict())


class Giver(Reader):
    """A reader who sees where a file can be handed in, and what the server says about where it goes."""

    field = ""
    address: ForwardMsg | None = None
    given: bytes = b""
    shown = ""

    def take(self, raw: bytes) -> int | None:
        """Digest one message; the address of a file ends the waiting for it as the end of a run does."""
        message = ForwardMsg()
        message.ParseFromString(raw)
        if message.WhichOneof("type") == "file_urls_response":
            self.address = message
            return int(ForwardMsg.FINISHED_SUCCESSFULLY)
        return super().take(raw)

    def see(self, message: ForwardMsg) -> None:
        """Note the field, and what the page says of the network."""
        super().see(message)
        element = message.delta.new_element
        if element.WhichOneof("type") == "file_uploader" and FIELD in element.file_uploader.id:
            self.field = element.file_uploader.id
        if element.WhichOneof("type") == "html" and f">{UNITS}<" in element.html.body:
            self.shown = element.html.body

    def request(self, fragment: str = "") -> bytes:
        """Ask for a run with the widgets as they are, and with the file that has been handed in."""
        if self.address is None:
            return super().request(fragment)
        message = BackMsg()
        message.ParseFromString(super().request(fragment))
        widget = message.rerun_script.widget_states.widgets.add(id=self.field)
        urls = self.address.file_urls_response.file_urls[0]
        widget.file_uploader_state_value.uploaded_file_info.add(
            name=NAME, size=len(self.given), file_id=urls.file_id, file_urls=urls
        )
        return bytes(message.SerializeToString())

    async def hand_in(self, socket: ClientConnection, content: bytes) -> None:
        """Hand in a file, and wait until the page shows what is in it."""
        asked = BackMsg()
        asked.file_urls_request.request_id = "one"
        asked.file_urls_request.file_names.append(NAME)
        await socket.send(asked.SerializeToString())
        await self.until_finished(socket)
        self.given = content
        assert self.address is not None
        await asyncio.to_thread(sent, self.load.url, self.address.file_urls_response.file_urls[0].upload_url, content)
        await socket.send(self.request())
        await self.until_finished(socket)


def sent(url: str, path: str, content: bytes) -> None:
    """Put a file where the server wants it, as the form of a browser does."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    try:
        connection.request("GET", "/_stcore/health")
        answer = connection.getresponse()
        answer.read()
        token = SimpleCookie(answer.headers["Set-Cookie"])[XSRF].value
        head = f'--end\r\nContent-Disposition: form-data; name="{NAME}"; filename="{NAME}"\r\n'
        body = f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n--end--\r\n"
        told = {"X-Xsrftoken": token, "Cookie": f"{XSRF}={token}", "Origin": url}
        connection.request(
            "PUT", urlsplit(path).path, body, told | {"Content-Type": "multipart/form-data; boundary=end"}
        )
        answer = connection.getresponse()
        if answer.status >= 300:
            raise OSError(f"{answer.status}: {answer.read()[:100]!r}")
    finally:
        connection.close()


async def visitor(server: Place, number: int, seconds: float) -> str:
    """Open the page, hand in a file when it is this one's turn, and stay; what went wrong, "" where all went well."""
    began, share = asyncio.get_running_loop().time(), number / VISITORS
    try:
        await asyncio.sleep(ARRIVE / 2 * share)
        async with arrived(server, PAGE, {"lang": "en"}, number, PATIENCE) as (plain, socket):
            one = Giver(plain.load, number)
            await socket.send(one.request())
            await one.until_finished(socket)
            content = await asyncio.to_thread(written, number)
            await asyncio.sleep(began + ARRIVE + seconds * share - asyncio.get_running_loop().time())
            await one.hand_in(socket, content)
            await asyncio.sleep(began + ARRIVE + seconds - asyncio.get_running_loop().time())
            return "; ".join(one.found.errors) or ("" if one.shown else "the file is not shown")
    except (OSError, TimeoutError, websockets.WebSocketException) as error:
        return f"{type(error).__name__}: {error}"[:200]


async def visitors(url: str, seconds: float) -> list[str]:
    """What all of them met."""
    return list(await asyncio.gather(*(visitor(Place(url), number, seconds) for number in range(VISITORS))))


def main() -> None:
    """Be the visitors, print what they have met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--seconds", type=float, required=True)
    told = parser.parse_args()
    print(json.dumps(asyncio.run(visitors(told.url, told.seconds))))


if __name__ == "__main__":
    main()
