//! The demonstration's page and the JSON behind it.

use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, extract};
use brevbro_core::party::Side;
use serde::{Deserialize, Deserializer, Serialize};
use std::sync::Arc;

const INDEX: &str = include_str!("../../../../templates/web/demo/index.html");
const STYLE: &str = include_str!("../../../../templates/web/demo/demo.css");
const SCRIPT: &str = include_str!("../../../../templates/web/demo/demo.js");

/// All the page shows. Everybody in it is invented.
#[derive(Debug, Clone, Serialize)]
pub struct State {
    /// The running week, such as `2026-W47`.
    pub week: String,
    /// The pairings, in the order their numbers in [`SendForm`] count.
    pub pairings: Vec<PairingView>,
    /// Every letter the spool knows, newest first.
    pub spool: Vec<SpoolView>,
    /// The coordinators' queue, newest first.
    pub items: Vec<ItemView>,
}

/// One pairing with both mailboxes.
#[derive(Debug, Clone, Serialize)]
pub struct PairingView {
    /// The programme's name.
    pub programme: String,
    /// The seeker's own mailbox.
    pub seeker: Mailbox,
    /// The volunteer's own mailbox.
    pub volunteer: Mailbox,
    /// The week's contact time.
    pub ledger: LedgerView,
}

/// A person's own mailbox, at that person's own provider.
#[derive(Debug, Clone, Serialize)]
pub struct Mailbox {
    /// The person's real name.
    pub person: String,
    /// The person's own address.
    pub address: String,
    /// The pseudonym under which the other side knows this person.
    pub known_as: String,
    /// The alias this person writes to.
    pub writes_to: String,
    /// The language tag of this person's letters.
    pub language: String,
    /// Letters received and sent, newest first.
    pub letters: Vec<LetterView>,
}

/// A letter as a mailbox holds it.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// The Message-ID without its brackets.
    pub id: String,
    /// Whether the mailbox's owner wrote it.
    pub sent: bool,
    /// The From field, decoded.
    pub from: String,
    /// The To field, decoded.
    pub to: String,
    /// The subject, decoded.
    pub subject: String,
    /// The text, decoded.
    pub text: String,
    /// When it was sent or came, such as `12:04`.
    pub at: String,
    /// The whole source.
    pub raw: String,
    /// What the sanitise report says was left out or replaced; empty for sent letters and for notices.
    pub removed: Vec<RemovedView>,
}

/// One line of a sanitise report: a kind and a count, never the words.
#[derive(Debug, Clone, Serialize)]
pub struct RemovedView {
    /// The word of the kind.
    pub kind: String,
    /// How many.
    pub count: usize,
}

/// A pairing's contact time in the running week.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerView {
    /// Minutes booked, to a tenth.
    pub minutes: f64,
    /// The programme's weekly cap in minutes.
    pub cap: u32,
    /// Letters counted.
    pub letters: u32,
}

/// A spooled letter, without content.
#[derive(Debug, Clone, Serialize)]
pub struct SpoolView {
    /// The letter's number.
    pub letter: String,
    /// The word of its state.
    pub state: &'static str,
    /// Which pairing of [`State::pairings`], unless it is a notice to staff.
    pub pairing: Option<usize>,
    /// The word of the side that wrote it; for a notice, of the side it is not for.
    pub author: &'static str,
    /// Why it is held or quarantined.
    pub why: Option<&'static str>,
    /// Attempts so far.
    pub attempts: u32,
}

/// An item of the coordinators' queue.
#[derive(Debug, Clone, Serialize)]
pub struct ItemView {
    /// The item's number.
    pub item: String,
    /// The word of its kind.
    pub kind: &'static str,
    /// The word of its severity.
    pub severity: &'static str,
    /// The word of its state.
    pub state: &'static str,
    /// When it was raised, such as `12:04`.
    pub raised: String,
}

/// A letter the reader of the page wants sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendForm {
    /// Which pairing of [`State::pairings`].
    pub pairing: usize,
    /// Who writes.
    #[serde(deserialize_with = "side")]
    pub side: Side,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The [`LetterView::id`] of the letter it answers.
    pub in_reply_to: Option<String>,
}

fn side<'de, D: Deserializer<'de>>(from: D) -> Result<Side, D::Error> {
    String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
}

/// What stands behind the page: two people's mailboxes, the relay and its store.
pub trait PostOffice: Send + Sync + 'static {
    /// Everything as it is now.
    fn state(&self) -> impl Future<Output = State> + Send;
    /// Sends a letter the way a mail program would: over SMTP. The error is a sentence for the page.
    fn send(&self, form: SendForm) -> impl Future<Output = Result<(), String>> + Send;
}

/// The page, its style and script, `GET /state` and `POST /send`.
pub fn pages<O: PostOffice>(office: Arc<O>) -> Router {
    Router::new()
        .route("/", get(async || file("text/html; charset=utf-8", INDEX)))
        .route("/demo.css", get(async || file("text/css; charset=utf-8", STYLE)))
        .route("/demo.js", get(async || file("text/javascript; charset=utf-8", SCRIPT)))
        .route("/state", get(async |extract::State(office): extract::State<Arc<O>>| Json(office.state().await)))
        .route("/send", post(send::<O>))
        .layer(map_response(strict))
        .with_state(office)
}

fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind)], text)
}

/// Only JSON is taken, and with it only from this page: another site's form cannot send that kind.
async fn send<O: PostOffice>(
    extract::State(office): extract::State<Arc<O>>,
    form: Result<Json<SendForm>, JsonRejection>,
) -> Response {
    let outcome = match form {
        Ok(Json(form)) => office.send(form).await.map_err(|told| (StatusCode::UNPROCESSABLE_ENTITY, told)),
        Err(rejection) => Err((rejection.status(), "This is not a letter the page could have made.".to_owned())),
    };
    match outcome {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err((status, told)) => (status, Json(serde_json::json!({ "error": told }))).into_response(),
    }
}

const STRICT: [(HeaderName, HeaderValue); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

async fn strict(mut response: Response) -> Response {
    response.headers_mut().extend(STRICT);
    response
}

#[cfg(test)]
mod tests;
