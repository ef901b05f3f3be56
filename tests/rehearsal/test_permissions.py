"""The order in which permissions apply: tables for the known cases, properties for the rest."""

from hypothesis import given
from hypothesis import strategies as st

from bot.rehearsal.permissions import (
    ALL,
    EVERYONE,
    NEEDS_SEND,
    Overwrite,
    Permission,
    implied,
    in_channel,
    in_guild,
    in_timeout,
)

P = Permission
HERE, HOST, CRIER, ALICE = 1, 2, 3, 4  # @everyone, two roles, a member
bits = st.integers(0, int(ALL)).map(P)
overwrites = st.builds(Overwrite, allow=bits, deny=bits)


def allowed(base: Permission, **by: Overwrite) -> Permission:
    ids = {"everyone": HERE, "host": HOST, "crier": CRIER, "alice": ALICE}
    table = {ids[name]: overwrite for name, overwrite in by.items()}
    return in_channel(base, table, everyone_id=HERE, role_ids=[HERE, HOST, CRIER], member_id=ALICE)


@given(bits, overwrites, overwrites, overwrites, overwrites)
def test_administrators_are_never_held_up(
    base: Permission, everyone: Overwrite, host: Overwrite, crier: Overwrite, alice: Overwrite
) -> None:
    admin = base | P.ADMINISTRATOR
    assert allowed(admin, everyone=everyone, host=host, crier=crier, alice=alice) == ALL
    assert in_timeout(ALL) == ALL


@given(bits, overwrites, overwrites, overwrites)
def test_the_members_own_overwrite_has_the_last_word(
    base: Permission, everyone: Overwrite, host: Overwrite, alice: Overwrite
) -> None:
    result = allowed(base & ~P.ADMINISTRATOR, everyone=everyone, host=host, alice=alice)
    assert result & alice.allow == alice.allow
    assert not result & alice.deny & ~alice.allow


@given(bits, overwrites, bits)
def test_what_one_role_grants_no_other_role_takes(
    base: Permission, everyone: Overwrite, some: Permission
) -> None:
    result = allowed(
        base & ~P.ADMINISTRATOR, everyone=everyone, host=Overwrite(deny=some), crier=Overwrite(allow=some)
    )
    assert result & some == some


@given(bits)
def test_without_view_channel_nothing_is_left(permissions: Permission) -> None:
    assert implied(permissions & ~P.VIEW_CHANNEL) == P.NONE
    silent = implied((permissions | P.VIEW_CHANNEL) & ~P.SEND_MESSAGES)
    assert not silent & NEEDS_SEND
    assert implied(EVERYONE & ~P.SEND_MESSAGES, thread=True) == EVERYONE & ~P.SEND_MESSAGES


@given(bits)
def test_owners_may_do_all_and_roles_add_up(permissions: Permission) -> None:
    assert in_guild([permissions], owner=True) == ALL
    plain = permissions & ~P.ADMINISTRATOR
    assert in_guild([plain, P.MANAGE_EVENTS]) == plain | P.MANAGE_EVENTS


def test_a_time_out_leaves_reading() -> None:
    assert in_timeout(EVERYONE) == P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY
