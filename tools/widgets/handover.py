"""What the selector hands to the goal sheet: which model a cycle works with in each phase.

It travels behind the # of a link, which no server sees: #m=goals~knight-partnership_co-plan~technical
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from coaching.catalog import Catalog

_PAIR = re.compile(r"([a-z0-9-]+)~([a-z0-9-]+)")


def fragment(models: Mapping[str, str]) -> str:
    """What follows the # of a link that starts a cycle.

    Args:
        models: phase id -> model id.
    """
    return "m=" + "_".join(f"{phase}~{model}" for phase, model in models.items())


def read_fragment(text: str, content: Catalog) -> dict[str, str]:
    """Phase id -> model id, in the order of the cycle; what this catalog does not have is passed over."""
    given = dict(_PAIR.findall(text.removeprefix("m=")))
    models = {model.id for model in content.ranked}
    return {phase.id: given[phase.id] for phase in content.phases if given.get(phase.id) in models}
