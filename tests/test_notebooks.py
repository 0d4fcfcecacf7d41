"""Every notebook says what its source says, runs through, and shows nothing of the machine it ran on."""

import importlib.util
import re
from pathlib import Path

import nbformat
import pytest

pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
# Paths that only exist on one machine: /home/…, /tmp/…, C:\Users\…
ABSOLUTE = re.compile(r"(?<![\w:/.<])/(?:home|root|tmp|usr|opt|work|mnt|var|Users|private)/[\w.-]|[A-Z]:\\\\?Users")


def builder():
    spec = importlib.util.spec_from_file_location("build_notebooks", FOLDER / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shown(notebook):
    """All text among the outputs."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            yield from (str(value) for value in output.get("data", {}).values())
            yield str(output.get("text", ""))
            yield "\n".join(output.get("traceback", ()))


def test_there_is_a_notebook_for_each_source():
    assert [path.with_suffix(".py") for path in NOTEBOOKS] == builder().sources() != []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_says_what_its_source_says(path):
    kept, made = nbformat.read(path, as_version=4), builder().notebook(path.with_suffix(".py"))
    assert [(c.cell_type, c.id, c.source) for c in kept.cells] == [(c.cell_type, c.id, c.source) for c in made.cells]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_kept_outputs_hold_no_error_and_no_path_of_a_machine(path):
    kept = nbformat.read(path, as_version=4)
    assert not [output for cell in kept.cells for output in cell.get("outputs", ()) if output.output_type == "error"]
    assert not [ABSOLUTE.search(text) for text in shown(kept) if ABSOLUTE.search(text)]


def test_all_notebooks_together_are_quick_to_fetch():
    assert sum(path.stat().st_size for path in NOTEBOOKS) < 3_000_000


def test_a_notebook_runs_beside_the_articles_and_writes_nothing_into_the_project(tmp_path):
    made = nbformat.v4.new_notebook()
    source = "from pathlib import Path\nPath('made.txt').touch()\nlen(list(Path('../seeds/en').iterdir()))"
    made.cells.append(nbformat.v4.new_code_cell(source))
    executed = builder().execute(made, tmp_path)
    count = len(list((FOLDER.parent / "seeds" / "en").iterdir()))
    assert executed.cells[0].outputs[0].data["text/plain"] == str(count)
    assert (tmp_path / "notebooks" / "made.txt").exists()
    assert not (FOLDER / "made.txt").exists()


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_through(path, tmp_path):
    executed = builder().execute(nbformat.read(path, as_version=4), tmp_path)
    told = [o for cell in executed.cells for o in cell.get("outputs", ()) if o.get("name") == "stderr"]
    assert not [output for output in told if "font cache" not in output.text]  # matplotlib makes it when it is new
    assert not [ABSOLUTE.search(text) for text in shown(executed) if ABSOLUTE.search(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/home/somebody/kg/seeds", True),
        ("in '/tmp/x1/page.html'", True),
        ("C:\\Users\\x", True),
        ("https://kg.example/home/mts", False),
        ("seeds/tmp/a.md", False),
        ("</var/>", False),
    ],
)
def test_paths_of_a_machine_are_told_from_others(text, found):
    assert bool(ABSOLUTE.search(text)) == found
