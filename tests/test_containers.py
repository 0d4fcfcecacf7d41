"""Archives: their members are read within limits; a bad one harms no other, and nothing is written anywhere."""

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from kg import articles, containers
from kg.errors import InputError
from kg.records import Article


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def read(path: Path, data: bytes) -> list[Article | InputError]:
    path.write_bytes(data)
    return list(articles.read([path]))


def told(items) -> list[tuple[str, str]]:
    """Source and text, or path and problem."""
    return [(i.source or "", i.text) if isinstance(i, Article) else (i.path or "", i.problem) for i in items]


def test_members_are_read_sorted(tmp_path):
    path = tmp_path / "a.zip"
    members = {
        "b/x.txt": b"Zwei.",
        "a.jsonl.gz": gzip.compress(b'{"text": "Null."}\n{"text": "Eins."}\n'),
        "b/": b"",
        "b/.hidden.txt": b"Nie.",
        "__MACOSX/b/x.txt": b"Nie.",
        "bild.png": b"\x89PNG",
        "logo": b"\x89PNG\r\n\x1a\n",
        "README.md": b"# Nie",
        "c/x.txt": b"Drei.",
    }
    items = read(path, packed(members))
    assert told(items) == [
        (f"{path}/a.jsonl.gz:1", "Null."),
        (f"{path}/a.jsonl.gz:2", "Eins."),
        (f"{path}/b/x.txt", "Zwei."),
        (f"{path}/c/x.txt", "Drei."),
    ]
    assert [item.id for item in items[2:] if isinstance(item, Article)] == ["x", "c-x"]
    assert told(read(tmp_path / "ohne-endung", packed(members))) == told(
        list(articles.read([tmp_path / "ohne-endung"]))
    )


def test_archives_in_archives(tmp_path):
    inner = packed({"x.txt": b"Innen."})
    middle = packed({"inner.zip": inner, "y.txt": b"Mitte."})
    outer = packed({"middle.zip": middle, "z.txt": b"Aussen."})
    path = tmp_path / "a.zip"
    assert told(read(path, middle)) == [(f"{path}/inner.zip/x.txt", "Innen."), (f"{path}/y.txt", "Mitte.")]
    assert told(read(path, outer)) == [
        (f"{path}/middle.zip/inner.zip", "lies in 2 archives already"),
        (f"{path}/middle.zip/y.txt", "Mitte."),
        (f"{path}/z.txt", "Aussen."),
    ]
    assert told(read(path, gzip.compress(gzip.compress(gzip.compress(b"Innen."))))) == [
        (str(path), "lies in 2 archives already")
    ]
    assert told(read(path, gzip.compress(gzip.compress(b"Innen.")))) == [(str(path), "Innen.")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/x.txt", "etc/x.txt"),
        ("/etc/x.txt", "etc/x.txt"),
        ("C:\\news\\x.txt", "news/x.txt"),
        ("a/../../x.txt", "a/x.txt"),
        ("a\n\x1b[31m.txt", "a??[31m.txt"),
    ],
)
def test_names_lead_nowhere(tmp_path, monkeypatch, name, shown):
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    path.write_bytes(packed({name: b"Eins."}))
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(path.parent)
    assert told(articles.read([path])) == [(f"{path}/{shown}", "Eins.")]
    assert sorted(tmp_path.rglob("*")) == before


def test_bombs_are_refused_before_they_are_unpacked(tmp_path):
    path = tmp_path / "a.zip"
    items = told(read(path, packed({"a.txt": b"Eins.", "b.txt": b"0" * (32 * 2**20), "c.txt": b"Drei."})))
    assert [place for place, _ in items] == [f"{path}/a.txt", f"{path}/b.txt", f"{path}/c.txt"]
    assert items[1][1].startswith("claims 33,554,432 bytes in")
    ((place, problem),) = told(read(path, gzip.compress(b"0" * (32 * 2**20))))
    assert (place, problem) == (str(path), "unpacks to more than 200 times its size")


def test_members_that_share_their_bytes_are_refused(tmp_path):
    # Each member is within bounds, but all lie on the same packed bytes, as in David Fifield's bombs.
    content = os.urandom(90_000) + b"0" * (15 * 2**20)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", content)
        (info,) = archive.filelist
        for number in range(300):
            double = zipfile.ZipInfo(f"{number}.txt")
            for field in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
                setattr(double, field, getattr(info, field))
            archive.filelist.append(double)
    ((place, problem),) = told(read(tmp_path / "a.zip", data.getvalue()))
    assert place == f"{tmp_path}/a.zip" and problem.startswith("claims 4,7")


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(containers, "MEMBERS", 3)
    ((_, problem),) = told(read(tmp_path / "a.zip", packed({f"{n}.txt": b"Eins." for n in range(4)})))
    assert problem == "has 4 members"


def test_what_is_claimed_is_not_exceeded(tmp_path):
    # The list of members says 5 bytes where a bomb is packed: no more than these are unpacked.
    data = bytearray(packed({"a.txt": b"0" * (32 * 2**20)}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (5).to_bytes(4, "little")
    ((_, problem),) = told(read(tmp_path / "a.zip", bytes(data)))
    assert "Bad CRC" in problem or problem == "00000"


def test_encrypted_and_broken_members_harm_no_others(tmp_path):
    path = tmp_path / "a.zip"
    data = bytearray(packed({"a.txt": b"Eins. " * 90, "b.txt": b"Zwei. " * 90, "c.txt": b"Drei."}, zipfile.ZIP_STORED))
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[local + 6] |= 1
    data[central + 8] |= 1
    data[data.index(b"Zwei. ") + 40] ^= 0xFF
    items = told(read(path, bytes(data)))
    assert items[0] == (f"{path}/a.txt", "is encrypted")
    assert items[1][0] == f"{path}/b.txt" and "Bad CRC" in items[1][1]
    assert items[2] == (f"{path}/c.txt", "Drei.")


@pytest.mark.parametrize("cut", [5, 30, 100])
@pytest.mark.parametrize("pack", [gzip.compress, lambda data: packed({"a.txt": data})])
def test_broken_archives_are_one_line(tmp_path, pack, cut):
    whole = pack(os.urandom(300).hex().encode())
    items = read(tmp_path / "a", whole[:-cut])
    assert len(items) == 1 and isinstance(items[0], InputError)
    assert "is a broken" in items[0].problem and "\n" not in str(items[0])


def test_lines_before_the_break_are_read(tmp_path):
    whole = gzip.compress(b"".join(b'{"text": "%s"}\n' % os.urandom(40).hex().encode() for _ in range(5000)))
    items = read(tmp_path / "a.jsonl.gz", whole[: len(whole) // 2])
    assert len(items) > 1000 and isinstance(items[-1], InputError)
    assert all(isinstance(item, Article) for item in items[:-1])
    assert "is a broken gzip file" in items[-1].problem


def test_gzip_of_several_parts(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    parts = b"".join(gzip.compress(b'{"text": "%d."}\n' % number) for number in range(3))
    assert [text for _, text in told(read(path, parts))] == ["0.", "1.", "2."]


@pytest.mark.parametrize("members", [{}, {"bild.png": b"x", "x.css": b"y"}])
def test_archives_without_articles(tmp_path, members):
    ((_, problem),) = told(read(tmp_path / "a.zip", packed(members)))
    assert problem == "holds no article"


def test_office_files_are_no_archives(tmp_path):
    (error,) = read(tmp_path / "a.xlsx", packed({"[Content_Types].xml": b"<Types/>", "xl/a.xml": b"<a/>"}))
    assert isinstance(error, InputError) and error.problem == "is an Office file or e-book"


def test_a_saved_page_in_an_archive_and_a_name_without_end(tmp_path):
    members = {
        "n/Bosch.html": b"<p>Die Werft baut zwei gro\xc3\x9fe F\xc3\xa4hren.</p>",
        "n/Bosch_files/f.txt": b"function () {}",
        "a" * 5000 + ".txt": b"Eins.",
    }
    long, page = read(tmp_path / "a.zip", packed(members))
    assert isinstance(long, Article)
    assert isinstance(page, Article)
    assert (len(long.id), page.id) == (262, "bosch")
