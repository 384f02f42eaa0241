"""Where the points of the drawings lie."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.drawings import LANE, LETTER, SpanMap, grade_rank, point, ring, ruler, shares, span_map, timeline


def test_the_first_phase_stands_at_the_top_and_the_others_follow_clockwise() -> None:
    nodes = ring(["Goals", "Data", "Co-plan", "Observe", "Reflect"]).nodes

    assert [
        (216.0, 48.0),
        (328.2, 129.5),
        (285.4, 261.5),
        (146.6, 261.5),
        (103.8, 129.5),
    ] == [(n.x, n.y) for n in nodes]


def test_neighbors_with_one_stage_name_share_an_arc() -> None:
    arcs = ring(list("12345"), ["Identify", "Identify", "Learn", "Improve", "Improve"]).arcs

    assert ["Identify", "Learn", "Improve"] == [arc.name for arc in arcs]


def test_an_arc_reaches_from_before_its_first_mark_to_after_its_last() -> None:
    arc = ring(list("12345"), ["One", "One", "Two", "Two", "Two"]).arcs[0]

    assert arc.path.startswith("M{} {}".format(*point(-112, 82)))
    assert arc.path.endswith("{} {}".format(*point(4, 82)))


def test_a_ring_without_stages_has_no_arcs() -> None:
    assert () == ring(list("12345")).arcs


def test_a_ruler_marks_its_value_and_leaves_out_labels_that_would_touch_it() -> None:
    drawn = ruler(3, 8, (0, 12), (0, 4, 8, 12))

    assert [(0, False), (3, True), (8, True), (12, False)] == [(n, on) for _, n, on in drawn.labels]
    assert (27.0, 65.33) == (drawn.start, drawn.end)


def test_a_value_beyond_the_scale_is_cut_off_at_its_end_and_says_so() -> None:
    partly, wholly = ruler(1, 13, (0, 12), (0, 4, 8, 12)), ruler(18, 72, (0, 12), (0, 4, 8, 12))

    assert (True, True, False) == (partly.beyond, wholly.beyond, ruler(3, 8, (0, 12), (0, 4)).beyond)
    assert partly.end == wholly.end == 96
    assert wholly.start < wholly.end
    assert [1] == [n for _, n, own in partly.labels if own]
    assert [] == [n for _, n, own in wholly.labels if own]


def test_a_ruler_of_one_value_starts_and_ends_there() -> None:
    drawn = ruler(3, 3, (1, 5), (1, 2, 3, 4, 5), 4)

    assert 50.0 == drawn.start == drawn.end
    assert 17 == len(drawn.ticks)


def test_rulers_side_by_side_name_both_ends_of_their_scale_whatever_they_mark() -> None:
    values = [(low, high) for low in range(1, 13) for high in range(low, 13)]
    drawn = [ruler(low, high, (1, 12), (1, 4, 8, 12)) for low, high in values]

    assert {1} == {min(n for _, n, _ in one.labels) for one in drawn}
    assert {12} == {max(n for _, n, _ in one.labels) for one in drawn}


# ---- maps, timelines, shares


def boxes(drawn: SpanMap) -> list[tuple[float, float, float, float]]:
    """What each thing covers with its bar and its label: left, right, top, bottom."""
    found = []
    for band in drawn.bands:
        for bar in band.bars:
            words = len(bar.name) * LETTER
            start = bar.text_x if bar.anchor == "start" else bar.text_x - words
            left, right = min(bar.x, start), max(bar.x + bar.width, start + words)
            found.append((left, right, bar.y, bar.y + LANE))
    return found


@given(
    st.lists(
        st.tuples(
            st.text("abcdefgh ", min_size=1, max_size=24), st.integers(1, 5), st.integers(0, 4), st.sampled_from("AB")
        ),
        min_size=1,
        max_size=30,
    )
)
def test_on_a_map_nothing_covers_anything_else_or_leaves_the_picture(rows: list[tuple[str, int, int, str]]) -> None:
    things = [(str(i), name, low, min(low + more, 5), band) for i, (name, low, more, band) in enumerate(rows)]
    drawn = span_map(things, (1, 5), (1, 3, 5))
    covered = boxes(drawn)

    assert len(things) == len(covered)
    for i, (left, right, top, bottom) in enumerate(covered):
        assert left >= 0
        assert right <= drawn.width
        assert bottom <= drawn.height
        for other_left, other_right, other_top, other_bottom in covered[i + 1 :]:
            assert right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top


def test_a_map_grows_for_a_long_name_that_has_room_on_neither_side() -> None:
    (box,) = boxes(drawn := span_map([("a", "a name of many letters in all", 1, 5, "A")], (1, 5), (1, 3, 5)))

    assert 0 <= box[0] < box[1] <= drawn.width


def test_bands_stand_in_the_order_of_their_first_thing() -> None:
    drawn = span_map([("a", "A", 1, 1, "B+"), ("b", "B", 1, 1, "C"), ("c", "C", 2, 2, "B+")], (1, 5), (1, 5))

    assert ["B+", "C"] == [band.name for band in drawn.bands]


def test_a_timeline_runs_from_the_first_week_to_the_last() -> None:
    drawn = timeline([(1, 1), (2, 4)])

    assert [(0.0, 25.0, 12.5), (25.0, 75.0, 62.5)] == [(s.x, s.width, s.middle) for s in drawn.stretches]
    assert [(12.5, 1), (37.5, 2), (62.5, 3), (87.5, 4)] == list(drawn.ticks)


def test_shares_stand_side_by_side_and_fill_the_whole() -> None:
    assert [(0.0, 25.0, 25), (25.0, 0.0, 0), (25.0, 75.0, 75)] == [(s.x, s.width, s.percent) for s in shares([1, 0, 3])]


def test_grades_of_evidence_are_in_order() -> None:
    assert ["A", "A-", "B+", "B", "C+", "C", "D"] == sorted(["C", "A", "D", "B+", "A-", "C+", "B"], key=grade_rank)[
        ::-1
    ]
