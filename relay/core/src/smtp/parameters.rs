//! Parameters of MAIL and RCPT: only those of the extensions we offer, each at most once.

use super::command::Misuse;

/// What `MAIL` said besides the path.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct MailParameters {
    /// `SIZE` (RFC 1870), in octets.
    pub(super) size: Option<u64>,
    /// `SMTPUTF8` (RFC 6531).
    pub(super) utf8: bool,
}

/// The keywords of `MAIL`: RFC 1870, 6152, 6531, 3461. `BODY=BINARYMIME` (RFC 3030) is not offered.
const MAIL: [&str; 5] = ["SIZE", "BODY", "SMTPUTF8", "RET", "ENVID"];
/// The keywords of `RCPT`: RFC 3461.
const RCPT: [&str; 2] = ["NOTIFY", "ORCPT"];

/// Sorts out the parameters of `MAIL`; what smtp-proto is to judge is appended to `line`.
pub(super) fn mail(text: &str, line: &mut Vec<u8>) -> Result<MailParameters, Misuse> {
    let mut found = MailParameters::default();
    for parameter in each(text, &MAIL) {
        let Parameter { keyword, value, written } = parameter?;
        match (keyword, value) {
            // Not left to smtp-proto: a number that does not fit starts again from its last digits there.
            ("SIZE", Some(value)) => found.size = Some(octets(value).ok_or(Misuse::BadParameter)?),
            ("SMTPUTF8", None) => found.utf8 = true,
            ("BODY", Some(value)) if value.eq_ignore_ascii_case("BINARYMIME") => return Err(Misuse::UnknownParameter),
            ("BODY" | "RET" | "ENVID", Some(_)) => append(line, written),
            _ => return Err(Misuse::BadParameter),
        }
    }
    Ok(found)
}

/// Sorts out the parameters of `RCPT`.
pub(super) fn rcpt(text: &str, line: &mut Vec<u8>) -> Result<(), Misuse> {
    for parameter in each(text, &RCPT) {
        let Parameter { keyword, value, written } = parameter?;
        match (keyword, value) {
            // RFC 6533 §3: unknown to smtp-proto, which knows `rfc822` alone.
            ("ORCPT", Some(value)) if is_utf8_orcpt(value) => {}
            (_, Some(_)) => append(line, written),
            _ => return Err(Misuse::BadParameter),
        }
    }
    Ok(())
}

struct Parameter<'a> {
    keyword: &'static str,
    value: Option<&'a str>,
    written: &'a str,
}

/// Splits at spaces; an unknown or repeated keyword is an error.
fn each<'a>(text: &'a str, known: &'static [&'static str]) -> impl Iterator<Item = Result<Parameter<'a>, Misuse>> {
    let mut seen = 0_u8;
    text.split(' ').filter(|word| !word.is_empty()).map(move |written| {
        let (name, value) = match written.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (written, None),
        };
        let place = known.iter().position(|keyword| name.eq_ignore_ascii_case(keyword));
        let place = place.ok_or(Misuse::UnknownParameter)?;
        let mark = 1 << place;
        if seen & mark != 0 {
            return Err(Misuse::BadParameter);
        }
        seen |= mark;
        Ok(Parameter { keyword: known[place], value, written })
    })
}

fn append(line: &mut Vec<u8>, written: &str) {
    line.push(b' ');
    line.extend_from_slice(written.as_bytes());
}

/// A count of octets; one that does not fit in 64 bits is larger than every limit.
pub(super) fn octets(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.len() <= 20 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

fn is_utf8_orcpt(value: &str) -> bool {
    value.split_once(';').is_some_and(|(kind, address)| kind.eq_ignore_ascii_case("utf-8") && !address.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_never_wrap() {
        assert_eq!(octets("0"), Some(0));
        assert_eq!(octets("18446744073709551615"), Some(u64::MAX));
        assert_eq!(octets("99999999999999999999"), Some(u64::MAX));
        for text in ["", "-1", "+1", "1e3", "999999999999999999999", "１"] {
            assert_eq!(octets(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_is_offered_and_only_once() {
        let mut line = Vec::new();
        let said = mail("  SIZE=5 body=8bitmime SMTPUTF8 RET=HDRS ENVID=x ", &mut line);
        assert_eq!(said, Ok(MailParameters { size: Some(5), utf8: true }));
        assert_eq!(line, b" body=8bitmime RET=HDRS ENVID=x");
        for text in ["X", "AUTH=<>", "BODY=BINARYMIME", "SIZEX=1", "HOLDFOR=1", "NOTIFY=NEVER"] {
            assert_eq!(mail(text, &mut line), Err(Misuse::UnknownParameter), "{text}");
        }
        for text in ["SIZE", "SIZE=", "SIZE=x", "SIZE=1 SIZE=1", "SMTPUTF8=1", "BODY", "RET"] {
            assert_eq!(mail(text, &mut line), Err(Misuse::BadParameter), "{text}");
        }
        assert_eq!(rcpt("NOTIFY=NEVER ORCPT=utf-8;a@b", &mut line), Ok(()));
        assert_eq!(rcpt("ORCPT", &mut line), Err(Misuse::BadParameter));
    }
}
