"""Recurrences that a scan computes, S_t = a_t S_{t−1} + b_t: what each chooses for a_t and b_t, and who says so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Recurrence:
    """One row.

    Attributes:
        name: what its authors call it.
        factor: a_t.
        addend: b_t.
        source: the number of its paper.
        date: of its first version, year and month.
    """

    name: str
    factor: str
    addend: str
    source: str
    date: str


RECURRENCES = (
    Recurrence("Linear attention", "1", "vₜ kₜᵀ", "arXiv:2006.16236", "2020-06"),
    Recurrence("RWKV-6", "diag(wₜ)", "vₜ kₜᵀ", "arXiv:2404.05892", "2024-04"),
    Recurrence("xLSTM (mLSTM)", "fₜ", "iₜ vₜ kₜᵀ", "arXiv:2405.04517", "2024-05"),
    Recurrence("Mamba-2", "exp(−Δₜ A)", "Δₜ xₜ Bₜᵀ", "arXiv:2405.21060", "2024-05"),
    Recurrence("minGRU", "zₜ", "(1 − zₜ) ⊙ Wₙ xₜ", "arXiv:2410.01201", "2024-10"),
    Recurrence("Gated DeltaNet", "αₜ (I − βₜ kₜ kₜᵀ)", "βₜ vₜ kₜᵀ", "arXiv:2412.06464", "2024-12"),
)
