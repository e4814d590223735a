//! A bounded room for letters that are being worked on, so that many large ones cannot exhaust the memory.

use brevbro_core::reply::{Stop, Trouble};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Kibibytes of letters at work at once. Rebuilding, sealing and storing hold a few copies each.
const ROOM_KIB: u32 = 4 * 1024;
/// How long a session waits for room before the peer is asked to come back.
const PATIENCE: Duration = Duration::from_mins(1);

/// The room.
pub struct Budget(Arc<Semaphore>);

impl Budget {
    /// An empty room.
    pub fn new() -> Self {
        Self(Arc::new(Semaphore::new(ROOM_KIB as usize)))
    }

    /// Waits for room for one letter; even the largest letter fits when it is alone.
    pub async fn room_for(&self, octets: usize) -> Result<OwnedSemaphorePermit, Stop> {
        let kib = u32::try_from(octets / 1024 + 1).unwrap_or(ROOM_KIB).min(ROOM_KIB);
        let wait = Arc::clone(&self.0).acquire_many_owned(kib);
        match tokio::time::timeout(PATIENCE, wait).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(Stop::Later(Trouble::Busy)),
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new()
    }
}
