//! What looking for contact details costs: whole letters of 36 KB, by how much there is to look at in them.

#![allow(clippy::print_stdout, reason = "a benchmark's only product is what it prints")]

mod support;

use brevbro_sanitise::{Identity, Outcome, ThreadKey, rebuild};
use std::hint::black_box;
use support::median;

const SIZE: usize = 36 * 1024;

/// One line of each kind of letter, repeated until the letter is long enough.
const LETTERS: [(&str, &str); 5] = [
    ("prose", "I dag var det en lång dag på jobbet, och jag tänkte på det du skrev om att vila ibland.\n"),
    ("figures", "Den 3/11 kl 14.30 tog jag 2 x 500 mg, betalade 1 250 kr och gick 12 km, 3-4 timmar, 62,5 kg.\n"),
    ("details", "Ring 070-174 06 05 eller mejla a@example.org, jag bor på Storgatan 12, snap: blomman_87.\n"),
    ("words", "noll sju noll ett sju fyra noll sex noll fem, en två tre på snap i gmail at punkt com och ni.\n"),
    ("digits only", "1 22 333 4444 55555 666666 7777777 88888888 0123 4567 8901 2345 6789 0 12-34-56 7.8.9 0\n"),
];

fn letter(line: &str) -> Vec<u8> {
    let head = "From: q7x2@post.invalid\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
                Content-Transfer-Encoding: 8bit\n\n";
    format!("{head}{}", line.repeat(SIZE / line.len())).into_bytes()
}

fn main() {
    let threads = ThreadKey::new([7; 64]);
    let rules = support::rules(&threads);
    let identity = Identity::default();
    println!("{:<14} {:>8} {:>12}", "letter", "octets", "rebuild");
    for (name, line) in LETTERS {
        let letter = letter(line);
        assert!(matches!(rebuild(&letter, &identity, &rules), Outcome::Clean(_)), "{name} is no clean letter");
        let time = median(201, || drop(black_box(rebuild(black_box(&letter), &identity, &rules))));
        println!("{name:<14} {:>8} {time:>12.1?}", letter.len());
    }
}
