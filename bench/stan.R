# Stan's side of the benchmark "stan": Rscript stan.R compile MODEL FOLDER
#                                 or    Rscript stan.R sample MODEL FOLDER CASE CHAINS CORES WARMUP DRAWS SEED
# MODEL names stan/MODEL.stan beside this file. A compiled model is kept in FOLDER as MODEL.rds, so that it is compiled once.
# Data, FOLDER/CASE.data.bin: the counts N and D as 32-bit integers, D columns of N doubles each, then N outcomes as doubles.
# Out, FOLDER/CASE.draws.bin: doubles, [parameter][draw][chain]; and FOLDER/CASE.draws.txt: a line with the numbers of draws and
# chains, a line for each chain with its own times of warm-up and sampling, then a line for each parameter with its name.
suppressMessages(library(rstan))
rstan_options(boost_lib = "/usr/include")
arguments <- commandArgs(TRUE)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
model_name <- arguments[2]
folder <- arguments[3]
source_file <- file.path(here, "stan", paste0(model_name, ".stan"))
compiled <- file.path(folder, paste0(model_name, ".rds"))
if (arguments[1] == "compile") {
  # With -march=native, which the authors of rstan also recommend, models crash beside an rstan that was compiled without.
  flags <- file.path(folder, "Makevars")
  writeLines("CXX14FLAGS = -O3 -mtune=native", flags)
  Sys.setenv(R_MAKEVARS_USER = flags)
  if (!file.exists(compiled)) saveRDS(stan_model(source_file), compiled)
  cat(stan_version(), "\n")
  quit()
}

case <- arguments[4]
counts <- as.integer(arguments[5:9])
names(counts) <- c("chains", "cores", "warmup", "draws", "seed")
input <- file(file.path(folder, paste0(case, ".data.bin")), "rb")
size <- readBin(input, "integer", 2)
x <- matrix(readBin(input, "double", size[1] * size[2]), size[1], size[2])
y <- readBin(input, "double", size[1])
close(input)
data <- if (model_name == "eight-schools") list(N = size[1], y = y, sigma = x[, 1]) else
  list(N = size[1], D = size[2], x = x, y = as.integer(y))
kept <- if (model_name == "eight-schools") c("theta", "mu", "tau") else "beta"

fit <- sampling(readRDS(compiled), data = data, pars = kept, chains = counts["chains"], cores = counts["cores"],
  iter = counts["warmup"] + counts["draws"], warmup = counts["warmup"], seed = counts["seed"], refresh = 0)
draws <- as.array(fit) # [draw, chain, parameter]
draws <- draws[, , dimnames(draws)[[3]] != "lp__", drop = FALSE]
output <- file(file.path(folder, paste0(case, ".draws.bin")), "wb")
for (parameter in seq_len(dim(draws)[3])) writeBin(as.vector(t(draws[, , parameter])), output)
close(output)
times <- get_elapsed_time(fit)
writeLines(c(paste(dim(draws)[1], dim(draws)[2]), paste(times[, "warmup"], times[, "sample"]), dimnames(draws)[[3]]),
  file.path(folder, paste0(case, ".draws.txt")))
