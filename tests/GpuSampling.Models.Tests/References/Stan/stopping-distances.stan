data { int N; vector[N] speed; vector[N] stoppingDistance; }
transformed data {
  int M = 12; real L = 4;
  vector[N] x = (speed - mean(speed)) / sd(speed); vector[N] y = (stoppingDistance - mean(stoppingDistance)) / sd(stoppingDistance);
  matrix[N, M] basis;
  for (m in 1:M) basis[, m] = sin(m * pi() * (x + L) / (2 * L)) / sqrt(L);
}
parameters { real<lower=0> rho; real<lower=0> alpha; real<lower=0> sigma; vector[M] z; }
model {
  vector[M] weight;
  for (m in 1:M) weight[m] = alpha * sqrt(sqrt(2 * pi()) * rho) * exp(-square(rho * m * pi() / (2 * L)) / 4) * z[m];
  rho ~ inv_gamma(5, 5); alpha ~ normal(0, 1); sigma ~ normal(0, 1); z ~ normal(0, 1);
  y ~ normal(basis * weight, sigma);
}
