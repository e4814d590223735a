//! Role *admin*: health, readiness and metrics; the numbers come from here, the pages from `admin-api`.

use crate::cli::{Exit, Failure};
use crate::config::Config;
use crate::house::House;
use crate::smtp::SmtpCounters;
use brevbro_admin_api::{Answer, AppState, Check, Family, Kind, Metrics, Probe, Readiness};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Starts the pages; gives the address they are at.
pub(super) async fn start(
    config: &Config,
    house: &Arc<House>,
    smtp: Option<Arc<SmtpCounters>>,
    tasks: &mut JoinSet<()>,
    closing: &watch::Receiver<bool>,
) -> Result<SocketAddr, Failure> {
    let advice = "Free the port, or change `admin.listen`.";
    let busy = |e: std::io::Error| Failure::new(Exit::Unavailable, format!("cannot listen for pages: {e}"), advice);
    let listener = TcpListener::bind(config.admin.listen).await.map_err(busy)?;
    let address = listener.local_addr().map_err(busy)?;
    let readiness = Readiness::closed();
    let books = Arc::new(Books { house: Arc::clone(house), smtp });
    let state = AppState::new(readiness.clone(), Arc::<Books>::clone(&books), books)
        .with_metrics_for_all(config.admin.metrics_public);
    let pages = brevbro_admin_api::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let mut closing = closing.clone();
    readiness.open();
    tasks.spawn(async move {
        let told = async move {
            let _ = closing.wait_for(|closed| *closed).await;
            readiness.close();
        };
        let _ = axum::serve(listener, pages).with_graceful_shutdown(told).await;
    });
    Ok(address)
}

/// Where health and numbers come from.
struct Books {
    house: Arc<House>,
    smtp: Option<Arc<SmtpCounters>>,
}

impl Probe for Books {
    fn ready(&self) -> Answer<'_, Vec<Check>> {
        Box::pin(async {
            let store = self.house.store.ready().await.is_ok();
            vec![Check::of("store", store, "the database does not answer: check that it runs and has room")]
        })
    }
}

impl Metrics for Books {
    fn families(&self) -> Answer<'_, Vec<Family>> {
        Box::pin(async {
            let mut families: Vec<Family> =
                self.house.counters.all().into_iter().map(|(name, help, n)| Family::counter(name, help, n)).collect();
            if let Some(smtp) = &self.smtp {
                families.extend(at_the_door(smtp));
            }
            families.extend(self.in_the_store().await);
            families
        })
    }
}

impl Books {
    async fn in_the_store(&self) -> Vec<Family> {
        let Ok(counts) = self.house.store.counts().await else { return Vec::new() };
        let by_state = counts.by_state.iter().map(|(state, n)| (state.word(), *n));
        let pairings = counts.pairings.iter().map(|(state, n)| (state.word(), *n));
        let waits = counts.oldest_queued.map_or(0, |at| (self.house.clock.now() - at).as_millis().max(0) / 1_000);
        let waits = f64::from(u32::try_from(waits).unwrap_or(u32::MAX));
        let items = f64::from(u32::try_from(counts.items_open).unwrap_or(u32::MAX));
        vec![
            Family::by("brevbro_spool_letters", "Letters and notices in the spool.", Kind::Gauge, "state", by_state),
            Family::by("brevbro_pairings", "Pairings.", Kind::Gauge, "state", pairings),
            Family::gauge("brevbro_spool_oldest_seconds", "How long the oldest queued letter waits.", waits),
            Family::gauge("brevbro_items_open", "Items that wait for a human.", items),
        ]
    }
}

fn at_the_door(smtp: &SmtpCounters) -> Vec<Family> {
    let open = f64::from(u32::try_from(smtp.open.now()).unwrap_or(u32::MAX));
    vec![
        Family::counter("brevbro_smtp_connections_total", "SMTP connections.", smtp.connections.now()),
        Family::gauge("brevbro_smtp_sessions", "SMTP sessions open now.", open),
        Family::counter(
            "brevbro_smtp_turned_away_total",
            "Connections turned away for want of room.",
            smtp.turned_away.now(),
        ),
        Family::counter("brevbro_smtp_secured_total", "Sessions that turned to TLS.", smtp.secured.now()),
        Family::counter("brevbro_smtp_tls_failures_total", "TLS handshakes that failed.", smtp.tls_failures.now()),
        Family::counter("brevbro_smtp_letter_octets_total", "Octets of letters heard.", smtp.letter_octets.now()),
        Family::counter("brevbro_smtp_errors_total", "Commands that were in error.", smtp.errors.now()),
        Family::counter("brevbro_smtp_timeouts_total", "Sessions ended by a time limit.", smtp.timeouts.now()),
        Family::counter("brevbro_smtp_broken_off_total", "Sessions the peer broke off.", smtp.broken_off.now()),
    ]
}
