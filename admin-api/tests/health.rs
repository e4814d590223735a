//! The first routes, asked without a socket and once over one.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, Response, StatusCode};
use brevbro_admin_api::{Answer, AppState, Check, Family, Metrics, Probe, Readiness, router};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tower::ServiceExt as _;

struct House {
    store_works: bool,
}

impl Probe for House {
    fn ready(&self) -> Answer<'_, Vec<Check>> {
        Box::pin(async { vec![Check::of("store", self.store_works, "the database does not answer")] })
    }
}

impl Metrics for House {
    fn families(&self) -> Answer<'_, Vec<Family>> {
        Box::pin(async { vec![Family::counter("brevbro_letters_relayed_total", "Letters.", 3)] })
    }
}

fn state(is_open: bool, store_works: bool) -> AppState {
    let readiness = Readiness::closed();
    if is_open {
        readiness.open();
    }
    let house = Arc::new(House { store_works });
    AppState::new(readiness, Arc::<House>::clone(&house), house)
}

fn request(method: &str, path: &str, peer: Option<&str>) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    if let Some(peer) = peer {
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
    }
    request
}

async fn ask(app: Router, request: Request<Body>) -> (Response<()>, String) {
    let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
    let text = String::from_utf8(to_bytes(body, 1 << 16).await.unwrap().to_vec()).unwrap();
    (Response::from_parts(parts, ()), text)
}

#[tokio::test]
async fn a_living_process_is_well_even_when_its_store_is_not() {
    let (answer, text) = ask(router(state(false, false)), request("GET", "/healthz", None)).await;
    assert_eq!((answer.status(), text.as_str()), (StatusCode::OK, "ok"));
}

#[tokio::test]
async fn ready_means_open_and_every_check_well() {
    for (is_open, store_works) in [(true, true), (true, false), (false, true), (false, false)] {
        let (answer, text) = ask(router(state(is_open, store_works)), request("GET", "/readyz", None)).await;
        let told: serde_json::Value = serde_json::from_str(&text).unwrap();
        let ready = is_open && store_works;
        assert_eq!(answer.status().as_u16(), if ready { 200 } else { 503 });
        assert_eq!(told["ready"], ready);
        assert_eq!((&told["checks"][0]["name"], &told["checks"][0]["ok"]), (&"open".into(), &is_open.into()));
        assert_eq!((&told["checks"][1]["name"], &told["checks"][1]["ok"]), (&"store".into(), &store_works.into()));
        assert_eq!(told["checks"][1].get("hint").is_some(), !store_works);
    }
}

#[tokio::test]
async fn a_draining_house_says_so_at_once() {
    let readiness = Readiness::closed();
    let house = Arc::new(House { store_works: true });
    let app = router(AppState::new(readiness.clone(), Arc::<House>::clone(&house), house));
    let mut seen = Vec::new();
    for step in [Readiness::open, Readiness::close] {
        step(&readiness);
        seen.push(ask(app.clone(), request("GET", "/readyz", None)).await.0.status().as_u16());
    }
    assert_eq!(seen, [200, 503]);
}

#[tokio::test]
async fn metrics_are_for_this_machine_unless_opened() {
    let cases = [
        (Some("127.0.0.1:9"), false, 200),
        (Some("192.0.2.7:9"), false, 404),
        (None, false, 404),
        (Some("192.0.2.7:9"), true, 200),
    ];
    for (peer, for_all, status) in cases {
        let app = router(state(true, true).with_metrics_for_all(for_all));
        let (answer, text) = ask(app, request("GET", "/metrics", peer)).await;
        assert_eq!(answer.status().as_u16(), status, "{peer:?} {for_all}");
        assert_eq!(text.contains("brevbro_letters_relayed_total 3\n"), status == 200);
        if status == 200 {
            assert_eq!(answer.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
        }
    }
}

#[tokio::test]
async fn every_answer_is_strict() {
    let cases = [
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/metrics", 404),
        ("GET", "/other", 404),
        ("POST", "/healthz", 405),
    ];
    for (method, path, status) in cases {
        let (answer, _) = ask(router(state(true, true)), request(method, path, None)).await;
        assert_eq!(answer.status().as_u16(), status, "{method} {path}");
        let told = |name: &str| answer.headers().get(name).map_or("", |value| value.to_str().unwrap());
        assert!(told("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert_eq!(told("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(told("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(told("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_real_socket_on_loopback_is_answered() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router(state(true, true)).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, service).await });
    let said = async |field: &str| {
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let asked = format!("GET /metrics HTTP/1.1\r\nHost: localhost\r\n{field}Connection: close\r\n\r\n");
        stream.write_all(asked.as_bytes()).await.unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        text
    };
    let text = said("").await;
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.contains("brevbro_letters_relayed_total 3\n"), "{text}");
    let forwarded = said("X-Forwarded-For: 127.0.0.1\r\n").await;
    assert!(forwarded.starts_with("HTTP/1.1 404 Not Found\r\n"), "{forwarded}");
    server.abort();
}
