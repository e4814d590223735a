//! The demonstration: a whole relay on this machine, and a local post office where a newcomer writes as either side.

mod cast;
mod mailbox;
mod office;
pub mod page;
mod script;

use crate::cli::init::set_up;
use crate::cli::{Failure, World, output};
use crate::config::Config;
use crate::serve::{self, Roles};
use crate::smtp::{self, Door, Listener};
use brevbro_core::address::Domain;
use brevbro_core::smtp::{Accept, Limits, Terms};
use cast::Cast;
use clap::Args;
use mailbox::PostBoxes;
use office::Office;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long to play.
#[derive(Args)]
pub struct Demo {
    /// Play the scripted exchange for so many seconds, print a summary and end.
    #[arg(long, env = "DEMO_SECONDS", value_name = "N")]
    seconds: Option<u64>,
    /// The port of the page; 0 lets the system choose.
    #[arg(long, env = "DEMO_PORT", default_value_t = 8025)]
    port: u16,
}

const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

impl Demo {
    /// Plays. Everything lives in a temporary folder and on loopback ports.
    pub async fn run(&self) -> Result<(), Failure> {
        let folder = Folder::new()?;
        let (close, closing) = watch::channel(false);
        let boxes = Arc::new(PostBoxes::default());
        let outside = post_office(&boxes, &closing).await?;
        let config = configure(&folder.0, outside).await?;
        let running = serve::start(&config, Roles::ALL, closing.clone()).await?;
        let cast = Cast::enrol(&folder.0.join("brevbro.toml")).await?;
        let relay = running.smtp.first().copied().unwrap_or(ANY);
        let office = Arc::new(Office::new(Arc::clone(running.house()), cast, boxes, relay));
        let page = self.page(&office, &closing).await?;
        greet(page, relay, outside, running.admin, &folder.0)?;
        script::play(&office, self.seconds.map(Duration::from_secs)).await;
        match self.seconds {
            Some(_) => office.summary().await?,
            None => serve::wait_for_signal().await,
        }
        let _ = close.send(true);
        drop(office);
        running.end().await;
        Ok(())
    }

    async fn page(&self, office: &Arc<Office>, closing: &watch::Receiver<bool>) -> Result<SocketAddr, Failure> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let listener = match TcpListener::bind(wanted).await {
            Ok(listener) => listener,
            Err(_) => TcpListener::bind(ANY).await?,
        };
        let address = listener.local_addr()?;
        let (pages, mut closing) = (page::pages(Arc::clone(office)), closing.clone());
        tokio::spawn(async move {
            let told = async move {
                let _ = closing.wait_for(|closed| *closed).await;
            };
            let _ = axum::serve(listener, pages).with_graceful_shutdown(told).await;
        });
        Ok(address)
    }
}

/// The two people's own providers: an SMTP server that keeps what comes in memory.
async fn post_office(boxes: &Arc<PostBoxes>, closing: &watch::Receiver<bool>) -> Result<SocketAddr, Failure> {
    let hostname =
        Domain::parse("mail.example.com").map_err(|_| Failure::data("the demonstration's own name is wrong", ""))?;
    let terms = Terms { hostname, accept: Accept::Any, tls: false, limits: Limits::default() };
    let listener = Listener::bind(&[ANY]).await.map_err(|e| Failure::data(e.to_string(), "Free some ports."))?;
    let address = listener.addresses().first().copied().unwrap_or(ANY);
    let door = Arc::new(Door::new(mailbox::Counter(Arc::clone(boxes)), terms));
    tokio::spawn(smtp::serve(listener, door, closing.clone()));
    Ok(address)
}

async fn configure(folder: &Path, outside: SocketAddr) -> Result<Config, Failure> {
    let text = format!(
        "[organisation]\nname = \"The demonstration\"\ndomain = \"relay.example.org\"\ncontact = \"coordinator@example.com\"\n\
         [smtp]\nlisten = [\"127.0.0.1:0\"]\ntrusted_networks = [\"127.0.0.0/8\"]\nauthserv_id = \"front.example.org\"\n\
         max_sessions_per_network = 100\n\
         [delivery]\nsmarthost = \"{outside}\"\ntls = \"none\"\n[admin]\nlisten = \"127.0.0.1:0\"\n\
         [programme.chattsyster]\nname = \"Chattsyster\"\n[programme.ressursvenn]\nname = \"Ressursvenn\"\n"
    );
    set_up(folder, &text).await
}

fn greet(
    page: SocketAddr,
    relay: SocketAddr,
    outside: SocketAddr,
    admin: Option<SocketAddr>,
    folder: &Path,
) -> Result<(), Failure> {
    let admin =
        admin.map(|a| format!("health and metrics     http://{a}/healthz  http://{a}/metrics\n")).unwrap_or_default();
    output::text(&format!(
        "The demonstration runs on this machine alone; nothing leaves it, and nobody in it is real.\n\n\
         post office page       http://{page}/   (no log-in)\n\
         the relay takes mail   {relay}   (SMTP)\n\
         the people's providers {outside}   (SMTP)\n\
         {admin}\
         everything lies in     {}\n\n\
         Two pairings are open. Write as a seeker or as a volunteer, and look at what the other side gets.\n\
         Press Ctrl-C to end.\n",
        folder.display(),
    ))
}

/// A temporary folder that goes with the demonstration.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new() -> Result<Self, Failure> {
        let name = format!("brevbro-demo-{:016x}", crate::chance::bits());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Cast {
    /// Enrols two pairings, the way an admin would.
    async fn enrol(config: &Path) -> Result<Self, Failure> {
        let world = World::open(config).await?;
        let cast = Self::in_world(&world).await;
        world.close().await;
        cast
    }
}
