//! The page's answers, its strictness, and the form it takes.

use super::*;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use std::sync::Mutex;
use tower::ServiceExt as _;

#[derive(Default)]
struct Fake(Mutex<Vec<SendForm>>);

impl PostOffice for Fake {
    async fn state(&self) -> State {
        State { week: "2026-W47".into(), pairings: Vec::new(), spool: Vec::new(), items: Vec::new() }
    }
    async fn send(&self, form: SendForm) -> Result<(), String> {
        if form.text.is_empty() {
            return Err("550 5.1.1 No such address here".into());
        }
        self.0.lock().unwrap().push(form);
        Ok(())
    }
}

async fn ask(office: &Arc<Fake>, request: Request<Body>) -> (StatusCode, String, Response<()>) {
    let (parts, body) = pages(Arc::clone(office)).oneshot(request).await.unwrap().into_parts();
    let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
    (parts.status, text, Response::from_parts(parts, ()))
}

type Response<T> = axum::http::Response<T>;

fn read(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

fn write(kind: &str, json: &str) -> Request<Body> {
    Request::post("/send").header(header::CONTENT_TYPE, kind).body(Body::from(json.to_owned())).unwrap()
}

#[tokio::test]
async fn every_answer_is_strict() {
    let office = Arc::new(Fake::default());
    for (path, kind) in [
        ("/", "text/html"),
        ("/demo.css", "text/css"),
        ("/demo.js", "text/javascript"),
        ("/state", "application/json"),
        ("/none", ""),
    ] {
        let (status, _, answer) = ask(&office, read(path)).await;
        assert_eq!(status, if kind.is_empty() { StatusCode::NOT_FOUND } else { StatusCode::OK }, "{path}");
        let told = |name: HeaderName| answer.headers().get(name).map_or("", |v| v.to_str().unwrap());
        assert!(told(header::CONTENT_TYPE).starts_with(kind));
        assert!(told(header::CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"), "{path}");
        assert_eq!(told(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
    }
}

#[tokio::test]
async fn the_state_has_the_keys_the_script_reads() {
    let (_, json, _) = ask(&Arc::new(Fake::default()), read("/state")).await;
    assert_eq!(json, r#"{"week":"2026-W47","pairings":[],"spool":[],"items":[]}"#);
}

#[tokio::test]
async fn a_letter_is_handed_on_as_it_was_written() {
    let office = Arc::new(Fake::default());
    let json = r#"{"pairing":1,"side":"volunteer","subject":"Hej","text":"å\n.\n","in_reply_to":"a@b"}"#;
    assert_eq!(ask(&office, write("application/json", json)).await.0, StatusCode::NO_CONTENT);
    let forms = office.0.lock().unwrap();
    let form = forms.first().unwrap();
    assert_eq!((form.pairing, form.side, form.subject.as_str()), (1, Side::Volunteer, "Hej"));
    assert_eq!((form.text.as_str(), form.in_reply_to.as_deref()), ("å\n.\n", Some("a@b")));
}

#[tokio::test]
async fn what_the_page_could_not_have_sent_is_refused() {
    let office = Arc::new(Fake::default());
    let good = r#"{"pairing":0,"side":"seeker","subject":"","text":"x","in_reply_to":null}"#;
    let cases = [
        ("text/plain", good.to_owned(), 415),
        ("application/x-www-form-urlencoded", "pairing=0".to_owned(), 415),
        ("application/json", good.replace("seeker", "coordinator"), 422),
        ("application/json", good.replace("\"text\"", "\"body\""), 422),
        ("application/json", "{".to_owned(), 400),
        ("application/json", good.replace(":\"x\"", ":\"\""), 422),
    ];
    for (kind, json, status) in cases {
        let (told, text, _) = ask(&office, write(kind, &json)).await;
        assert_eq!(told.as_u16(), status, "{kind} {json}");
        assert!(text.starts_with(r#"{"error":""#), "{text}");
    }
    assert!(office.0.lock().unwrap().is_empty());
}

#[test]
fn the_page_asks_nobody_else_and_writes_no_markup() {
    for text in [INDEX, STYLE, SCRIPT] {
        for word in ["http://", "https://", "//cdn", "@import", "innerHTML", "style=", "onclick", "eval(", "url("] {
            assert!(!text.contains(word), "{word}");
        }
    }
}
