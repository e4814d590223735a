//! Numbers in the Prometheus text format 0.0.4, written from types that have no room for a person.

use std::fmt::Write as _;

/// The media type of [`render`]'s text.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Label names and values. Both are fixed words of the code: an address can never become a label.
pub type Labels = Vec<(&'static str, &'static str)>;

/// How a family's numbers behave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Only grows, until the process starts again.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Counts of observations by size.
    Histogram,
}

/// A number, or the counts of a histogram.
#[derive(Debug, Clone, PartialEq)]
pub enum Number {
    /// A whole number.
    Whole(u64),
    /// Any number.
    Real(f64),
    /// Observations by size.
    Sizes {
        /// Upper bound of each class and how many fell into this class alone, bounds rising.
        classes: Vec<(f64, u64)>,
        /// How many were larger than the last bound.
        larger: u64,
        /// The sum of all observations.
        sum: f64,
    },
}

/// One number of a family.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// What tells it from the family's other samples.
    pub labels: Labels,
    /// The number.
    pub number: Number,
}

/// All samples of one name.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// Such as `brevbro_letters_relayed_total`; a unit at its end, and `_total` for counters.
    pub name: &'static str,
    /// One sentence.
    pub help: &'static str,
    /// How its numbers behave.
    pub kind: Kind,
    /// The numbers.
    pub samples: Vec<Sample>,
}

impl Family {
    /// A counter without labels.
    pub fn counter(name: &'static str, help: &'static str, value: u64) -> Self {
        Self::one(name, help, Kind::Counter, Number::Whole(value))
    }

    /// A gauge without labels.
    pub fn gauge(name: &'static str, help: &'static str, value: f64) -> Self {
        Self::one(name, help, Kind::Gauge, Number::Real(value))
    }

    /// A family whose samples differ in one label.
    pub fn by(
        name: &'static str,
        help: &'static str,
        kind: Kind,
        label: &'static str,
        values: impl IntoIterator<Item = (&'static str, u64)>,
    ) -> Self {
        let sample = |(value, number)| Sample { labels: vec![(label, value)], number: Number::Whole(number) };
        Self { name, help, kind, samples: values.into_iter().map(sample).collect() }
    }

    fn one(name: &'static str, help: &'static str, kind: Kind, number: Number) -> Self {
        Self { name, help, kind, samples: vec![Sample { labels: Vec::new(), number }] }
    }
}

/// Writes every family.
pub fn render(families: &[Family]) -> String {
    let mut text = String::new();
    for Family { name, help, kind, samples } in families {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        let help = help.replace('\\', "\\\\").replace('\n', "\\n");
        // Writing to a String cannot fail.
        let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
        for sample in samples {
            write_sample(&mut text, name, sample);
        }
    }
    text
}

fn write_sample(text: &mut String, name: &str, sample: &Sample) {
    let labels = &sample.labels;
    match &sample.number {
        Number::Whole(value) => line(text, name, "", labels, None, &value.to_string()),
        Number::Real(value) => line(text, name, "", labels, None, &real(*value)),
        Number::Sizes { classes, larger, sum } => {
            let mut count = 0;
            for (bound, here) in classes {
                count += here;
                line(text, name, "_bucket", labels, Some(&real(*bound)), &count.to_string());
            }
            count += larger;
            line(text, name, "_bucket", labels, Some("+Inf"), &count.to_string());
            line(text, name, "_sum", labels, None, &real(*sum));
            line(text, name, "_count", labels, None, &count.to_string());
        }
    }
}

fn line(text: &mut String, name: &str, suffix: &str, labels: &Labels, bound: Option<&str>, value: &str) {
    let all = labels.iter().copied().chain(bound.map(|bound| ("le", bound)));
    let written: Vec<String> = all.map(|(label, value)| format!("{label}=\"{}\"", escaped(value))).collect();
    let braces = if written.is_empty() { String::new() } else { format!("{{{}}}", written.join(",")) };
    let _ = writeln!(text, "{name}{suffix}{braces} {value}");
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn real(value: f64) -> String {
    if value.is_infinite() {
        if value > 0.0 { "+Inf".to_owned() } else { "-Inf".to_owned() }
    } else {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_written_as_the_format_says() {
        let sizes = Number::Sizes { classes: vec![(0.5, 2), (1.0, 3)], larger: 1, sum: 4.25 };
        let families = [
            Family::counter("a_total", "All \\ of\nit.", 7),
            Family::gauge("b", "Some.", 0.5),
            Family::by("c", "By state.", Kind::Gauge, "state", [("held", 1), ("a\"\\\nb", 2)]),
            Family {
                name: "d_seconds",
                help: "Time.",
                kind: Kind::Histogram,
                samples: vec![Sample { labels: vec![("desk", "seal")], number: sizes }],
            },
        ];
        let expected = "# HELP a_total All \\\\ of\\nit.\n# TYPE a_total counter\na_total 7\n\
            # HELP b Some.\n# TYPE b gauge\nb 0.5\n\
            # HELP c By state.\n# TYPE c gauge\nc{state=\"held\"} 1\nc{state=\"a\\\"\\\\\\nb\"} 2\n\
            # HELP d_seconds Time.\n# TYPE d_seconds histogram\n\
            d_seconds_bucket{desk=\"seal\",le=\"0.5\"} 2\nd_seconds_bucket{desk=\"seal\",le=\"1\"} 5\n\
            d_seconds_bucket{desk=\"seal\",le=\"+Inf\"} 6\nd_seconds_sum{desk=\"seal\"} 4.25\n\
            d_seconds_count{desk=\"seal\"} 6\n";
        assert_eq!(render(&families), expected);
    }

    #[test]
    fn odd_numbers_have_their_words() {
        assert_eq!(
            [f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1e21].map(real),
            ["+Inf", "-Inf", "NaN", "1000000000000000000000"]
        );
    }
}
