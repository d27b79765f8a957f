"""The fit again, from its page (docs/methods/fit.md), one commune, one model and one measure after the other."""

import math
from collections.abc import Sequence

from bpc.core.territory.fit import ModelNeeds, PlaceFacts
from bpc.core.territory.fit_measures import MEASURES

PARTS = ("resource", "labour", "access", "market", "saturation", "need")
CAPS = (20.0, 50.0, 25.0, 25.0, 45.0, 35.0, 40.0)


class Reference:
    """Lists instead of arrays, made once."""

    def __init__(self, places: PlaceFacts, models: ModelNeeds) -> None:
        self.measures = places.measures.tolist()
        self.adults = places.adults.tolist()
        self.grounds = places.grounds.tolist()
        self.traits = places.traits.tolist()
        self.room = places.room.tolist()
        self.region = places.region.tolist()
        self.room_known = places.room_known
        self.products = [[at for at, wanted in enumerate(row) if wanted] for row in models.products.tolist()]
        self.weights = models.weights.tolist()
        self.members = models.members.tolist()
        self.sector = models.sector.tolist()
        self.conditions = models.conditions.tolist()
        self.advised = models.advised.tolist()
        self.columns = {
            part: [at for at, measure in enumerate(MEASURES) if measure.part == part] for part in PARTS
        }

    def scores(self, weights: Sequence[float]) -> list[list[float]]:
        """Every score, NaN where nothing is known."""
        return [
            [self.score(place, model, weights) for model in range(len(self.members))]
            for place in range(len(self.measures))
        ]

    def score(self, place: int, model: int, weights: Sequence[float]) -> float:
        """One score."""
        total = logs = 0.0
        for part, weight in zip(PARTS, weights, strict=True):
            value, known = self.part(place, model, part)
            held = weight * known
            if held > 0:
                total += held
                logs += held * math.log(0.1 + 0.9 * value)
        if total == 0:
            return math.nan
        mean = 100 * (math.exp(logs / total) - 0.1) / 0.9
        return min(max(mean, 0.0), 100.0, self.cap(place, model))

    def part(self, place: int, model: int, part: str) -> tuple[float, float]:
        """One part and how much of it is known."""
        if part == "resource":
            return self.resource(place, model)
        if part == "saturation":
            room = self.room[place][self.sector[model]]
            return (0.0, 0.0) if math.isnan(room) else (room, self.room_known)
        known = wanted = value = 0.0
        if part == "labour":
            wanted = 1.0
            if not math.isnan(self.adults[place]):
                known = 1.0
                value = min(1.0, self.adults[place] / (20 * self.members[model]))
        for at in self.columns[part]:
            weight = self.weights[model][at]
            wanted += weight
            if weight and not math.isnan(self.measures[place][at]):
                known += weight
                value += weight * self.measures[place][at]
        return (value / known, known / wanted) if known else (0.0, 0.0)

    def resource(self, place: int, model: int) -> tuple[float, float]:
        """The best ground, and whether the model needs any."""
        if not self.products[model]:
            others = (self.part(place, model, part)[1] for part in PARTS[1:])
            return 0.5, 1.0 if max(others) > 0 else 0.0
        best = self.advised[model][self.region[place]]
        for product in self.products[model]:
            best = max(best, self.grounds[place][product])
        return best, 1.0

    def cap(self, place: int, model: int) -> float:
        """The limit of the conditions that are not met."""
        limit = 100.0
        *asked, known_product = self.conditions[model]
        for at, demanded in enumerate(asked):
            if demanded and self.traits[place][at] == 0:
                limit = min(limit, CAPS[at])
        if known_product and self.products[model] and self.resource(place, model)[0] < 0.27:
            limit = min(limit, CAPS[-1])
        return limit
