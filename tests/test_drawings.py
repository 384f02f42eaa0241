"""Where the points of the drawings lie."""

from __future__ import annotations

from sitegen.drawings import point, ring, ruler


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


def test_a_ruler_of_one_value_starts_and_ends_there() -> None:
    drawn = ruler(3, 3, (1, 5), (1, 2, 3, 4, 5), 4)

    assert 50.0 == drawn.start == drawn.end
    assert 17 == len(drawn.ticks)
