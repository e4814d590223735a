//! `brevbro pairing import`: many pairings from one CSV file, all rows or none, every bad row named.

use super::life::Life;
use super::{Exit, Failure, World, output};
use crate::chance;
use crate::enrol::{Application, CannotEnrol, Enroller};
use brevbro_core::address::EmailAddr;
use brevbro_core::id::PairingId;
use brevbro_core::party::{Language, Side};
use brevbro_store::{Actor, ImportRow, Opening, StoreError};
use serde::Deserialize;
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;

/// One row, as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    programme: String,
    volunteer_known_as: String,
    volunteer_name: String,
    volunteer_address: String,
    volunteer_alias: String,
    seeker_known_as: String,
    seeker_name: String,
    seeker_address: String,
    seeker_alias: String,
    language: String,
}

/// At most so many bad rows are named; beyond it the file itself is the trouble.
const MOST_NAMED: usize = 50;

/// Imports a file.
pub(super) async fn run(world: &World, file: &Path, welcome: bool, as_json: bool) -> Result<(), Failure> {
    let rows = openings(world, read(world, file)?, welcome).await?;
    let imported = match world.store.pairing_import_with(rows, world.now(), Actor::Admin).await {
        Err(StoreError::Rows(troubles)) => {
            let named = troubles.iter().map(|(row, trouble)| (row + 2, trouble.to_string()));
            return Err(refused(&named.collect::<Vec<_>>()));
        }
        other => other?,
    };
    if as_json {
        return output::json(
            &json!({"pairings": imported.pairings, "volunteers": imported.volunteers, "seekers": imported.seekers}),
        );
    }
    output::text(&format!(
        "Opened {} pairings with {} new volunteers and {} new seekers.\n",
        imported.pairings, imported.volunteers, imported.seekers
    ))
}

/// What goes with each row: when its life is looked at, and the first letters.
async fn openings(
    world: &World,
    rows: Vec<(ImportRow, [EmailAddr; 2])>,
    welcome: bool,
) -> Result<Vec<(ImportRow, Opening)>, Failure> {
    let house = if welcome { Some(world.house()?) } else { None };
    let (programmes, now) = (world.programmes()?, world.now());
    let mut all = Vec::with_capacity(rows.len());
    for (mut row, [to_seeker, to_volunteer]) in rows {
        let life = Life::of(programmes.of(&row.programme), now);
        (row.planned_end, row.hard_end) = (life.ends.planned, life.ends.hard);
        let mut opening = Opening { look_at: life.look_at, ..Opening::default() };
        if let Some(house) = &house {
            let seeker = world.known_party(Side::Seeker, &row.seeker, to_seeker).await?;
            let volunteer = world.known_party(Side::Volunteer, &row.volunteer, to_volunteer).await?;
            opening = house.opening((row.pairing, &row.programme), [seeker, volunteer], life.look_at)?;
        }
        all.push((row, opening));
    }
    Ok(all)
}

/// The rows with the address at which each person is reached: the seeker's alias, then the volunteer's.
fn read(world: &World, file: &Path) -> Result<Vec<(ImportRow, [EmailAddr; 2])>, Failure> {
    let cannot =
        |e: csv::Error| Failure::data(format!("{} cannot be read as CSV: {}", file.display(), kind(&e)), ADVICE);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(file).map_err(cannot)?;
    let enroller = world.enroller();
    let (mut rows, mut bad) = (Vec::new(), Vec::new());
    for (number, line) in reader.deserialize::<Line>().enumerate() {
        match line {
            Err(error) if error.is_io_error() => return Err(cannot(error)),
            Err(error) => bad.push((number + 2, kind(&error))),
            Ok(line) => match row(world, &enroller, &line) {
                Ok(row) => rows.push(row),
                Err(why) => bad.push((number + 2, why)),
            },
        }
    }
    if !bad.is_empty() {
        return Err(refused(&bad));
    }
    if rows.is_empty() {
        return Err(Failure::new(Exit::Data, "the file has no rows", ADVICE));
    }
    Ok(rows)
}

const ADVICE: &str = "The first line must be programme,volunteer_known_as,volunteer_name,volunteer_address,volunteer_alias,\
    seeker_known_as,seeker_name,seeker_address,seeker_alias,language; alias and name columns may be empty.";

/// What kind of trouble a row is. Never the row itself: it holds people.
fn kind(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => error.to_string(),
        csv::ErrorKind::Utf8 { .. } => "it is not UTF-8".into(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("it has {len} columns where {expected_len} are expected")
        }
        csv::ErrorKind::Deserialize { .. } => "its columns are not the expected ones".into(),
        _ => "it is not CSV".into(),
    }
}

fn refused(bad: &[(usize, String)]) -> Failure {
    let mut words = format!("{} rows cannot be imported", bad.len());
    for (line, why) in bad.iter().take(MOST_NAMED) {
        let _ = write!(words, "\n  line {line}: {why}");
    }
    Failure::data(words, "Correct them and import the whole file again; nothing was changed.")
}

fn row(world: &World, enroller: &Enroller<'_>, line: &Line) -> Result<(ImportRow, [EmailAddr; 2]), String> {
    world.known_programme(&line.programme).map_err(|f| f.happened().to_owned())?;
    let language: Language = match line.language.as_str() {
        "" => world.language,
        text => text.parse().map_err(|_| "the language must be sv, nb, da or en".to_owned())?,
    };
    let person = |who, name: &str, known_as: &str, address: &str| {
        let form = Application {
            name: Some(name.to_owned()),
            known_as: known_as.to_owned(),
            addresses: vec![address.to_owned()],
            language,
            ..Application::default()
        };
        enroller.person(who, &form)
    };
    let alias = |who, given: &str, known_as: &str| match given {
        "" => enroller.random_alias(who, known_as),
        text => enroller.given_alias(who, text),
    };
    let build = || -> Result<(ImportRow, [EmailAddr; 2]), CannotEnrol> {
        let volunteer_alias = alias("volunteer", &line.volunteer_alias, &line.volunteer_known_as)?;
        let seeker_alias = alias("seeker", &line.seeker_alias, &line.seeker_known_as)?;
        let row = ImportRow {
            pairing: PairingId::from_random(chance::bits()),
            programme: line.programme.clone(),
            volunteer: person("volunteer", &line.volunteer_name, &line.volunteer_known_as, &line.volunteer_address)?,
            volunteer_alias: volunteer_alias.new,
            volunteer_alias_is_given: !line.volunteer_alias.is_empty(),
            seeker: person("seeker", &line.seeker_name, &line.seeker_known_as, &line.seeker_address)?,
            seeker_alias: seeker_alias.new,
            planned_end: None,
            hard_end: None,
        };
        Ok((row, [seeker_alias.address, volunteer_alias.address]))
    };
    build().map_err(|error| error.to_string())
}
