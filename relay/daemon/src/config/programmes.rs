//! Programmes as they are written: values start from a built-in profile, and every one is checked.

use super::reference::{INNER, nearest};
use super::{ConfigError, without_values};
use brevbro_core::address::EmailAddr;
use brevbro_core::calendar::Calendar;
use brevbro_core::programme::Programme;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The profiles `like` can name: the same files an organisation can copy into its own.
pub const PROFILES: [(&str, &str); 4] = [
    ("chattsyster", include_str!("../../../../deploy/programmes/chattsyster.toml")),
    ("bro-til-hverdagslivet", include_str!("../../../../deploy/programmes/bro-til-hverdagslivet.toml")),
    ("ressursvenn", include_str!("../../../../deploy/programmes/ressursvenn.toml")),
    ("peer-no-journal", include_str!("../../../../deploy/programmes/peer-no-journal.toml")),
];

/// How far a window for reading letters may reach (S15).
const REVIEW_DAYS_MAX: u32 = 14;

/// Reads every `[programme.NAME]`. A section such as `week` replaces only the values it names.
pub(super) fn read(written: &Table, zone: &TimeZone) -> Result<BTreeMap<String, Programme>, ConfigError> {
    let mut programmes = BTreeMap::new();
    for (name, rules) in written {
        let rules = rules.as_table().ok_or_else(|| bad(name, "", "write it as a section: [programme.name]"))?;
        check_names(name, rules)?;
        let mut merged = profile(name, rules)?;
        for (key, value) in rules.iter().filter(|(key, _)| *key != "like") {
            lay_over(&mut merged, key, value);
        }
        let programme: Programme = Value::Table(merged)
            .try_into()
            .map_err(|e: toml::de::Error| bad(name, "", &without_values(e.message())))?;
        check(name, &programme, zone)?;
        programmes.insert(name.clone(), programme);
    }
    Ok(programmes)
}

/// The profile a programme starts from: the one it names, the one of its own name, or the defaults.
fn profile(name: &str, rules: &Table) -> Result<Table, ConfigError> {
    let wanted = match rules.get("like") {
        None => name,
        Some(Value::String(like)) if PROFILES.iter().any(|(known, _)| known == like) => like.as_str(),
        Some(_) => {
            let known: Vec<&str> = PROFILES.iter().map(|(known, _)| *known).collect();
            return Err(bad(name, "like", &format!("must be one of {}", known.join(", "))));
        }
    };
    let text = PROFILES.iter().find(|(known, _)| *known == wanted).map_or("", |(_, text)| *text);
    let file: Table = toml::from_str(text).map_err(|_| bad(name, "like", "the built-in profile is broken"))?;
    let section = file.get("programme").and_then(|all| all.get(wanted)).and_then(Value::as_table);
    let mut table = section.cloned().unwrap_or_default();
    if wanted != name {
        table.remove("name");
    }
    Ok(table)
}

fn lay_over(base: &mut Table, key: &str, value: &Value) {
    match (base.get_mut(key), value) {
        (Some(Value::Table(under)), Value::Table(over)) => {
            under.extend(over.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        _ => {
            base.insert(key.to_owned(), value.clone());
        }
    }
}

/// Names inside the sections; the sections' own names are checked with all other keys.
fn check_names(programme: &str, rules: &Table) -> Result<(), ConfigError> {
    for (section, inner) in rules.iter().filter_map(|(key, value)| Some((key, value.as_table()?))) {
        for name in inner.keys() {
            let full = format!("{section}.{name}");
            if !INNER.iter().any(|key| key.name == full) {
                let close = nearest(&full, INNER).map(|close| format!("programme.{programme}.{close}"));
                return Err(ConfigError::UnknownKey { key: format!("programme.{programme}.{full}"), nearest: close });
            }
        }
    }
    Ok(())
}

fn check(name: &str, programme: &Programme, zone: &TimeZone) -> Result<(), ConfigError> {
    let week = 7 * 24 * 60;
    let Programme { week: rules, missed, life, content, .. } = programme;
    if rules.minutes > week || rules.monthly_floor > 5 * week {
        return Err(bad(name, "week", "that is more minutes than there are"));
    }
    if !(1..=100).contains(&rules.warn_percent) {
        return Err(bad(name, "week.warn_percent", "must be between 1 and 100"));
    }
    for (key, days) in [("volunteer_days", &missed.volunteer_days), ("seeker_days", &missed.seeker_days)] {
        if days[0] == 0 || !days.is_sorted_by(|a, b| a < b) || days[2] > 366 {
            return Err(bad(name, &format!("missed.{key}"), "must be three days, each later than the one before"));
        }
    }
    if life.max_months > 0 && life.initial_months > life.max_months
        || life.max_months > 120
        || life.initial_months > 120
    {
        return Err(bad(name, "life", "the first months must lie within max_months, and ten years are the most"));
    }
    if life.notice_days[0] < life.notice_days[1] || life.notice_days[0] > 120 || life.grace_days > 366 {
        return Err(bad(name, "life.notice_days", "must be two numbers of days, the larger first"));
    }
    if content.review_days > REVIEW_DAYS_MAX || content.flagged_days > 366 {
        return Err(bad(name, "content.review_days", "a window lasts at most 14 days"));
    }
    Calendar::parse(&programme.hours, zone.clone()).map_err(|e| bad(name, &format!("hours.{}", e.key), e.advice))?;
    check_people(name, programme)
}

fn check_people(name: &str, programme: &Programme) -> Result<(), ConfigError> {
    let is_rung = |rung: &String| rung.starts_with("run:/") || EmailAddr::parse(rung).is_ok();
    if !programme.ladder.iter().all(is_rung) {
        return Err(bad(name, "ladder", "each step is a mailbox, or a program written as run:/path/to/it"));
    }
    let is_day = |text: &str| text.is_empty() || text.parse::<Date>().is_ok();
    if !programme.crisis.iter().all(|entry| is_day(&entry.verified_on) && is_day(&entry.review_by)) {
        return Err(bad(name, "crisis", "write verified_on and review_by as days, like 2026-11-01"));
    }
    Ok(())
}

fn bad(programme: &str, key: &str, advice: &str) -> ConfigError {
    let dot = if key.is_empty() { "" } else { "." };
    ConfigError::Programme { key: format!("programme.{programme}{dot}{key}"), advice: advice.to_owned() }
}

#[cfg(test)]
#[path = "programmes/tests.rs"]
mod tests;
