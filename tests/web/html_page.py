"""Read a page as a browser would, find things in it, and say what is wrong with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from leaderboard_app.web.languages.known import BY_CODE

_VOID = frozenset({"meta", "base", "link", "img", "input", "br", "hr"})
_INLINE = frozenset({"a", "b", "bdi", "small", "span", "strong", "time"})


@dataclass
class Element:
    """An element with what is in it: text and elements, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[str | Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text inside, with plain blanks folded as a browser does."""
        return re.sub(r"[ \n]+", " ", "".join(self._pieces())).strip(" ")

    def _pieces(self) -> Iterator[str]:
        for each in self.content:
            if isinstance(each, str):
                yield each
            else:
                apart = "" if each.tag in _INLINE else " "
                yield from (apart, *each._pieces(), apart)  # noqa: SLF001 - of its own kind.

    def all(self, *tags: str) -> Iterator[Element]:
        """Yield the elements inside, at any depth, of these tags or of all."""
        for each in self.content:
            if isinstance(each, Element):
                if not tags or each.tag in tags:
                    yield each
                yield from each.all(*tags)

    def __getitem__(self, attribute: str) -> str:
        return self.attributes.get(attribute, "")


class Page(HTMLParser):
    """A page, parsed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Element("")
        self._open = [self.root]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "option" and self._open[-1].tag == "option":
            self._open.pop()
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].content.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._open[-1].tag == "option":
            self._open.pop()
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].content.append(data)

    def all(self, *tags: str) -> list[Element]:
        return list(self.root.all(*tags))

    def one(self, tag: str) -> Element:
        (found,) = self.root.all(tag)
        return found

    @property
    def title(self) -> str:
        """The page's own title: pictures have titles, too."""
        (found,) = self.one("head").all("title")
        return found.text

    def find(self, element_id: str) -> Element | None:
        return next((each for each in self.root.all() if each["id"] == element_id), None)

    def get(self, element_id: str) -> Element:
        found = self.find(element_id)
        assert found is not None, f"No #{element_id} on {self.title!r}"
        return found

    def rows(self, table_id: str = "ranking") -> list[list[str]]:
        """Return the text of a table's cells, row by row, without the heading."""
        body = next(self.get(table_id).all("tbody"))
        return [[cell.text for cell in row.all("th", "td")] for row in body.all("tr")]

    def link(self, text: str) -> str:
        """Return where the one link of that text leads."""
        (found,) = {each["href"] for each in self.all("a") if each.text == text}
        return found

    def fields(self, form_id: str) -> dict[str, str]:
        """Return what a form would send as it stands."""
        form = self.get(form_id)
        inputs = {each["name"]: each["value"] for each in form.all("input")}
        return inputs | {each["name"]: _selected(each) for each in form.all("select")}


def _selected(select: Element) -> str:
    chosen = [each["value"] for each in select.all("option") if "selected" in each.attributes]
    return chosen[0] if chosen else next(select.all("option"))["value"]


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with a page, whatever it shows."""
    return [*_in_the_frame(page), *_in_references(page), *_in_forms(page), *_in_elements(page)]


def _in_the_frame(page: Page) -> Iterator[str]:
    for tag in ("html", "h1", "main"):
        found = page.all(tag)
        if len(found) != 1 or not found[0].text:
            yield f"needs one <{tag}> with something in it"
    if not page.title:
        yield "needs a title"
    root = page.one("html")
    if root["lang"] not in BY_CODE:
        yield "does not say its language"
    elif (root["dir"] or "ltr") != BY_CODE[root["lang"]].direction:
        yield "runs the wrong way"


def _in_references(page: Page) -> Iterator[str]:
    ids = Counter(each["id"] for each in page.all() if each["id"])
    yield from (f"id {name} stands {times} times" for name, times in ids.items() if times > 1)
    for each in page.all():
        named = [*each["aria-describedby"].split(), *each["aria-labelledby"].split(), each["for"]]
        if each.tag == "a" and each["href"].startswith("#"):
            named.append(each["href"][1:])
        yield from (f"<{each.tag}> names #{name}" for name in named if name and name not in ids)


def _in_forms(page: Page) -> Iterator[str]:
    labelled = {each["for"] for each in page.all("label")}
    for each in page.all("input", "select", "textarea"):
        if each["type"] != "hidden" and each["id"] not in labelled:
            yield f"<{each.tag} name={each['name']}> has no label"
    for form in page.all("form"):
        if not any(each["type"] == "submit" for each in form.all("button")):
            yield "a form has no button"
        if form["method"] == "post" and not any(
            each["name"] == "csrf_token" and each["value"] for each in form.all("input")
        ):
            yield "a form that posts has no token"


def _in_elements(page: Page) -> Iterator[str]:
    for each in page.all():
        is_inline = each.tag == "style" or (each.tag == "script" and not each["src"])
        if is_inline or "style" in each.attributes:
            yield f"<{each.tag}> is inline script or style"
        yield from (f"<{each.tag} {name}>" for name in each.attributes if name.startswith("on"))
        if each.tag in {"a", "button", "caption", "th", "label"} and not each.text:
            yield f"<{each.tag}> is empty"
        if each.tag == "a" and not each["href"]:
            yield f"link {each.text!r} leads nowhere"
        if each.tag == "img" and "alt" not in each.attributes:
            yield "an image has no alternative text"
        if each.tag == "svg" and not (each["aria-labelledby"] or each["aria-hidden"]):
            yield "a picture has no name"
        if each.tag == "th" and each["scope"] not in {"row", "col"}:
            yield f"<th> {each.text!r} has no scope"
