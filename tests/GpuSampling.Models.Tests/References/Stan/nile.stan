data { int N; vector[N] flow; }
parameters { real<lower=0> sigmaLevel; real<lower=0> sigmaFlow; }
transformed parameters {
  real finalLevel; real density = 0;
  { real m = 1000; real P = 300.0 ^ 2;
    for (t in 1:N) {
      real S; real K;
      if (t > 1) P += square(sigmaLevel);
      S = P + square(sigmaFlow);
      density += normal_lpdf(flow[t] | m, sqrt(S));
      K = P / S; m += K * (flow[t] - m); P *= 1 - K;
    }
    finalLevel = m; }
}
model { sigmaLevel ~ normal(0, 100); sigmaFlow ~ normal(0, 200); target += density; }
