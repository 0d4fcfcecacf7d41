"""Tables in Apache Parquet; each row is an article. pyarrow comes with an extra of its own, as it is large."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.documents import Document, seekable
from kg.drafts import Draft
from kg.errors import InputError
from kg.extras import extra
from kg.field_names import field_of
from kg.rows import row_draft

_BATCH: Final = 64  # rows held at once


def parquet_rows(document: Document) -> Iterator[Draft | InputError]:
    """One article to a row; which column is which, their names tell (see `kg.field_names`).

    Raises:
        InputError: it is broken, or has no column of texts.
        KgError: pyarrow is not installed.
    """
    parquet = extra("pyarrow.parquet", "parquet")
    arrow = extra("pyarrow", "parquet")
    source = document.source
    number = 0
    try:
        file = parquet.ParquetFile(seekable(document))
        names = list(dict.fromkeys(file.schema_arrow.names))
        columns = [name for name in names if field_of(name)]
        if "text" not in map(field_of, columns):
            hint = f"found {', '.join(names[:8])}; name a column text, body, content or articleBody"
            raise InputError("has no column of texts", path=source, hint=hint)
        for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
            for row in batch.to_pylist():
                number += 1
                try:
                    yield row_draft(row, source, number)
                except InputError as error:
                    yield error
    except (arrow.ArrowException, OSError) as error:
        problem = f"is a broken Parquet file: {str(error).splitlines()[0][:120]}"
        raise InputError(problem, path=source, line=number + 1 if number else None) from None
