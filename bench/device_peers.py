"""Times the peers' random fills and NumPyro's vectorised HMC on the GPU, in the rows of GpuSampling's own table.

Run by bench/device.sh. Rules of fairness: everything is warmed up and compiled before it is timed, every timing ends with a
synchronisation, figures are medians of at least five repetitions in float32, and compile time is reported apart.
"""

import statistics
import time

COUNT = 1 << 30  # numbers a fill: 4 GiB, far beyond any cache
REPETITIONS = 7


def median_seconds(action, synchronize):
    action()
    synchronize()
    times = []
    for _ in range(REPETITIONS):
        began = time.perf_counter()
        action()
        synchronize()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def row(name, seconds, count=COUNT, bytes_each=4):
    print(f"| {name} | {count / seconds / 1e9:.1f} G/s | {count * bytes_each / seconds / 1e9:.0f} GB/s |")


def pytorch():
    import torch

    if not torch.cuda.is_available():
        print(f"PyTorch {torch.__version__}: sees no CUDA device.")
        return
    memory = torch.empty(COUNT, dtype=torch.float32, device="cuda")
    print(f"PyTorch {torch.__version__} on {torch.cuda.get_device_name()}")
    row("torch zero_ (memset)", median_seconds(memory.zero_, torch.cuda.synchronize))
    row("torch uniform_", median_seconds(memory.uniform_, torch.cuda.synchronize))
    row("torch normal_", median_seconds(memory.normal_, torch.cuda.synchronize))
    row("torch exponential_", median_seconds(memory.exponential_, torch.cuda.synchronize))


def cupy():
    import cupy as cp

    generator = cp.random.Generator(cp.random.Philox4x3210(1))
    memory = cp.empty(COUNT, dtype=cp.float32)
    synchronize = cp.cuda.Device().synchronize
    print(f"CuPy {cp.__version__}")
    row("cupy uniform (Philox)", median_seconds(lambda: generator.random(dtype=cp.float32, out=memory), synchronize))
    row("cupy normal (Philox)", median_seconds(lambda: generator.standard_normal(dtype=cp.float32, out=memory), synchronize))


def jax_fills():
    import jax

    print(f"JAX {jax.__version__} on {jax.devices()[0]}")
    key = jax.random.key(0)
    for name, draw in (("uniform", jax.random.uniform), ("normal", jax.random.normal)):
        compiled = jax.jit(lambda key, draw=draw: draw(key, (COUNT,)))
        row(f"jax.random.{name} (threefry2x32)", median_seconds(lambda: compiled(key).block_until_ready(), lambda: None))


def numpyro_hmc():
    """Eight schools non-centred, 16,384 vectorised chains, HMC of a fixed step size and path length, no adaptation."""
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from numpyro.infer import HMC, MCMC

    chains, draws, step_size, leapfrogs = 16384, 200, 0.3, 8
    effects = jnp.array([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0])
    errors = jnp.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])

    def model():
        mu = numpyro.sample("mu", dist.Normal(0, 5))
        tau = numpyro.sample("tau", dist.HalfCauchy(5))
        trans = numpyro.sample("theta_trans", dist.Normal(0, 1).expand([8]))
        numpyro.sample("y", dist.Normal(mu + tau * trans, errors), obs=effects)

    kernel = HMC(
        model,
        step_size=step_size,
        trajectory_length=step_size * leapfrogs,
        adapt_step_size=False,
        adapt_mass_matrix=False,
    )
    sampler = MCMC(kernel, num_warmup=0, num_samples=draws, num_chains=chains, chain_method="vectorized", progress_bar=False)
    began = time.perf_counter()
    sampler.run(jax.random.key(0))
    jax.block_until_ready(sampler.get_samples())
    first = time.perf_counter() - began
    times = []
    for repetition in range(1, 6):
        began = time.perf_counter()
        sampler.run(jax.random.key(repetition))
        jax.block_until_ready(sampler.get_samples())
        times.append(time.perf_counter() - began)
    seconds = statistics.median(times)
    print(
        f"| numpyro {numpyro.__version__} HMC eight schools, {chains} chains, step size {step_size}, {leapfrogs} leapfrogs "
        f"| {chains * draws / seconds:.3g} transitions/s | first run with compilation {first:.1f} s |"
    )


def main():
    print("| peer | rate | bandwidth |\n|---|---|---|")
    for name, measure in (("PyTorch", pytorch), ("CuPy", cupy), ("JAX", jax_fills), ("NumPyro", numpyro_hmc)):
        try:
            measure()
        except ImportError as missing:
            print(f"{name}: not installed ({missing}).")
        except Exception as fault:  # one peer's trouble must not hide the others' figures
            print(f"{name}: failed: {type(fault).__name__}: {fault}")


if __name__ == "__main__":
    main()
