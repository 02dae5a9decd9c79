using System.Globalization;
using Glancy.Bench;

CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

// bare and hello are what the bot is measured against; they run in processes of their own, as the bot does.
return args switch
{
    ["bare", var listen, var secret, var database] => await Bare.ServeAsync(listen, secret, database),
    ["hello", var listen] => await Hello.ServeAsync(listen),
    ["audit", var migrator, var runtime, .. var sizes] => await AuditScale.RunAsync(migrator, runtime, sizes),
    ["--scale"] => await Scale.RunAsync(1_000_000),
    ["--scale", var most] when long.TryParse(most, CultureInfo.InvariantCulture, out var runs) && runs > 0 =>
        await Scale.RunAsync(runs),
    ["--table"] => Bench.Tabulate(Table.Newest(Bench.Root())),
    ["--table", var file] => Bench.Tabulate(file),
    _ => await Bench.RunAsync(args),
};
