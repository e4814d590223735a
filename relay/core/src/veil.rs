//! Types that hold a person: their `Debug` says their name and nothing of what they hold.

/// Gives types a `Debug` that shows nothing, so that no log line, error or failed test can name anybody.
#[macro_export]
macro_rules! veiled {
    ($($name:ident $(<$life:lifetime>)?),+ $(,)?) => {$(
        impl ::std::fmt::Debug for $name $(<$life>)? {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
