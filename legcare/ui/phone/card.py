"""Settings: add a phone, make a key for a program, see who may add entries, take it back."""

from __future__ import annotations

import streamlit as st

from legcare.config import config
from legcare.errors import BadSetting
from legcare.records import now
from legcare.sharing.devices import TOKEN, NewDevice, OwnDevices
from legcare.storage.devices import Device
from legcare.ui.parts.text import plain
from legcare.ui.phone.listener import DOCUMENT, LISTENER, is_wanted, own_addresses
from legcare.ui.share.shares import qr_code
from legcare.ui.shell.address import here, link_in_this_tab
from legcare.ui.shell.saving import tap, writable
from legcare.ui.shell.server_state import open_database
from legcare.ui.shell.session import View
from legcare.ui.shell.visitor import Mode

_NEW = "new-device"
OFF = (
    "Off: nothing on this computer can be reached from outside. On: everybody on the same network,"
    " guests too, can open the pairing page and the empty night page of this computer; only a phone"
    " that you pair can add entries, and nobody can read your log there."
)
PLAIN_HTTP = (
    "On a home network without HTTPS the entries travel readable by whoever controls the network."
    " Use it at home, not in a hotel or café."
)
TROUBLE = {
    "The page does not open": (
        "Phone and computer must be on the same network (not a guest network), and the computer"
        " awake."
    ),
    "Still nothing": (
        "A firewall on the computer may close the port. Allow incoming connections for Python, or"
        " for port {port} over TCP, on private networks."
    ),
    "The computer sleeps at night": (
        "Tap all the same: the phone keeps what you tap and sends it when the computer is awake and"
        " the night page is open."
    ),
    "It worked until the address changed": (
        "A router may give the computer another address. What waits under the old address is sent"
        " once the computer has it again: give the computer a fixed address in the router, then"
        " pair the phone once more."
    ),
}


def phones_card(view: View) -> None:
    """Everything about phones and other devices; nothing where no log is kept."""
    if view.visitor.mode is Mode.EXPLORE:
        return
    st.header("Add a phone", anchor=False)
    st.markdown(
        "The night page has large buttons, opens at once and works without a network: what you tap"
        " waits on the phone until your log has it. A paired phone can add entries and take back"
        " its own. It cannot read your log."
    )
    address = _address(view)
    if address:
        _offer(view, address)
    _token(view)
    _list(view)


def _own(view: View) -> OwnDevices:
    return OwnDevices(open_database(config().database_url), writable(view).person_id)


def _address(view: View) -> str:
    """Where a phone reaches this server; empty where none can yet."""
    settings = config()
    if settings.address:
        return settings.address
    return here() if view.visitor.mode is Mode.HOSTED else _listener_address(view)


def _listener_address(view: View) -> str:
    logbook, port = writable(view), config().phone_port
    was_on = is_wanted(view.document(DOCUMENT))
    on = st.toggle("Let phones on this network reach the night page", was_on, key="phones-on")
    st.markdown(OFF)
    if on != was_on:
        logbook.remember(DOCUMENT, {"on": on, "address": ""})
    if not on:
        LISTENER.stop()
        return ""
    try:
        LISTENER.start(port)
    except BadSetting as trouble:
        st.error(str(trouble), icon=":material/error:")
        return ""
    st.markdown(PLAIN_HTTP)
    addresses = own_addresses()
    _say_changed(view, addresses)
    with st.expander("If the phone cannot open the page", icon=":material/help:"):
        for what, remedy in TROUBLE.items():
            st.markdown(f"**{what}.** {remedy.format(port=port)}")
    if not addresses:
        st.warning("This computer is on no network. Connect it, then reload this page.")
        return ""
    return f"http://{addresses[0]}:{LISTENER.port}"


def _say_changed(view: View, addresses: tuple[str, ...]) -> None:
    kept = view.document(DOCUMENT)
    before = kept.get("address") if isinstance(kept, dict) else None
    if before and before not in addresses:
        st.warning(
            f"This computer had the address {before} when a phone was paired last; it has another"
            " now. Give it the old one back in the router, or pair the phone anew."
        )


def _offer(view: View, address: str) -> None:
    with st.form("add-phone", clear_on_submit=True):
        name = st.text_input("What the phone is called", max_chars=60, key="phone-name")
        if st.form_submit_button("Show a code for it", icon=":material/qr_code:"):
            st.session_state[_NEW] = _own(view).offer(name)
            if address.startswith("http://") and view.visitor.mode is Mode.LOCAL:
                host = address.removeprefix("http://").rpartition(":")[0]
                writable(view).remember(DOCUMENT, {"on": True, "address": host})
    new: NewDevice | None = st.session_state.get(_NEW)
    if new is None or new.device.kind == TOKEN or _is_taken(view, new.device):
        return
    link = f"{address}/pair#{new.secret}"
    with st.container(border=True, key="pairing-code"):
        st.markdown(
            f"Point the camera of **{plain(new.device.name)}** at this picture, or open {address}"
            "/pair there and type the code. It counts once, until"
            f" {view.formats.time((new.device.expires_at or now()).astimezone(view.zone))}."
        )
        st.image(
            qr_code(link), width=280, alt="The address and the code for the camera of the phone"
        )
        st.code(new.secret, language=None)
        if view.visitor.mode is Mode.HOSTED:
            link_in_this_tab("This is the phone: pair this browser", link)
        st.button("Is it paired?", icon=":material/refresh:", key="phone-paired")


def _is_taken(view: View, device: Device) -> bool:
    """Whether an offer was taken up or is over."""
    still = [each for each in _own(view).all() if each.id == device.id]
    return not still or still[0].works


def _token(view: View) -> None:
    with (
        st.expander("A key for a shortcut, a button or a home system", icon=":material/key:"),
        st.form("add-token", clear_on_submit=True),
    ):
        st.markdown(
            "The key may add entries by `POST /api/entries` and do nothing else. Three recipes"
            " stand in the documentation, *Phones and other devices*."
        )
        name = st.text_input("What it is for", max_chars=60, key="token-name")
        if st.form_submit_button("Make a key", icon=":material/key:"):
            st.session_state[_NEW] = _own(view).make_token(name)
    new: NewDevice | None = st.session_state.get(_NEW)
    if new is not None and new.device.kind == TOKEN:
        del st.session_state[_NEW]
        st.success("This is the key. It is shown only now: copy it to where it is used.")
        st.code(new.secret, language=None)


def _list(view: View) -> None:
    for device in _own(view).all():
        with st.container(border=True, horizontal=True, key=f"device-{device.id}"):
            kind = "key for a program" if device.kind == TOKEN else "phone"
            st.markdown(f"**{plain(device.name)}** · {kind} · {_state(view, device)}")
            tap(
                "Remove",
                _own(view).revoke,
                args=(device.id,),
                key=f"revoke-{device.id}",
                icon=":material/phonelink_erase:",
            )


def _state(view: View, device: Device) -> str:
    if not device.works:
        return "waits to be paired"
    if device.used_at is None:
        return "never used"
    at = device.used_at.astimezone(view.zone)
    return f"last used {view.formats.weekday_words(at)}, {view.formats.time(at)}"
