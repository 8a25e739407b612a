"""The credit that classes give: the minutes of each module, and the rule that they reach."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..event_kinds import Payload


@dataclass
class ClassCredit:
    """Sums up classes that somebody attended, one by one, until a course is completed by them.

    `minutes` are those taught of each module. One is credited once they reach what the rule of a class asks,
    and stays so where a later rule asks more.
    """

    minutes: dict[str, int] = field(default_factory=dict)
    credited: set[str] = field(default_factory=set)
    _by_session: dict[str, int] = field(default_factory=dict)
    _earlier: Payload | None = None

    def add(self, attended: Payload) -> Payload | None:
        """Adds a class by its payload, the same one once; returns the rule that is reached by then, or None.

        A rule without a core asks for minutes, whatever was taught. Who attended under one may finish by it.
        """
        self._add_minutes(attended)
        rule: Payload = attended["rule"]
        core = rule.get("core")
        if core:
            self.credited.update(
                module for module, needed in core.items() if self.minutes.get(module, 0) >= needed
            )
            if self.credited.issuperset(core):
                return rule
        else:
            self._earlier = rule
        if self._earlier is None or sum(self._by_session.values()) < self._earlier.get("minutes", 0):
            return None
        return self._earlier

    def _add_minutes(self, attended: Payload) -> None:
        session = attended["session"]
        if session not in self._by_session:
            self._by_session[session] = attended["minutes"]
            for module, minutes in attended.get("modules", {}).items():
                self.minutes[module] = self.minutes.get(module, 0) + minutes
