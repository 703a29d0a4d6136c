data { int N; vector[N] airFlow; vector[N] waterTemperature; vector[N] acidConcentration; vector[N] loss; }
transformed data {
  matrix[N, 3] X;
  X[, 1] = (airFlow - mean(airFlow)) / sd(airFlow);
  X[, 2] = (waterTemperature - mean(waterTemperature)) / sd(waterTemperature);
  X[, 3] = (acidConcentration - mean(acidConcentration)) / sd(acidConcentration);
}
parameters { real alpha; vector[3] beta; real<lower=0> sigma; real<lower=1> nu; }
model {
  alpha ~ normal(20, 20); beta ~ normal(0, 10); sigma ~ cauchy(0, 5); nu ~ gamma(2, 0.1);
  loss ~ student_t(nu, alpha + X * beta, sigma);
}
