"""Fills by numpy.random on one thread: the least of many, in nanoseconds a number. Run with any Python that has numpy."""
import time
import numpy as np

N = 16384


def least(action, repetitions=2000):
    best = float("inf")
    for _ in range(repetitions):
        start = time.perf_counter_ns()
        action()
        best = min(best, time.perf_counter_ns() - start)
    return best / N


single, double = np.empty(N, np.float32), np.empty(N)
print(f"numpy {np.__version__}")
print("| fill | Philox ns | PCG64 ns |\n|---|---|---|")
generators = [np.random.Generator(np.random.Philox(42)), np.random.Generator(np.random.PCG64(42))]
fills = {
    "float uniform": lambda g: g.random(out=single, dtype=np.float32),
    "float normal": lambda g: g.standard_normal(out=single, dtype=np.float32),
    "float exponential": lambda g: g.standard_exponential(out=single, dtype=np.float32),
    "integers below 1000": lambda g: g.integers(0, 1000, N, dtype=np.int32),
    "double uniform": lambda g: g.random(out=double),
    "double normal": lambda g: g.standard_normal(out=double),
    "double exponential": lambda g: g.standard_exponential(out=double),
}
for name, fill in fills.items():
    print(f"| {name} | " + " | ".join(f"{least(lambda: fill(g)):.2f}" for g in generators) + " |")
