//! A place for each session: so many altogether, so many from one network.

use super::network::Neighbourhood;
use super::pace::Crowd;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// All places of one door.
#[derive(Debug)]
pub(super) struct Places {
    crowd: Crowd,
    taken: Mutex<Taken>,
    /// Memory of all letters on their way.
    octets: AtomicUsize,
}

#[derive(Debug, Default)]
struct Taken {
    total: usize,
    by_network: HashMap<Neighbourhood, usize>,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoPlace {
    /// The house is full.
    Full,
    /// The peer's network has enough sessions.
    Network,
}

impl NoPlace {
    /// What the peer is told instead of a banner.
    pub(super) fn farewell(self) -> &'static [u8] {
        match self {
            Self::Full => b"421 4.3.2 Too many connections just now, please try again later\r\n",
            Self::Network => b"421 4.7.0 Too many connections from your network, please try again later\r\n",
        }
    }
}

/// One taken place; dropped with the session.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    neighbourhood: Option<Neighbourhood>,
    held: AtomicUsize,
}

impl Places {
    pub(super) fn new(crowd: Crowd) -> Self {
        Self { crowd, taken: Mutex::default(), octets: AtomicUsize::new(0) }
    }

    /// Takes a place. A trusted peer's network is not counted: all mail may come through it.
    pub(super) fn take(self: &Arc<Self>, ip: IpAddr, trusted: bool) -> Result<Place, NoPlace> {
        let neighbourhood = (!trusted).then(|| Neighbourhood::of(ip));
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.total >= self.crowd.total {
            return Err(NoPlace::Full);
        }
        if let Some(neighbourhood) = neighbourhood {
            let count = taken.by_network.entry(neighbourhood).or_default();
            if *count >= self.crowd.per_network {
                return Err(NoPlace::Network);
            }
            *count += 1;
        }
        taken.total += 1;
        drop(taken);
        Ok(Place { places: Arc::clone(self), neighbourhood, held: AtomicUsize::new(0) })
    }
}

impl Place {
    /// Notes the memory this session's letter takes now; whether there is room for that.
    pub(super) fn has_room_for(&self, octets: usize) -> bool {
        let before = self.held.swap(octets, Ordering::Relaxed);
        if before == octets {
            return true;
        }
        // Added first, so that the sum never falls below zero.
        let all = self.places.octets.fetch_add(octets, Ordering::Relaxed) + octets;
        self.places.octets.fetch_sub(before, Ordering::Relaxed);
        octets <= self.places.crowd.fair_share() || all.saturating_sub(before) <= self.places.crowd.letter_octets
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.has_room_for(0);
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.total -= 1;
        let Some(neighbourhood) = self.neighbourhood else { return };
        let Some(count) = taken.by_network.get_mut(&neighbourhood) else { return };
        *count -= 1;
        if *count == 0 {
            taken.by_network.remove(&neighbourhood);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_letters_do_not_keep_small_ones_out() {
        let places = Arc::new(Places::new(Crowd { total: 4, per_network: 4, letter_octets: 400 }));
        let take = || places.take(IpAddr::from([192, 0, 2, 1]), false).unwrap();
        let (large, late, small) = (take(), take(), take());
        assert!(large.has_room_for(380) && !late.has_room_for(101) && small.has_room_for(100));
        assert!(late.has_room_for(0) && !large.has_room_for(301));
        drop((large, small));
        assert!(late.has_room_for(400));
        drop(late);
        assert_eq!(places.octets.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn places_come_back_and_leave_no_trace() {
        let places = Arc::new(Places::new(Crowd { total: 3, per_network: 1, letter_octets: 0 }));
        let ip = |last| IpAddr::from([192, 0, 2, last]);
        let first = places.take(ip(1), false).unwrap();
        assert_eq!(places.take(ip(1), false).unwrap_err(), NoPlace::Network);
        let _second = places.take(ip(2), false).unwrap();
        let _front = places.take(ip(2), true).unwrap();
        assert_eq!(places.take(ip(3), false).unwrap_err(), NoPlace::Full);
        drop(first);
        assert_eq!(places.taken.lock().unwrap().by_network.len(), 1);
        assert!(places.take(ip(1), false).is_ok());
    }
}
