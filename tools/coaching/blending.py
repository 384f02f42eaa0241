"""A model of a school's own: a coaching model for each phase, what speaks against the mix, what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coaching.content import CoachingModel, CycleStep, Phase, PhaseId
from coaching.selector import Recommendation, SelectorContent

MOST_MODELS = 2
"""Models in one cycle in a first year: more are more than people can keep apart."""


@dataclass(frozen=True, kw_only=True)
class OwnPhase:
    phase: Phase
    model: CoachingModel | None
    """None while it is left open."""
    step: CycleStep | None
    """What the model does in this phase."""


@dataclass(frozen=True, kw_only=True)
class OwnModel:
    """The mix, phase by phase in the order of the cycle."""

    phases: tuple[OwnPhase, ...]
    leads: CoachingModel | None
    """The model of the most phases, the earlier one if two have as many: it decides when they differ."""
    partners: tuple[CoachingModel, ...]
    warnings: tuple[str, ...]
    """A sentence each, for the reader."""

    @property
    def complete(self) -> bool:
        return all(own.model for own in self.phases)


def own_model(
    chosen: Mapping[PhaseId, str],
    models: Sequence[CoachingModel],
    phases: Sequence[Phase],
    content: SelectorContent,
    result: Recommendation,
) -> OwnModel:
    """The mix that `chosen` stands for.

    Args:
        chosen: phase id -> model id; phases may be missing, unknown models are passed over.
        result: what the selector said; a model that it ruled out may be chosen, with a warning.
    """
    known = {model.id: model for model in models}
    own = tuple(_own(phase, known.get(chosen.get(phase.id, ""))) for phase in phases)
    used = [one.model for one in own if one.model]
    counts = Counter(model.id for model in used)
    order = sorted(counts, key=lambda id_: (-counts[id_], [model.id for model in used].index(id_)))
    ranked = [known[id_] for id_ in order]
    return OwnModel(
        phases=own,
        leads=ranked[0] if ranked else None,
        partners=tuple(ranked[1:]),
        warnings=tuple(_warnings(ranked, content, result)),
    )


def _own(phase: Phase, model: CoachingModel | None) -> OwnPhase:
    step = next((step for step in model.cycle if step.phase == phase.id), None) if model else None
    return OwnPhase(phase=phase, model=model, step=step)


def _warnings(models: Sequence[CoachingModel], content: SelectorContent, result: Recommendation) -> list[str]:
    ids = {model.id: model.spoken for model in models}
    found = []
    if len(ids) > MOST_MODELS:
        found.append(
            f"{len(ids)} models are more than people can keep apart in a first year. "
            f"Two are enough: {models[0].spoken} and one partner."
        )
    for clash in content.clashes:
        one, other = clash.models
        if one in ids and other in ids:
            found.append(f"{ids[one]} and {ids[other]} pull in different directions. {clash.because}")
    for out in result.excluded:
        if out.model in ids:
            found.append(f"{ids[out.model]} is ruled out by your answers: {out.because}.")
    return found
