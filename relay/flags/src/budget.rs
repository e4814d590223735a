//! How much work one letter may cost: a hostile letter is left unread rather than allowed to stall the others.

/// Steps that are left.
#[derive(Debug)]
pub(crate) struct Budget(u64);

/// The budget is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spent;

impl Budget {
    pub(crate) fn new(steps: u64) -> Self {
        Self(steps)
    }

    pub(crate) fn spend(&mut self, steps: usize) -> Result<(), Spent> {
        let steps = u64::try_from(steps).map_err(|_| Spent)?;
        self.0 = self.0.checked_sub(steps).ok_or(Spent)?;
        Ok(())
    }
}
