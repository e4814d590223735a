//! One table of a rule file, read key by key: whatever is not asked for is refused with its line.

use super::refusal::Refusal;
use std::collections::BTreeSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The file a table stands in.
#[derive(Clone, Copy)]
pub(crate) struct Page<'f> {
    pub(crate) name: &'f str,
    /// Where its lines end.
    pub(crate) ends: &'f [usize],
    /// Whether the file's tests are kept.
    pub(crate) keeps_tests: bool,
}

/// Where the lines of a text end: there are thousands of tests, and each is asked for its line.
pub(crate) fn line_ends(text: &str) -> Vec<usize> {
    text.bytes().enumerate().filter(|(_, octet)| *octet == b'\n').map(|(at, _)| at).collect()
}

impl Page<'_> {
    /// The line of an octet, counted from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.ends.partition_point(|end| *end < at) + 1
    }

    pub(crate) fn refuse(&self, at: usize, what: impl Into<String>) -> Refusal {
        Refusal { file: self.name.to_owned(), line: self.line(at), rule: None, key: None, what: what.into() }
    }
}

/// Some text of a file, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'f> {
    pub(crate) text: &'f str,
    pub(crate) at: usize,
}

/// A table whose keys are taken one by one.
pub(crate) struct Keys<'f> {
    pub(crate) page: Page<'f>,
    table: &'f DeTable<'f>,
    at: usize,
    id: Option<&'f str>,
    taken: BTreeSet<&'f str>,
}

impl<'f> Keys<'f> {
    pub(crate) fn new(page: Page<'f>, table: &'f DeTable<'f>, at: usize) -> Self {
        let id = table.iter().find(|(key, _)| key.get_ref() == "id").and_then(|(_, value)| value.get_ref().as_str());
        Self { page, table, at, id, taken: BTreeSet::new() }
    }

    /// Where the table begins.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn refuse(&self, at: usize, key: &str, what: impl Into<String>) -> Refusal {
        let rule = self.id.map(str::to_owned);
        Refusal { rule, key: Some(key.to_owned()), ..self.page.refuse(at, what) }
    }

    /// Everything that is left, with the key: for tables whose keys the file invents.
    pub(crate) fn rest(&mut self) -> Vec<(Said<'f>, &'f Spanned<DeValue<'f>>)> {
        let mut all = Vec::new();
        for (key, value) in self.table {
            if self.taken.insert(key.get_ref()) {
                all.push((Said { text: key.get_ref(), at: key.span().start }, value));
            }
        }
        all.sort_by_key(|(key, _)| key.at);
        all
    }

    pub(crate) fn take(&mut self, key: &str) -> Option<&'f Spanned<DeValue<'f>>> {
        let (name, value) = self.table.iter().find(|(name, _)| name.get_ref() == key)?;
        self.taken.insert(name.get_ref());
        Some(value)
    }

    pub(crate) fn missing(&self, key: &str) -> Refusal {
        self.refuse(self.at, key, "is missing")
    }

    pub(crate) fn text(&mut self, key: &str) -> Result<Option<Said<'f>>, Refusal> {
        let Some(value) = self.take(key) else { return Ok(None) };
        self.as_text(key, value).map(Some)
    }

    pub(crate) fn needed(&mut self, key: &str) -> Result<Said<'f>, Refusal> {
        self.text(key)?.ok_or_else(|| self.missing(key))
    }

    pub(crate) fn as_text(&self, key: &str, value: &'f Spanned<DeValue<'f>>) -> Result<Said<'f>, Refusal> {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::String(text) => Ok(Said { text, at }),
            _ => Err(self.refuse(at, key, "must be a text in quotation marks")),
        }
    }

    /// One text, or a list of texts.
    pub(crate) fn texts(&mut self, key: &str) -> Result<Vec<Said<'f>>, Refusal> {
        match self.take(key) {
            Some(value) => self.as_texts(key, value),
            None => Ok(Vec::new()),
        }
    }

    pub(crate) fn as_texts(&self, key: &str, value: &'f Spanned<DeValue<'f>>) -> Result<Vec<Said<'f>>, Refusal> {
        match value.get_ref() {
            DeValue::Array(list) if list.is_empty() => Ok(Vec::new()),
            DeValue::Array(list) => list.iter().map(|item| self.as_text(key, item)).collect(),
            _ => Ok(vec![self.as_text(key, value)?]),
        }
    }

    /// A whole number in a range.
    pub(crate) fn number(&mut self, key: &str, range: std::ops::RangeInclusive<u8>) -> Result<Option<u8>, Refusal> {
        let Some(value) = self.take(key) else { return Ok(None) };
        let number = value.get_ref().as_integer().and_then(|n| n.as_str().parse::<u8>().ok());
        number.filter(|n| range.contains(n)).map(Some).ok_or_else(|| {
            let what = format!("must be a whole number from {} to {}", range.start(), range.end());
            self.refuse(value.span().start, key, what)
        })
    }

    pub(crate) fn truth(&mut self, key: &str) -> Result<Option<bool>, Refusal> {
        let Some(value) = self.take(key) else { return Ok(None) };
        let truth = value.get_ref().as_bool();
        truth.map(Some).ok_or_else(|| self.refuse(value.span().start, key, "must be true or false"))
    }

    /// A word of an enumeration.
    pub(crate) fn word<T: std::str::FromStr>(&mut self, key: &str, expected: &str) -> Result<Option<T>, Refusal> {
        let Some(said) = self.text(key)? else { return Ok(None) };
        said.text.parse().map(Some).map_err(|_| self.refuse(said.at, key, format!("must be {expected}")))
    }

    pub(crate) fn table(&mut self, key: &str) -> Result<Option<Keys<'f>>, Refusal> {
        let Some(value) = self.take(key) else { return Ok(None) };
        self.as_table(key, value).map(Some)
    }

    pub(crate) fn as_table(&self, key: &str, value: &'f Spanned<DeValue<'f>>) -> Result<Keys<'f>, Refusal> {
        let at = value.span().start;
        let table = value.get_ref().as_table().ok_or_else(|| self.refuse(at, key, "must be a table"))?;
        let mut keys = Keys::new(self.page, table, at);
        keys.id = keys.id.or(self.id);
        Ok(keys)
    }

    /// The tables of `[[key]]`.
    pub(crate) fn tables(&mut self, key: &str) -> Result<Vec<Keys<'f>>, Refusal> {
        let Some(value) = self.take(key) else { return Ok(Vec::new()) };
        match value.get_ref() {
            DeValue::Array(list) => list.iter().map(|item| self.as_table(key, item)).collect(),
            _ => Ok(vec![self.as_table(key, value)?]),
        }
    }

    /// Ends the reading: a key nobody asked for is most likely a slip, and a rule that is not what it seems.
    pub(crate) fn finish(self) -> Result<(), Refusal> {
        let unknown = self.table.keys().find(|key| !self.taken.contains(key.get_ref().as_ref()));
        match unknown {
            Some(key) => Err(self.refuse(key.span().start, key.get_ref(), "is no key that is known here")),
            None => Ok(()),
        }
    }
}
