//! How much work the reading of a text is: counted while tests run, nothing at all otherwise.

#[cfg(test)]
thread_local! {
    static OCTETS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Says that this many octets, or lines, are about to be looked at.
#[inline]
pub(crate) fn spend(octets: usize) {
    #[cfg(test)]
    OCTETS.with(|all| all.set(all.get() + octets));
    #[cfg(not(test))]
    let _ = octets;
}

/// What some work costs.
#[cfg(test)]
pub(crate) fn cost(work: impl FnOnce()) -> usize {
    let before = OCTETS.with(std::cell::Cell::get);
    work();
    OCTETS.with(std::cell::Cell::get) - before
}
