"""The benchmark's articles and its stopwatch; how long anything takes is never tested."""

import time
from itertools import islice

from kg import articles
from tests.benchmarks.stages import Stopwatch
from tests.benchmarks.synthetic import RUNS, SEEDS, SENTENCES, sentences, synthetic


def test_the_same_articles_each_time_whatever_their_number():
    few, many = list(synthetic(30)), list(islice(synthetic(60), 30))
    assert [article.text for article in few] == [article.text for article in many]
    assert len({article.text for article in few}) == 30
    assert {article.language for article in few} == {"de", "en"}


def test_they_are_made_of_the_sentences_of_seeds():
    known = {part for article in articles.read([SEEDS]) for part in sentences(article)}
    for article in synthetic(30):
        made = sentences(article)
        assert len(article.blocks) == RUNS
        assert len(made) >= RUNS * SENTENCES
        assert known.issuperset(made)


def test_a_stage_inside_another_is_counted_once():
    watch = Stopwatch()

    def busy(seconds):
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass

    def steps():
        busy(0.02)
        yield 1
        busy(0.02)

    inner = watch.drawn("inner", steps)
    outer = watch.around("outer", lambda: [busy(0.01) for _ in inner()])
    start = time.process_time()
    outer()
    spent = time.process_time() - start
    assert set(watch.seconds) == {"outer", "inner"}
    assert watch.seconds["inner"] > watch.seconds["outer"] > 0
    assert sum(watch.seconds.values()) <= spent
