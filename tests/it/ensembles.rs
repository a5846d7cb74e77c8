//! Ensembles, comparisons, searches and sweeps, as they are used: by commands, on files.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A folder of its own that is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("casus-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn casus(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_casus")).args(args).output().expect("the program")
}

fn succeeds(args: &[&str]) -> String {
    let output = casus(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// What it says on standard error when it cannot.
fn fails(args: &[&str]) -> String {
    let output = casus(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("text")
}

fn ensemble(more: &[&str]) -> Vec<String> {
    let all = ["ensemble", "three-leagues", "--seed", "5"].iter().chain(more);
    all.map(|s| (*s).to_owned()).collect()
}

fn run(args: &[String]) -> String {
    succeeds(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_scenario_can_be_compared_with_itself_without_one_of_its_states() {
    let told = succeeds(&["compare", "new-axis-2024", "--set", "states/BLR=absent", "-n", "40"]);
    assert!(told.contains("with states/BLR=absent"), "{told}");
    // Where what is left would not hold together, it is said which change is why.
    let output = casus(&["run", "suez-1956", "--set", "states/GBR=absent"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("Changed by `states/GBR=absent`") && told.contains("`needed` is 3"), "{told}");
}

#[test]
fn rows_are_the_same_whatever_the_processor_can_do() {
    let folder = Folder::new("processors");
    // With glibc this hides from its functions what newer processors have; elsewhere it changes nothing.
    for (name, hidden) in [("all.csv", ""), ("less.csv", "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX512F")] {
        let output = Command::new(env!("CARGO_BIN_EXE_casus"))
            .args(["ensemble", "new-axis-2024", "-n", "150", "--seed", "2", "-o", &folder.file(name)])
            .env("GLIBC_TUNABLES", hidden)
            .output()
            .expect("the program");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(folder.bytes("all.csv"), folder.bytes("less.csv"));
}

#[test]
fn threads_and_shards_change_no_byte() {
    let folder = Folder::new("shards");
    let file = |name: &str| folder.file(name);
    run(&ensemble(&["-n", "700", "-j", "1", "-o", &file("one.parquet")]));
    run(&ensemble(&["-n", "700", "-j", "2", "-o", &file("two.parquet")]));
    for part in ["1/3", "2/3", "3/3"] {
        let name = file(&format!("part-{}.parquet", &part[..1]));
        run(&ensemble(&["-n", "700", "--shard", part, "-o", &name]));
    }
    let parts = ["3", "1", "2"].map(|k| file(&format!("part-{k}.parquet")));
    succeeds(&["merge", &parts[0], &parts[1], &parts[2], "-o", &file("merged.parquet")]);
    for name in ["two.parquet", "merged.parquet"] {
        assert!(folder.bytes("one.parquet") == folder.bytes(name), "{name}");
        let summary = |name: &str| folder.bytes(&format!("{name}.summary.json"));
        assert!(summary("one.parquet") == summary(name), "the summary of {name}");
    }
    let missing = fails(&["merge", &parts[0], &parts[1], "-o", &file("gap.parquet")]);
    assert!(missing.contains("shard 2/3 is missing"), "{missing}");
    run(&ensemble(&[
        "-n",
        "700",
        "--set",
        "rules/obligation=1",
        "--shard",
        "2/3",
        "-o",
        &file("other.parquet"),
    ]));
    let foreign = fails(&["merge", &parts[0], &parts[1], &file("other.parquet"), "-o", &file("mix.parquet")]);
    assert!(foreign.contains("not of the same ensemble"), "{foreign}");
    let whole = fs::read(folder.0.join("part-2.parquet")).expect("a shard");
    fs::write(folder.0.join("part-2.parquet"), &whole[..whole.len() / 2]).expect("a cut shard");
    let cut = fails(&["merge", &parts[0], &parts[1], &parts[2], "-o", &file("cut.parquet")]);
    assert!(cut.contains("part-2.parquet") && cut.contains("cut off or damaged"), "{cut}");
    assert!(!folder.0.join("cut.parquet").exists());
}

#[test]
fn a_killed_ensemble_goes_on_where_it_was() {
    let folder = Folder::new("killed");
    let file = |name: &str| folder.file(name);
    let args = ensemble(&["-n", "6000", "-j", "1", "-o", &file("cut.csv")]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_casus"))
        .args(&args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let counts = folder.0.join("cut.csv.unfinished.counts");
    for _ in 0..2000 {
        if counts.exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().expect("it was running");
    child.wait().expect("it has ended");
    assert!(folder.0.join("cut.csv.unfinished").exists() && !folder.0.join("cut.csv").exists());
    let refused = fails(&args.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(refused.contains("--resume"), "{refused}");
    let resumed: Vec<String> = args.iter().cloned().chain(["--resume".into()]).collect();
    run(&resumed);
    run(&ensemble(&["-n", "6000", "-o", &file("whole.csv")]));
    assert!(folder.bytes("cut.csv") == folder.bytes("whole.csv"));
    assert!(folder.bytes("cut.csv.summary.json") == folder.bytes("whole.csv.summary.json"));
    let left: Vec<String> = fs::read_dir(&folder.0)
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("unfinished") || name.contains(".new"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_finished_ensemble_can_be_extended() {
    let folder = Folder::new("extended");
    let file = |name: &str| folder.file(name);
    run(&ensemble(&["-n", "100", "-o", &file("a.jsonl")]));
    run(&ensemble(&["-n", "300", "-o", &file("a.jsonl"), "--resume"]));
    run(&ensemble(&["-n", "300", "-o", &file("b.jsonl")]));
    assert!(folder.bytes("a.jsonl") == folder.bytes("b.jsonl"));
    assert!(folder.bytes("a.jsonl.summary.json") == folder.bytes("b.jsonl.summary.json"));
}

#[test]
fn every_row_plays_again_by_itself() {
    let folder = Folder::new("rows");
    run(&ensemble(&["-n", "20", "--set", "rules/reluctance=2", "-o", &folder.file("a.csv")]));
    let text = String::from_utf8(folder.bytes("a.csv")).expect("text");
    let line = text.lines().find(|l| l.starts_with("13,")).expect("a row");
    let args = "run three-leagues --seed 5 --replicate 13 --set rules/reluctance=2 --format json";
    let played: serde_json::Value =
        serde_json::from_str(&succeeds(&args.split(' ').collect::<Vec<_>>())).expect("JSON");
    let digest = played["digest"].as_str().expect("a digest");
    assert!(line.contains(digest), "{digest} is not in {line}");
}

#[test]
fn what_cannot_be_played_is_said_before_anything_is() {
    let folder = Folder::new("wrong");
    let file = |name: &str| folder.file(name);
    assert!(fails(&["ensemble", "three-leagues", "-n", "0"]).contains("--replicates"));
    fs::write(folder.0.join("there.csv"), "mine").expect("a file");
    let there = fails(&["ensemble", "three-leagues", "-n", "5", "-o", &file("there.csv")]);
    assert!(there.contains("exists already"), "{there}");
    assert_eq!(folder.bytes("there.csv"), b"mine");
    let nothing = fails(&["ensemble", "three-leagues", "--set", "treaties/iron/clauses/1=2"]);
    assert!(nothing.contains("names nothing"), "{nothing}");
    let format = fails(&["ensemble", "three-leagues", "-n", "5", "-o", &file("a.xlsx")]);
    assert!(format.contains(".parquet"), "{format}");
    let wrong = casus(&["ensemble", "three-leagues", "--set", "rules/obligation=many"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stdout).contains("a number is needed here"));
}

#[test]
fn precision_ends_an_ensemble_early_and_always_at_the_same_place() {
    let summary = |threads: &str| -> serde_json::Value {
        let args = ["-n", "9000", "--until-precision", "0.03", "--format", "json", "-j", threads];
        serde_json::from_str(&run(&ensemble(&args))).expect("JSON")
    };
    let one = summary("1");
    let played = one["replicates"].as_u64().expect("a number");
    assert!((512..9000).contains(&played), "{played}");
    assert_eq!(one, summary("2"));
}

#[test]
fn the_page_and_its_plots_are_written() {
    let folder = Folder::new("page");
    run(&ensemble(&["-n", "50", "--html", &folder.file("a.html"), "--plots", &folder.file("plots")]));
    let page = String::from_utf8(folder.bytes("a.html")).expect("text");
    assert!(page.contains("Three Leagues") || page.contains("three-leagues"));
    assert!(page.contains("Corvane") && page.ends_with("</html>"));
    let plots = fs::read_dir(folder.0.join("plots")).expect("a folder").count();
    assert!(plots >= 4, "{plots}");
}

#[test]
fn a_change_that_matters_parts_histories_and_one_that_does_not_parts_none() {
    let compare = |change: &str| -> serde_json::Value {
        let args =
            ["compare", "three-leagues", "-n", "120", "--set", change, "--explain", "--format", "json"];
        serde_json::from_str(&succeeds(&args)).expect("JSON")
    };
    let same = compare("title=\"Another title\"");
    assert_eq!(same["parted"], 0);
    let differences = same["differences"].as_array().expect("a list");
    assert!(!differences.is_empty());
    assert!(differences.iter().all(|d| d["difference"] == 0.0));
    let other = compare("rules/reluctance=0");
    assert!(other["parted"].as_u64().expect("a number") > 20, "{}", other["parted"]);
    let parting = &other["explained"]["parting"];
    assert_ne!(parting["first"][0], parting["second"][0]);
    let nothing = fails(&["compare", "three-leagues"]);
    assert!(nothing.contains("nothing to compare with"), "{nothing}");
}

#[test]
fn the_chronicles_that_part_stand_side_by_side() {
    let args = ["compare", "three-leagues", "-n", "60", "--set", "rules/reluctance=0", "--explain"];
    let text = succeeds(&args);
    assert!(
        text.contains("They come to something else in ")
            && text.contains("first ")
            && text.contains(" | second"),
        "{text}"
    );
}

#[test]
fn a_search_finds_that_an_attack_which_does_not_come_brings_nobody_in() {
    let goal = "at most 0 joiners";
    let args = ["search", "three-leagues", "--goal", goal, "-n", "40", "--likely", "0.9", "--format", "json"];
    let found: serde_json::Value = serde_json::from_str(&succeeds(&args)).expect("JSON");
    let all = found["found"].as_array().expect("a list");
    let decision = |f: &&serde_json::Value| f["kind"] == "Decision" && f["reaches"] == true;
    assert!(all.iter().any(|f| decision(&f)), "{all:#?}");
    for f in all {
        let change = f["change"].as_str().expect("a change");
        let share = f["share"]["second"].as_f64().expect("a share");
        assert_eq!(f["reaches"], share >= 0.9, "{change}");
    }
    assert!(found["diff"].as_str().expect("a diff").lines().any(|l| l.starts_with('-')));
    let unknown = fails(&["search", "three-leagues", "--goal", "Corvania stays out"]);
    assert!(unknown.contains("no state `Corvania`"), "{unknown}");
    assert!(fails(&["search", "three-leagues", "--goal", "peace"]).contains("stays out"));
}

const PLAN: &str = r#"(
    format: 1,
    scenario: "three-leagues",
    seed: 3,
    replicates: 30,
    axes: [
        (path: "rules/obligation", values: Range(from: 1, to: 5, steps: 3)),
        (name: "meadow", path: "treaties/meadow-league", values: Presence),
    ],
    outcomes: ["COR enters", "at least 3 belligerents"],
)"#;

fn plan(folder: &Folder) -> String {
    fs::write(folder.0.join("plan.ron"), PLAN).expect("a plan");
    folder.file("plan.ron")
}

#[test]
fn a_sweep_plays_every_combination_and_its_shards_add_up() {
    let folder = Folder::new("sweep");
    let (plan, file) = (plan(&folder), |name: &str| folder.file(name));
    let told = succeeds(&["sweep", &plan, "-o", &file("whole.csv")]);
    assert!(told.contains("rules/obligation") && told.contains("rank correlation"), "{told}");
    let text = String::from_utf8(folder.bytes("whole.csv")).expect("text");
    assert_eq!(text.lines().count(), 7);
    assert!(text.lines().next().is_some_and(|head| head.contains("COR_enters_low")), "{text}");
    for k in ["1/2", "2/2"] {
        succeeds(&["sweep", &plan, "--shard", k, "-o", &file(&format!("part{}.csv", &k[..1]))]);
    }
    succeeds(&["merge", &file("part1.csv"), &file("part2.csv"), "-o", &file("merged.csv")]);
    assert!(folder.bytes("whole.csv") == folder.bytes("merged.csv"));
    // What is done is not done again, but told again.
    assert_eq!(succeeds(&["sweep", &plan, "-o", &file("whole.csv"), "--resume"]), told);
}

#[test]
fn mistakes_in_a_plan_are_underlined() {
    let folder = Folder::new("plan");
    fs::write(folder.0.join("bad.ron"), PLAN.replace("axes", "axis")).expect("a plan");
    let output = casus(&["sweep", &folder.file("bad.ron"), "-o", &folder.file("a.csv")]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("axes") && said.contains("^^^^"), "{said}");
    let never = PLAN.replace("rules/obligation", "rules/obligations");
    fs::write(folder.0.join("never.ron"), never).expect("a plan");
    let nothing = fails(&["sweep", &folder.file("never.ron"), "-o", &folder.file("a.csv")]);
    assert!(nothing.contains("obligations"), "{nothing}");
}

#[test]
fn what_no_history_can_tell_is_not_asked() {
    for args in [
        &["search", "new-axis-2024", "--goal", "RUS stays out"][..],
        &["search", "new-axis-2024", "--goal", "UKR enters"],
    ] {
        assert!(fails(args).contains("is at war from the start"), "{args:?}");
    }
    let few = fails(&["compare", "three-leagues", "--set", "rules/reluctance=0", "-n", "1"]);
    assert!(few.contains("could not be chance"), "{few}");
}

#[test]
fn shards_of_a_sweep_that_are_missing_or_of_another_seed_are_refused() {
    let folder = Folder::new("sweep-shards");
    let file = |name: &str| folder.file(name);
    let plan = plan(&folder);
    let other = fs::read_to_string(&plan).expect("the plan").replace("seed: 3,", "seed: 99,");
    fs::write(file("other.ron"), other).expect("another plan");
    for (plan, shard, name) in
        [(&plan, "1/2", "a1.csv"), (&plan, "2/2", "a2.csv"), (&file("other.ron"), "2/2", "b2.csv")]
    {
        succeeds(&["sweep", plan, "--shard", shard, "-o", &file(name)]);
    }
    let missing = fails(&["merge", &file("a1.csv"), "-o", &file("m.csv")]);
    assert!(missing.contains("shard 2/2 is missing"), "{missing}");
    let foreign = fails(&["merge", &file("a1.csv"), &file("b2.csv"), "-o", &file("m.csv")]);
    assert!(foreign.contains("does not belong with"), "{foreign}");
    let resumed = fails(&["sweep", &file("other.ron"), "--resume", "-o", &file("a1.csv"), "--shard", "1/2"]);
    assert!(resumed.contains("its `seed` is `3`, not `99`"), "{resumed}");
    succeeds(&["merge", &file("a1.csv"), &file("a2.csv"), "-o", &file("m.csv")]);
}

#[test]
fn means_are_of_the_numbers_themselves() {
    let folder = Folder::new("means");
    let rows = folder.file("rows.jsonl");
    let text = succeeds(&["ensemble", "three-leagues", "-n", "50", "--format", "json", "-o", &rows]);
    let summary: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let lines = fs::read_to_string(&rows).expect("rows");
    for fan in summary["metrics"].as_array().expect("metrics") {
        let column = format!("{}_end", fan["name"].as_str().expect("a name"));
        let of = |line: &str| {
            let row: serde_json::Value = serde_json::from_str(line).expect("a row");
            row[&column].as_f64().expect("a number")
        };
        let mean = lines.lines().map(of).sum::<f64>() / 50.0;
        let told = fan["turns"].as_array().and_then(|t| t.last()).expect("the last turn")["mean"].as_f64();
        assert!((told.expect("a mean") - mean).abs() < 1e-8, "{column}");
    }
}

#[test]
fn rows_that_were_changed_do_not_pass_for_those_that_were_played() {
    let folder = Folder::new("changed");
    let file = |name: &str| folder.file(name);
    for shard in ["1/2", "2/2"] {
        let name = file(&format!("{}.csv", &shard[..1]));
        succeeds(&["ensemble", "three-leagues", "-n", "20", "--shard", shard, "-o", &name]);
    }
    let text = fs::read_to_string(file("1.csv")).expect("rows");
    fs::write(file("1.csv"), text.replacen("\"Initiator\"", "\"Target\"", 1)).expect("a change");
    let told = fails(&["merge", &file("1.csv"), &file("2.csv"), "-o", &file("m.csv")]);
    assert!(told.contains("not those that were written"), "{told}");
    // Cut off at the end of a line, so that nothing but its count tells.
    let cut: Vec<&str> = text.lines().collect();
    fs::write(file("1.csv"), cut[..cut.len() - 1].join("\n") + "\n").expect("a cut");
    fails(&["merge", &file("1.csv"), &file("2.csv"), "-o", &file("m.csv")]);
}
