data { int N; vector[N] flow; }
parameters { real<lower=0> sigmaLevel; real<lower=0> sigmaFlow; }
transformed parameters {
  real finalLevel; real density = 0;
  { real m = 10; real P = 3.0 ^ 2;
    for (t in 1:N) {
      real S; real K;
      if (t > 1) P += square(sigmaLevel);
      S = P + square(sigmaFlow);
      density += normal_lpdf(flow[t] / 100 | m, sqrt(S));
      K = P / S; m += K * (flow[t] / 100 - m); P *= 1 - K;
    }
    finalLevel = 100 * m; }
}
model { sigmaLevel ~ normal(0, 1); sigmaFlow ~ normal(0, 2); target += density; }
