using System.Text.Json;
using Hilum.Options;
using Hilum.Words;

namespace Hilum.Plans;

/// <summary>Plans, decisions, notes and sign-offs as JSON: the bytes that are stored, signed and answered. The same value gives the same bytes.</summary>
public static class PlanJson
{
    /// <summary>Most characters of a text that people write.</summary>
    public const int LongestText = 4000;

    private const int LongestId = 100;
    private const int MostEntries = 100;
    private static readonly string[] UndatedWords = ["no-start-date", "no-dates-in-source", "no-dates-later"];

    /// <summary>A plan version.</summary>
    public static byte[] Write(Plan plan) => Write(json =>
    {
        json.WriteString("id", plan.Id);
        json.WriteString("patient", plan.Patient);
        json.WriteNumber("version", plan.Version);
        json.WriteString("state", plan.State.Id());
        Strings(json, "next", plan.State.Next().Select(s => s.Id()));
        Content(json, plan.Content);
        Calendar(json, plan.Calendar);
        Basis(json, plan.Basis);
    });

    /// <summary>A decision.</summary>
    public static byte[] Write(Decision decision) => Write(json =>
    {
        Head(json, decision.Id, decision.Plan, decision.PlanVersion);
        json.WriteString("treatment", decision.Treatment);
        json.WriteString("decision", decision.Kind.Id());
        json.WriteString("reason", decision.Reason);
        Optional(json, "note", decision.Note);
    });

    /// <summary>A board note.</summary>
    public static byte[] Write(BoardNote note) => Write(json =>
    {
        Head(json, note.Id, note.Plan, note.PlanVersion);
        if (note.Question.Length > 0) json.WriteString("question", note.Question);
        Strings(json, "present", note.Present);
        Optional(json, "answer", note.Answer);
        json.WriteStartArray("dissent");
        foreach (var dissent in note.Dissent)
        {
            json.WriteStartObject();
            json.WriteString("discipline", dissent.Discipline);
            json.WriteString("says", dissent.Says);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Tasks(json, "followUp", note.FollowUp);
        Course(json, note);
    });

    /// <summary>A sign-off.</summary>
    public static byte[] Write(SignOff signOff) => Write(json =>
    {
        Head(json, signOff.Id, signOff.Plan, signOff.PlanVersion);
        json.WriteString("planSha256", signOff.PlanSha256);
        json.WriteString("role", signOff.Role);
    });

    /// <summary>The word of a decision: <c>accepted</c>, <c>changed</c>, <c>declined</c>.</summary>
    public static string Id(this DecisionKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>What people write of a plan.</summary>
    public static PlanDraft Draft(JsonFields fields) => new()
    {
        Goal = fields.Text("goal", LongestText),
        Steps = fields.Items("steps", MostEntries, Step),
        Questions = fields.Texts("questions", MostEntries, LongestText),
        Tasks = fields.Items("tasks", MostEntries, Task),
        Supersedes = fields.Text("supersedes", LongestId),
    };

    /// <summary>Something that somebody does.</summary>
    public static PlanTask Task(JsonFields fields) => new(fields.Text("what", LongestText, required: true) ?? "", fields.Text("who", 200, required: true) ?? "", fields.Day("by"));

    /// <summary>Reads a stored plan.</summary>
    /// <exception cref="InvalidDataException">These are not the bytes of a plan.</exception>
    public static Plan ReadPlan(ReadOnlyMemory<byte> json) => Stored(json, f =>
    {
        f.Ignore("next");
        return new Plan
        {
            Id = Required(f, "id"),
            Patient = Required(f, "patient"),
            Version = f.Count("version", required: true) ?? 0,
            State = LifeCycle.TryParse(f.Word("state", LifeCycle.States.Select(s => s.Id()), required: true), out var state) ? state : default,
            Content = Draft(f),
            Calendar = f.Item("monitoring", Calendar, required: true)!,
            Basis = f.Item("basis", Basis, required: true)!,
        };
    });

    /// <summary>Reads a stored decision.</summary>
    public static Decision ReadDecision(ReadOnlyMemory<byte> json) => Stored(json, f => new Decision(
        Required(f, "id"), Required(f, "plan"), f.Count("planVersion", required: true) ?? 0, Required(f, "treatment"), Kind(f), Required(f, "reason"), f.Text("note", LongestText)));

    /// <summary>Reads a stored board note.</summary>
    public static BoardNote ReadNote(ReadOnlyMemory<byte> json) => Stored(json, f => Course(f, new BoardNote(
        Required(f, "id"), Required(f, "plan"), f.Count("planVersion", required: true) ?? 0, f.Text("question", LongestText) ?? "", f.Texts("present", MostEntries, LongestId),
        f.Text("answer", LongestText), f.Items("dissent", MostEntries, d => new Dissent(Required(d, "discipline"), d.Text("says", LongestText, required: true) ?? "")),
        // a board writes who does what in one text: nobody is named apart
        f.Items("followUp", MostEntries, t => new PlanTask(Required(t, "what"), t.Text("who", 200, required: true, blank: true) ?? "", t.Day("by"))))));

    /// <summary>What a board note says beside question and answer: wishes, states, owners, trial, what became of the plan. All of it may be absent.</summary>
    /// <param name="fields">The note as sent or stored.</param>
    /// <param name="note">What was read of it so far.</param>
    /// <param name="facts">Ids of the facts that may have an owner; null for a note that is stored, of which only the form is checked.</param>
    /// <param name="responses">Codes of responses; null for any.</param>
    public static BoardNote Course(JsonFields fields, BoardNote note, ICollection<string>? facts = null, ICollection<string>? responses = null)
    {
        var said = note with
        {
            Wishes = fields.Text("wishes", LongestText),
            SetAside = fields.Text("setAside", LongestText),
            States = fields.Items("states", MostEntries, State),
            Owners = fields.Items("owners", MostEntries, f => new FactOwner((facts is null ? f.Text("fact", LongestId, required: true) : f.Word("fact", facts, required: true)) ?? "", f.Text("owner", 200, required: true) ?? "")),
            Trial = fields.Item("trial", Trial),
            LoopBack = fields.Item("loopBack", f => LoopBack(f, responses)),
        };
        if (facts is null) return said; // a note that is stored stays readable
        if (said.Question.Length == 0 && said.States.Any(s => s.State.NeedsQuestion())) fields.Fault("question", "a case needs its question before it is ready or discussed");
        if (said.LoopBack is null && said.States.Any(s => s.State.NeedsLoopBack())) fields.Fault("loopBack", "a case is followed up when it is known whether the plan was followed, or what the outcome is");
        return said;
    }

    /// <summary>Reads a stored sign-off.</summary>
    public static SignOff ReadSignOff(ReadOnlyMemory<byte> json) => Stored(json, f => new SignOff(
        Required(f, "id"), Required(f, "plan"), f.Count("planVersion", required: true) ?? 0, Required(f, "planSha256"), Required(f, "role")));

    /// <summary>The decision that was sent.</summary>
    public static DecisionKind Kind(JsonFields fields) => fields.Word("decision", ["accepted", "changed", "declined"], required: true) switch { "changed" => DecisionKind.Changed, "declined" => DecisionKind.Declined, _ => DecisionKind.Accepted };

    private static BoardStep State(JsonFields fields)
    {
        var state = BoardStates.Parse(fields.Word("state", BoardStates.All.Select(s => s.Id()), required: true)) ?? default;
        var step = new BoardStep(state, fields.Day("on", required: true) ?? default, fields.Text("owner", 200, required: true) ?? "", fields.Text("reason", LongestText));
        if (state.NeedsReason() && step.Reason is null) fields.Fault("reason", "a case that is deferred needs its reason");
        return step;
    }

    private static TrialOffer Trial(JsonFields fields)
    {
        var trial = new TrialOffer(fields.Flag("offered", required: true) ?? true, fields.Text("whyNot", LongestText));
        if (!trial.Offered && trial.WhyNot is null) fields.Fault("whyNot", "where no trial was offered the reason is needed");
        return trial;
    }

    private static LoopBack LoopBack(JsonFields fields, ICollection<string>? responses)
    {
        var back = new LoopBack(fields.Flag("followed"), fields.Text("whyNot", LongestText), responses is null ? fields.Text("response", LongestId) : fields.Word("response", responses), fields.Day("on"), fields.Text("outcome", LongestText));
        if (back.Followed is false && back.WhyNot is null) fields.Fault("whyNot", "where the plan was not followed the reason is needed");
        if (back is { Followed: null, Response: null, Outcome: null }) fields.Fault("followed", "whether the plan was followed, a response or an outcome was expected");
        return back;
    }

    private static PlanStep Step(JsonFields fields) => new(Required(fields, "treatment"), fields.Text("reason", LongestText), fields.Text("nextWhen", LongestText), fields.Day("start"));

    private static string Required(JsonFields fields, string name) => fields.Text(name, LongestText, required: true) ?? "";

    private static T Stored<T>(ReadOnlyMemory<byte> json, Func<JsonFields, T> read)
        where T : class
    {
        var problems = new List<Problem>();
        return JsonFields.Read(json, problems, read) ?? throw new InvalidDataException($"what is stored cannot be read: {string.Join("; ", problems.Take(3))}");
    }

    private static byte[] Write(Action<Utf8JsonWriter> body) => JsonText.Object(body).ToArray();

    private static void Head(Utf8JsonWriter json, string id, string plan, int version)
    {
        json.WriteString("id", id);
        json.WriteString("plan", plan);
        json.WriteNumber("planVersion", version);
    }

    /// <summary>Only what was said: a note without it has the bytes that it always had.</summary>
    private static void Course(Utf8JsonWriter json, BoardNote note)
    {
        Optional(json, "wishes", note.Wishes);
        Optional(json, "setAside", note.SetAside);
        if (note.States.Count > 0)
        {
            json.WriteStartArray("states");
            foreach (var step in note.States)
            {
                json.WriteStartObject();
                json.WriteString("state", step.State.Id());
                json.WriteString("on", Day(step.On));
                json.WriteString("owner", step.Owner);
                Optional(json, "reason", step.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (note.Owners.Count > 0)
        {
            json.WriteStartArray("owners");
            foreach (var (fact, owner) in note.Owners)
            {
                json.WriteStartObject();
                json.WriteString("fact", fact);
                json.WriteString("owner", owner);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (note.Trial is { } trial)
        {
            json.WriteStartObject("trial");
            json.WriteBoolean("offered", trial.Offered);
            Optional(json, "whyNot", trial.WhyNot);
            json.WriteEndObject();
        }

        if (note.LoopBack is not { } back) return;
        json.WriteStartObject("loopBack");
        if (back.Followed is { } followed) json.WriteBoolean("followed", followed);
        Optional(json, "whyNot", back.WhyNot);
        Optional(json, "response", back.Response);
        Optional(json, "on", Day(back.On));
        Optional(json, "outcome", back.Outcome);
        json.WriteEndObject();
    }

    private static void Content(Utf8JsonWriter json, PlanDraft content)
    {
        Optional(json, "goal", content.Goal);
        json.WriteStartArray("steps");
        foreach (var step in content.Steps)
        {
            json.WriteStartObject();
            json.WriteString("treatment", step.Treatment);
            Optional(json, "reason", step.Reason);
            Optional(json, "nextWhen", step.NextWhen);
            Optional(json, "start", Day(step.Start));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Strings(json, "questions", content.Questions);
        Tasks(json, "tasks", content.Tasks);
        Optional(json, "supersedes", content.Supersedes);
    }

    private static void Tasks(Utf8JsonWriter json, string name, IEnumerable<PlanTask> tasks)
    {
        json.WriteStartArray(name);
        foreach (var task in tasks)
        {
            json.WriteStartObject();
            json.WriteString("what", task.What);
            json.WriteString("who", task.Who);
            Optional(json, "by", Day(task.By));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // ---- calendar: each check once, then the days ----

    private static void Calendar(Utf8JsonWriter json, MonitoringCalendar calendar)
    {
        var checks = calendar.Due.Select(d => (d.Treatment, d.Item)).Concat(calendar.Undated.Select(u => (u.Treatment, u.Item))).Distinct().ToList();
        json.WriteStartObject("monitoring");
        json.WriteString("through", Day(calendar.Through));
        json.WriteStartArray("checks");
        foreach (var (treatment, item) in checks)
        {
            json.WriteStartObject();
            json.WriteString("treatment", treatment);
            Phrase(json, "what", item.What);
            Phrase(json, "when", item.When);
            json.WriteString("document", item.Source.Document);
            Optional(json, "locator", string.IsNullOrEmpty(item.Source.Locator) ? null : item.Source.Locator);
            json.WriteString("source", item.Review.SourceWord);
            Optional(json, "signedBy", item.Review.ClinicalBy);
            Optional(json, "signedOn", item.Review.ClinicalDate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("due");
        foreach (var due in calendar.Due)
        {
            json.WriteStartObject();
            json.WriteString("on", Day(due.On));
            if (due.NoLaterThan != due.On) json.WriteString("noLaterThan", Day(due.NoLaterThan));
            json.WriteNumber("check", checks.IndexOf((due.Treatment, due.Item)) + 1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("undated");
        foreach (var undated in calendar.Undated)
        {
            json.WriteStartObject();
            json.WriteNumber("check", checks.IndexOf((undated.Treatment, undated.Item)) + 1);
            json.WriteString("because", UndatedWords[(int)undated.Reason]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static MonitoringCalendar Calendar(JsonFields fields)
    {
        const int Most = 100_000;
        var checks = fields.Items("checks", Most, f => (Treatment: Required(f, "treatment"), Item: new Monitoring(Phrase(f, "what"), Phrase(f, "when"),
            new(Required(f, "document"), f.Text("locator", LongestText) ?? ""),
            new(f.Word("source", ["seen", "second-hand", "unconfirmed"], required: true) switch { "seen" => SourceReview.Seen, "second-hand" => SourceReview.SecondHand, _ => SourceReview.Unconfirmed }, f.Text("signedBy", LongestText), f.Text("signedOn", LongestText)))));
        var due = fields.Items("due", Most, f =>
        {
            var on = f.Day("on") ?? default;
            var (treatment, item) = Check(f);
            return new DueCheck(on, f.Day("noLaterThan") ?? on, treatment, item);
        });
        var undated = fields.Items("undated", Most, f =>
        {
            var (treatment, item) = Check(f);
            return new UndatedCheck(treatment, item, (UndatedReason)Math.Max(0, Array.IndexOf(UndatedWords, f.Word("because", UndatedWords, required: true))));
        });
        return new(fields.Day("through") ?? default, due, undated);

        (string Treatment, Monitoring Item) Check(JsonFields f)
        {
            var number = f.Count("check", required: true) ?? 1;
            if (number <= checks.Count) return checks[number - 1];
            f.Fault("check", "there is no check of this number");
            return ("", new(default, default, default, default));
        }
    }

    // ---- basis ----

    private static void Basis(Utf8JsonWriter json, PlanBasis basis)
    {
        json.WriteStartObject("basis");
        json.WriteString("record", basis.Record);
        json.WriteString("recordSha256", basis.RecordSha256);
        json.WriteString("asOf", Day(basis.AsOf));
        Strings(json, "editions", basis.Editions);
        json.WriteString("contentVersion", basis.ContentVersion);
        json.WriteString("contentSha256", basis.ContentSha256);
        json.WriteString("answerSha256", basis.AnswerSha256);
        json.WriteStartArray("statuses");
        foreach (var (treatment, status, rules) in basis.Statuses)
        {
            json.WriteStartObject();
            json.WriteString("treatment", treatment);
            json.WriteString("status", status);
            Strings(json, "rules", rules);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static PlanBasis Basis(JsonFields fields) => new(Required(fields, "record"), Required(fields, "recordSha256"), fields.Day("asOf") ?? default, fields.Texts("editions", MostEntries, LongestId),
        Required(fields, "contentVersion"), Required(fields, "contentSha256"), Required(fields, "answerSha256"),
        fields.Items("statuses", 10_000, f => new JudgedTreatment(Required(f, "treatment"), Required(f, "status"), f.Texts("rules", MostEntries, 200))));

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd");

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Phrase(Utf8JsonWriter json, string name, Phrase phrase)
    {
        json.WriteStartObject(name);
        Optional(json, "en", phrase.En);
        Optional(json, "fr", phrase.Fr);
        json.WriteEndObject();
    }

    private static Phrase Phrase(JsonFields fields, string name)
    {
        string? en = null, fr = null;
        fields.Item(name, f =>
        {
            (en, fr) = (f.Text("en", LongestText), f.Text("fr", LongestText));
            return f;
        });
        return new(en, fr);
    }
}
