"""Three people and a coach in any order.

A machine that writes, shares, revokes and undoes, and looks for leaks.

Every record, document and comment says whose it is. People use the same record ids on purpose.
Every log must hold its own person's rows only, the logs of those who did nothing must stay as they
were, and each link must show rows of its own log only, or nothing once it was revoked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid5

from hypothesis import HealthCheck, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from legcare.errors import BadRecord, NotAllowed
from legcare.records import Cramp, Record
from legcare.sharing import Comment, Grant, Guest, Link, Sharing
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook

NAMES = ("anna", "berta", "carla")
WHO = st.sampled_from(NAMES)
IDS = st.lists(st.integers(0, 8), min_size=1, max_size=4).map(
    lambda ns: [uuid5(UUID(int=1), str(n)) for n in ns]
)
PICK = st.integers(0, 1_000)
AT = datetime(2026, 5, 4, 3, tzinfo=UTC)


@dataclass
class Share:
    """A link that was given out, and whose log it opens."""

    owner: str
    link: Link
    revoked: bool = False


@dataclass
class Person:
    """One of the three: their logbook and what it held after their last own step."""

    logbook: Logbook
    sharing: Sharing
    held: frozenset[Record] = frozenset()
    documents: dict[str, object] = field(default_factory=dict)


class Isolation(RuleBasedStateMachine):
    """Random histories on one database, ``store``.

    Each history begins with three people of its own in it.
    """

    store: Database
    histories = 0

    @initialize()
    def begin(self) -> None:
        self.people: dict[str, Person] = {}
        self.shares: list[Share] = []
        self.changes: list[UUID] = []
        self.coach = f"coach{self.histories}@example.org"
        type(self).histories += 1
        for name in NAMES:
            self.meet(name)

    def meet(self, name: str) -> None:
        person_id = self.store.person(f"history {self.histories}", name)
        self.people[name] = Person(Logbook(self.store, person_id), Sharing(self.store, person_id))

    def after(self, name: str) -> None:
        person = self.people[name]
        person.held = frozenset(person.logbook.log().records)

    @rule(who=WHO, ids=IDS, severity=st.integers(0, 10))
    def keep(self, who: str, ids: list[UUID], severity: int) -> None:
        records = [
            Cramp(id=each, at=AT, severity=severity, note=f"of {who}", created_at=AT)
            for each in ids
        ]
        self.changes.append(self.people[who].logbook.keep(records, label=f"of {who}").id)
        self.after(who)
        assert {record.id for record in self.people[who].held} >= set(ids)

    @rule(who=WHO, ids=IDS, severity=st.integers(0, 10))
    def edit(self, who: str, ids: list[UUID], severity: int) -> None:
        record = Cramp(id=ids[0], at=AT, severity=severity, note=f"of {who}, edited", created_at=AT)
        known = ids[0] in {held.id for held in self.people[who].held}
        try:
            self.changes.append(self.people[who].logbook.edit(record, label=f"of {who}").id)
            assert known
        except BadRecord:
            assert not known
        self.after(who)

    @rule(who=WHO, ids=IDS)
    def remove(self, who: str, ids: list[UUID]) -> None:
        self.changes.append(self.people[who].logbook.remove(ids, label=f"of {who}").id)
        self.after(who)
        assert {record.id for record in self.people[who].held}.isdisjoint(ids)

    @rule(who=WHO, pick=PICK)
    def undo(self, who: str, pick: int) -> None:
        """Of anybody's change: another person's must do nothing."""
        if self.changes:
            self.people[who].logbook.undo(self.changes[pick % len(self.changes)])
            self.after(who)

    @rule(who=WHO, key=st.sampled_from(["belief", "mapping"]))
    def remember(self, who: str, key: str) -> None:
        self.people[who].logbook.remember(key, f"of {who}")
        self.people[who].documents[key] = f"of {who}"

    @rule(who=WHO, bound=st.booleans(), notes=st.booleans())
    def share(self, who: str, bound: bool, notes: bool) -> None:
        grant = Grant(name=who, notes=notes, email=self.coach if bound else None)
        self.shares.append(Share(who, self.people[who].sharing.share(grant)))

    @rule(who=WHO, pick=PICK)
    def revoke(self, who: str, pick: int) -> None:
        """Of anybody's share: another person's must stay open."""
        if self.shares:
            share = self.shares[pick % len(self.shares)]
            try:
                self.people[who].sharing.revoke(share.link.grant.id)
                assert share.owner == who
                share.revoked = True
            except NotAllowed:
                assert share.owner != who

    @rule(pick=PICK, signed_in=st.booleans())
    def visit(self, pick: int, signed_in: bool) -> None:
        if self.shares:
            share = self.shares[pick % len(self.shares)]
            guest = Guest(self.store, self.coach if signed_in else None)
            allowed = not share.revoked and (signed_in or share.link.grant.email is None)
            try:
                view = guest.enter(share.link.token)
                assert allowed
            except NotAllowed:
                assert not allowed
                return
            seen = view.log().records
            assert len(seen) == len(self.people[share.owner].held)
            said = {record.note for record in seen if isinstance(record, Cramp)}
            wanted = (
                {f"of {share.owner}", f"of {share.owner}, edited"}
                if share.link.grant.notes
                else {""}
            )
            assert said <= wanted
            comment = Comment(
                share_id=UUID(int=0),
                first_day=AT.date(),
                last_day=AT.date(),
                text=f"to {share.owner}",
            )
            guest.comment(share.link.token, comment)

    @rule()
    def roster(self) -> None:
        open_ = {
            share.link.grant.id
            for share in self.shares
            if share.link.grant.email and not share.revoked
        }
        assert {shared.given.grant.id for shared in Guest(self.store, self.coach).shared()} == open_

    @rule(who=WHO)
    def erase(self, who: str) -> None:
        self.people[who].logbook.erase()
        self.shares = [share for share in self.shares if share.owner != who]
        self.meet(who)

    @invariant()
    def the_others_are_as_they_were(self) -> None:
        """After every third step one of the three, in turn.

        Reading all of all of them is left to the end.
        """
        self.steps = getattr(self, "steps", 0) + 1
        if self.steps % 3 == 0:
            self.own_records(NAMES[self.steps // 3 % 3])

    def own_records(self, name: str) -> None:
        records = self.people[name].logbook.log().records
        assert frozenset(records) == self.people[name].held
        assert all(
            isinstance(record, Cramp) and record.note.startswith(f"of {name}") for record in records
        )

    def teardown(self) -> None:
        """No row of one with another, of any kind."""
        for name, person in getattr(self, "people", {}).items():
            self.own_records(name)
            assert person.logbook.documents() == person.documents
            assert {change.label for change in person.logbook.changes()} <= {f"of {name}"}
            assert {given.grant.name for given in person.sharing.given()} <= {name}
            assert {comment.text for comment in person.sharing.comments()} <= {f"to {name}"}


def histories(store: Database, count: int, *, steps: int = 30, seed: int = 0) -> int:
    """Run that many histories on a database; returns how many began.

    Raises ``AssertionError`` at the first leak.
    """
    machine = seeded(seed)(type("Histories", (Isolation,), {"store": store}))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=count,
            stateful_step_count=steps,
            deadline=None,
            derandomize=False,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return int(machine.histories)
