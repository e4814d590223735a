//! The staff's side over HTTP: so far whether the house is well, and what it counts.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic"))]

pub mod exposition;
mod health;
mod metrics;
mod state;
mod strict;

pub use exposition::{Family, Kind, Labels, Number, Sample};
pub use health::Check;
pub use state::{Answer, AppState, Metrics, Probe, Readiness};

use axum::Router;
use axum::middleware::map_response;
use axum::routing::get;

/// Every route. Serve it with `into_make_service_with_connect_info::<SocketAddr>()`: without the peer's
/// address `/metrics` answers nobody.
pub fn router(state: AppState) -> Router {
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(metrics::metrics))
        .layer(map_response(strict::strict))
        .with_state(state)
}
