using Hilum.Guidance;
var sw = System.Diagnostics.Stopwatch.StartNew();
try { var c = ContentCache.Load(args[0], null); Console.WriteLine($"ok {c.Facts.Facts.Length} facts {c.Catalogue.Treatments.Length} treatments {c.Catalogue.Editions.Sum(e => e.Recommendations.Length)} recs {c.Catalogue.SafetyRules.Length} safety {sw.ElapsedMilliseconds} ms"); }
catch (ContentException e) { Console.WriteLine(e.Message); Console.WriteLine(e.Problems.Count); }
