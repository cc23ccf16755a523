"""One secret for all regions, and its rotation: what an earlier key signed is still good."""

from __future__ import annotations

import pytest

from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, CheckedClient, client_of, make_app
from tests.worlds import DUBLIN, NOW, OREGON

FORM = "/boards/star-run/scores/new"


def client_in(region: str, key: str, *fallbacks: str) -> CheckedClient:
    store = MemoryStore([STAR_RUN])
    app = make_app(store, lambda: NOW, region, secret_key=key, secret_key_fallbacks=fallbacks)
    return client_of(app)


def send_elsewhere(opened_in: CheckedClient, sent_to: CheckedClient) -> int:
    """Open the form in one region, send it to another with the browser's cookie; return what is
    answered.
    """  # noqa: D205 - one sentence.
    fields = opened_in.page(FORM).fields("score-form")
    cookie = opened_in.get_cookie("session")
    assert cookie
    sent_to.set_cookie("session", cookie.value)
    filled = fields | {"name": "Ada", "country": "FI", "score": "7"}
    return sent_to.post(FORM, data=filled).status_code


def test_a_form_opened_in_one_region_is_taken_by_the_other() -> None:
    assert send_elsewhere(client_in(OREGON, "a"), client_in(DUBLIN, "a")) == 303


def test_a_form_opened_under_the_key_before_is_taken_after_the_rotation() -> None:
    assert send_elsewhere(client_in(OREGON, "old"), client_in(DUBLIN, "new", "old")) == 303
    assert send_elsewhere(client_in(OREGON, "oldest"), client_in(DUBLIN, "b", "a", "oldest")) == 303


def test_while_the_regions_change_keys_each_takes_the_others_forms() -> None:
    """The coming key is a fallback everywhere before it signs anywhere."""
    not_yet, already = client_in(OREGON, "old", "new"), client_in(DUBLIN, "new", "old")
    assert send_elsewhere(already, not_yet) == 303
    assert send_elsewhere(not_yet, already) == 303


@pytest.mark.parametrize("fallbacks", [(), ("older",)])
def test_a_form_opened_under_a_key_that_is_none_any_more_is_refused_with_what_was_typed(
    fallbacks: tuple[str, ...],
) -> None:
    assert send_elsewhere(client_in(OREGON, "leaked"), client_in(DUBLIN, "new", *fallbacks)) == 400


def test_the_new_key_signs() -> None:
    """Else the old one could never be dropped."""
    assert send_elsewhere(client_in(OREGON, "new", "old"), client_in(DUBLIN, "new")) == 303
    assert send_elsewhere(client_in(OREGON, "new", "old"), client_in(DUBLIN, "old")) == 400


def test_a_browser_with_a_cookie_of_the_old_key_gets_forms_that_work_after_it_is_gone() -> None:
    """It opens a page in between: from then on, its form's token is the new key's."""
    old, between = client_in(OREGON, "old"), client_in(OREGON, "new", "old")
    old.get(FORM)
    cookie = old.get_cookie("session")
    assert cookie
    between.set_cookie("session", cookie.value)
    assert send_elsewhere(between, client_in(DUBLIN, "new")) == 303


def test_a_page_without_a_form_leaves_the_cookie_alone_while_keys_change() -> None:
    """So that it can be shared by all readers."""
    client = client_in(OREGON, "new", "old")
    client.get(FORM)
    response = client.get("/boards/star-run")
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "public, max-age=2"
