//! `brevbro item show`: an item, and why the rules for danger raised it; never a word of the letter.

use super::view;
use crate::cli::{Exit, Failure, World, output};
use brevbro_core::id::ItemId;
use brevbro_flags::Rules;
use serde_json::json;

/// Shows an item.
pub(super) async fn run(world: &World, item: ItemId, as_json: bool) -> Result<(), Failure> {
    let missing = || Failure::data("there is no such item", "`brevbro item list --all` shows the numbers.");
    let row = world.store.items(false).await?.into_iter().find(|row| row.id == item).ok_or_else(missing)?;
    let flags = world.store.item_flags(item).await?;
    let rules = Rules::embedded().map_err(|refusal| {
        Failure::new(Exit::Internal, format!("the built-in rules cannot be read: {refusal}"), "Report this.")
    })?;
    let why = |rule: &str| rules.why(rule, world.language);
    if as_json {
        let mut shown = view(&row);
        let flag = |flag: &brevbro_store::FlagRow| {
            json!({
                "category": flag.category,
                "severity": flag.severity.word(),
                "rule": flag.rule,
                "span": [flag.place.start, flag.place.end],
                "why": why(&flag.rule),
                "side": flag.side.word(),
            })
        };
        shown["flags"] = flags.iter().map(flag).collect();
        return output::json(&shown);
    }
    super::list(std::slice::from_ref(&row), false)?;
    if flags.is_empty() {
        return Ok(());
    }
    output::text("\n")?;
    let cells = flags.iter().map(|flag| {
        let why = why(&flag.rule).unwrap_or("-").to_owned();
        vec![flag.category.clone(), flag.severity.word().into(), flag.side.word().into(), flag.rule.clone(), why]
    });
    output::table(&["category", "severity", "side", "rule", "why"], &cells.collect::<Vec<_>>())
}
