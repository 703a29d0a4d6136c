data { int N; int isLow[N]; vector[N] age; vector[N] motherWeight; int race[N]; int smokes[N]; int priorLabours[N]; int hypertension[N]; int irritability[N]; int visits[N]; }
transformed data {
  matrix[N, 10] X;
  X[, 1] = rep_vector(1, N); X[, 2] = (age - mean(age)) / sd(age); X[, 3] = (motherWeight - mean(motherWeight)) / sd(motherWeight);
  for (n in 1:N) {
    X[n, 4] = race[n] == 2; X[n, 5] = race[n] == 3; X[n, 6] = smokes[n]; X[n, 7] = priorLabours[n] > 0;
    X[n, 8] = hypertension[n]; X[n, 9] = irritability[n]; X[n, 10] = visits[n] > 0;
  }
}
parameters { vector[10] beta; }
model { beta ~ normal(0, 2.5); isLow ~ bernoulli_logit(X * beta); }
