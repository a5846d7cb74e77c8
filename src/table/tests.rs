use super::*;

/// A folder of a test's own, which goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("casus-table-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(&self.0).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        names.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const NAMES: [&str; 3] = ["t.parquet", "t.csv", "t.jsonl"];

fn schema(shard: Option<&str>) -> Schema {
    let kinds = [
        ("run", Kind::Integer),
        ("count", Kind::Integer),
        ("share, \"real\"", Kind::Real),
        ("name", Kind::Text),
        ("war", Kind::Truth),
        ("never", Kind::Text),
    ];
    let column = |(name, kind): (&str, Kind)| Column {
        name: name.into(),
        kind,
        meaning: format!("a \"{name}\"\nor so"),
    };
    let about = [("seed", Some("1")), ("scenario", Some("a\n\"b\"")), ("shard", shard)];
    let about = about.into_iter().filter_map(|(name, value)| Some((name.into(), value?.into())));
    Schema { columns: kinds.into_iter().map(column).collect(), about: about.collect() }
}

/// Rows with everything in them that is hard to write.
fn some_rows(count: u64) -> Vec<Row> {
    let texts =
        ["", "a", "12", "true", "null", "a,b", "\"", "\"\"", "a\nb", "a\"\n\"b", "\r\n", "\\", "Ä🕊", "\0"];
    let row = |run: u64| {
        // SplitMix64: every bit pattern comes up.
        let mut bits = run.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let reals = [f64::from_bits(bits), -0.0, 0.0, 1.0, 0.1, f64::MAX, f64::MIN_POSITIVE, 5e-324];
        let real = reals[(bits % 8) as usize];
        let there = |nth: u64, cell| if (bits >> (8 * nth)).is_multiple_of(5) { Cell::Missing } else { cell };
        vec![
            Cell::Integer(run as i64),
            there(1, Cell::Integer([i64::MIN, i64::MAX, bits as i64, 0][(bits % 4) as usize])),
            there(2, Cell::from(real)),
            there(3, Cell::Text(texts[bits as usize % texts.len()].into())),
            there(4, Cell::Truth(bits.is_multiple_of(2))),
            Cell::Missing,
        ]
    };
    (0..count).map(row).collect()
}

fn written(file: &Path, schema: Schema, rows: &[Row]) -> Vec<u8> {
    let mut journal = Journal::create(file, schema).unwrap();
    rows.chunks(7).for_each(|block| journal.append(block).unwrap());
    journal.finish().unwrap();
    fs::read(file).unwrap()
}

/// Tells -0 from 0, as `==` does not.
fn exactly(rows: &[Row]) -> String {
    format!("{rows:?}")
}

fn message<T>(result: Result<T, Error>) -> String {
    result.err().expect("an error").to_string()
}

#[test]
fn rows_come_back_from_every_format_as_they_were() {
    let folder = Folder::new("round-trip");
    for count in [0, 1, 3_000] {
        let rows = some_rows(count);
        for name in NAMES {
            let file = folder.file(name);
            written(&file, schema(None), &rows);
            let (found, rows_read) = read(&file).unwrap();
            assert_eq!(exactly(&rows_read.collect::<Result<Vec<_>, _>>().unwrap()), exactly(&rows), "{name}");
            assert_eq!(found, schema(None));
            if name == "t.parquet" {
                assert_eq!(folder.names(), [name]);
            } else {
                assert_eq!(folder.names(), [name.to_owned(), format!("{name}.schema.json")]);
                // Without what stands beside it the values tell their kinds.
                fs::remove_file(schema_of(&file)).unwrap();
                if count == 3_000 {
                    let kinds = |schema: Schema| schema.columns.iter().map(|c| c.kind).collect::<Vec<_>>();
                    assert_eq!(kinds(read(&file).unwrap().0), kinds(schema(None)));
                }
            }
            fs::remove_file(file).unwrap();
        }
    }
}

#[test]
fn groups_of_rows_follow_each_other() {
    let folder = Folder::new("groups");
    let column = Column { name: "run".into(), kind: Kind::Integer, meaning: String::new() };
    let schema = Schema { columns: vec![column], ..Schema::default() };
    let rows: Vec<Row> = (0..70_000).map(|run| vec![Cell::Integer(run)]).collect();
    written(&folder.file("t.parquet"), schema, &rows);
    assert_eq!(read(&folder.file("t.parquet")).unwrap().1.collect::<Result<Vec<_>, _>>().unwrap(), rows);
}

#[test]
fn a_journal_cut_anywhere_goes_on_to_the_same_bytes() {
    let folder = Folder::new("cut");
    let (file, rows) = (folder.file("t.csv"), some_rows(8));
    let whole = written(&folder.file("whole.csv"), schema(None), &rows);
    let path = beside(&file, "unfinished");
    Journal::create(&file, schema(None)).unwrap().append(&rows).unwrap();
    let journal = fs::read(&path).unwrap();
    let mut kept = BTreeSet::new();
    for end in 0..=journal.len() {
        fs::write(&path, &journal[..end]).unwrap();
        let mut resumed = Journal::resume(&file, schema(None)).unwrap();
        let there = resumed.rows() as usize;
        resumed.append(&rows[there..]).unwrap();
        assert!(fs::read(&path).unwrap() == journal, "cut at {end}");
        kept.insert(there);
    }
    assert!(kept.into_iter().eq(0..=8));
    Journal::resume(&file, schema(None)).unwrap().finish().unwrap();
    assert_eq!(fs::read(&file).unwrap(), whole);
}

#[test]
fn a_journal_can_drop_its_last_rows() {
    let folder = Folder::new("truncate");
    let (file, rows) = (folder.file("t.jsonl"), some_rows(20));
    let whole = written(&folder.file("whole.jsonl"), schema(None), &rows);
    Journal::create(&file, schema(None)).unwrap().append(&rows[..15]).unwrap();
    let mut journal = Journal::resume(&file, schema(None)).unwrap();
    journal.truncate(9).unwrap();
    assert_eq!(journal.rows(), 9);
    journal.append(&rows[9..]).unwrap();
    journal.finish().unwrap();
    assert_eq!(fs::read(&file).unwrap(), whole);
}

#[test]
fn a_finished_file_can_be_extended() {
    let folder = Folder::new("extend");
    let rows = some_rows(20);
    for name in NAMES {
        let whole = written(&folder.file(&format!("whole-{name}")), schema(None), &rows);
        let file = folder.file(name);
        written(&file, schema(None), &rows[..15]);
        let mut journal = Journal::resume(&file, schema(None)).unwrap();
        assert_eq!(journal.rows(), 15);
        journal.append(&rows[15..]).unwrap();
        journal.finish().unwrap();
        assert_eq!(fs::read(&file).unwrap(), whole);
    }
}

#[test]
fn nothing_is_written_over() {
    let folder = Folder::new("over");
    let file = folder.file("t.csv");
    let journal = Journal::create(&file, schema(None)).unwrap();
    assert!(message(Journal::create(&file, schema(None))).contains("go on with it by --resume"));
    assert!(message(Journal::resume(&file, schema(None))).contains("in use by another run"));
    journal.finish().unwrap();
    assert!(message(Journal::create(&file, schema(None))).contains("exists already; name another file"));
    assert!(message(merge(std::slice::from_ref(&file), &file, "run", &[])).ends_with("or remove it first"));
    assert!(
        message(Journal::create(&folder.file("t.txt"), schema(None))).contains(".parquet, .csv or .jsonl")
    );
}

#[test]
fn a_run_with_other_options_does_not_go_on() {
    let folder = Folder::new("other");
    let mut other = schema(None);
    other.about.insert("seed".into(), "2".into());
    let mut fewer = schema(None);
    fewer.columns.pop();
    for name in NAMES {
        let file = folder.file(name);
        drop(Journal::create(&file, schema(None)).unwrap());
        assert!(message(Journal::resume(&file, other.clone())).contains("its `seed` is `1`, not `2`"));
        Journal::resume(&file, schema(None)).unwrap().append(&some_rows(1)).unwrap();
        Journal::resume(&file, schema(None)).unwrap().finish().unwrap();
        assert!(message(Journal::resume(&file, fewer.clone())).contains("its column 6 is `never`"), "{name}");
    }
    let file = folder.file("t.parquet");
    assert!(message(Journal::resume(&file, other)).contains("was begun otherwise: its `seed`"));
}

#[test]
fn a_row_that_does_not_fit_is_refused() {
    let folder = Folder::new("unfit");
    let mut journal = Journal::create(&folder.file("t.csv"), schema(None)).unwrap();
    let mut row = some_rows(1).remove(0);
    row[2] = Cell::Real(f64::NAN);
    assert!(message(journal.append(&[row.clone()])).contains("Real(NaN) in `share"));
    row.pop();
    assert!(message(journal.append(&[row])).contains("5 cells for 6 columns"));
}

#[test]
fn merged_shards_are_the_file_written_in_one_go() {
    let folder = Folder::new("merge");
    let rows = some_rows(2_500);
    let interleaved = |run: usize| run % 3;
    let contiguous = |run: usize| run / 1_000;
    for name in NAMES {
        let whole = written(&folder.file(name), schema(None), &rows);
        for (way, shard_of) in [interleaved as fn(usize) -> usize, contiguous].into_iter().enumerate() {
            let write_shard = |shard: usize| {
                let file = folder.file(&format!("{way}-{shard}-{name}"));
                let part: Vec<Row> =
                    (0..rows.len()).filter(|r| shard_of(*r) == shard).map(|r| rows[r].clone()).collect();
                written(&file, schema(Some(&shard.to_string())), &part);
                file
            };
            let shards: Vec<PathBuf> = [2, 0, 1].map(write_shard).into();
            let merged = folder.file(&format!("{way}-merged-{name}"));
            assert_eq!(merge(&shards, &merged, "run", &["shard"]).unwrap(), 0..2_500);
            assert!(fs::read(merged).unwrap() == whole, "{name}");
        }
    }
}

#[test]
fn shards_that_do_not_fit_together_are_named() {
    let folder = Folder::new("misfit");
    let rows = some_rows(10);
    for name in NAMES {
        let shard = |label: &str, part: &[Row]| {
            let file = folder.file(&format!("{label}-{name}"));
            written(&file, schema(Some(label)), part);
            file
        };
        let (a, b, c) = (shard("a", &rows[..4]), shard("b", &rows[3..6]), shard("c", &rows[6..]));
        let backwards = shard("d", &[rows[5].clone(), rows[4].clone()]);
        let out = folder.file(&format!("out-{name}"));
        let merged = |files: &[&PathBuf]| {
            message(merge(&files.iter().map(|f| (*f).clone()).collect::<Vec<_>>(), &out, "run", &["shard"]))
        };
        let (twice, gap) = (merged(&[&c, &b, &a]), merged(&[&c, &a]));
        assert!(
            twice.contains("run 3 is in both") && twice.contains("/a-t") && twice.contains("/b-t"),
            "{twice}"
        );
        assert!(gap.contains("run 4 to 5 are missing, after `") && gap.contains("/c-t"), "{gap}");
        assert!(merged(&[&a, &a]).contains("run 0 is twice in"));
        assert!(merged(&[&backwards]).contains("out of order at run 4"));
        assert!(
            message(merge(std::slice::from_ref(&a), &out, "name", &["shard"]))
                .contains("no column `name` of whole numbers")
        );
        assert!(!folder.names().iter().any(|name| name.contains("out") || name.contains("partial")));
        if name == "t.parquet" {
            let other = message(merge(&[a, b], &out, "run", &[]));
            assert!(
                other.contains("does not belong with `") && other.contains("its `shard` is `b`, not `a`")
            );
        } else {
            // A row that was changed by hand does not pass for what was played.
            let mut text = fs::read_to_string(&a).unwrap();
            let at = text.rfind(|c: char| c.is_ascii_digit()).unwrap();
            let other = if &text[at..=at] == "7" { "8" } else { "7" };
            text.replace_range(at..=at, other);
            fs::write(&a, text).unwrap();
            let told = merged(&[&a]);
            assert!(told.contains("its rows are not those"), "{told}");
        }
    }
}

#[test]
fn a_shard_that_is_cut_off_is_named() {
    let folder = Folder::new("damage");
    let rows = some_rows(40);
    for name in NAMES {
        let file = folder.file(name);
        let whole = written(&file, schema(None), &rows);
        for end in (0..whole.len()).rev().step_by(97) {
            fs::write(&file, &whole[..end]).unwrap();
            let result = read(&file).and_then(|(_, rows)| rows.collect::<Result<Vec<_>, _>>());
            assert!(message(result).contains(&format!("{name}` is cut off or damaged: ")), "{end}");
        }
    }
}

#[test]
fn csv_of_other_programs_can_be_read() {
    let folder = Folder::new("other-csv");
    let file = folder.file("t.csv");
    fs::write(&file, "run,share,name,nothing\n1,2,a b,\n2,0.5,inf,\n").unwrap();
    let (schema, rows) = read(&file).unwrap();
    let kinds: Vec<Kind> = schema.columns.iter().map(|column| column.kind).collect();
    assert_eq!(kinds, [Kind::Integer, Kind::Real, Kind::Text, Kind::Text]);
    let first = vec![Cell::Integer(1), Cell::Real(2.0), Cell::Text("a b".into()), Cell::Missing];
    let second = vec![Cell::Integer(2), Cell::Real(0.5), Cell::Text("inf".into()), Cell::Missing];
    assert_eq!(rows.collect::<Result<Vec<_>, _>>().unwrap(), [first, second]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_journal_and_no_half_file() {
    let folder = Folder::new("full");
    let rows = some_rows(30_000);
    for name in NAMES {
        let file = folder.file(name);
        let mut journal = Journal::create(&file, schema(None)).unwrap();
        journal.append(&rows).unwrap();
        std::os::unix::fs::symlink("/dev/full", beside(&file, "partial")).unwrap();
        let told = message(journal.finish());
        assert!(told.ends_with("the disk is full; free some space and go on with --resume"), "{told}");
        assert_eq!(folder.names(), [format!("{name}.unfinished")]);
        let resumed = Journal::resume(&file, schema(None)).unwrap();
        assert_eq!(resumed.rows(), 30_000);
        resumed.finish().unwrap();
        let _ = fs::remove_file(schema_of(&file));
        fs::remove_file(file).unwrap();
    }
}
