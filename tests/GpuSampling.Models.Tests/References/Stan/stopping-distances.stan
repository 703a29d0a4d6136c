data { int N; vector[N] speed; vector[N] stoppingDistance; }
transformed data { vector[N] x = (speed - mean(speed)) / sd(speed); vector[N] y = (stoppingDistance - mean(stoppingDistance)) / sd(stoppingDistance); }
parameters { real<lower=0> rho; real<lower=0> alpha; real<lower=0> sigma; }
model {
  matrix[N, N] K;
  for (i in 1:N) for (j in 1:N) K[i, j] = square(alpha) * exp(-square((x[i] - x[j]) / rho) / 2) + (i == j) * square(sigma);
  rho ~ inv_gamma(5, 5); alpha ~ normal(0, 1); sigma ~ normal(0, 1);
  y ~ multi_normal_cholesky(rep_vector(0, N), cholesky_decompose(K));
}
