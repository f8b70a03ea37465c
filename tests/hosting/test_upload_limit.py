"""The server's own limit for uploads, tried past the page.

With its session and its token, and without its manners.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.browser.server import Server

LIMIT_MB = 2
MB = 1024 * 1024
BOUNDARY = "the-file-follows"
HEAD = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file";'
    ' filename="log.csv"\r\nContent-Type: text/csv\r\n\r\n'
).encode()
TAIL = f"\r\n--{BOUNDARY}--\r\n".encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("upload"), STREAMLIT_SERVER_MAX_UPLOAD_SIZE=str(LIMIT_MB))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def session(server: Server) -> Iterator[str]:
    """The session of an open page."""
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
        wish = BackMsg()
        wish.rerun_script.page_name = "safety"
        socket.send(wish.SerializeToString())
        said = ForwardMsg()
        while said.WhichOneof("type") != "new_session":
            said.ParseFromString(socket.recv(timeout=60))  # type: ignore[arg-type]
        yield said.new_session.initialize.session_id


def sent(server: Server, session: str, size: int, *, honest: bool) -> int:
    """The status that answers a file of ``size`` bytes.

    One that is not ``honest`` does not say how long it is.
    """
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    pieces = [HEAD, *(b"x" * min(MB // 4, size - at) for at in range(0, size, MB // 4)), TAIL]
    body = b"".join(pieces) if honest else iter(pieces)
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", **_token(server)}
    connection.request(
        "PUT", f"/_stcore/upload_file/{session}/file", body, headers, encode_chunked=not honest
    )
    status = connection.getresponse().status
    connection.close()
    return status


def _token(server: Server) -> dict[str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", "/_stcore/health")
    cookie = str(connection.getresponse().headers["Set-Cookie"]).split(";")[0]
    connection.close()
    return {"Cookie": cookie, "X-Xsrftoken": cookie.partition("=")[2].strip('"')}


@pytest.mark.parametrize("honest", [True, False], ids=["length told", "length kept back"])
def test_a_file_below_the_limit_is_taken(server: Server, session: str, honest: bool) -> None:
    assert sent(server, session, LIMIT_MB * MB - 1000, honest=honest) == 204


@pytest.mark.parametrize("honest", [True, False], ids=["length told", "length kept back"])
@pytest.mark.parametrize("size", [LIMIT_MB * MB + 1, 5 * LIMIT_MB * MB])
def test_a_file_above_the_limit_is_refused_by_the_server(
    server: Server, session: str, size: int, honest: bool
) -> None:
    try:
        status = sent(server, session, size, honest=honest)
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # it hung up before the end
    assert status == 413
    assert sent(server, session, 10, honest=True) == 204, "and goes on"


def test_a_file_for_a_session_that_is_not_there_is_refused(server: Server) -> None:
    assert sent(server, "00000000-0000-0000-0000-000000000000", 10, honest=True) == 400
