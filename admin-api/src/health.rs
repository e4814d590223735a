//! `/healthz`: the process lives. `/readyz`: it can do its work, and if not, which part cannot.

use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

/// Whether one part of the house works. Fixed words only, so that nothing of a letter or a person can get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The part, such as `store`.
    pub name: &'static str,
    /// Whether it works.
    pub ok: bool,
    /// What to look at when it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<&'static str>,
}

impl Check {
    /// A part that works, or, with a hint where to look, does not.
    pub fn of(name: &'static str, ok: bool, hint: &'static str) -> Self {
        Self { name, ok, hint: (!ok).then_some(hint) }
    }
}

#[derive(Serialize)]
pub(crate) struct Report {
    ready: bool,
    checks: Vec<Check>,
}

pub(crate) async fn healthz() -> &'static str {
    "ok"
}

pub(crate) async fn readyz(State(state): State<AppState>) -> (StatusCode, Json<Report>) {
    let open = Check::of("open", state.readiness.is_open(), "the house is opening or draining");
    let mut checks = vec![open];
    checks.extend(state.probe.ready().await);
    let ready = checks.iter().all(|check| check.ok);
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Report { ready, checks }))
}
