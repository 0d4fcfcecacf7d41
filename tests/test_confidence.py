"""Calibrated confidence keeps the order of what it is made of."""

from itertools import pairwise

from kg.confidence import calibrated


def test_the_order_of_certainties_is_kept():
    found = [calibrated(n / 1000) for n in range(10, 991)]
    assert all(less < more for less, more in pairwise(found))
    assert 0 < found[0] < found[-1] < 1


def test_the_ends_stay_between_nought_and_one():
    assert 0 < calibrated(0.0) <= calibrated(0.01)
    assert calibrated(1.0) == calibrated(0.99) < 1


def test_what_was_equally_sure_stays_so():
    assert calibrated(0.8762) == calibrated(0.8758)
