"""DOCX: blocks by their styles, what the file says of itself, and files that cannot be read."""

import io
import zipfile

import docx
import pytest

from kg import docx_files
from kg.drafts import Draft, article_of
from kg.errors import InputError


def packed(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def document(title: str = "", author: str = "") -> bytes:
    made = docx.Document()
    made.core_properties.title = title
    made.core_properties.author = author
    made.core_properties.language = "de-DE"
    made.add_paragraph("Der Autozulieferer Velmar hat Tondra gekauft.")
    made.add_heading("Gründer geht", 2)
    made.add_paragraph("Jens Tondra verlässt die Firma.")
    made.add_paragraph("Sensoren", style="List Bullet")
    made.add_paragraph("Tom Halm folgt ihm nach.", style="List Bullet")
    made.add_paragraph("Das Werk in Emden.", style="Caption")
    made.add_table(1, 1).cell(0, 0).text = "Orbis klagt."
    return packed(made)


def failure(data: bytes) -> str:
    (error,) = docx_files.drafts(data, "a.docx")
    assert isinstance(error, InputError), error
    return str(error)


def test_blocks_and_fields():
    (draft,) = docx_files.drafts(document("Velmar kauft Tondra", "Anna Berg; Tom Halm"), "a.docx", "a")
    assert isinstance(draft, Draft)
    assert [(unit.kind, unit.text) for unit in draft.units] == [
        (None, "Der Autozulieferer Velmar hat Tondra gekauft."),
        ("heading", "Gründer geht"),
        (None, "Jens Tondra verlässt die Firma."),
        (None, "Tom Halm folgt ihm nach."),
    ]
    assert draft.fields == {"title": "Velmar kauft Tondra", "authors": ["Anna Berg", "Tom Halm"], "language": "de"}
    assert article_of(draft).date is None


def test_a_title_in_the_text_goes_before_that_of_the_file():
    made = docx.Document(io.BytesIO(document("Vorlage für Artikel", "aberg")))
    made.paragraphs[0].insert_paragraph_before("Velmar kauft Tondra", style="Title")
    (draft,) = docx_files.drafts(packed(made), "a.docx")
    assert article_of(draft).title == "Velmar kauft Tondra"
    assert draft.fields["authors"] == []


def bomb(name: str, megabytes: int = 200) -> bytes:
    out = io.BytesIO(document())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as part:
        for _ in range(megabytes):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def lying_bomb() -> bytes:
    """A part that unpacks to more than it says."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * 50_000_000)
    return out.getvalue().replace((50_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is no DOCX"),
        (document()[:5000], "is no DOCX"),
        (bomb("word/big.xml", 60), "bytes of XML"),
        (bomb("word/media/big.png"), "it may be a zip bomb"),
        (lying_bomb(), "cannot be read as DOCX"),
        (packed(docx.Document()), "holds no text"),
        (b"PK\x05\x06" + bytes(18), "cannot be read as DOCX"),
    ],
    ids=["empty", "truncated", "bomb", "bomb of an image", "lying bomb", "nothing", "empty archive"],
)
def test_bad_files(data, problem):
    message = failure(data)
    assert problem in message and "\n" not in message


def test_a_document_of_endless_paragraphs_is_refused(monkeypatch):
    monkeypatch.setattr(docx_files, "MOST_PARAGRAPHS", 3)
    assert "paragraphs – allowed are 3; split it" in failure(document())
