//! The command line: what each command takes, and how it ends (sysexits.h).

mod doctor;
mod estimate;
mod failure;
mod flag;
mod import;
pub mod init;
mod items;
mod ledger;
mod life;
pub mod output;
mod pairing;
mod queue;
mod sanitise;
mod volunteer;
mod wishes;
pub mod world;

pub use failure::{Exit, Failure};
pub use world::World;

use crate::serve::Roles;
use clap::{Args, Parser, Subcommand};
use std::panic::Location;
use std::path::PathBuf;
use std::process::ExitCode;

/// Brevbro, a letter bridge: two people write to each other by e-mail, and neither learns who the other is.
#[derive(Parser)]
#[command(name = "brevbro", version, about, propagate_version = true)]
pub struct Cli {
    /// The configuration file.
    #[arg(long, global = true, env = "BREVBRO_CONFIG", default_value = "brevbro.toml", value_name = "FILE")]
    pub config: PathBuf,
    /// Answer in JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Write a commented configuration, keys and the database.
    Init(init::Init),
    /// Run the relay.
    Serve(Serve),
    /// Check DNS, TLS, keys, templates, rights and clock.
    Doctor(doctor::Doctor),
    /// Volunteers and their aliases.
    #[command(subcommand)]
    Volunteer(volunteer::Volunteer),
    /// Pairings of one seeker and one volunteer.
    #[command(subcommand)]
    Pairing(pairing::Pairing),
    /// The spool, by state and without content.
    #[command(subcommand)]
    Queue(queue::Queue),
    /// Matters that wait for a human.
    #[command(subcommand)]
    Item(items::Item),
    /// Contact time.
    #[command(subcommand)]
    Ledger(ledger::Ledger),
    /// What the other side would get of a letter: reads standard input, writes standard output.
    Sanitise(sanitise::Sanitise),
    /// What a human should know about a text: reads standard input, prints flags.
    Flag(flag::Flag),
    /// Estimate the contact time of an exchange.
    Estimate(estimate::Estimate),
    /// Print the reference of the configuration.
    ConfigReference,
    /// Play the demonstration on this machine.
    Demo(crate::demo::Demo),
}

/// `serve`.
#[derive(Args)]
pub struct Serve {
    /// Which roles to run: all, or some of relay, deliver, tick and admin.
    #[arg(long, default_value = "all")]
    pub roles: Roles,
}

/// Runs a command line and says how it ended.
pub fn run() -> ExitCode {
    std::panic::set_hook(Box::new(|fault| mourn(fault.location())));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { ExitCode::SUCCESS };
        }
    };
    match dispatch(&cli) {
        Ok(code) => code,
        Err(failure) => failure.report(cli.json),
    }
}

/// Says where the programme broke, and nothing of what it broke over: the message of a panic can quote the
/// very text that was being read.
#[expect(clippy::print_stderr, reason = "the log may be what broke")]
fn mourn(place: Option<&Location<'_>>) {
    match place {
        Some(place) => eprintln!("brevbro: a fault of the programme at {}:{}", place.file(), place.line()),
        None => eprintln!("brevbro: a fault of the programme"),
    }
}

fn dispatch(cli: &Cli) -> Result<ExitCode, Failure> {
    match &cli.command {
        Command::Sanitise(act) => return act.run(),
        Command::Flag(act) => return act.run(cli.json),
        Command::Estimate(act) => act.run(cli.json)?,
        Command::ConfigReference => output::text(&crate::config::reference::markdown())?,
        command => return runtime()?.block_on(with_store(cli, command)),
    }
    Ok(ExitCode::SUCCESS)
}

async fn with_store(cli: &Cli, command: &Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Init(act) => act.run(cli.json).await?,
        Command::Serve(act) => crate::serve::run(&cli.config, act.roles).await?,
        Command::Demo(act) => act.run().await?,
        Command::Doctor(act) => return act.run(&cli.config, cli.json).await,
        other => {
            let world = World::open(&cli.config).await?;
            match other {
                Command::Volunteer(act) => act.run(&world, cli.json).await?,
                Command::Pairing(act) => act.run(&world, cli.json).await?,
                Command::Queue(act) => act.run(&world, cli.json).await?,
                Command::Item(act) => act.run(&world, cli.json).await?,
                Command::Ledger(act) => act.run(&world, cli.json).await?,
                _ => {}
            }
            world.close().await;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    // One provider for the whole process, chosen here: two would make rustls stop at the first handshake.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(4 * 1024 * 1024).build().map_err(|_| {
        Failure::new(Exit::Internal, "the program could not start its threads", "Free some memory and try again.")
    })
}
