"""Rooms: what may be done in which order, by whom and how often; and that no vote is lost, doubled or another's."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pages._ui.classroom import rooms
from pages._ui.classroom.rooms import HOURS, OF_ADDRESS, OF_ONE, ROOMS, TURNS, VOTERS, Rooms, tidy_code
from rnn_core import KiokuError
from rnn_core.messages import LANGUAGES
from tests.pages.ui.classroom.cases import Clock, ballot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TEACHER = "teacher"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(clock: Clock) -> Iterator[Rooms]:
    made = Rooms(clock=clock)
    yield made
    made.close()


def refused(act: Callable[[], object]) -> str:
    """Why it is refused; each reason is a sentence in every language."""
    with pytest.raises(KiokuError) as caught:
        act()
    assert all(caught.value.text(lang) for lang in LANGUAGES)
    return caught.value.code


def test_a_vote_counts_once_and_can_be_changed_until_it_is_closed(here: Rooms) -> None:
    code = here.open_room(TEACHER, "a", ballot()).code
    for option in (0, 2, 2):
        room = here.vote(code, "one", 1, option)
    here.vote(code, "two", 1, 0)
    assert here.counts(room) == ((1, 0, 1),)
    assert (here.voted(code, "one", 1), here.voted(code, "three", 1)) == (2, None)
    closed = here.steer(code, TEACHER, "close")
    assert refused(lambda: here.vote(code, "one", 1, 0)) == "room_closed"
    assert here.counts(closed) == ((1, 0, 1),)


def test_a_second_vote_stands_beside_the_first_and_a_replayed_one_is_refused(here: Rooms) -> None:
    code = here.open_room(TEACHER, "a", ballot()).code
    here.vote(code, "one", 1, 0)
    here.steer(code, TEACHER, "close")
    again = here.steer(code, TEACHER, "again")
    assert (again.turn, again.phase, again.again) == (TURNS, "open", False)
    assert refused(lambda: here.vote(code, "one", 1, 0)) == "room_turn"
    here.vote(code, "one", 2, 1)
    assert here.counts(again) == ((1, 0, 0), (0, 1, 0))
    here.steer(code, TEACHER, "close")
    assert refused(lambda: here.steer(code, TEACHER, "again")) == "room_step"
    assert here.steer(code, TEACHER, "reveal").phase == "revealed"


def test_another_question_is_asked_in_the_same_room(here: Rooms) -> None:
    code = here.open_room(TEACHER, "a", ballot()).code
    here.vote(code, "one", 1, 2)
    room = here.ask(code, TEACHER, ballot("cell", 2))
    assert (here.look(code), room.ballot.chapter, room.again) == (room, "cell", True)
    assert here.counts(room) == ((0, 0),)
    assert refused(lambda: here.vote(code, "one", 1, 0)) == "room_turn"
    assert refused(lambda: here.vote(code, "one", room.turn, 2)) == "room_option"


def test_only_the_one_who_opened_it_steers_it(here: Rooms) -> None:
    code = here.open_room(TEACHER, "a", ballot()).code
    for step in rooms.STEPS:
        assert refused(lambda step=step: here.steer(code, "pupil", step)) == "room_owner"
    assert refused(lambda: here.end(code, "pupil")) == "room_owner"
    assert refused(lambda: here.ask(code, "pupil", ballot())) == "room_owner"
    assert here.owned("pupil") is None
    assert here.owned(TEACHER) == here.look(code)
    here.end(code, TEACHER)
    assert refused(lambda: here.look(code)) == "room_unknown"
    assert here.owned(TEACHER) is None


def test_a_room_ends_by_itself(here: Rooms, clock: Clock) -> None:
    code = here.open_room(TEACHER, "a", ballot()).code
    here.vote(code, "one", 1, 0)
    clock.now += 3600 * HOURS - 1
    assert here.look(code).code == code
    clock.now += 1
    for act in (
        lambda: here.look(code),
        lambda: here.vote(code, "one", 1, 0),
        lambda: here.steer(code, TEACHER, "close"),
    ):
        assert refused(act) == "room_unknown"
    assert here.owned(TEACHER) is None
    assert here.voted(code, "one", 1) is None  # its votes are gone with it


@pytest.mark.parametrize("option", [-1, 3, 10**30])
def test_an_option_that_is_not_there_is_refused(here: Rooms, option: int) -> None:
    code = here.open_room(TEACHER, "a", ballot()).code
    assert refused(lambda: here.vote(code, "one", 1, option)) == "room_option"


def test_a_room_takes_so_many_voters_and_those_may_still_change(here: Rooms) -> None:
    room = here.open_room(TEACHER, "a", ballot())
    for number in range(VOTERS):
        here.vote(room.code, f"voter {number}", 1, 0)
    assert refused(lambda: here.vote(room.code, "one more", 1, 0)) == "room_voters"
    here.vote(room.code, "voter 7", 1, 1)
    assert here.counts(room) == ((VOTERS - 1, 1, 0),)


def test_a_thousand_rooms_from_one_address_are_refused(here: Rooms, clock: Clock) -> None:
    codes = []

    def attempt(number: int) -> None:
        codes.append(here.open_room(f"visitor {number}", "a", ballot()).code)

    for number in range(OF_ADDRESS):
        attempt(number)
    assert {refused(lambda number=number: attempt(number)) for number in range(OF_ADDRESS, 1000)} == {"room_address"}
    assert here.open_room("elsewhere", "b", ballot()).phase == "open"
    assert len(set(codes)) == OF_ADDRESS
    clock.now += 3600 * HOURS
    attempt(0)


def test_a_visitor_and_a_server_have_so_many_rooms(here: Rooms) -> None:
    for _ in range(OF_ONE):
        here.open_room(TEACHER, "a", ballot())
    assert refused(lambda: here.open_room(TEACHER, "b", ballot())) == "room_own"
    for number in range(ROOMS - OF_ONE):
        here.open_room(f"visitor {number}", f"address {number}", ballot())
    assert refused(lambda: here.open_room("late", "c", ballot())) == "room_all"


@pytest.mark.parametrize(
    "typed", ["", "<b>x</b>", "ABCD", "ABCDEF", "ABCD0", "ＡＢＣＤＥ", "%00%00%00%00%00", "A" * 9999]
)
def test_what_is_no_code_opens_no_room(here: Rooms, typed: str) -> None:
    assert tidy_code(typed) == ""
    assert refused(lambda: here.look(typed)) == "room_unknown"


def test_two_that_share_a_file_share_the_rooms_and_lose_nothing(tmp_path: Path) -> None:
    """As two processes do: two connections, in which many vote at once."""
    both = [Rooms(str(tmp_path / "rooms")) for _ in range(2)]
    room = both[0].open_room(TEACHER, "a", ballot())

    def vote(number: int) -> None:
        for option in (0, 1, number % 3):
            both[number % 2].vote(room.code, f"voter {number}", 1, option)

    threads = [threading.Thread(target=vote, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert both[0].counts(room) == both[1].counts(room) == ((10, 10, 10),)
    for one in both:
        one.close()


def test_all_threads_of_a_process_have_the_same_rooms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(rooms.WHERE, str(tmp_path / "rooms"))
    rooms._rooms.cache_clear()
    found = []
    threads = [threading.Thread(target=lambda: found.append(rooms.shared_rooms())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, found))) == 1
    found[0].close()
    rooms._rooms.cache_clear()


class OneRoom(RuleBasedStateMachine):
    """Anybody does anything in any order; beside it, what must come out, in a few dictionaries."""

    VOTER = st.sampled_from(["a", "b", "c", TEACHER])

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.rooms = Rooms(clock=self.clock)
        self.code = self.rooms.open_room(TEACHER, "x", ballot()).code
        self.phase, self.first, self.turn = "open", 1, 1
        self.cast: dict[int, dict[str, int]] = {1: {}}

    def teardown(self) -> None:
        self.rooms.close()

    @rule(voter=VOTER, behind=st.integers(-1, 2), option=st.integers(-1, 3))
    def vote(self, voter: str, behind: int, option: int) -> None:
        turn = self.turn - behind
        if self.phase == "open" and turn == self.turn and 0 <= option < 3:
            self.rooms.vote(self.code, voter, turn, option)
            self.cast[turn][voter] = option
        else:
            refused(lambda: self.rooms.vote(self.code, voter, turn, option))

    @rule(by=VOTER, step=st.sampled_from(list(rooms.STEPS)))
    def steer(self, by: str, step: rooms.Step) -> None:
        phases, target = rooms.STEPS[step]
        more = step != "again" or self.turn == self.first
        if by != TEACHER or self.phase not in phases or not more:
            refused(lambda: self.rooms.steer(self.code, by, step))
            return
        self.rooms.steer(self.code, by, step)
        self.phase, self.turn = target, self.turn + (step == "again")
        self.cast.setdefault(self.turn, {})

    @precondition(lambda self: self.phase == "revealed")
    @rule()
    def ask(self) -> None:
        room = self.rooms.ask(self.code, TEACHER, ballot())
        self.phase, self.first, self.turn, self.cast = "open", room.turn, room.turn, {room.turn: {}}

    @rule(seconds=st.integers(0, 60))
    def wait(self, seconds: int) -> None:
        self.clock.now += seconds

    @invariant()
    def every_vote_is_there_once_and_its_voters_own(self) -> None:
        room = self.rooms.look(self.code)
        assert (room.phase, room.first, room.turn) == (self.phase, self.first, self.turn)
        turns = [list(self.cast[turn].values()) for turn in sorted(self.cast)]
        assert self.rooms.counts(room) == tuple(tuple(votes.count(at) for at in range(3)) for votes in turns)
        for voter in ("a", "b", "c", TEACHER):
            assert self.rooms.voted(self.code, voter, room.turn) == self.cast[room.turn].get(voter)


TestOneRoom = OneRoom.TestCase
TestOneRoom.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
