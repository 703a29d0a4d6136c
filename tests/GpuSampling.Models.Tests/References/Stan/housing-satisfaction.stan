data { int N; int satisfaction[N]; int influence[N]; int type[N]; int contact[N]; int frequency[N]; }
parameters { vector[6] beta; ordered[2] cut; }
model {
  beta ~ normal(0, 2); cut ~ normal(0, 5);
  for (n in 1:N) {
    real eta = beta[1] * (influence[n] == 1) + beta[2] * (influence[n] == 2) + beta[3] * (type[n] == 1)
      + beta[4] * (type[n] == 2) + beta[5] * (type[n] == 3) + beta[6] * contact[n];
    target += frequency[n] * ordered_logistic_lpmf(satisfaction[n] + 1 | eta, cut);
  }
}
