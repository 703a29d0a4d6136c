data { int N; vector[N] waiting; }
parameters { real<lower=-3, upper=0> muShort; real<lower=0, upper=3> muLong; vector<lower=0>[2] sigma; real<lower=0, upper=1> weight; }
model {
  muShort ~ normal(0, 2); muLong ~ normal(0, 2); sigma ~ inv_gamma(3, 1.5); weight ~ beta(2, 2);
  for (n in 1:N) target += log_mix(weight, normal_lpdf((waiting[n] - 70) / 10 | muShort, sigma[1]), normal_lpdf((waiting[n] - 70) / 10 | muLong, sigma[2]));
}
generated quantities { vector[2] minutes; minutes[1] = 70 + 10 * muShort; minutes[2] = 70 + 10 * muLong; }
