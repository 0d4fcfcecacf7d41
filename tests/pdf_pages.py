"""PDF files written by hand, as small as the format allows."""

Line = str | tuple[str, int]  # text, and the size of its letters in points; "" leaves a line free


def pdf(pages: list[list[Line]], info: str = "", root: str = "") -> bytes:
    """A PDF with these lines on its pages, set in Helvetica of 11 points on 14."""
    font = 3 + 2 * len(pages)
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{root}>>".encode(),
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
    ]
    for number, lines in enumerate(pages):
        contents = b"BT 14 TL 60 780 Td " + b" ".join(map(_drawn, lines)) + b" ET"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {4 + 2 * number} 0 R"
        objects.append(f"{page}/Resources<</Font<</F {font} 0 R>>>>>>".encode())
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(contents), contents))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    objects.append(f"<<{info}>>".encode("cp1252"))
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>" % (len(objects) + 1, len(objects))
    table = b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, end)
    return out + table + b"\nstartxref\n%d\n%%%%EOF\n" % len(out)


def _drawn(line: Line) -> bytes:
    text, size = (line, 11) if isinstance(line, str) else line
    if not text:
        return b"T*"
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"/F %d Tf (%s) Tj T*" % (size, escaped.encode("cp1252"))
