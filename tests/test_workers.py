"""A function in several processes: order, deaths, limits."""

import threading
import time

import pytest
import worker_tools

from kg import workers
from kg.errors import InputError, ModelError
from kg.workers import Died, Overdue, in_order, one_by_one


def run(texts, folder, jobs=2, limit=60.0):
    return list(in_order(((text, text) for text in texts), ("worker_tools:obedient", (str(folder),)), jobs, limit))


def test_results_come_in_order_and_tasks_without_work_pass_through(tmp_path):
    texts = ["sleep 0.5", *"abcdefghij"]
    tasks = [(text, text if text != "c" else None) for text in texts]
    found = list(in_order(iter(tasks), ("worker_tools:obedient", (str(tmp_path),)), 2, 60.0))
    assert found == [(text, text.upper() if text != "c" else None) for text in texts]
    assert found == list(one_by_one(iter(tasks), worker_tools.obedient(str(tmp_path)), 60.0))


def test_an_article_that_ends_its_process_costs_only_itself(tmp_path):
    found = dict(run(["a", "die x", "b", "stumble y", "c", "leave z", "d"], tmp_path))
    assert {text for text, result in found.items() if result == text.upper()} == {"a", "b", "c", "d", "stumble y"}
    died = {text: result.problem for text, result in found.items() if isinstance(result, Died)}
    assert died == {
        "die x": "the process that read it ended, twice: signal SIGKILL",
        "leave z": "the process that read it ended, twice: exit code 3",
    }
    assert list(found) == ["a", "die x", "b", "stumble y", "c", "leave z", "d"]


def test_what_takes_too_long_is_given_up(tmp_path):
    start = time.monotonic()
    found = dict(run(["a", "sleep 600", "b", "c"], tmp_path, limit=6.0))
    assert time.monotonic() - start < 40
    assert isinstance(found["sleep 600"], Overdue) and "more than 6 seconds" in str(found["sleep 600"])
    assert [found[text] for text in "abc"] == ["A", "B", "C"]


def test_what_takes_too_long_in_this_process_is_given_up():
    read = worker_tools.obedient("")
    found = dict(one_by_one(((text, text) for text in ("a", "sleep 60", "b")), read, 0.2))
    assert isinstance(found["sleep 60"], Overdue) and (found["a"], found["b"]) == ("A", "B")


def test_errors_come_back_whole(tmp_path):
    (_, error) = run(["fail a.txt"], tmp_path)[0]
    assert isinstance(error, InputError) and str(error) == "a.txt:3: is odd – mend it"
    assert (error.path, error.line, error.problem, error.hint) == ("a.txt", 3, "is odd", "mend it")
    assert isinstance(run(["a"], "refused")[0][1], ModelError)


def test_where_nothing_can_work_the_run_ends(monkeypatch):
    monkeypatch.setattr(workers, "_DEATHS", 2)
    with pytest.raises(Died, match="one reading process after the other ends: exit code 1"):
        list(in_order([(text, text) for text in "abc"], ("no_such_module:f", ()), 2, 60.0))


def test_workers_end_with_the_run(tmp_path):
    before = threading.active_count()
    drawn = []

    def tasks():
        for number in range(10_000):
            drawn.append(number)
            yield number, f"text {number}"

    run = in_order(tasks(), ("worker_tools:obedient", (str(tmp_path),)), 2, 60.0)
    assert next(run) == (0, "TEXT 0")
    assert len(drawn) < 200  # no more than the window is drawn ahead
    run.close()
    deadline = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert threading.active_count() == before
