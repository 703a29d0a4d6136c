data { int N; int operations[N]; int deaths[N]; }
parameters { real mu; real<lower=0> sigma; vector[N] z; }
transformed parameters { vector[N] p = inv_logit(mu + sigma * z); }
model { mu ~ normal(0, 2); sigma ~ normal(0, 1); z ~ normal(0, 1); deaths ~ binomial_logit(operations, mu + sigma * z); }
