//! A letter that comes after the end: refused in the one voice, and its writer hears kindly why.

use super::Relay;
use super::doors::later;
use brevbro_core::pairing::{PairingFacts, PairingState};
use brevbro_core::reply::Stop;
use brevbro_core::verify::{Authenticity, Verified};
use brevbro_store::{PairingRouting, Post};

impl Relay {
    /// In the time of grace the writer gets a letter of ours. The letter itself is refused like any other to an alias
    /// that is no longer there (P9), so that nothing vanishes that was taken. A writer who may be somebody else is
    /// told nothing, and nobody is told more than a few times a day.
    pub(super) async fn answer_after_end(
        &self,
        verified: &Verified,
        facts: &PairingFacts,
        routing: &PairingRouting,
    ) -> Result<(), Stop> {
        let is_own = verified.authenticity() == Authenticity::Aligned;
        if facts.state != PairingState::Closing || !is_own {
            return Ok(());
        }
        if !self.farewells.once_more(facts.author, self.house.clock.now()) {
            return Ok(());
        }
        let people = self.house.people.of(routing).map_err(later)?;
        let rules = self.house.programmes.of(&facts.programme);
        let notice = self.house.after_end(rules, (&people, facts.pairing), facts.author_side).map_err(later)?;
        let post = Post { notice, quarantine: None, replay: None, items: Vec::new() };
        let _receipt = self.house.store.post(post).await.map_err(later)?;
        self.wake_delivery();
        Ok(())
    }
}
