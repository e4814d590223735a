//! Letters a second through commit and settle, with 1, 8 and 64 callers, on SQLite and (when there is one) Postgres.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and stops at what goes wrong")]
#![allow(dead_code, unused_imports, unused_macros, reason = "the house of the tests has more rooms than a bench needs")]

#[path = "../tests/store/house.rs"]
mod house;

use brevbro_core::party::Side;
use brevbro_store::{Commit, Node, Outcome};
use house::{Draft, House, chance, settlement};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

const RUN: Duration = Duration::from_secs(3);
const CALLERS: [u64; 3] = [1, 8, 64];

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!("a letter of 2 KB: one commit, one settlement; letters a second (and times the single caller)");
    runtime.block_on(async {
        measure("sqlite", &House::sqlite().await).await;
        if let Some(house) = House::postgres().await {
            measure("postgres", &house).await;
            house.remove().await;
        }
    });
}

async fn measure(engine: &str, house: &House) {
    let mut single = None;
    // `cargo bench --bench commit -- 64` measures that many callers alone.
    let asked: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    for callers in if asked.is_empty() { CALLERS.to_vec() } else { asked } {
        let rate = letters_a_second(house, callers).await;
        let times = rate / *single.get_or_insert(rate);
        println!("{engine:>9}  {callers:>3} callers  {rate:>8.0}/s  {times:>5.1}");
    }
}

async fn letters_a_second(house: &House, callers: u64) -> f64 {
    let (done, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let start = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..callers {
        let (store, pair) = (house.store.clone(), house.pair().await);
        let (done, stop) = (Arc::clone(&done), Arc::clone(&stop));
        tasks.push(tokio::spawn(async move {
            let node = Node::from_random(chance());
            let draft = Draft { body: vec![7; 2048], ..Draft::default() };
            while !stop.load(Ordering::Relaxed) {
                let commit = Commit { claim_for: Some(node), ..pair.draft(Side::Seeker, 1, &draft) };
                let receipt = store.commit(commit).await.unwrap();
                store.settle(settlement(receipt.letter, node, Outcome::Delivered)).await.unwrap();
                done.fetch_add(1, Ordering::Relaxed);
            }
        }));
    }
    tokio::time::sleep(RUN).await;
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.unwrap();
    }
    let letters = u32::try_from(done.load(Ordering::Relaxed)).unwrap();
    f64::from(letters) / start.elapsed().as_secs_f64()
}
