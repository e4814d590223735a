//! Standard output: a table for people, JSON for scripts.

use super::Failure;
use serde::Serialize;
use std::io::{self, Write};

/// Writes a text.
pub fn text(text: &str) -> Result<(), Failure> {
    let written = io::stdout().lock().write_all(text.as_bytes());
    match written {
        // Whoever reads us has had enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Failure::from),
    }
}

/// Writes one JSON value on one line.
pub fn json<T: Serialize>(value: &T) -> Result<(), Failure> {
    let line = serde_json::to_string(value).unwrap_or_default();
    text(&format!("{line}\n"))
}

/// Writes rows under a head, each column as wide as it must be.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> Result<(), Failure> {
    let width = |n: usize| {
        let cells = rows.iter().filter_map(|r| r.get(n)).map(|c| c.chars().count());
        cells.chain(head.get(n).map(|h| h.len())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut page = String::new();
    let head: Vec<String> = head.iter().map(|h| (*h).to_owned()).collect();
    for row in std::iter::once(&head).chain(rows) {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        page.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        page.push('\n');
    }
    text(&page)
}
