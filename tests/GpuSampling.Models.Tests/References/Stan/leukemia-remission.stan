data { int N; vector[N] weeks; int isObserved[N]; int isTreated[N]; }
parameters { real alpha; real beta; real<lower=0> shape; }
transformed parameters { real hazardRatio = exp(-shape * beta); }
model {
  alpha ~ normal(2, 2); beta ~ normal(0, 2); shape ~ gamma(2, 1);
  for (n in 1:N) {
    if (isObserved[n] == 1) target += weibull_lpdf(weeks[n] | shape, exp(alpha + beta * isTreated[n]));
    else target += weibull_lccdf(weeks[n] | shape, exp(alpha + beta * isTreated[n]));
  }
}
