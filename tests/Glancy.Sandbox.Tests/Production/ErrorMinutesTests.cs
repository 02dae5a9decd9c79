using Glancy.Sandbox.Production;

namespace Glancy.Sandbox.Tests.Production;

public sealed class ErrorMinutesTests
{
    private static readonly DateTimeOffset Start = new(2025, 4, 18, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rows_are_whole_windows_without_gaps_for_both_interfaces()
    {
        var rows = Move(new ProductionModel(1, Start), TimeSpan.FromMinutes(32));

        Assert.Equal(
            [0.0, 5, 10, 15, 20, 25],
            rows.Where(r => r.Metric == "lookup_availability").Select(r => (r.WindowStart - Start).TotalMinutes)
        );
        Assert.Equal(6, rows.Count(r => r.Metric == "regenerate_availability"));
    }

    [Fact]
    public void They_move_with_the_model()
    {
        var model = new ProductionModel(1, Start) { Train = ReleaseTrain.Idle(Start).Promoted("REL-B3", 15, Start) };
        var well = Move(model, TimeSpan.FromMinutes(30));
        model.Faults.Set(Faults.BadRelease, 1);
        var ill = Move(model, TimeSpan.FromMinutes(30));

        // Less than 0.1 % of the minutes are errors when all is well; a bad release of 15 % fails 8 % of its share.
        Assert.InRange(Lookup(well), 0.0001, 0.03);
        Assert.InRange(Lookup(ill), 0.25, 0.5);
    }

    [Fact]
    public void A_row_is_taken_once()
    {
        var model = new ProductionModel(1, Start);
        Move(model, TimeSpan.FromMinutes(10));

        Assert.Empty(model.ErrorMinutes.Take());
    }

    private static double Lookup(IReadOnlyList<ErrorMinutesRow> rows) =>
        rows.Where(r => r.Metric == "lookup_availability").Sum(r => r.Minutes);

    private static IReadOnlyList<ErrorMinutesRow> Move(ProductionModel model, TimeSpan span)
    {
        for (var end = model.At + span; model.At < end; )
        {
            model.Step();
        }

        return model.ErrorMinutes.Take();
    }
}
