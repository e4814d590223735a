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
        _ => Err("rules test FILE… | rules explain seeker|volunteer FILE… < letter | rules dev LANGUAGE|all FILE…"
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

/// The half of the corpus that rules are written by, and what they get wrong in it.
fn corpus(language: &str, files: &[&str]) -> Result<ExitCode, String> {
    let rules = read(files)?;
    let mut samples = measure::samples("dev");
    samples.retain(|sample| language == "all" || sample.lang == language);
    let judged = measure::judge(&rules, samples);
    println!("{}{}", measure::wrong(&judged), measure::Figures::of(&judged).table());
    Ok(ExitCode::SUCCESS)
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
