"""Mails: which part is read, and what of it."""

from email.message import EmailMessage

import pytest

from kg import mails
from kg.drafts import Draft, article_of
from kg.errors import InputError
from tests.web_pages import GERMAN_NEWSPAPER

TEXT = "Velmar hat Tondra gekauft.\n\nDer Gründer geht.\n"


def mail(
    text: str | None = TEXT, html: str | None = None, sender: str = "Küstenblatt <brief@k.example>"
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["Subject"] = "Velmar kauft Tondra für 2 Mrd. €"
    message["Date"] = "Thu, 07 Mar 2024 00:15:00 +0100"
    if text is not None:
        message.set_content(text, charset="iso-8859-1")
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def only(data: bytes) -> Draft:
    (draft,) = mails.drafts(data, "a.eml", "a")
    assert isinstance(draft, Draft), draft
    return draft


def failure(data: bytes) -> str:
    (error,) = mails.drafts(data, "a.eml")
    assert isinstance(error, InputError), error
    return str(error)


def test_a_newsletter():
    draft = only(mail(html="<p>Etwas anderes steht hier.</p>").as_bytes())
    assert draft.text == TEXT.strip()
    assert draft.fields == {
        "title": "Velmar kauft Tondra für 2 Mrd. €",
        "date": "2024-03-07",
        "authors": ["Küstenblatt"],
        "language": None,
    }
    assert article_of(draft).date == "2024-03-07"


def test_a_mail_of_html_only():
    draft = only(mail(None, GERMAN_NEWSPAPER.html, "brief@k.example").as_bytes())
    assert [unit.text for unit in draft.units if unit.kind is None] == GERMAN_NEWSPAPER.text
    assert draft.fields["title"] == "Velmar kauft Tondra für 2 Mrd. €", "what the mail says goes first"
    assert draft.fields["authors"] == ["Anna Berg", "Tom Halm"]


def test_quotes_and_signatures_are_left_out():
    text = f"{TEXT}\nAm 6. März 2024 schrieb Tom Halm <t@k.example>:\n> Orbis klagt.\n>> Ja.\n"
    text += "\n-- \nAnna Berg leitet Orbis."
    assert only(mail(text).as_bytes()).text == TEXT.strip()


def test_attachments_are_left_out():
    message = mail()
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    message.add_attachment("Orbis klagt.", filename="a.txt")
    assert only(message.as_bytes()).text == TEXT.strip()


HEAD = b"From: a@k.example\nSubject: S\n"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is no mail"),
        (b"Velmar hat Tondra gekauft.", "is no mail"),
        (HEAD + b"\n", "without text"),
        (HEAD + b"Content-Type: application/pdf\n\nx", "without text"),
        (HEAD + b"\n> Orbis klagt.\n-- \nAnna", "without text"),
    ],
)
def test_bad_mails(data, problem):
    assert problem in failure(data)


@pytest.mark.parametrize("body", [b"!!!=", b"VmVsbWFy=IGhh*dCBUb25kcmEgZ2VrYXVmdA", b"\xff\x00=="])
def test_broken_base64_gives_text_or_one_line(body):
    (found,) = mails.drafts(HEAD + b"Content-Transfer-Encoding: base64\nDate: gestern\n\n" + body, "a.eml")
    assert isinstance(found, Draft | InputError)
    assert not isinstance(found, Draft) or found.fields["date"] is None


def test_a_header_without_end_is_refused_and_receivers_do_not_matter():
    many = b", ".join([b'"A B" <a@b.example>'] * 20_000)
    assert "has a header From of" in failure(b"From: " + many + b"\r\nSubject: x\r\n\r\nVelmar geht.")
    assert only(b"From: a@b.example\r\nTo: " + many + b"\r\n\r\nVelmar geht.").name == "a"
