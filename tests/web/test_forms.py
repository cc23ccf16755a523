from __future__ import annotations

from werkzeug.datastructures import MultiDict
from wtforms import Form

from leaderboard_app.domain.countries import Country
from leaderboard_app.web.forms import ParsedField


class Sample(Form):
    country = ParsedField("Country", Country.parse, missing="Choose one.")


def test_a_field_holds_what_the_domain_made_of_its_text_and_keeps_the_text() -> None:
    form = Sample(MultiDict({"country": " fi "}))
    assert form.validate()
    assert (form.country.value, form.country.data) == (Country("FI"), " fi ")


def test_what_the_domain_says_is_the_fields_error() -> None:
    form = Sample(MultiDict({"country": "Atlantis"}))
    assert not form.validate()
    (said,) = form.country.errors
    assert said.startswith("Choose a country by the two letters")


def test_blanks_are_nothing() -> None:
    for sent in ({}, {"country": ""}, {"country": " \t "}):
        form = Sample(MultiDict(sent))
        assert not form.validate()
        assert form.country.errors == ["Choose one."]


def test_of_a_field_sent_twice_the_first_counts() -> None:
    form = Sample(MultiDict([("country", "FI"), ("country", "Atlantis")]))
    assert form.validate()
