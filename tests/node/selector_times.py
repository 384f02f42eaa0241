"""How long the selector's rules take, in whatever Python runs this. Prints milliseconds as JSON, for the benchmarks."""

import json
from dataclasses import replace
from time import perf_counter

from coaching.catalog import from_json
from coaching.selector import recommend
from coaching.selector_code import Answered, decode, encode
from coaching.selector_request import parse_request
from coaching.sensitivity import sensitivity
from coaching.team import Voice, team_result

try:
    text = catalog_json  # type: ignore[name-defined]  # given by the benchmark
except NameError:
    from pkgutil import get_data

    text = (get_data("widgets.runtime", "catalog.json") or b"").decode()
catalog = from_json(text)
content, few = catalog.selector, catalog.ranked
scored = content.scored
request, _ = parse_request(
    {"answers": {q.key: q.answers[i % len(q.answers)].key for i, q in enumerate(scored) if i % 4}}, content
)
many = [replace(m, id=f"{m.id}-{i}", name=f"{m.name} {i}") for i in range(200 // len(few) + 1) for m in few][:200]
voices = [
    Voice(
        request=parse_request(
            {"answers": {q.key: q.answers[(i * 7 + n * 3) % len(q.answers)].key for i, q in enumerate(scored)}}, content
        )[0],
        role=content.roles[n % len(content.roles)].key,
    )
    for n in range(60)
]
code = encode(content, Answered(request=request, role=None))


def times(work, rounds):
    work()
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        taken.append((perf_counter() - start) * 1000)
    return sorted(taken)[len(taken) // 2]


print(  # noqa: T201
    json.dumps(
        {
            "recommend": times(lambda: recommend(few, content, request), 30),
            "sensitivity": times(lambda: sensitivity(few, content, request), 15),
            "sensitivity of 200": times(lambda: sensitivity(many, content, request), 5),
            "team of 60": times(lambda: team_result(few, content, voices), 3),
            "code": times(lambda: decode(content, code), 30),
        }
    )
)
