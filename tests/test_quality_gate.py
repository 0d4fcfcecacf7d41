"""The gate itself must be able to fail."""

import pytest
import quality_gate as gate

FLOOR = {
    "gold": "abc",
    "de_precision": 0.9,
    "de_recall": 0.6,
    "statuses": 0.9,
    "references": 0.8,
    "traps": 1.0,
    "reason": "",
}
LOWER = {**FLOOR, "de_recall": 0.5}


@pytest.mark.parametrize(
    ("history", "committed", "wrong"),
    [
        ([FLOOR], [], []),
        ([FLOOR, {**FLOOR, "de_recall": 0.7}], [[FLOOR]], []),
        ([FLOOR, LOWER], [[FLOOR]], ["floor 2 lowers de_recall from 0.6 to 0.5 without a reason"]),
        ([FLOOR, {**LOWER, "reason": "more gold"}], [[FLOOR]], []),
        ([FLOOR, {**LOWER, "set": "tests/gold", "reason": ""}], [[FLOOR]], []),
        ([LOWER], [[FLOOR]], ["a committed floor was changed or removed: add a new one instead"]),
        ([], [[FLOOR], []], ["a committed floor was changed or removed: add a new one instead"]),
    ],
)
def test_floors_cannot_be_lowered_silently(history, committed, wrong):
    assert gate.problems(history, committed) == wrong


def test_figures_below_the_floor_are_named():
    assert gate.below({**FLOOR, "de_precision": 0.9 - 1e-12}, FLOOR) == []
    assert gate.below({}, {"traps": 0.5}) == ["traps fell to 0.0000, the floor is 0.5"]
    assert gate.below({**FLOOR, "traps": 0.95}, FLOOR) == ["traps fell to 0.9500, the floor is 1.0"]
    large = {**FLOOR, "set": "tests/gold"}
    assert gate.below({**FLOOR, "traps": 0.997}, large) == []
    assert gate.below({**FLOOR, "traps": 0.995}, large) == ["traps fell to 0.9950, the floor is 1.0"]


def test_the_hash_stands_for_articles_and_gold(tmp_path):
    (tmp_path / "a.md").write_text("A.")
    (tmp_path / "a.gold.toml").write_text("x = 1")
    first = gate.gold_hash(tmp_path)
    (tmp_path / "README.md").write_text("Read me.")
    assert gate.gold_hash(tmp_path) == first
    (tmp_path / "a.md").write_text("B.")
    second = gate.gold_hash(tmp_path)
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    assert len({first, second, gate.gold_hash(tmp_path)}) == 3


def test_recording_adds_a_floor(tmp_path, monkeypatch, capsys):
    floors = tmp_path / "floors.toml"
    floors.write_text("# history\n")
    monkeypatch.setattr(gate, "FLOORS", floors)
    monkeypatch.setattr(gate, "gold_hash", lambda folder: "abc")
    monkeypatch.setattr(gate, "committed_floors", list)
    figures = gate.figures_of(FLOOR)
    monkeypatch.setattr(gate, "measure", lambda folder: figures)
    assert gate.main([]) == 1
    assert "seeds has no floor yet" in capsys.readouterr().out
    assert gate.main(["--record", 'said "so"']) == 0
    assert gate.read_floors(floors.read_text()) == [{**FLOOR, "set": name, "reason": 'said "so"'} for name in gate.SETS]
    assert gate.main([]) == 0
    figures["de_precision"] = 0.1
    assert gate.main([]) == 1
    monkeypatch.setattr(gate, "gold_hash", lambda folder: "other")
    assert gate.main([]) == 1
    assert "tests/gold has changed since its last floor" in capsys.readouterr().out
