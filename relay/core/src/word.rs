//! One word for each value of an enumeration: in the store, in JSON answers and on the command line.

/// A word that none of the known ones matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown word: {expected} is expected")]
pub struct UnknownWord {
    /// The words that would have been understood.
    pub expected: &'static str,
}

/// Ties each variant to its word, both ways.
#[macro_export]
macro_rules! words {
    ($name:ident, $expected:literal, $($variant:ident => $word:literal),+ $(,)?) => {
        impl $name {
            /// Every value, for tables and tests.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word of the store, of JSON answers and of the command line.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::word::UnknownWord;

            fn from_str(text: &str) -> Result<Self, $crate::word::UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::word::UnknownWord { expected: $expected }),
                }
            }
        }
    };
}
