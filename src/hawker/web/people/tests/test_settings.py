"""The business, its people, keys and log."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import hawker.core
from hawker.core.people import actions, queries
from hawker.core.people.models import ApiKey, Invitation, LogEntry, Membership, User
from hawker.core.people.rules import LATE_AFTER_CHOICES, Role
from hawker.web.people.forms import LIMITS
from hawker.web.people.log import DEEDS, ROWS
from tests.cast import Somebody, colleague, visitor

TYPED = {
    "business": "Alice's Teahouse",
    "language": "zh-hant",
    "time_zone": "Asia/Tokyo",
    "late_after_minutes": "15",
}


def membership(somebody: Somebody) -> Membership:
    return Membership.objects.get(user=somebody.user)


def test_an_owner_changes_the_business(as_alice: Client, alice: Somebody) -> None:
    assert as_alice.post("/settings/business", TYPED).status_code == 302
    workspace = queries.workspace(alice.actor.workspace)
    assert (workspace.name, workspace.language, workspace.time_zone) == tuple(TYPED.values())[:3]
    assert workspace.late_after == timedelta(minutes=15)
    page = as_alice.get("/settings/business").content.decode()
    assert '<option value="15" selected>' in page


def test_every_limit_of_lateness_is_offered_and_shown(as_alice: Client, alice: Somebody) -> None:
    assert list(LIMITS) == list(LATE_AFTER_CHOICES)
    reader = visitor(colleague(alice, "Rita", Role.analyst))
    for limit, words in (("15", "15 minutes"), ("60", "1 hour"), ("360", "6 hours"), ("1440", "24 hours")):
        as_alice.post("/settings/business", {**TYPED, "late_after_minutes": limit})
        assert f"<dd>{words}</dd>" in reader.get("/settings/business").content.decode()
    answer = as_alice.post("/settings/business", {**TYPED, "late_after_minutes": "7"})
    assert list(answer.context["form"].errors) == ["late_after_minutes"]


def test_a_zone_that_does_not_exist_is_refused_at_its_field(as_alice: Client) -> None:
    answer = as_alice.post("/settings/business", {**TYPED, "time_zone": "Taipei"})
    assert answer.context["form"].errors == {"time_zone": ["“Taipei” is not a time zone."]}


def test_an_editor_reads_the_business_but_cannot_change_it(as_bob: Client, alice: Somebody) -> None:
    page = as_bob.get("/settings/business").content.decode()
    assert "Alice&#x27;s Tea" in page
    assert 'name="business"' not in page
    assert as_bob.post("/settings/business", TYPED).status_code == 403
    assert queries.workspace(alice.actor.workspace).name == "Alice's Tea"


def test_an_invitation_link_is_shown_once_and_works(as_alice: Client, client: Client) -> None:
    answer = as_alice.post("/settings/people/invite", {"role": "manager"})
    assert answer["Cache-Control"] == "no-store"
    link = answer.context["link"]
    assert link.startswith("http://testserver/join/")
    assert link not in as_alice.get("/settings/people").content.decode()
    assert Client().get(link).status_code == 200


def test_an_invitation_is_withdrawn(as_alice: Client) -> None:
    link = as_alice.post("/settings/people/invite", {"role": "editor"}).context["link"]
    as_alice.post(f"/settings/people/invitations/{Invitation.objects.get().id}/withdraw")
    assert Client().get(link).status_code == 404


def test_a_role_that_does_not_exist_invites_nobody(as_alice: Client) -> None:
    answer = as_alice.post("/settings/people/invite", {"role": "king"})
    assert list(answer.context["form"].errors) == ["role"]
    assert not Invitation.objects.exists()


def test_an_owner_changes_a_role(as_alice: Client, bob: Somebody) -> None:
    as_alice.post(f"/settings/people/{membership(bob).id}/role", {"role": "analyst"})
    assert membership(bob).role == "analyst"


def test_a_colleague_is_removed_and_then_told_that_she_is_in_no_business(
    as_alice: Client, as_bob: Client, bob: Somebody
) -> None:
    as_alice.post(f"/settings/people/{membership(bob).id}/remove")
    answer = as_bob.get("/settings/business")
    assert answer.status_code == 403
    assert "您還沒有加入任何商家" in answer.content.decode()


def test_the_last_owner_is_told_why_she_stays(as_alice: Client, alice: Somebody) -> None:
    page = "http://testserver/settings/people"
    path = f"/settings/people/{membership(alice).id}/remove"
    answer = as_alice.post(path, headers={"referer": page}, follow=True)
    assert "A business needs an owner." in answer.content.decode()
    assert Membership.objects.filter(user=alice.user).exists()


def test_a_manager_cannot_touch_an_owner(alice: Somebody, bob: Somebody) -> None:
    actions.change_role(alice.actor, membership(bob).id, Role.manager)
    client = Client()
    client.force_login(bob.user)
    assert client.post(f"/settings/people/{membership(alice).id}/remove").status_code == 403
    rows = {row.member.user_id: row.roles for row in client.get("/settings/people").context["rows"]}
    assert rows[alice.user.id] == []


def test_an_editor_sees_colleagues_but_no_invitations(as_bob: Client) -> None:
    page = as_bob.get("/settings/people")
    assert [row.member.user.name for row in page.context["rows"]] == ["Alice", "Bob"]
    assert "form" not in page.context
    assert as_bob.post("/settings/people/invite", {"role": "editor"}).status_code == 200
    assert not Invitation.objects.exists()


def test_a_key_is_shown_once_and_can_be_revoked(as_alice: Client) -> None:
    answer = as_alice.post("/settings/keys/make", {"name": "till", "role": "editor"})
    key = answer.context["key"]
    assert queries.key_actor(key) is not None
    assert answer["Cache-Control"] == "no-store"
    assert f"HAWKER_URL=http://testserver HAWKER_KEY={key}" in answer.content.decode()
    assert key not in as_alice.get("/settings/keys").content.decode()
    as_alice.post(f"/settings/keys/{ApiKey.objects.get().id}/revoke")
    assert queries.key_actor(key) is None


def test_a_key_needs_a_name(as_alice: Client) -> None:
    answer = as_alice.post("/settings/keys/make", {"name": "", "role": "editor"})
    assert list(answer.context["form"].errors) == ["name"]
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("path", ["/settings/keys", "/settings/log"])
def test_an_editor_sees_neither_keys_nor_log(as_bob: Client, path: str) -> None:
    assert as_bob.get(path).status_code == 403


def test_the_log_tells_in_words_who_did_what(as_alice: Client, alice: Somebody) -> None:
    actions.make_key(alice.actor, "till", Role.editor)
    told = [deed for _entry, deed in as_alice.get("/settings/log").context["entries"]]
    assert told == ["made the key “till”: Editor", "made the business “Alice's Tea”"]


def test_the_log_goes_back_page_by_page(as_alice: Client, alice: Somebody) -> None:
    for number in range(ROWS + 5):
        actions.make_key(alice.actor, f"key {number}", Role.editor)
    first = as_alice.get("/settings/log")
    assert len(first.context["entries"]) == ROWS
    second = as_alice.get("/settings/log", {"before": first.context["older"]})
    assert len(second.context["entries"]) == 6
    assert second.context["older"] == ""


@pytest.mark.parametrize("typed", ["yesterday", "2026-99-99T00:00:00Z", "2026-01-01T00:00:00"])
def test_a_page_of_the_log_that_cannot_be_is_the_first(as_alice: Client, typed: str) -> None:
    assert len(as_alice.get("/settings/log", {"before": typed}).context["entries"]) == 1


def test_every_deed_that_core_notes_has_words() -> None:
    noted = set()
    for file in Path(hawker.core.__path__[0]).rglob("actions.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "note":
                words = [each.value for each in node.args[1:3] if isinstance(each, ast.Constant)]
                noted.add(tuple(words))
    assert {deed for deed in noted if len(deed) == 2} <= set(DEEDS)
    assert len(noted) > 15


@pytest.mark.parametrize("path", ["/settings/people", "/settings/keys", "/settings/log"])
def test_more_rows_need_no_more_queries(as_alice: Client, alice: Somebody, path: str) -> None:
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            user = User.objects.create_user(f"{rows}{number}@example.com", "x", name="x")
            Membership.objects.create(workspace_id=alice.actor.workspace, user=user, role=Role.editor)
            actions.make_key(alice.actor, "till", Role.editor)
            actions.invite(alice.actor, Role.editor)
        with CaptureQueriesContext(connection) as queries_made:
            as_alice.get(path)
        counts.append(len(queries_made))
    assert counts[0] == counts[1]


def test_an_entry_of_a_deed_from_elsewhere_still_shows(as_alice: Client, alice: Somebody) -> None:
    LogEntry.objects.create(workspace_id=alice.actor.workspace, actor="x", action="sang", thing="song")
    told = [deed for _entry, deed in as_alice.get("/settings/log").context["entries"]]
    assert told[0] == "sang song"
