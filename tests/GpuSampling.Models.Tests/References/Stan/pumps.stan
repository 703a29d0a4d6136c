data { int N; int failures[N]; vector[N] hours; }
parameters { vector<lower=0>[N] theta; real<lower=0> alpha; real<lower=0> beta; }
model { alpha ~ exponential(1); beta ~ gamma(0.1, 1); theta ~ gamma(alpha, beta); failures ~ poisson(theta .* hours); }
