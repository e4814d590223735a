//! Threads hold over both mailboxes, and nothing crosses a pairing.

use super::*;

const SEED: [u8; 16] = [9; 16];

fn mapper(key: &ThreadKey, pairing: u64, author: Side) -> Mapper<'_> {
    Mapper { key, scope: Scope { pairing, author }, domain: "relay.example.org".into() }
}

#[test]
fn a_thread_holds_in_both_mailboxes() {
    let key = ThreadKey::new([5; 64]);
    let seeker = mapper(&key, 1, Side::Seeker);
    let volunteer = mapper(&key, 1, Side::Volunteer);
    // The seeker writes s1; the volunteer sees it as t1 and answers with v1; the seeker answers that.
    let first = seeker.map(Some("s1@home.example.net"), &[], &[], &SEED);
    let t1 = first.message_id.as_str();
    assert!(t1.ends_with("@relay.example.org") && !t1.contains("home"));
    let second = volunteer.map(Some("v1@work.example.com"), &[t1], &[t1], &SEED);
    assert_eq!(second.in_reply_to.as_deref(), Some("s1@home.example.net"));
    assert_eq!(second.references, ["s1@home.example.net"]);
    let v1 = second.message_id.as_str();
    let third = seeker.map(Some("s2@home.example.net"), &[v1], &["s1@home.example.net", v1], &SEED);
    assert_eq!(third.in_reply_to.as_deref(), Some("v1@work.example.com"));
    assert_eq!(third.references, [t1, "v1@work.example.com"]);
    assert_eq!(third.dropped, 0);
}

#[test]
fn nothing_opens_in_another_pairing_or_for_the_wrong_side() {
    let key = ThreadKey::new([5; 64]);
    let token = mapper(&key, 1, Side::Seeker).map(Some("s1@home.example.net"), &[], &[], &SEED).message_id;
    for (pairing, author) in [(2, Side::Volunteer), (1, Side::Seeker)] {
        let mapped =
            mapper(&key, pairing, author).map(Some("x@y"), &[&token], &[&token, "made-up@RELAY.example.org"], &SEED);
        assert_eq!((mapped.in_reply_to, mapped.references.len(), mapped.dropped), (None, 0, 3));
    }
}

#[test]
fn lengths_fall_into_two_sizes_and_long_ones_map_one_way() {
    let key = ThreadKey::new([5; 64]);
    let scope = Scope { pairing: 1, author: Side::Seeker };
    let length = |n: usize| key.seal(scope, &"x".repeat(n)).len();
    assert_eq!((length(1), length(95)), (length(40), length(40)));
    assert_eq!((length(96), length(223)), (length(120), length(120)));
    let long = "y".repeat(500);
    let token = key.seal(scope, &long);
    assert_eq!(token, key.seal(scope, &long));
    assert_ne!(token, key.seal(scope, &"y".repeat(501)));
    assert_eq!(key.open(scope, &token), None);
    assert!(length(223) + "@relay.example.org".len() < 900, "fits on a header line");
    for n in [1, 95, 96, 223] {
        let id = "z".repeat(n);
        assert_eq!(key.open(scope, &key.seal(scope, &id)), Some(id));
    }
}

#[test]
fn long_references_keep_the_first_and_the_newest() {
    let key = ThreadKey::new([5; 64]);
    let ids: Vec<String> = (0..200).map(|n| format!("{n}@home.example.net")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let seeker = mapper(&key, 1, Side::Seeker);
    let mapped = seeker.map(None, &[], &ids, &SEED);
    assert_eq!(mapped.references.len(), 21);
    assert_eq!(mapped.references[0], seeker.outward("0@home.example.net"));
    assert_eq!(mapped.references[20], seeker.outward("199@home.example.net"));
    assert_eq!(mapped.in_reply_to.as_ref(), mapped.references.last());
}

#[test]
fn a_letter_without_an_identifier_gets_one_from_the_seed() {
    let key = ThreadKey::new([5; 64]);
    let seeker = mapper(&key, 1, Side::Seeker);
    let one = seeker.map(None, &[], &[], &SEED).message_id;
    assert_eq!(one, seeker.map(None, &[], &[], &SEED).message_id);
    assert_ne!(one, seeker.map(None, &[], &[], &[8; 16]).message_id);
}
