"""The automatic backups of a log on this machine, and the ways on where its file is bad."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, tzinfo
from functools import partial
from pathlib import Path

import streamlit as st

from legcare.config import config
from legcare.errors import LegcareError, StorageError
from legcare.importers.counted import counted
from legcare.records import written
from legcare.storage.backup import restore
from legcare.storage.engine import log_file, url_of
from legcare.storage.log_file import LogGone
from legcare.storage.repair import repair
from legcare.storage.rotation import Backup, Backups
from legcare.ui.shell import sign_in
from legcare.ui.shell.server_state import change_file
from legcare.ui.shell.session import View
from legcare.ui.shell.visitor import Mode, reached_from_elsewhere

_DONE = "file-changed"
BEFORE = {
    "import": ", before an import",
    "update": ", before an update of legcare",
    "restore": ", before a restore",
    "erase": ", before everything was deleted",
}
ELSEWHERE = (
    "The log of this service cannot be read right now. Nothing was changed; whoever runs the"
    " service finds the reason in its log."
)


def local_backups() -> Backups | None:
    """The backups of this machine's own log; None where there is a sign-in or no file."""
    file = None if sign_in.configured() else log_file(url_of(config().database_url))
    return None if file is None else Backups(file, config().backup_mb)


def backups_card(view: View) -> None:
    """On Settings: what is backed up and when, with the way back to each."""
    backups = local_backups() if view.visitor.mode is Mode.LOCAL else None
    if backups is None:
        return
    _say_done()
    with st.expander("Backups", icon=":material/settings_backup_restore:"):
        every = backups.all()
        if not config().backup_mb:
            st.markdown("Automatic backups are off (LEGCARE_BACKUP_MB is 0).")
        else:
            st.markdown(
                "Your log is copied by itself every half hour in which it changes, and before an"
                " import, an update and a restore. Copies of the last day, 7 days, 5 weeks and 12"
                f" months are kept beside the log, in {config().backup_mb} MB at most."
            )
        megabytes = written.brief(sum(each.size for each in every) / 1e6)
        st.caption(f"{counted(len(every), 'backup')}, {megabytes} MB, in `{backups.folder}`")
        _offer(every, view.zone)


def recovery_screen(trouble: StorageError) -> None:
    """In place of a page whose file is gone or damaged: what is left, and every way on."""
    st.title("legcare", anchor=False)
    if sign_in.configured() or reached_from_elsewhere():
        logging.getLogger("legcare").error("%s", trouble)
        st.error(ELSEWHERE, icon=":material/error:")
        return
    _say_done()
    st.error(str(trouble), icon=":material/error:")
    backups = local_backups()
    if backups is None:
        return
    _offer(backups.all()[:10], UTC)
    if isinstance(trouble, LogGone):
        st.markdown("If you moved the file on purpose, put it back and reload, or begin anew.")
        st.button(
            "Begin a new, empty log", on_click=_act, args=(backups.file.forget,), key="begin-anew"
        )
    else:
        st.markdown(
            "A repair puts everything that can be read into a new file; the damaged one is kept"
            " beside it."
        )
        st.button(
            "Repair: keep what can be read",
            on_click=_act,
            args=(partial(_repaired, backups.file.path),),
            key="repair",
            type="primary",
        )


def _offer(every: tuple[Backup, ...], zone: tzinfo) -> None:
    for backup in every:
        at = backup.at.astimezone(zone)
        words = f"{written.moment(at)} ({at:%Z}), {counted(backup.entries, 'entry', 'entries')}"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(words + BEFORE.get(backup.reason, ""))
            st.button(
                "Restore this",
                key=f"restore-{backup.path.name}",
                help=f"Put the log back as it was: {words}. What is there now is kept.",
                on_click=_act,
                args=(partial(_restored, backup.path),),
            )


def _restored(path: Path) -> str:
    aside = restore(path, config().database_url)
    return "Your log is back as it was." + (f" What was there is kept in {aside}." if aside else "")


def _repaired(path: Path) -> str:
    done = repair(path)
    lost = "some" if done.lost is None else written.whole(done.lost)
    return (
        f"Repaired: {written.whole(done.kept)} entries could be read, {lost} could not. The damaged"
        f" file is kept in {done.aside}."
    )


def _act(work: Callable[[], str | None]) -> None:
    """Do something with the file; what came of it is said once the page is drawn."""
    try:
        done = change_file(work)
    except (LegcareError, OSError) as refused:
        done = str(refused)
    st.session_state[_DONE] = done or ""


def _say_done() -> None:
    done = st.session_state.pop(_DONE, "")
    if done:
        st.info(done, icon=":material/info:")
