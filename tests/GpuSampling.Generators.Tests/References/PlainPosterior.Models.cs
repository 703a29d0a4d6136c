namespace GpuSampling.Generators.Tests.References;

/// <content>The posteriors that are more than a regression, and the designs of those that are.</content>
internal sealed partial class PlainPosterior
{
    private double LogEarningsInteraction(double[] y)
    {
        double[] z = Cached("standardized height", () =>
        {
            double[] height = Column("height");
            double mean = height.Average(), sd = Math.Sqrt(height.Sum(one => Square(one - mean)) / (height.Length - 1));
            return [.. height.Select(one => (one - mean) / sd)];
        });
        double[] product = Cached("z times male", () => [.. z.Zip(Column("male"), (a, b) => a * b)]);
        return Regression(y, Logs("earn"), [Ones("earn"), z, Column("male"), product]);
    }

    private double Mesquite(double[] y)
    {
        double[] first = Logs("diam1"), second = Logs("diam2"), height = Logs("canopy_height");
        double[] area = Cached("area", () => [.. first.Zip(second, (a, b) => a + b)]);
        double[] volume = Cached("volume", () => [.. area.Zip(height, (a, b) => a + b)]);
        double[] shape = Cached("shape", () => [.. first.Zip(second, (a, b) => a - b)]);
        return Regression(y, Logs("weight"), [Ones("weight"), volume, area, shape, Logs("total_height"), Column("group")]);
    }

    private double PartyIdentification(double[] y)
    {
        double[] Level(int level) => Cached($"age {level}", () => [.. Column("age_discrete").Select(age => age == level ? 1.0 : 0)]);
        return Regression(
            y, Column("partyid7"),
            [Ones("partyid7"), Column("real_ideo"), Column("race_adj"), Level(2), Level(3), Level(4), Column("educ1"), Column("gender"), Column("income")]);
    }

    private double EightSchools(double[] y)
    {
        int count = Column("y").Length;
        double mu = y[count], tau = Math.Exp(y[count + 1]), sum = y[count + 1] - (mu * mu / 50) - Math.Log(1 + (tau * tau / 25));
        for (int j = 0; j < count; j++)
        {
            sum += (-0.5 * y[j] * y[j]) + Normal(Column("y")[j], mu + (tau * y[j]), Column("sigma")[j]);
        }

        return sum;
    }

    private double Autoregression(double[] y)
    {
        double[] series = Column("y");
        double logSigma = y[6], sigma = Math.Exp(logSigma), sum = logSigma - Math.Log(1 + (sigma * sigma / 6.25)) - (y[0] * y[0] / 200);
        for (int k = 1; k <= 5; k++)
        {
            sum -= y[k] * y[k] / 200;
        }

        for (int t = 5; t < series.Length; t++)
        {
            double mean = y[0];
            for (int k = 1; k <= 5; k++)
            {
                mean += y[k] * series[t - k];
            }

            sum -= (Square(series[t] - mean) / (2 * sigma * sigma)) + logSigma;
        }

        return sum;
    }

    private double Garch(double[] y)
    {
        double[] series = Column("y");
        double mu = y[0], alpha0 = Math.Exp(y[1]), alpha1 = Logistic(y[2]), beta1 = Logistic(-y[2]) * Logistic(y[3]);
        double sum = y[1] + LogLogistic(y[2]) + (2 * LogLogistic(-y[2])) + LogLogistic(y[3]) + LogLogistic(-y[3]);
        double variance = Square(Number("sigma1"));
        for (int t = 0; t < series.Length; t++)
        {
            variance = t == 0 ? variance : alpha0 + (alpha1 * Square(series[t - 1] - mu)) + (beta1 * variance);
            sum -= 0.5 * (Math.Log(variance) + (Square(series[t] - mu) / variance));
        }

        return sum;
    }

    /// <summary>Determinant and quadratic form by elimination.</summary>
    private double GaussianProcess(double[] y)
    {
        double[] x = Column("x"), outcome = [.. Column("y")];
        double rho = Math.Exp(y[0]), alpha = Math.Exp(y[1]), sigma = Math.Exp(y[2]);
        double sum = (24 * y[0]) - (4 * rho) - (alpha * alpha / 8) - (sigma * sigma / 2) + y[0] + y[1] + y[2];
        int n = x.Length;
        var matrix = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[i, j] = (alpha * alpha * Math.Exp(-Square((x[i] - x[j]) / rho) / 2)) + (i == j ? sigma : 0);
            }
        }

        for (int k = 0; k < n; k++)
        {
            sum -= 0.5 * (Math.Log(matrix[k, k]) + (outcome[k] * outcome[k] / matrix[k, k]));
            for (int i = k + 1; i < n; i++)
            {
                double factor = matrix[i, k] / matrix[k, k];
                outcome[i] -= factor * outcome[k];
                for (int j = k + 1; j < n; j++)
                {
                    matrix[i, j] -= factor * matrix[k, j];
                }
            }
        }

        return sum;
    }

    private double Mixture(double[] y)
    {
        double first = y[0], second = y[0] + Math.Exp(y[1]), firstSigma = Math.Exp(y[2]), secondSigma = Math.Exp(y[3]);
        double sum = y[1] + y[2] + y[3] - ((Square(first) + Square(second) + Square(firstSigma) + Square(secondSigma)) / 8)
            + (5 * (LogLogistic(y[4]) + LogLogistic(-y[4])));
        foreach (double one in Column("y"))
        {
            sum += LogAdd(LogLogistic(y[4]) + Normal(one, first, firstSigma), LogLogistic(-y[4]) + Normal(one, second, secondSigma));
        }

        return sum;
    }

    private double HiddenMarkov(double[] y)
    {
        double[] series = Column("y"), logStay = [LogLogistic(y[0]), LogLogistic(y[1])], logLeave = [LogLogistic(-y[0]), LogLogistic(-y[1])];
        double low = Math.Exp(y[2]), high = low + Math.Exp(y[3]);
        double sum = logStay.Sum() + logLeave.Sum() + y[2] + y[3] + Normal(low, 3, 1) + Normal(high, 10, 1);
        double first = 0, second = 0;
        for (int n = 0; n < series.Length; n++)
        {
            if (n > 0)
            {
                (first, second) = (LogAdd(first + logStay[0], second + logStay[1]), LogAdd(first + logLeave[0], second + logLeave[1]));
            }

            first += Normal(series[n], low, 1);
            second += Normal(series[n], high, 1);
        }

        return sum + LogAdd(first, second);
    }

    private double LotkaVolterra(double[] y)
    {
        double[] theta = [.. y[..4].Select(Math.Exp)], state = [Math.Exp(y[4]), Math.Exp(y[5])], sigma = [Math.Exp(y[6]), Math.Exp(y[7])];
        double sum = y.Sum() + Normal(theta[0], 1, 0.5) + Normal(theta[2], 1, 0.5) + Normal(theta[1], 0.05, 0.05) + Normal(theta[3], 0.05, 0.05);
        double time = 0;
        for (int k = 0; k < 2; k++)
        {
            sum += (-0.5 * Square(y[4 + k] - Math.Log(10))) - y[4 + k] - (0.5 * Square(y[6 + k] + 1)) - y[6 + k];
            sum += Normal(Math.Log(Column("y_init")[k]), y[4 + k], sigma[k]);
        }

        for (int n = 0; n < Column("ts").Length; n++)
        {
            double h = (Column("ts")[n] - time) / 20;
            for (int step = 0; step < 20; step++)
            {
                double[] k1 = Slope(state), k2 = Slope(After(k1, h / 2)), k3 = Slope(After(k2, h / 2)), k4 = Slope(After(k3, h));
                state = [.. state.Select((value, i) => value + (h * (k1[i] + (2 * (k2[i] + k3[i])) + k4[i]) / 6))];
            }

            time = Column("ts")[n];
            for (int k = 0; k < 2; k++)
            {
                sum += Normal(Math.Log(Rows("y")[n][k]), Math.Log(state[k]), sigma[k]);
            }
        }

        return sum;
        double[] Slope(double[] at) => [(theta[0] * at[0]) - (theta[1] * at[0] * at[1]), (theta[3] * at[0] * at[1]) - (theta[2] * at[1])];
        double[] After(double[] slope, double duration) => [state[0] + (duration * slope[0]), state[1] + (duration * slope[1])];
    }

    private double Diamonds(double[] y)
    {
        double[][] centred = Enumerable.Range(1, 24).Select(k => Cached($"X {k}", () =>
        {
            double mean = Rows("X").Average(row => row[k]);
            return [.. Rows("X").Select(row => row[k] - mean)];
        })).Prepend(Ones("Y")).ToArray();
        double sigma = Math.Exp(y[25]), intercept = y[24];
        return (-2 * Math.Log(1 + (Square((intercept - 8) / 10) / 3))) - (2 * Math.Log(1 + (sigma * sigma / 300))) - (0.5 * y[..24].Sum(Square))
            + Regression([intercept, .. y[..24], y[25]], Column("Y"), centred);
    }

    private double GermanCredit(double[] y)
    {
        double[][] rows = Rows("x");
        double[] labels = Column("y");
        double sum = -0.5 * y.Sum(Square);
        for (int n = 0; n < rows.Length; n++)
        {
            double eta = 0;
            double[] row = rows[n];
            for (int d = 0; d < row.Length; d++)
            {
                eta += row[d] * y[d];
            }

            sum += labels[n] == 1 ? LogLogistic(eta) : LogLogistic(-eta);
        }

        return sum;
    }

    private double StochasticVolatility(double[] y)
    {
        double mu = y[1], s = Math.Exp(y[2]), phi = Logistic(y[0]) - Logistic(-y[0]), h = mu;
        double sum = (20 * LogLogistic(y[0])) + (1.5 * LogLogistic(-y[0])) - Math.Log(1 + (mu * mu / 25)) - Math.Log(1 + (s * s / 4)) + y[2];
        for (int t = 0; t < Column("returns").Length; t++)
        {
            double z = y[3 + t];
            h = t == 0 ? mu + (s * z / Math.Sqrt(4 * Logistic(y[0]) * Logistic(-y[0]))) : mu + (phi * (h - mu)) + (s * z);
            sum -= 0.5 * ((z * z) + h + (Square(Column("returns")[t]) * Math.Exp(-h)));
        }

        return sum;
    }

    private double BrownianMotion(double[] y)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            sum += Normal(y[i], i == 0 ? 0 : y[i - 1], 0.1) + (Column("isObserved")[i] == 1 ? Normal(Column("y")[i], y[i], 0.15) : 0);
        }

        return sum;
    }
}
