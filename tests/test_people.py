"""Who may do what, and how people come in."""

import pytest

from hawker.core.people import actions, queries
from hawker.core.people.actions import Business, Person
from hawker.core.people.rules import RIGHTS, Right, Role, may_give
from hawker.core.problems import Conflict, Invalid, NotAllowed, NotFound
from tests.cast import Somebody

ANNA = Person(name="Anna", email="anna@example.com", password="tea-with-milk-9", language="en")
SHOP = Business(name="Anna's", language="en", time_zone="Asia/Taipei")


@pytest.mark.parametrize("role", list(Role))
def test_everybody_may_read_and_only_owners_change_the_business(role: Role) -> None:
    assert Right.read in RIGHTS[role]
    assert (Right.manage_business in RIGHTS[role]) == (role is Role.owner)


def test_nobody_gives_a_role_that_may_do_more_than_her_own() -> None:
    given = {(giver, role) for giver in Role for role in Role if may_give(giver, role)}
    assert given == {(Role.owner, role) for role in Role} | {
        (Role.manager, role) for role in Role if role is not Role.owner
    }


def test_a_setup_link_works_once(db: None) -> None:
    token = actions.make_setup_link()
    user = actions.set_up(token, ANNA, SHOP)
    assert [each.role for each in queries.memberships(user)] == [Role.owner]
    with pytest.raises(NotFound):
        actions.set_up(token, ANNA, SHOP)
    with pytest.raises(Conflict):
        actions.make_setup_link()


def test_a_later_setup_link_kills_the_earlier(db: None) -> None:
    first = actions.make_setup_link()
    actions.make_setup_link()
    with pytest.raises(NotFound):
        actions.set_up(first, ANNA, SHOP)


def test_a_weak_password_is_refused_at_its_field(db: None) -> None:
    weak = Person(name="Anna", email="anna@example.com", password="password", language="en")
    with pytest.raises(Invalid) as refused:
        actions.set_up(actions.make_setup_link(), weak, SHOP)
    assert [problem.field for problem in refused.value.problems] == ["password"]


def test_an_invited_colleague_joins_once_with_her_role(alice: Somebody) -> None:
    token = actions.invite(alice.actor, Role.editor)
    user = actions.join_as_stranger(token, ANNA)
    assert [each.role for each in queries.memberships(user)] == [Role.editor]
    with pytest.raises(NotFound):
        actions.join_as_stranger(token, ANNA)


def test_an_editor_invites_nobody(bob: Somebody) -> None:
    with pytest.raises(NotAllowed):
        actions.invite(bob.actor, Role.analyst)


def test_the_last_owner_stays(alice: Somebody) -> None:
    (me,) = queries.members(alice.actor)
    with pytest.raises(Conflict):
        actions.remove_member(alice.actor, me.id)
    with pytest.raises(Conflict):
        actions.change_role(alice.actor, me.id, Role.editor)


def test_a_key_acts_with_its_role_until_it_is_revoked(alice: Somebody) -> None:
    key = actions.make_key(alice.actor, "till", Role.editor)
    found = queries.key_actor(key)
    assert found is not None
    assert found[0].role is Role.editor
    actions.revoke_key(alice.actor, found[1].id)
    assert queries.key_actor(key) is None


def test_every_write_is_in_the_log(alice: Somebody, charlie: Somebody) -> None:
    actions.make_key(alice.actor, "till", Role.editor)
    assert [each.action for each in queries.log(alice.actor)] == ["made", "made"]
    assert "till" not in str([each.detail for each in queries.log(charlie.actor)])
