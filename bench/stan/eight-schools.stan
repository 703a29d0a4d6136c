// Eight schools, non-centred (Rubin 1981).
data {
  int<lower=0> N;
  vector[N] y;
  vector<lower=0>[N] sigma;
}
parameters {
  vector[N] theta_trans;
  real mu;
  real<lower=0> tau;
}
transformed parameters {
  vector[N] theta = mu + tau * theta_trans;
}
model {
  theta_trans ~ normal(0, 1);
  mu ~ normal(0, 5);
  tau ~ cauchy(0, 5);
  y ~ normal(theta, sigma);
}
