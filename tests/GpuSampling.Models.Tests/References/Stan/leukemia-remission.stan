data { int N; vector[N] weeks; int isObserved[N]; int isTreated[N]; }
transformed data { real center = mean(log(weeks)); }
parameters { real alpha; real beta; real<lower=0, upper=4> shape; }
transformed parameters { real hazardRatio = exp(-shape * beta); }
model {
  alpha ~ normal(0, 2); beta ~ normal(0, 2);
  for (n in 1:N) {
    real scale = exp(center + alpha + beta * isTreated[n]);
    if (isObserved[n] == 1) target += weibull_lpdf(weeks[n] | shape, scale);
    else target += weibull_lccdf(weeks[n] | shape, scale);
  }
}
