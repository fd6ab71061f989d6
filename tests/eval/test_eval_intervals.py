import pytest

from eval.intervals import bootstrap, mcnemar, paired, wilson


def test_wilson_agrees_with_published_values() -> None:
    # Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_mcnemar_is_an_exact_sign_test() -> None:
    assert mcnemar(5, 0) == pytest.approx(0.0625)
    assert mcnemar(10, 2) == pytest.approx(0.03857, abs=1e-5)
    assert mcnemar(3, 3) == 1.0
    assert mcnemar(0, 0) == 1.0


def test_paired_counts_what_only_one_has_right() -> None:
    difference = paired([True, True, True, False], [True, False, False, True])
    assert (difference.gained, difference.lost) == (2, 1)
    assert difference.value == pytest.approx(0.25)
    assert difference.low <= 0.25 <= difference.high
    with pytest.raises(ValueError, match="shorter"):
        paired([True, True], [True])


def test_the_bootstrap_repeats_itself_and_covers_the_mean() -> None:
    values = [0.0, 1.0] * 50
    assert bootstrap(values) == bootstrap(values)
    low, high = bootstrap(values)
    assert 0.38 < low < 0.5 < high < 0.62
    assert bootstrap([1.0, 1.0]) == (1.0, 1.0)
    assert bootstrap([]) == (0.0, 0.0)
