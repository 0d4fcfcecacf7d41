"""Rates of counts, and whether confidence keeps its promise."""

import pytest

from kg.scores import Score, StatusScore, by_threshold, calibration_error, reliability

JUDGED = [(1.0, True), (0.97, True), (0.95, False), (0.9, True), (0.55, False)]


def test_bins_hold_each_triple_once_and_one_belongs_to_the_last():
    bins = reliability(JUDGED)
    assert [(b.low, b.triples, b.seen) for b in bins] == [
        (0.0, 1, 0.0),
        (0.9, 1, 1.0),
        (0.95, 1, 0.0),
        (0.97, 1, 1.0),
        (0.98, 1, 1.0),
    ]
    assert sum(b.triples for b in bins) == len(JUDGED)


def test_the_calibration_error_is_nought_where_promises_are_kept():
    assert calibration_error(reliability([(0.5, True), (0.5, False)])) == 0
    assert calibration_error(reliability([(1.0, False)])) == 1
    assert calibration_error(()) is None
    # (0.55 + 0.1 + 0.95 + 0.03 + 0) / 5
    assert calibration_error(reliability(JUDGED)) == pytest.approx(0.326, abs=0.001)


def test_a_threshold_trades_recall_for_precision():
    kept = by_threshold(JUDGED, gold=6)
    assert kept["0.00"] == Score(6, 5, 3)
    assert kept["0.90"] == Score(6, 4, 3)
    assert kept["0.97"] == Score(6, 2, 2)


def test_rates_of_a_status():
    score = StatusScore(gold=4, found=3, right=2, read=5)
    assert (score.precision, score.recall, score.f1) == (2 / 5, 2 / 4, 4 / 9)
    assert StatusScore().precision is StatusScore().recall is StatusScore().f1 is None
