"""PDF: lines to paragraphs, what belongs to the page, and files that cannot be read."""

import io
import time

import pypdf
import pytest

from kg import pdf_files
from kg.drafts import Draft, article_of
from kg.errors import InputError
from tests.pdf_pages import pdf

HEAD = ["Nordsee-Tagblatt, 7. März 2024", ""]
FIRST = [
    *HEAD,
    ("Velmar kauft Tondra", 20),
    "",
    "Der Autozulieferer Velmar hat den Kasseler Sensor-",
    "hersteller Tondra gekauft. Der Preis beträgt nach den",
    "Angaben von Velmar zwei Milliarden Euro.",
    "",
    "Die US-",
    "",
    "Seite 1 von 3",
]
SECOND = [
    *HEAD,
    "Regierung muss dem Kauf noch zustimmen, ebenso wie",
    "das Bundeskartellamt in Bonn.",
    "",
    ("Gründer geht", 14),
    "Jens Tondra verlässt die Firma (wie geplant).",
    "",
    "Seite 2 von 3",
]
THIRD = [*HEAD, "Sein Nachfolger heißt Tom Halm.", "", "Seite 3 von 3"]


def only(data: bytes) -> Draft:
    (draft,) = pdf_files.drafts(data, "a.pdf", "a")
    assert isinstance(draft, Draft), draft
    return draft


def failure(data: bytes) -> str:
    (error,) = pdf_files.drafts(data, "a.pdf")
    assert isinstance(error, InputError), error
    return str(error)


def test_paragraphs_of_several_pages():
    draft = only(pdf([FIRST, SECOND, THIRD], root="/Lang(de-DE)"))
    assert [(unit.kind, unit.text) for unit in draft.units] == [
        ("title", "Velmar kauft Tondra"),
        (
            None,
            "Der Autozulieferer Velmar hat den Kasseler Sensorhersteller Tondra gekauft. Der Preis beträgt nach den "
            "Angaben von Velmar zwei Milliarden Euro.",
        ),
        (None, "Die US-Regierung muss dem Kauf noch zustimmen, ebenso wie das Bundeskartellamt in Bonn."),
        ("heading", "Gründer geht"),
        (None, "Jens Tondra verlässt die Firma (wie geplant)."),
        (None, "Sein Nachfolger heißt Tom Halm."),
    ]
    assert draft.fields["language"] == "de"
    assert article_of(draft).title == "Velmar kauft Tondra"


def test_what_the_file_says_of_itself_and_no_date():
    page = ["Velmar hat Tondra gekauft."]
    info = "/Title(Velmar kauft Tondra)/Author(Anna Berg; Tom Halm)/CreationDate(D:20240307120000Z)"
    fields = only(pdf([page], info)).fields
    assert fields == {"title": "Velmar kauft Tondra", "authors": ["Anna Berg", "Tom Halm"], "language": None}
    fields = only(pdf([page], "/Title(Microsoft Word - velmar neu.docx)/Author(aberg)")).fields
    assert (fields["title"], fields["authors"]) == (None, [])


def test_a_page_of_its_own_keeps_its_edges():
    assert [unit.text for unit in only(pdf([["Velmar hat Tondra gekauft.", "", "17"]])).units] == [
        "Velmar hat Tondra gekauft."
    ]


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["Velmar hat Tondra gekauft."]])))
    writer.encrypt(password, owner_password="chef", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_encrypted():
    assert failure(encrypted("geheim")) == "a.pdf: is encrypted – save it without a password"
    assert [unit.text for unit in only(encrypted("")).units] == ["Velmar hat Tondra gekauft."]


WHOLE = pdf([FIRST, SECOND, THIRD])
CIRCLE = WHOLE.replace(b"/Kids[3 0 R", b"/Kids[2 0 R")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is a PDF that was cut off"),
        (WHOLE[: len(WHOLE) // 2], "is a PDF that was cut off"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20 + b"%%EOF", "cannot be read as a PDF"),
        (pdf([[]]), "holds no text"),
        (pdf([]), "holds no text"),
        (pdf([["Ein Satz."]] * 501), "has 501 pages"),
        (CIRCLE, "a.pdf: "),
    ],
    ids=["empty", "truncated", "junk", "image", "no pages", "long", "circle"],
)
def test_bad_files(data, problem):
    started = time.perf_counter()
    message = failure(data)
    assert problem in message and "\n" not in message
    assert time.perf_counter() - started < 10


def test_contents_that_unpack_to_very_much():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["Velmar hat Tondra gekauft." * 1000] * 500])))
    writer.pages[0].compress_content_streams()
    out = io.BytesIO()
    writer.write(out)
    assert "is too large a PDF" in failure(out.getvalue())
