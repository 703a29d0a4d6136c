# Writes the data files of GpuSampling.Models and the reference tables beside this file: Rscript reference.R DATA_FOLDER [model ...]
# Tables: four chains of Stan 2.21, each 1,000 transitions of warm-up and 5,000 draws, seed 1; errors by effective sample sizes.
suppressMessages({ library(rstan); library(MASS); library(nlme) })
rstan_options(boost_lib = "/usr/include")
arguments <- commandArgs(TRUE)
folder <- arguments[1]
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
zero <- function(f) as.integer(f) - 1L
cases <- list(
  "stack-loss" = with(stackloss, list(N = 21L, airFlow = Air.Flow, waterTemperature = Water.Temp, acidConcentration = Acid.Conc., loss = stack.loss)),
  "nile" = list(N = 100L, flow = as.numeric(Nile)),
  "pumps" = list(N = 10L, failures = c(5L, 1L, 5L, 14L, 3L, 19L, 1L, 1L, 4L, 22L),
    hours = c(94.3, 15.7, 62.9, 126, 5.24, 31.4, 1.05, 1.05, 2.1, 10.5)),
  "surgical" = list(N = 12L, operations = c(47L, 148L, 119L, 810L, 211L, 196L, 148L, 215L, 207L, 97L, 256L, 360L),
    deaths = c(0L, 18L, 8L, 46L, 8L, 13L, 9L, 31L, 14L, 8L, 29L, 24L)),
  "old-faithful" = list(N = 272L, waiting = faithful$waiting),
  "housing-satisfaction" = with(housing, list(N = 72L, satisfaction = zero(Sat), influence = zero(Infl), type = zero(Type), contact = zero(Cont), frequency = as.integer(Freq))),
  "leukemia-remission" = with(gehan, list(N = 42L, weeks = time, isObserved = as.integer(cens), isTreated = as.integer(treat == "6-MP"))),
  "dental-growth" = with(as.data.frame(Orthodont), { child <- match(Subject, unique(Subject)) - 1L
    list(N = 108L, J = 27L, growth = distance, age = age, child = child, isMale = as.integer(Sex[match(0:26, child)] == "Male")) }),
  "epilepsy" = with(epil, { first <- match(1:59, subject)
    list(N = 236L, J = 59L, seizures = as.integer(y), patient = as.integer(subject) - 1L, isFourth = as.integer(V4), baseline = as.numeric(base[first]),
      isTreated = as.integer(trt[first] == "progabide"), age = as.numeric(age[first])) }),
  "orange-trees" = with(as.data.frame(datasets::Orange), list(N = 35L, J = 5L, age = age, circumference = circumference, tree = as.integer(as.character(Tree)) - 1L)),
  "stopping-distances" = list(N = 50L, speed = cars$speed, stoppingDistance = cars$dist),
  "birth-weight" = with(birthwt, list(N = 189L, isLow = low, age = as.numeric(age), motherWeight = as.numeric(lwt), race = race, smokes = smoke, priorLabours = ptl, hypertension = ht, irritability = ui, visits = ftv)))
sources <- c(
  "stack-loss" = "R package datasets, stackloss: K. A. Brownlee, Statistical Theory and Methodology in Science and Engineering, Wiley 1960, p. 454",
  "nile" = "R package datasets, Nile: J. Durbin, S. J. Koopman, Time Series Analysis by State Space Methods, Oxford 2001; G. W. Cobb, Biometrika 65 (1978)",
  "pumps" = "D. P. Gaver, I. G. O'Muircheartaigh, Technometrics 29 (1987), table 3; E. I. George, U. E. Makov, A. F. M. Smith, Scandinavian Journal of Statistics 20 (1993)",
  "surgical" = "D. J. Spiegelhalter, A. Thomas, N. G. Best, W. R. Gilks, BUGS Examples Volume 1 (1996), Surgical",
  "old-faithful" = "R package datasets, faithful: A. Azzalini, A. W. Bowman, Applied Statistics 39 (1990); W. Haerdle, Smoothing Techniques, Springer 1991",
  "housing-satisfaction" = "R package MASS, housing: M. Madsen, Scandinavian Journal of Statistics 3 (1976)",
  "leukemia-remission" = "R package MASS, gehan: E. A. Gehan, Biometrika 52 (1965); D. R. Cox, D. Oakes, Analysis of Survival Data, Chapman & Hall 1984, p. 7",
  "dental-growth" = "R package nlme, Orthodont: R. F. Potthoff, S. N. Roy, Biometrika 51 (1964)",
  "epilepsy" = "R package MASS, epil: P. F. Thall, S. C. Vail, Biometrics 46 (1990)",
  "orange-trees" = "R package datasets, Orange: N. R. Draper, H. Smith, Applied Regression Analysis, 3rd ed., Wiley 1998, exercise 24.N",
  "stopping-distances" = "R package datasets, cars: M. Ezekiel, Methods of Correlation Analysis, Wiley 1930",
  "birth-weight" = "R package MASS, birthwt: D. W. Hosmer, S. Lemeshow, Applied Logistic Regression, Wiley 1989")
text <- function(x) paste0(if (length(x) > 1) "[", paste(format(x, trim = TRUE, digits = 15, drop0trailing = TRUE), collapse = ", "), if (length(x) > 1) "]")
chosen <- if (length(arguments) > 1) arguments[-1] else names(cases)
for (name in chosen) {
  data <- cases[[name]]
  values <- sapply(data, function(x) if (length(x) > 1 && is.numeric(x)) paste0("[", paste(sapply(x, function(v) format(v, digits = 15)), collapse = ", "), "]") else text(x))
  writeLines(c("{", paste0("  \"source\": \"", sources[[name]], "\","), paste0("  \"", names(data), "\": ", values, c(rep(",", length(data) - 1), "")), "}"),
    file.path(folder, paste0(name, ".json")))
}
for (name in chosen) {
  model <- stan_model(file.path(here, paste0(name, ".stan")))
  fit <- sampling(model, data = cases[[name]], chains = 4, iter = 6000, warmup = 1000, seed = 1, refresh = 0, control = list(adapt_delta = 0.9))
  draws <- as.array(fit)
  draws <- draws[, , !(dimnames(draws)[[3]] %in% c("lp__", "density")), drop = FALSE]
  means <- apply(draws, 3, mean); sds <- apply(draws, 3, sd)
  keep <- sds > 0
  draws <- draws[, , keep, drop = FALSE]; means <- means[keep]; sds <- sds[keep]
  squares <- sweep(draws, 3, means)^2
  a <- as.data.frame(monitor(draws, warmup = 0, print = FALSE)); b <- as.data.frame(monitor(squares, warmup = 0, print = FALSE))
  cat(name, "divergent:", get_num_divergent(fit), "worst Rhat:", max(a$Rhat), "least ESS:", min(a$Bulk_ESS), "\n")
  table <- data.frame(name = dimnames(draws)[[3]], mean = means, mean_error = a$se_mean, sd = sds, sd_error = b$se_mean / (2 * sds))
  table[, -1] <- signif(table[, -1], 8)
  write.csv(table, file.path(here, paste0(name, ".csv")), row.names = FALSE, quote = TRUE)
}
