data { int N; int J; int seizures[N]; int patient[N]; int isFourth[N]; vector[J] baseline; int isTreated[J]; vector[J] age; }
transformed data {
  vector[J] logBase = log(baseline / 4) - mean(log(baseline / 4)); vector[J] logAge = log(age) - mean(log(age));
}
parameters { vector[6] beta; real<lower=0> sigmaPatient; real<lower=0> sigmaVisit; vector[J] z; vector[N] v; }
model {
  beta ~ normal(0, 3); sigmaPatient ~ normal(0, 1); sigmaVisit ~ normal(0, 1); z ~ normal(0, 1); v ~ normal(0, 1);
  for (n in 1:N) {
    int j = patient[n] + 1;
    seizures[n] ~ poisson_log(beta[1] + beta[2] * logBase[j] + beta[3] * isTreated[j] + beta[4] * isTreated[j] * logBase[j]
      + beta[5] * logAge[j] + beta[6] * isFourth[n] + sigmaPatient * z[j] + sigmaVisit * v[n]);
  }
}
