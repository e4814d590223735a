//! The writer alone: groups, savepoints, a disk that is full, a connection that breaks.

use super::*;
use crate::dialect::sqlite_writer;
use crate::migrate::migrate_sqlite;

/// Writes one fact, and fails afterwards when it is told to.
struct Note {
    name: String,
    value: String,
    fails: bool,
}

impl Note {
    fn new(name: &str) -> Self {
        Self { name: name.to_string(), value: "v".to_owned(), fails: false }
    }
}

impl Act for Note {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        run!(conn, "insert into setting (name, value) values ($1, $2)", &self.name, &self.value)?;
        if self.fails { Err(StoreError::Conflict) } else { Ok(()) }
    }
}

struct Bench {
    writer: Writer,
    url: String,
    _folder: tempfile::TempDir,
}

/// A writer on a new file; `most_pages` stands for the size of the disk.
fn bench(most_pages: Option<&'static str>) -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("brevbro.db").display());
    let mut settings = sqlite_writer(Settings::of(&url, true).unwrap());
    migrate_sqlite(&mut settings.open().unwrap()).unwrap();
    if let Some(pages) = most_pages {
        settings = settings.pragma("max_page_count", pages);
    }
    let conn = settings.open().unwrap();
    Bench { writer: Writer::start(settings, conn).unwrap(), url, _folder: folder }
}

impl Bench {
    fn names(&self) -> Vec<String> {
        let conn = Settings::of(&self.url, false).unwrap().open().unwrap();
        let rows: Vec<(String,)> = sqlite::rows(&conn, "select name from setting order by name", &[]).unwrap();
        rows.into_iter().map(|row| row.0).collect()
    }

    /// Queues acts while the writer is kept busy by a lock, so that they become one group.
    async fn as_one_group(&self, acts: Vec<Note>) -> Vec<Result<(), StoreError>> {
        let lock = Settings::of(&self.url, false).unwrap().open().unwrap();
        exec(&lock, "begin immediate").unwrap();
        let first = tokio::spawn({
            let writer = self.writer.clone();
            async move { writer.write(Note::new("first")).await }
        });
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let mut callers = Vec::new();
        for act in acts {
            let writer = self.writer.clone();
            callers.push(tokio::spawn(async move { writer.write(act).await }));
            // In order, so that the test knows who comes after whom.
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        exec(&lock, "rollback").unwrap();
        first.await.unwrap().unwrap();
        let mut results = Vec::new();
        for caller in callers {
            results.push(caller.await.unwrap());
        }
        results
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_failing_acts_are_missing_from_the_group() {
    let bench = bench(None);
    let act = |name: &str, fails| Note { fails, ..Note::new(name) };
    let results = bench.as_one_group(vec![act("a", false), act("b", true), act("c", false), act("a", false)]).await;
    assert_eq!((&results[0], &results[1], &results[2]), (&Ok(()), &Err(StoreError::Conflict), &Ok(())));
    assert!(matches!(&results[3], Err(StoreError::Refused(_))), "its own key, taken by its neighbour");
    assert_eq!(bench.names(), ["a", "c", "first"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_keeps_the_whole_act_out_and_says_so() {
    let bench = bench(Some("60"));
    let large = |name| Note { value: "x".repeat(300_000), ..Note::new(name) };
    let results = bench.as_one_group(vec![Note::new("a"), large("large"), Note::new("z")]).await;
    // SQLite undoes the whole transaction by itself when the disk is full. Whatever becomes of the neighbours,
    // what was told is what is there.
    assert_eq!(results[1], Err(StoreError::Unavailable("disk full")));
    let told: Vec<&str> =
        ["a", "large", "z"].into_iter().zip(&results).filter(|(_, r)| r.is_ok()).map(|(n, _)| n).collect();
    let there = bench.names();
    assert_eq!(there.iter().filter(|name| *name != "first").collect::<Vec<_>>(), told);
    bench.writer.write(Note::new("after")).await.expect("small acts still fit");
    assert!(bench.writer.write(large("again")).await.unwrap_err().retryable());
    assert!(!bench.names().contains(&"again".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_queued_before_the_close_is_written() {
    let bench = bench(None);
    let callers: Vec<_> = (0..100)
        .map(|number| {
            let writer = bench.writer.clone();
            tokio::spawn(async move { writer.write(Note::new(&format!("{number:03}"))).await })
        })
        .collect();
    tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    bench.writer.close().await.unwrap();
    let mut told = Vec::new();
    for (number, caller) in callers.into_iter().enumerate() {
        if caller.await.unwrap().is_ok() {
            told.push(format!("{number:03}"));
        }
    }
    assert_eq!(bench.names(), told);
    assert!(bench.writer.write(Note::new("late")).await.unwrap_err().retryable());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_ends_at_its_measure() {
    struct Heavy;
    impl Act for Heavy {
        type Output = ();
        async fn run(&mut self, _: &mut Conn<'_>) -> Result<(), StoreError> {
            Ok(())
        }
        fn weight(&self) -> usize {
            1 << 20
        }
    }
    let queued =
        || -> Box<dyn Queued> { Box::new(Waiting { act: Heavy, outcome: None, caller: oneshot::channel().0 }) };
    let (queue, requests) = mpsc::channel(QUEUE);
    for _ in 0..10 {
        queue.try_send(Request::Act(queued())).ok().unwrap();
    }
    let settings = Settings::of("sqlite:unused", false).unwrap();
    let mut desk = Desk { settings, conn: None, requests, put_off: None };
    assert_eq!(desk.gather(queued()).await.len(), 4);
    queue.try_send(Request::Probe(oneshot::channel().0)).ok().unwrap();
    assert_eq!((desk.gather(queued()).await.len(), desk.gather(queued()).await.len()), (4, 4));
    assert_eq!(desk.gather(queued()).await.len(), 2, "one act was left before the probe");
    assert!(matches!(desk.next().await, Some(Request::Probe(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn patient_acts_wait_a_moment_for_others_and_no_longer() {
    struct Patient;
    impl Act for Patient {
        type Output = ();
        async fn run(&mut self, _: &mut Conn<'_>) -> Result<(), StoreError> {
            Ok(())
        }
        fn is_patient(&self) -> bool {
            true
        }
    }
    let patient =
        || -> Box<dyn Queued> { Box::new(Waiting { act: Patient, outcome: None, caller: oneshot::channel().0 }) };
    let (queue, requests) = mpsc::channel(QUEUE);
    let settings = Settings::of("sqlite:unused", false).unwrap();
    let mut desk = Desk { settings, conn: None, requests, put_off: None };
    assert_eq!(desk.gather(patient()).await.len(), 1, "nobody came, and it went alone");
    let late = queue.clone();
    let sender = tokio::spawn(async move {
        for _ in 0..3 {
            late.send(Request::Act(patient())).await.ok().unwrap();
        }
    });
    let mut went = 0;
    while went < 3 {
        let first = patient();
        went += desk.gather(first).await.len() - 1;
    }
    sender.await.unwrap();
    queue.try_send(Request::Probe(oneshot::channel().0)).ok().unwrap();
    assert_eq!(desk.gather(patient()).await.len(), 1, "whoever asks for something else is not kept waiting");
    assert!(matches!(desk.next().await, Some(Request::Probe(_))));
}
