using System.Reflection;

Console.WriteLine($"gpusampling {Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}");
