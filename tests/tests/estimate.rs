//! `brevbro estimate` gives the published table, to the minute.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::binary;

/// Words in and out at 5.7 characters a word, one letter each way: estimate, low, high in whole minutes.
const TABLE: [(u64, u64, [i64; 3]); 7] = [
    (100, 80, [7, 4, 10]),
    (250, 200, [13, 10, 19]),
    (500, 400, [25, 18, 34]),
    (500, 500, [29, 22, 40]),
    (1000, 500, [33, 24, 47]),
    (1000, 1000, [57, 43, 77]),
    (2000, 500, [40, 28, 59]),
];

#[test]
fn the_table_comes_out_to_the_minute() {
    for (words_in, words_out, expected) in TABLE {
        let (received, written) = ((words_in * 57 / 10).to_string(), (words_out * 57 / 10).to_string());
        let said = binary::run(&["estimate", "--received", &received, "--written", &written, "--letters", "2"]).json();
        let rounded = ["minutes", "low", "high"].map(|key| (said[key].as_f64().unwrap() + 0.5).floor());
        let rounded = rounded.map(|minutes| format!("{minutes:.0}").parse::<i64>().unwrap());
        assert_eq!(rounded, expected, "{words_in} words in, {words_out} out: {said}");
    }
}
