"""Times the peers' random fills and NumPyro's vectorised samplers on the GPU, in the rows of GpuSampling's own table.

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


def sampling_row(name, kernel, chains, draws, repetitions=5):
    """A row in the form of our own table: a kernel of NumPyro with nothing adapted, all chains vectorised."""
    import jax
    from numpyro.infer import MCMC

    sampler = MCMC(kernel, num_warmup=0, num_samples=draws, num_chains=chains, chain_method="vectorized", progress_bar=False)
    began = time.perf_counter()
    sampler.run(jax.random.key(0))
    jax.block_until_ready(sampler.get_samples())
    first = time.perf_counter() - began
    times = []
    for repetition in range(1, repetitions + 1):
        began = time.perf_counter()
        sampler.run(jax.random.key(repetition))
        jax.block_until_ready(sampler.get_samples())
        times.append(time.perf_counter() - began)
    seconds = statistics.median(times)
    print(
        f"| numpyro {name}, {chains} chains | {chains * draws / seconds:.3g} transitions/s "
        f"| {1e6 * seconds / draws:.3g} us a transition of all chains | first run with compilation {first:.1f} s |",
        flush=True,
    )


def fixed_path(model, step_size, leapfrogs):
    from numpyro.infer import HMC

    return HMC(
        model, step_size=step_size, trajectory_length=step_size * leapfrogs, adapt_step_size=False, adapt_mass_matrix=False
    )


def eight_schools():
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist

    effects = jnp.array([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0])
    errors = jnp.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])

    def model():
        mu = numpyro.sample("mu", dist.Normal(0, 5))
        tau = numpyro.sample("tau", dist.HalfCauchy(5))
        trans = numpyro.sample("theta_trans", dist.Normal(0, 1).expand([8]))
        numpyro.sample("y", dist.Normal(mu + tau * trans, errors), obs=effects)

    return model


def gaussian(dimension):
    """Standard deviations from 1 to 10, neighbours correlated: the work of our correlated Gaussian, not its very numbers."""
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist

    scales = 1 + 9 * jnp.arange(dimension) / max(dimension - 1, 1)
    places = jnp.arange(dimension)
    covariance = 0.5 ** jnp.abs(places[:, None] - places[None, :]) * scales[:, None] * scales[None, :]
    precision = jnp.linalg.inv(covariance)

    def model():
        numpyro.sample("x", dist.MultivariateNormal(jnp.arange(dimension) * 0.1, precision_matrix=precision))

    return model


def regression(rows, columns):
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist

    keys = jax.random.split(jax.random.key(1), 3)
    design = jax.random.uniform(keys[0], (rows, columns), minval=-(3**0.5), maxval=3**0.5)
    truth = jax.random.uniform(keys[1], (columns,)) - 0.5
    labels = (jax.random.uniform(keys[2], (rows,)) < jax.nn.sigmoid(design @ truth)).astype(jnp.float32)

    def model():
        beta = numpyro.sample("beta", dist.Normal(0, 1).expand([columns]).to_event(1))
        numpyro.sample("y", dist.Bernoulli(logits=design @ beta), obs=labels)

    return model


def funnel():
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist

    def model():
        v = numpyro.sample("v", dist.Normal(0, 3))
        numpyro.sample("x", dist.Normal(0, jnp.exp(v / 2)).expand([9]))

    return model


def numpyro_samplers():
    """The rows of DeviceSampling, with its settings: fixed step sizes and paths, nothing adapted."""
    import jax
    import numpyro
    from numpyro.infer import AIES, NUTS

    print(f"NumPyro {numpyro.__version__}, JAX {jax.__version__}")
    for chains in (1, 64, 1024, 16384, 65536):
        sampling_row("HMC eight schools, step size 0.3, 8 leapfrogs", fixed_path(eight_schools(), 0.3, 8), chains, 200)
    for dimension in (2, 10, 100):
        for chains in (1, 1024, 65536):
            sampling_row(
                f"HMC Gaussian, {dimension} dimensions, step size 0.1, 8 leapfrogs",
                fixed_path(gaussian(dimension), 0.1, 8), chains, 20 if dimension == 100 else 200,
            )
    for chains in (1024, 4096, 16384):
        sampling_row("HMC logistic regression, 1000 x 25, step size 0.02, 8 leapfrogs", fixed_path(regression(1000, 25), 0.02, 8), chains, 50)
    for name, model, step_size, draws in (("eight schools", eight_schools(), 0.3, 200), ("funnel (10)", funnel(), 0.1, 100)):
        kernel = NUTS(model, step_size=step_size, adapt_step_size=False, adapt_mass_matrix=False)
        sampling_row(f"NUTS {name}, step size {step_size}", kernel, 4096, draws)
    for walkers in (1024, 16384, 65536):
        kernel = AIES(gaussian(10), moves={AIES.StretchMove(): 1.0})
        sampling_row("stretch ensemble, Gaussian in 10 dimensions", kernel, walkers, 500)
    for chains in (1, 16, 256):
        sampling_row(
            "HMC logistic regression, 581012 x 55, step size 0.0005, 10 leapfrogs",
            fixed_path(regression(581012, 55), 0.0005, 10), chains, 2, repetitions=1,
        )


def main():
    print("| peer | rate | bandwidth |\n|---|---|---|")
    for name, measure in (("PyTorch", pytorch), ("CuPy", cupy), ("JAX", jax_fills), ("NumPyro", numpyro_samplers)):
        try:
            measure()
        except ImportError as missing:
            print(f"{name}: not installed ({missing}).")
        except Exception as fault:  # one peer's trouble must not hide the others' figures
            print(f"{name}: failed: {type(fault).__name__}: {fault}")


if __name__ == "__main__":
    main()
