"""Writes density-values.json: log-densities at 50 digits by mpmath, from the textbook formulas. python3 density_values.py"""
import json
import math
import random
from mpmath import mp, mpf, log, exp, pi, gamma, loggamma, sqrt, cos, besseli, erfc, matrix, det, inverse, beta, binomial, factorial

mp.dps = 60
random.seed(20240607)
rows = []


def m(x):
    return matrix([[mpf(v) for v in row] for row in x])


def Phi(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def mgamma(p, a):
    out = pi ** (mpf(p * (p - 1)) / 4)
    for i in range(p):
        out *= gamma(a - mpf(i) / 2)
    return out


def normal(x, mu, s):
    return exp(-((x - mu) / s) ** 2 / 2) / (s * sqrt(2 * pi))


def student(x, n, mu, s):
    return gamma((n + 1) / 2) / gamma(n / 2) / sqrt(n * pi) / s * (1 + ((x - mu) / s) ** 2 / n) ** (-(n + 1) / 2)


def gammad(x, a, b):
    return b ** a / gamma(a) * x ** (a - 1) * exp(-b * x)


def weibull(x, k, s):
    return k / s * (x / s) ** (k - 1) * exp(-(x / s) ** k)


def mvn(x, mean, chol):
    c = m(chol)
    s = c * c.T
    d = matrix([mpf(a) - mpf(b) for a, b in zip(x, mean)])
    n = len(x)
    return exp(-(d.T * inverse(s) * d)[0] / 2) / sqrt((2 * pi) ** n * det(s))


def wishart(w, nu, s):
    w, s = m(w), m(s)
    p = w.rows
    q = inverse(s) * w
    return det(w) ** ((nu - p - 1) / 2) * exp(-sum(q[i, i] for i in range(p)) / 2) / (2 ** (nu * p / 2) * det(s) ** (nu / 2) * mgamma(p, nu / 2))


def inverse_wishart(w, nu, s):
    w, s = m(w), m(s)
    p = w.rows
    q = s * inverse(w)
    return det(s) ** (nu / 2) * det(w) ** (-(nu + p + 1) / 2) * exp(-sum(q[i, i] for i in range(p)) / 2) / (2 ** (nu * p / 2) * mgamma(p, nu / 2))


def wishart_cholesky(a, nu, l):
    a, l = m(a), m(l)
    p = a.rows
    jacobian = mpf(2) ** p
    for i in range(p):
        jacobian *= a[i, i] ** (p - i)
    w, s = a * a.T, l * l.T
    return wishart(w.tolist(), nu, s.tolist()) * jacobian


def lkj_cholesky(l, eta):
    # Lewandowski, Kurowicka and Joe (2009), (16) and (17), with the Jacobian of the Cholesky factor.
    l = m(l)
    k = l.rows
    constant = mpf(2) ** sum((2 * eta - 2 + k - j) * (k - j) for j in range(1, k))
    for j in range(1, k):
        b = eta + mpf(k - j - 1) / 2
        constant *= beta(b, b) ** (k - j)
    value = det(l) ** (2 * (eta - 1))
    for i in range(1, k):
        value *= l[i, i] ** (k - i - 1)
    return value / constant


def binom(y, n, p):
    return binomial(n, y) * p ** y * (1 - p) ** (n - y)


def poisson(y, l):
    return l ** y * exp(-l) / factorial(y)


def negbin(y, mu, phi):
    return gamma(y + phi) / gamma(phi) / factorial(y) * (mu / (mu + phi)) ** y * (phi / (mu + phi)) ** phi


def logistic(x):
    return 1 / (1 + exp(-x))


def multinomial(y, p):
    out = factorial(sum(y))
    for a, b in zip(y, p):
        out = out / factorial(a) * b ** a
    return out


def dirichlet(x, a):
    out = gamma(sum(a))
    for u, v in zip(x, a):
        out *= u ** (v - 1) / gamma(v)
    return out


def ordered(y, eta, cuts):
    c = [logistic(eta - v) for v in cuts]
    return (1 if y == 0 else c[y - 1]) - (0 if y == len(cuts) else c[y])


F = {
    "Normal": normal,
    "StandardNormal": lambda x: normal(x, 0, 1),
    "HalfNormal": lambda x, s: 2 * normal(x, 0, s),
    "LogNormal": lambda x, mu, s: normal(log(x), mu, s) / x,
    "StudentT": student,
    "HalfStudentT": lambda x, n, s: 2 * student(x, n, 0, s),
    "Cauchy": lambda x, mu, s: 1 / (pi * s * (1 + ((x - mu) / s) ** 2)),
    "HalfCauchy": lambda x, s: 2 / (pi * s * (1 + (x / s) ** 2)),
    "Laplace": lambda x, mu, s: exp(-abs(x - mu) / s) / (2 * s),
    "Logistic": lambda x, mu, s: exp(-(x - mu) / s) / (s * (1 + exp(-(x - mu) / s)) ** 2),
    "Gumbel": lambda x, mu, s: exp(-(x - mu) / s - exp(-(x - mu) / s)) / s,
    "Exponential": lambda x, r: r * exp(-r * x),
    "ExponentialSurvival": lambda x, r: exp(-r * x),
    "Gamma": gammad,
    "InverseGamma": lambda x, a, b: b ** a / gamma(a) * x ** (-a - 1) * exp(-b / x),
    "ChiSquare": lambda x, n: gammad(x, n / 2, mpf(1) / 2),
    "Weibull": weibull,
    "WeibullSurvival": lambda x, k, s: exp(-(x / s) ** k),
    "Pareto": lambda x, a, k: k * a ** k / x ** (k + 1),
    "Rayleigh": lambda x, s: x / s ** 2 * exp(-(x / s) ** 2 / 2),
    "Uniform": lambda x, a, b: 1 / (b - a),
    "Beta": lambda x, a, b: x ** (a - 1) * (1 - x) ** (b - 1) / beta(a, b),
    "TruncatedNormal": lambda x, mu, s, a, b: normal(x, mu, s) / (Phi((b - mu) / s) - Phi((a - mu) / s)),
    "LowerTruncatedNormal": lambda x, mu, s, a: normal(x, mu, s) / Phi((mu - a) / s),
    "UpperTruncatedNormal": lambda x, mu, s, b: normal(x, mu, s) / Phi((b - mu) / s),
    "NormalSurvival": lambda x, mu, s: Phi((mu - x) / s),
    "VonMises": lambda x, mu, k: exp(k * cos(x - mu)) / (2 * pi * besseli(0, k)),
    "Bernoulli": lambda y, p: p if y == 1 else 1 - p,
    "BernoulliLogit": lambda y, l: logistic(l) if y == 1 else logistic(-l),
    "Binomial": binom,
    "BinomialLogit": lambda y, n, l: binomial(n, y) * logistic(l) ** y * logistic(-l) ** (n - y),
    "BetaBinomial": lambda y, n, a, b: binomial(n, y) * beta(y + a, n - y + b) / beta(a, b),
    "Poisson": poisson,
    "PoissonLog": lambda y, l: poisson(y, exp(l)),
    "NegativeBinomial": negbin,
    "NegativeBinomialLog": lambda y, l, phi: negbin(y, exp(l), phi),
    "Categorical": lambda y, p: p[y],
    "CategoricalLogit": lambda y, l: exp(l[y]) / sum(exp(v) for v in l),
    "Multinomial": multinomial,
    "OrderedLogistic": ordered,
    "LogMix": lambda p, *a: p * exp(a[0]) + (1 - p) * exp(a[1]) if len(a) == 2 else sum(u * exp(v) for u, v in zip(p, a[0])),
    "Dirichlet": dirichlet,
    "MultivariateNormalCholesky": lambda x, *a: mvn(x, a[0], a[1]) if len(a) == 2 else mvn(x, [0] * len(x), a[0]),
    "LkjCholesky": lkj_cholesky,
    "Wishart": wishart,
    "InverseWishart": inverse_wishart,
    "WishartCholesky": wishart_cholesky,
}


def exact(x):
    if isinstance(x, list):
        return [exact(v) for v in x]
    return x if isinstance(x, int) else mpf(x)


def add(name, *args):
    value = log(F[name](*[exact(a) for a in args]))
    rows.append({"density": name, "arguments": list(args), "value": float(value)})


U = lambda a, b: round(random.uniform(a, b), 4)
P = lambda a=-2, b=2: round(math.exp(random.uniform(a, b)), 4)


def simplex(k):
    # Multiples of 1/64, so that the sum is exactly 1.
    while True:
        cuts = sorted(random.sample(range(1, 64), k - 1))
        return [(b - a) / 64 for a, b in zip([0] + cuts, cuts + [64])]


def factor(k):
    return [[U(-1, 1) if j < i else (P(-1, 1) if j == i else 0.0) for j in range(k)] for i in range(k)]


def product(a):
    k = len(a)
    # Exact products of short decimals, rounded once: the matrix itself is the argument.
    out = [[math.fsum(a[i][l] * a[j][l] for l in range(k)) for j in range(k)] for i in range(k)]
    return out


def correlation_factor(k):
    # Rows of length 1 to double precision.
    out = []
    for i in range(k):
        row = [U(-1, 1) / math.sqrt(k) for _ in range(i)]
        out.append(row + [math.sqrt(1 - math.fsum(v * v for v in row))] + [0.0] * (k - i - 1))
    return out


for _ in range(12):
    far = random.choice([1, 1, 1, 20])
    add("Normal", U(-5, 5) * far, U(-2, 2), P())
    add("StandardNormal", U(-5, 5) * far)
    add("HalfNormal", P() * far, P())
    add("LogNormal", P(-4, 4), U(-2, 2), P())
    add("StudentT", U(-5, 5) * far, P(-2, 4), U(-2, 2), P())
    add("HalfStudentT", P() * far, P(-2, 4), P())
    add("Cauchy", U(-5, 5) * far, U(-2, 2), P())
    add("HalfCauchy", P() * far, P())
    add("Laplace", U(-5, 5) * far, U(-2, 2), P())
    add("Logistic", U(-5, 5) * far, U(-2, 2), P())
    add("Gumbel", U(-5, 5), U(-2, 2), P())
    add("Exponential", P() * far, P())
    add("ExponentialSurvival", P() * far, P())
    add("Gamma", P(-4, 4), P(-3, 4), P())
    add("InverseGamma", P(-4, 4), P(-3, 4), P())
    add("ChiSquare", P(-4, 4), P(-2, 4))
    add("Weibull", P(-2, 2), P(-1, 1), P())
    add("WeibullSurvival", P(-2, 2), P(-1, 1), P())
    a = P()
    add("Pareto", round(a + P(), 4), a, P())
    add("Rayleigh", P() * far, P())
    a = U(-3, 3)
    b = round(a + P(), 4)
    add("Uniform", (a + b) / 2, a, b)
    add("Beta", U(0.001, 0.999), P(-3, 4), P(-3, 4))
    add("TruncatedNormal", round(a + (b - a) * random.random(), 5), U(-6, 6) * random.choice([1, 1, 5]), P(-1, 1), a, b)
    add("LowerTruncatedNormal", round(a + P(), 4), U(-6, 6) * random.choice([1, 1, 5]), P(-1, 1), a)
    add("UpperTruncatedNormal", round(a - P(), 4), U(-6, 6) * random.choice([1, 1, 5]), P(-1, 1), a)
    add("NormalSurvival", U(-5, 5) * far, U(-2, 2), P())
    add("VonMises", U(-3, 3), U(-3, 3), random.choice([0.0, 0.001, P(), 3 * P(), 19.99, 20.01, 40.0, 700.0, 1e5]))
    add("Bernoulli", random.randint(0, 1), U(0.001, 0.999))
    add("BernoulliLogit", random.randint(0, 1), U(-5, 5) * far)
    n = random.randint(1, 60)
    add("Binomial", random.randint(0, n), n, U(0.001, 0.999))
    add("BinomialLogit", random.randint(0, n), n, U(-4, 4))
    add("BetaBinomial", random.randint(0, n), n, P(), P())
    y = random.choice([0, 1, 2, 5, 17, 150])
    add("Poisson", y, P(-3, 5))
    add("PoissonLog", y, U(-3, 5))
    add("NegativeBinomial", y, P(-3, 5), P(-2, 4))
    add("NegativeBinomialLog", y, U(-3, 5), P(-2, 4))
    k = random.randint(2, 5)
    add("Categorical", random.randrange(k), simplex(k))
    add("CategoricalLogit", random.randrange(k), [U(-5, 5) * far for _ in range(k)])
    add("Multinomial", [random.randint(0, 9) for _ in range(k)], simplex(k))
    add("OrderedLogistic", random.randrange(k), U(-4, 4), sorted(U(-4, 4) for _ in range(k - 1)))
    add("LogMix", U(0.01, 0.99), U(-9, 3), U(-9, 3))
    add("LogMix", simplex(k), [U(-9, 3) for _ in range(k)])
    add("Dirichlet", simplex(k), [P() for _ in range(k)])
    add("MultivariateNormalCholesky", [U(-3, 3) for _ in range(k)], factor(k))
    add("MultivariateNormalCholesky", [U(-3, 3) for _ in range(k)], [U(-3, 3) for _ in range(k)], factor(k))
    add("LkjCholesky", correlation_factor(k), P(-1, 2))
    k = random.randint(1, 4)
    add("Wishart", product(factor(k)), round(k - 1 + P(), 4), product(factor(k)))
    add("InverseWishart", product(factor(k)), round(k - 1 + P(), 4), product(factor(k)))
    add("WishartCholesky", factor(k), round(k - 1 + P(), 4), factor(k))

rows.sort(key=lambda row: row["density"])
with open("density-values.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
print(len(rows), "values of", len({row["density"] for row in rows}), "functions")
