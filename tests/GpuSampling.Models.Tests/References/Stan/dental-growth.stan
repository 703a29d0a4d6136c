data { int N; int J; vector[N] growth; vector[N] age; int child[N]; int isMale[J]; }
parameters { vector[4] beta; vector<lower=0>[2] tau; cholesky_factor_corr[2] L; matrix[J, 2] z; real<lower=0> sigma; }
transformed parameters { real correlation = L[2, 1]; }
model {
  beta[1] ~ normal(0, 5); beta[2] ~ normal(0, 5); beta[3] ~ normal(0, 2); beta[4] ~ normal(0, 2);
  tau[1] ~ normal(0, 3); tau[2] ~ normal(0, 1); L ~ lkj_corr_cholesky(2); to_vector(z) ~ normal(0, 1); sigma ~ normal(0, 3);
  for (n in 1:N) {
    int j = child[n] + 1;
    real a = beta[1] + beta[2] * isMale[j] + tau[1] * z[j, 1];
    real b = beta[3] + beta[4] * isMale[j] + tau[2] * (L[2, 1] * z[j, 1] + L[2, 2] * z[j, 2]);
    growth[n] - 23 ~ normal(a + b * (age[n] - 11), sigma);
  }
}
