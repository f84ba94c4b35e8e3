using CsCheck;
using Hilum.Options;
using Hilum.Plans;
using Hilum.Words;

namespace Hilum.Storage.Tests;

/// <summary>Random content of stores.</summary>
internal static class Some
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char["abcdefgh éàü—<>&\"'\\/{}[]:,.-\n\t漢字"], 1, 40].Where(s => !string.IsNullOrWhiteSpace(s)),
        OneOf("<img onerror=alert(1)>", "'; DROP TABLE plans; --", "Robert\tTables", "être soulagé", "😀 漢字"));

    private static readonly Gen<DateOnly?> Day = Gen.OneOf(Gen.Const((DateOnly?)null), Gen.Int[0, 4000].Select(d => (DateOnly?)new DateOnly(2024, 1, 1).AddDays(d)));

    private static readonly Gen<string> Treatment = OneOf("nivolumab-ipilimumab", "active-surveillance", "sunitinib");

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<string?> Maybe(Gen<string> text) => Gen.OneOf(Gen.Const((string?)null), text.Select(t => (string?)t));

    public static readonly Gen<PlanTask> Task = Gen.Select(Text, Text, Day, (what, who, by) => new PlanTask(what, who, by));

    public static readonly Gen<PlanDraft> Draft = Gen.Select(Maybe(Text), Gen.Select(Treatment, Maybe(Text), Maybe(Text), Day, (t, r, n, s) => new PlanStep(t, r, n, s)).List[0, 3], Text.List[0, 3], Task.List[0, 2],
        (goal, steps, questions, tasks) => new PlanDraft { Goal = goal, Steps = steps, Questions = questions, Tasks = tasks });

    private static readonly Gen<Monitoring> Item = Gen.Select(Text, Text, (what, when) => new Monitoring(new(what, what), new(when, null), new("label", ""), new(SourceReview.Seen, null, null)));

    public static readonly Gen<MonitoringCalendar> Calendar = Gen.Select(Gen.Int[0, 4000], Gen.Select(Gen.Int[0, 400], Gen.Int[0, 20], Treatment, Item).List[0, 3], Gen.Select(Treatment, Item, Gen.Enum<UndatedReason>()).List[0, 2],
        (day, due, undated) => new MonitoringCalendar(new DateOnly(2026, 1, 1).AddDays(day),
            [.. due.Select(d => new DueCheck(new DateOnly(2026, 1, 1).AddDays(d.Item1), new DateOnly(2026, 1, 1).AddDays(d.Item1 + d.Item2), d.Item3, d.Item4))],
            [.. undated.Select(u => new UndatedCheck(u.Item1, u.Item2, u.Item3))]));

    public static PlanBasis Basis(string record) => new(record, new('a', 64), new(2026, 11, 3), ["esmo-2024"], "2026.11", new('b', 64), new('c', 64), [new("active-surveillance", "option", ["esmo-2024/active-surveillance"]), new("sunitinib", "not-applicable", [])]);

    public static Plan Plan(string id, string patient, string record, PlanDraft? draft = null, MonitoringCalendar? calendar = null) => new()
    {
        Id = id,
        Patient = patient,
        Version = 1,
        State = PlanState.Draft,
        Content = draft ?? new() { Goal = "Live well", Steps = [new("active-surveillance", null, null, null)] },
        Basis = Basis(record),
        Calendar = calendar ?? new(new(2027, 1, 1), [], []),
    };

    /// <summary>A board note of which every part is there or absent, whatever was drawn.</summary>
    private static BoardNote Note(string id, string plan, PlanDraft draft, int walk)
    {
        var day = new DateOnly(2026, 11, 3).AddDays(walk);
        return new(id, plan, 1, "Which first?", ["urology"], null, [new("nursing", "wait")], draft.Tasks)
        {
            Wishes = draft.Goal,
            SetAside = draft.Questions.Count > 0 ? draft.Questions[0] : null,
            States = [.. draft.Tasks.Select((t, i) => new BoardStep((BoardState)((walk + i) % 6), t.By ?? day, t.Who, t.What))],
            Owners = [.. draft.Questions.Select((q, i) => new FactOwner($"fact-{i}", q))],
            Trial = (walk % 3) switch { 0 => null, 1 => new(true, draft.Goal), _ => new(false, "none is open") },
            LoopBack = (walk % 4) switch { 0 when draft.Tasks.Count == 0 => null, 1 => new(false, "too weak", null, day, null), 2 => new(true, null, "PR", null, draft.Goal), _ => new(null, null, null, null, "at home") },
        };
    }

    /// <summary>Fills a store with a random history: patients, records, plans on their way, decisions, notes, sign-offs.</summary>
    public static async System.Threading.Tasks.Task Fill(Store store, IReadOnlyList<(PlanDraft Draft, MonitoringCalendar Calendar, byte[] Record, int Walk)> history)
    {
        foreach (var ((draft, calendar, record, walk), i) in history.Select((h, i) => (h, i)))
        {
            await store.Write($"user-{walk % 3}", w =>
            {
                var patient = $"P-{i % 2}";
                if (w.Patient(patient) is null) w.AddPatient(patient);
                var stored = w.AddRecord(patient, "application/yaml", record);
                var plan = w.AddPlan(Plan(w.NewId(), patient, stored.Id, draft, calendar)).Value;
                w.AddDecision(new(w.NewId(), plan.Id, 1, "sunitinib", (DecisionKind)(walk % 3), "patient-preference", walk % 2 == 0 ? null : "said so"));
                w.AddNote(Note(w.NewId(), plan.Id, draft, walk));
                for (var steps = walk; steps > 0 && !plan.State.IsFinal(); steps /= 3)
                {
                    if (plan.Move(plan.State.Next()[steps % plan.State.Next().Count], out var moved).Count > 0) break;
                    plan = w.AddPlan(moved).Value;
                }

                w.AddSignOff(new(w.NewId(), plan.Id, plan.Version, new('d', 64), "patient"));
                w.Audit("read", $"plans/{plan.Id}");
                return plan;
            });
        }
    }

    public static readonly Gen<(PlanDraft Draft, MonitoringCalendar Calendar, byte[] Record, int Walk)> Entry = Gen.Select(Draft, Calendar, Gen.Byte.Array[1, 300], Gen.Int[0, 2000]);
}
