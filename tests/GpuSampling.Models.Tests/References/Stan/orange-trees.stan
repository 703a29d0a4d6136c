data { int N; int J; vector[N] age; vector[N] circumference; int tree[N]; }
parameters { real<lower=0> mu; real<lower=0> tau; vector[J] z; real<lower=0> midpoint; real<lower=0> scale; real<lower=0> sigma; }
transformed parameters { vector[J] asymptote = mu + tau * z; }
model {
  mu ~ normal(1.9, 0.5); tau ~ normal(0, 0.5); z ~ normal(0, 1); midpoint ~ normal(0.7, 0.2); scale ~ normal(0.35, 0.1); sigma ~ normal(0, 0.2);
  for (n in 1:N) circumference[n] / 100 ~ normal(asymptote[tree[n] + 1] / (1 + exp(-(age[n] / 1000 - midpoint) / scale)), sigma);
}
