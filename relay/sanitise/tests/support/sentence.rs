//! A sentence with contact details marked in it: what must go, what must stay, and which words of a detail tell anything.

use std::collections::HashSet;

const KINDS: [&str; 10] =
    ["phone", "email", "nationalid", "street", "postcode", "handle", "payment", "plate", "network", "lookalike"];

/// Words inside ⟦…⟧ that tell nothing by themselves: hosts of everybody, and how signs are spelled.
const TELL_NOTHING: &str = "https http www com org net se no dk fi de uk co us me gmail hotmail outlook yahoo icloud \
    live proton protonmail telia online facebook instagram snapchat tiktok youtube twitter linkedin discord twitch \
    reddit telegram signal whatsapp zoom teams meet google microsoft mailto tel wa fb add user in m t p g u r j \
    example punkt punktum prikk prick piste pilkku dot at snabel snabela snabelkrull alfakrøll krøllalfa alfa krøll a \
    ät miukumauku kissanhäntä ättä minus bindestreck bindestrek bindestreg streck strek streg plus understreck \
    understrek understreg alaviiva viiva underscore dash hyphen bolag klammeraffe unterstrich \
    så sen sedan then sitten dann so å sist loput resten \
    clearing kontonummer konto account sort code reg och og and ja und";

/// Before a number they tell a country only.
const COUNTRIES: [&str; 10] = ["44", "45", "46", "47", "49", "358", "0044", "0045", "0046", "0047"];

/// Words of a line that tells where in the house.
const FLOORS_AND_DOORS: [&str; 25] = [
    "tr",
    "tv",
    "th",
    "mf",
    "sal",
    "etasje",
    "etage",
    "plan",
    "våning",
    "vån",
    "lgh",
    "floor",
    "flat",
    "apt",
    "apartment",
    "kerros",
    "u0102",
    "h0203",
    "h0402",
    "ög",
    "oppgang",
    "opgang",
    "uppgång",
    "port",
    "rappu",
];

/// One line of a corpus.
pub(crate) struct Sentence {
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) spans: Vec<String>,
    pub(crate) outside: Vec<String>,
}

pub(crate) fn tokens(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

/// Reads a line; `⏎` stands for a line end.
pub(crate) fn parse(line: &str) -> Sentence {
    let (kind, marked) = line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}"));
    let (mut text, mut spans, mut outside) = (String::new(), Vec::new(), Vec::new());
    let marked = marked.replace('⏎', "\n");
    let mut rest = marked.as_str();
    while let Some((before, after)) = rest.split_once('⟦') {
        let (span, after) = after.split_once('⟧').unwrap_or_else(|| panic!("open span: {line}"));
        text += before;
        text += span;
        outside.extend(tokens(before));
        spans.push(span.to_owned());
        rest = after;
    }
    text += rest;
    outside.extend(tokens(rest));
    assert!(KINDS.contains(&kind), "{line}");
    assert_eq!(kind == "lookalike", spans.is_empty(), "{line}");
    assert!(!text.contains('⟧'), "{line}");
    Sentence { kind: kind.to_owned(), text, spans, outside }
}

/// The words of a span of which none may arrive.
pub(crate) fn telling(kind: &str, span: &str) -> Vec<String> {
    let is_street = kind == "street";
    // `Solrosvägen sjutton`: a house whose number is said tells by its words.
    let is_said = is_street && !span.contains(|c: char| c.is_ascii_digit());
    if is_said && !tokens(span).iter().any(|token| FLOORS_AND_DOORS.contains(&token.as_str())) {
        return tokens(span).into_iter().filter(|token| token.chars().count() > 3).collect();
    }
    if is_street || kind == "postcode" {
        return span.split(',').flat_map(|segment| telling_of_place(is_street, segment)).collect();
    }
    let empty: HashSet<&str> = TELL_NOTHING.split_whitespace().collect();
    let is_country = |place: usize, token: &str| kind == "phone" && place == 0 && COUNTRIES.contains(&token);
    let tells = tokens(span).into_iter().enumerate();
    tells.filter(|(at, t)| !empty.contains(t.as_str()) && !is_country(*at, t)).map(|(_, token)| token).collect()
}

/// Of one line of an address: the numbers, and the street's name beside the house's. Towns and floors may stay.
fn telling_of_place(is_street: bool, segment: &str) -> Vec<String> {
    let all = tokens(segment);
    let has_digit = |token: &String| token.contains(|c: char| c.is_ascii_digit());
    if is_street && (all.len() == 1 || all.iter().any(|token| FLOORS_AND_DOORS.contains(&token.as_str()))) {
        return Vec::new();
    }
    let is_postcode = |at: usize| {
        let long = |token: &String, length: usize| token.len() >= length && token.bytes().all(|b| b.is_ascii_digit());
        long(&all[at], 4) || at > 0 && long(&all[at], 2) && long(&all[at - 1], 3)
    };
    let is_house = |at: usize| has_digit(&all[at]) && !is_postcode(at);
    let is_name = |at: usize| {
        let beside = at > 0 && is_house(at - 1) || at + 1 < all.len() && is_house(at + 1);
        is_street && beside && all[at].chars().count() > 3
    };
    (0..all.len()).filter(|at| has_digit(&all[*at]) || is_name(*at)).map(|at| all[at].clone()).collect()
}
