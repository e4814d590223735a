//! `/metrics`: what the house counts, for peers on this machine unless it is opened to all.

use crate::exposition;
use crate::state::AppState;
use axum::extract::{ConnectInfo, State};
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;

pub(crate) async fn metrics(State(state): State<AppState>, headers: HeaderMap, extensions: Extensions) -> Response {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    if !state.metrics_for_all && !is_local(peer, &headers) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let text = exposition::render(&state.metrics.families().await);
    ([(header::CONTENT_TYPE, exposition::CONTENT_TYPE)], text).into_response()
}

/// An unknown peer is not local. Nor is one that a web server on this machine speaks for: behind it the whole
/// world would come from loopback.
fn is_local(peer: Option<SocketAddr>, headers: &HeaderMap) -> bool {
    let is_forwarded =
        ["forwarded", "x-forwarded-for", "x-real-ip", "via"].iter().any(|name| headers.contains_key(*name));
    !is_forwarded && peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_this_machine_is_local() {
        let none = HeaderMap::new();
        let cases = [
            (Some("127.0.0.1:9"), true),
            (Some("[::1]:9"), true),
            (Some("[::ffff:127.8.0.1]:9"), true),
            (Some("192.0.2.7:9"), false),
            (Some("[2001:db8::1]:9"), false),
            (Some("[::ffff:192.0.2.7]:9"), false),
            (None, false),
        ];
        for (peer, expected) in cases {
            assert_eq!(is_local(peer.map(|p| p.parse().unwrap()), &none), expected, "{peer:?}");
        }
    }

    #[test]
    fn whoever_is_spoken_for_is_not_local() {
        for name in ["forwarded", "x-forwarded-for", "x-real-ip", "via"] {
            let headers = HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static("127.0.0.1"))]);
            assert!(!is_local(Some("127.0.0.1:9".parse().unwrap()), &headers), "{name}");
        }
    }
}
