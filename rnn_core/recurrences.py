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
    Recurrence("Linear attention", "1", "v_t k_tᵀ", "arXiv:2006.16236", "2020-06"),
    Recurrence("RWKV-6", "diag(w_t)", "v_t k_tᵀ", "arXiv:2404.05892", "2024-04"),
    Recurrence("xLSTM (mLSTM)", "f_t", "i_t v_t k_tᵀ", "arXiv:2405.04517", "2024-05"),
    Recurrence("Mamba-2", "exp(−Δ_t A)", "Δ_t x_t B_tᵀ", "arXiv:2405.21060", "2024-05"),
    Recurrence("minGRU", "z_t", "(1 − z_t) ⊙ W_n x_t", "arXiv:2410.01201", "2024-10"),
    Recurrence("Gated DeltaNet", "α_t (I − β_t k_t k_tᵀ)", "β_t v_t k_tᵀ", "arXiv:2412.06464", "2024-12"),
)
