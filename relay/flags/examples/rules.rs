//! For whoever writes rules: tests rule files, explains a letter, and counts a corpus, in seconds and without a build.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its only product is what it prints")]
#![allow(clippy::unwrap_used, reason = "a corpus that cannot be read should stop it")]

#[path = "../tests/support/measure.rs"]
#[allow(dead_code, reason = "the floors of the test are not asked for here")]
mod measure;

use brevbro_core::party::Side;
use brevbro_flags::{Letter, Rules, explain};
use std::io::Read;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test", files @ ..] if !files.is_empty() => test(files),
        ["explain", side, files @ ..] if !files.is_empty() => explained(side, files),
        ["dev", language, files @ ..] if !files.is_empty() => corpus(language, files),
        ["count", half, language, files @ ..] if !files.is_empty() => count(half, language, files),
        _ => Err("rules test FILE… | rules explain seeker|volunteer FILE… < letter | rules dev LANGUAGE|all FILE… | \
                  rules count HALF LANGUAGE|all FILE…"
            .to_owned()),
    };
    match done {
        Ok(code) => code,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(65)
        }
    }
}

fn read(files: &[&str]) -> Result<Rules, String> {
    let open = |path: &&str| std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let texts = files.iter().map(open).collect::<Result<Vec<_>, String>>()?;
    let texts: Vec<(&str, &str)> = files.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    Rules::read(&texts).map_err(|refusal| refusal.to_string())
}

fn test(files: &[&str]) -> Result<ExitCode, String> {
    let checked = read(files)?.check();
    for failure in &checked.failures {
        println!("failed     {failure}");
    }
    for collision in &checked.collisions {
        println!("collision  {collision}");
    }
    if !checked.never_hit.is_empty() {
        println!("never hit  {}", checked.never_hit.join(" "));
    }
    println!("{} tests, {} failed, {} collisions", checked.tests, checked.failures.len(), checked.collisions.len());
    Ok(if checked.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(65) })
}

/// Letters that rules are written by, and what they get wrong in three quarters of them. The rest is only counted: it
/// tells how the rules do with letters nobody has looked at.
fn corpus(language: &str, files: &[&str]) -> Result<ExitCode, String> {
    let rules = read(files)?;
    let all = of_language(["dev", "dev2"].into_iter().flat_map(measure::samples), language);
    let (aside, shown): (Vec<_>, Vec<_>) = all.into_iter().partition(|sample| is_aside(&sample.id));
    let judged = measure::judge(&rules, shown);
    println!("{}shown\n{}", measure::wrong(&judged), measure::Figures::of(&judged).table());
    println!("aside\n{}", measure::Figures::of(&measure::judge(&rules, aside)).table());
    Ok(ExitCode::SUCCESS)
}

/// Figures alone.
fn count(half: &str, language: &str, files: &[&str]) -> Result<ExitCode, String> {
    let samples = of_language(measure::samples(half).into_iter(), language);
    println!("{}", measure::Figures::of(&measure::judge(&read(files)?, samples)).table());
    Ok(ExitCode::SUCCESS)
}

fn of_language(samples: impl Iterator<Item = measure::Sample>, language: &str) -> Vec<measure::Sample> {
    samples.filter(|sample| language == "all" || sample.lang.starts_with(language)).collect()
}

/// One letter in four, by its name.
fn is_aside(id: &str) -> bool {
    id.bytes().fold(7_u32, |sum, octet| sum.wrapping_mul(31).wrapping_add(u32::from(octet))) % 4 == 0
}

fn explained(side: &str, files: &[&str]) -> Result<ExitCode, String> {
    let writer: Side = side.parse().map_err(|_| "the writer is seeker or volunteer".to_owned())?;
    let rules = read(files)?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| error.to_string())?;
    let letter = Letter { text: &text, writer, language_hint: None, reader: None, thread: None };
    print!("{}", explain(&rules, &letter).ok_or("the letter costs too much work")?);
    Ok(ExitCode::SUCCESS)
}
