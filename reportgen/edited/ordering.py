"""The places of paragraphs in another order in; those that did not move out."""

from __future__ import annotations

from collections.abc import Sequence


def heaviest_rise(numbers: Sequence[int], weights: Sequence[int]) -> list[int]:
    """The places of the rising run, gaps allowed, that weighs most: what has not moved."""
    ranks = {number: rank for rank, number in enumerate(sorted(set(numbers)), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)  # a tree of the best run up to each rank
    before: list[int] = []
    for place, number in enumerate(numbers):
        rank, top = ranks[number] - 1, (0, -1)
        while rank:
            top = max(top, best[rank])
            rank &= rank - 1
        before.append(top[1])
        rank = ranks[number]
        while rank < len(best):
            best[rank] = max(best[rank], (top[0] + weights[place], place))
            rank += rank & -rank
    result: list[int] = []
    place = max(best)[1]
    while place >= 0:
        result.append(place)
        place = before[place]
    return result[::-1]
