use super::*;
use crate::ensemble::statistics::{Share, Spread};
use crate::ensemble::{Bar, EntryChance, Fan, Run, VerdictChance};

const SENTENCE: &str = "This illustrates what the treaties and the stated rules imply; it does not predict.";

fn share(count: u64) -> Share {
    let estimate = count as f64 / 100.0;
    Share { count, of: 100, estimate, low: (estimate - 0.05).max(0.0), high: (estimate + 0.05).min(1.0) }
}

fn entry(state: &str, side: &str, count: u64) -> EntryChance {
    let turns = Spread { p05: 1.0, p25: 2.0, median: 3.0, p75: 4.5, p95: 6.0, mean: 3.2 };
    EntryChance {
        state: state.into(),
        name: format!("the {state} state"),
        side: side.into(),
        from_start: false,
        share: share(count),
        turns: (count > 0).then_some(turns),
    }
}

fn verdict(state: &str, verdict: &str, count: u64) -> VerdictChance {
    let name = format!("the {state} state");
    VerdictChance { state: state.into(), name, verdict: verdict.into(), share: share(count) }
}

fn fan(name: &str, value: f64, turns: usize) -> Fan {
    let spread = Spread { p05: value, p25: value, median: value, p75: value, p95: value, mean: value };
    Fan {
        name: name.into(),
        title: "Tension".into(),
        unit: "0 to 1".into(),
        dates: (0..turns).map(|i| format!("1914-07-{:02}", i + 1)).collect(),
        turns: vec![spread; turns],
    }
}

fn summary() -> Summary {
    let bars: Vec<Bar> =
        [(2, 30), (3, 60), (7, 10)].map(|(value, n)| Bar { value, share: share(n) }).to_vec();
    Summary {
        asked: 0,
        until_precision: None,
        precision: 0.0,
        run: Run {
            scenario: "a-case".into(),
            title: "A Case".into(),
            content: "0".into(),
            preset: "realist".into(),
            changes: vec!["audience = 2.0".into()],
            seed: 17,
            shard: None,
            turns: 12,
            program: "0.1.0".into(),
        },
        first: 40,
        replicates: 100,
        entries: vec![
            EntryChance { from_start: true, ..entry("Alpha", "Initiator", 100) },
            entry("Beta", "Initiator", 30),
            entry("Gamma", "Target", 20),
            entry("Delta", "Target", 70),
            entry("Epsilon", "Target", 0),
        ],
        verdicts: vec![
            verdict("Delta", "Compliant", 60),
            verdict("Delta", "BeyondObligation", 10),
            verdict("Delta", "Breach", 5),
            verdict("Delta", "NotTriggered", 25),
            verdict("Epsilon", "NotTriggered", 100),
        ],
        wars: bars.clone(),
        largest: bars.clone(),
        war_sizes: bars.clone(),
        cascade_depths: bars.clone(),
        joiners: bars,
        metrics: vec![fan("tension", 0.4, 12), fan("conflicts", 0.0, 12)],
    }
}

/// A drawing of the summary, by its name.
fn drawn(summary: &Summary, name: &str) -> String {
    let found = drawings(summary).into_iter().find(|picture| picture.name == name);
    found.unwrap_or_else(|| panic!("there is no drawing {name}")).svg
}

fn times(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn the_page_ends_with_what_it_is_not() {
    let page = page(&summary());
    let (_, after) = page.rsplit_once(SENTENCE).expect("the sentence stands on the page");
    assert_eq!(after, "</p></footer></body></html>");
}

#[test]
fn the_page_tells_how_to_run_it_again() {
    let page = page(&summary());
    for part in [
        "<code>a-case</code>",
        "<code>realist</code>",
        "<code>audience = 2.0</code>",
        "100 histories of 12 turns each",
        "seed <code>17</code>",
        "replicates <code>40</code> to <code>139</code>",
        "<code>0.1.0</code>",
        "Wilson",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn text_from_the_scenario_is_escaped() {
    let mut summary = summary();
    let nasty = "<script>\"x\" & 'y'</script>";
    summary.run.title = nasty.into();
    summary.run.scenario = nasty.into();
    summary.run.changes = vec![nasty.into()];
    summary.entries[1].name = nasty.into();
    summary.verdicts[0].name = nasty.into();
    summary.metrics[0].title = nasty.into();
    summary.metrics[0].unit = nasty.into();
    let page = page(&summary);
    assert!(!page.contains("<script"));
    assert!(!page.contains("\"x\""));
    assert!(page.contains("&lt;script&gt;&quot;x&quot; &amp; "));
}

#[test]
fn every_state_with_an_interval_is_drawn_with_its_numbers() {
    let svg = drawn(&summary(), "entry");
    assert_eq!((times(&svg, "marker edge initiator"), times(&svg, "marker edge target")), (1, 2));
    for part in ["Beta state", "30.0%", "25.0–35.0", "Gamma state", "Delta state", "70.0%"] {
        assert!(svg.contains(&format!(">{part}</text>")), "{part}");
    }
    let place = |name: &str| svg.find(&format!(">{name}</text>")).expect(name);
    assert!(place("Delta state") < place("Gamma state"), "the likelier stands first");
}

#[test]
fn a_state_that_fights_from_the_start_has_no_chance() {
    let svg = drawn(&summary(), "entry");
    assert!(svg.contains("fights from the start") && !svg.contains("100.0%"));
    assert!(!drawn(&summary(), "time-to-entry").contains("Alpha"));
}

#[test]
fn states_that_never_enter_are_named_in_a_sentence() {
    assert!(!drawn(&summary(), "entry").contains("Epsilon"));
    assert!(
        page(&summary()).contains("1 state entered in no history: Epsilon state (95% interval up to 5.0%).")
    );
}

#[test]
fn a_state_on_two_sides_is_drawn_on_both() {
    let mut summary = summary();
    summary.entries.push(entry("Delta", "Initiator", 4));
    assert_eq!(times(&drawn(&summary, "entry"), ">Delta state</text>"), 2);
}

#[test]
fn nothing_is_drawn_at_a_place_that_is_no_number() {
    let mut undefined = summary();
    let share = Share { count: 0, of: 0, estimate: f64::NAN, low: f64::NAN, high: f64::INFINITY };
    undefined.entries.iter_mut().for_each(|e| (e.share, e.turns) = (share, None));
    undefined.verdicts.iter_mut().for_each(|v| v.share = share);
    undefined.war_sizes.iter_mut().for_each(|b| b.share = share);
    undefined.metrics.push(fan("breaches", f64::NAN, 3));
    let no_history = Summary { replicates: 0, ..undefined.clone() };
    let run = Run { turns: 0, ..summary().run };
    let one_turn = Summary { run, metrics: vec![fan("tension", -3.0, 1)], ..summary() };
    for summary in [undefined, no_history, one_turn, summary(), Summary::default()] {
        let page = page(&summary);
        for wrong in ["NaN", "inf\"", "inf ", "-0\""] {
            assert!(!page.contains(wrong), "{wrong}");
        }
        assert!(page.contains(SENTENCE));
    }
}

#[test]
fn without_histories_the_page_says_so() {
    let page = page(&Summary { replicates: 0, ..summary() });
    assert!(page.contains("No history was played") && !page.contains("<svg"));
}

#[test]
fn a_constant_metric_is_drawn_as_a_level_line() {
    let svg = drawn(&summary(), "metric-tension");
    let median = svg.split("class=\"plain-line\" d=\"M").nth(1).expect("a median");
    let path = median.split('"').next().unwrap_or_default();
    let heights: Vec<&str> = path.split('L').filter_map(|point| point.split(' ').nth(1)).collect();
    assert_eq!(heights.len(), 12);
    assert!(heights.iter().all(|height| *height == heights[0]));
}

#[test]
fn red_marks_war_and_nothing_else() {
    assert!(drawn(&summary(), "metric-conflicts").contains("class=\"war-line\""));
    assert!(!drawn(&summary(), "metric-tension").contains("class=\"war"));
    assert!(!drawn(&summary(), "verdicts").contains("class=\"war"));
}

#[test]
fn the_size_of_the_war_is_summed_up() {
    // By hand: (2 * 30 + 3 * 60 + 7 * 10) / 100.
    assert!(page(&summary()).contains("The commonest number is 3 (60.0% of histories), the mean 3.1."));
    assert_eq!(times(&drawn(&summary(), "war-size"), "<rect class=\"war\""), 3);
}

#[test]
fn a_verdict_is_told_by_number_and_hatching_too() {
    let svg = drawn(&summary(), "verdicts");
    assert!(svg.contains("url(#hatch-breach)") && svg.contains(">5.0%</text>"));
    assert!(!svg.contains("Epsilon"), "nothing fell due for it");
    assert!(page(&summary()).contains("Not drawn: 1 state for which anything fell due"));
}

#[test]
fn every_figure_has_a_caption_a_table_and_a_text_for_those_who_do_not_see_it() {
    let page = page(&summary());
    let figures = times(&page, "<figure");
    assert_eq!(figures, 6);
    assert_eq!((times(&page, "<figcaption>"), times(&page, "<details>")), (figures, figures));
    assert_eq!(times(&page, "<svg"), times(&page, "role=\"img\" aria-label=\""));
    assert!(!page.contains("aria-label=\"\"") && !page.contains("<tbody></tbody>"));
}

#[test]
fn the_page_fetches_nothing() {
    let page =
        page(&summary()).replace("xmlns=\"http://www.w3.org/2000/svg\"", "").replace("url(#hatch-", "");
    for fetching in ["http", "url(", "<script", "<link", "<img", "src=", "@import"] {
        assert!(!page.contains(fetching), "{fetching}");
    }
}

#[test]
fn the_same_summary_gives_the_same_page() {
    assert_eq!(page(&summary()), page(&summary()));
    assert_eq!(drawings(&summary()), drawings(&summary()));
}

#[test]
fn drawings_stand_on_their_own() {
    let drawings = drawings(&summary());
    let names: std::collections::BTreeSet<&str> = drawings.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names.len(), drawings.len());
    for Picture { name, svg } in &drawings {
        assert!(
            svg.starts_with("<svg xmlns=") && svg.contains("<style>") && svg.contains("<title>"),
            "{name}"
        );
    }
}
