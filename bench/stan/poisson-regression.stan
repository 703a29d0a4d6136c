// Poisson regression. Not by poisson_log_glm: that of Stan 2.21 leaves the likelihood's value out, though not its gradient.
data {
  int<lower=0> N;
  int<lower=0> D;
  matrix[N, D] x;
  int<lower=0> y[N];
}
parameters {
  vector[D] beta;
}
model {
  beta ~ normal(0, 1);
  y ~ poisson_log(x * beta);
}
