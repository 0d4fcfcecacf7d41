"""Make the notebooks from the ``.py`` files beside them: ``python notebooks/build.py`` writes and executes them.

A source is cut at ``# %%`` (code) and ``# %% [markdown]`` (prose behind ``# ``). Cell ids and metadata are a pure
function of the source, so that a notebook changes only where its text or its outputs do.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parent


def sources() -> list[Path]:
    """The sources of all notebooks, in order."""
    return sorted(FOLDER.glob("[0-9]*.py"))


def notebook(source: Path) -> nbformat.NotebookNode:
    """The notebook that a source stands for, not executed."""
    made = nbformat.v4.new_notebook()
    made.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    _, *cells = f"\n{source.read_text(encoding='utf-8')}".split("\n# %%")
    for number, cell in enumerate(cells, 1):
        head, _, body = cell.partition("\n")
        text = body.strip("\n")
        if head.strip() == "[markdown]":
            prose = "\n".join(line.removeprefix("#").removeprefix(" ") for line in text.splitlines())
            made.cells.append(nbformat.v4.new_markdown_cell(prose, id=f"cell-{number}"))
        else:
            made.cells.append(nbformat.v4.new_code_cell(text, id=f"cell-{number}"))
    return made


def execute(made: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """Run all cells in ``notebooks/`` of an empty folder, ``seeds/`` beside it; CellExecutionError where one fails.

    So a notebook finds its articles where it does in the project, and what it writes stays out of the project.
    """
    place = folder / "notebooks"
    place.mkdir()
    shutil.copytree(FOLDER.parent / "seeds", folder / "seeds")
    NotebookClient(made, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(place)}}).execute()
    for cell in made.cells:
        cell.metadata.pop("execution", None)  # the time it ran at
    made.metadata["language_info"] = {"name": "python"}
    return made


def main() -> None:
    """Write every notebook, or those whose sources are named."""
    for source in [Path(name) for name in sys.argv[1:]] or sources():
        with tempfile.TemporaryDirectory() as folder:
            made = execute(notebook(source), Path(folder))
        target = source.with_suffix(".ipynb")
        draft = target.with_suffix(".draft")
        draft.write_text(nbformat.writes(made) + "\n", encoding="utf-8")
        draft.replace(target)
        print(target.name)


if __name__ == "__main__":
    main()
