data { int N; vector[N] waiting; }
parameters { ordered[2] mu; vector<lower=0>[2] sigma; real<lower=0, upper=1> weight; }
model {
  mu ~ normal(70, 20); sigma ~ normal(0, 10); weight ~ beta(2, 2);
  for (n in 1:N) target += log_mix(weight, normal_lpdf(waiting[n] | mu[1], sigma[1]), normal_lpdf(waiting[n] | mu[2], sigma[2]));
}
