//! Which roles one process plays. Keys follow roles: port 25 never holds what opens letters.

use std::str::FromStr;

/// A choice of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent roles, each on or off")]
pub struct Roles {
    /// Takes letters in.
    pub relay: bool,
    /// Sends letters.
    pub deliver: bool,
    /// Does what falls due by itself.
    pub tick: bool,
    /// Health, metrics and pages.
    pub admin: bool,
}

impl Roles {
    /// Every role, for one machine.
    pub const ALL: Self = Self { relay: true, deliver: true, tick: true, admin: true };
    const NONE: Self = Self { relay: false, deliver: false, tick: false, admin: false };
}

impl FromStr for Roles {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',').map(str::trim).try_fold(Self::NONE, |roles, word| match word {
            "all" => Ok(Self::ALL),
            "relay" => Ok(Self { relay: true, ..roles }),
            "deliver" => Ok(Self { deliver: true, ..roles }),
            "tick" => Ok(Self { tick: true, ..roles }),
            "admin" => Ok(Self { admin: true, ..roles }),
            other => Err(format!("`{other}` is no role; write all, or some of relay,deliver,tick,admin")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_from_a_list() {
        assert_eq!("all".parse(), Ok(Roles::ALL));
        assert_eq!("relay, tick".parse(), Ok(Roles { relay: true, tick: true, ..Roles::NONE }));
        assert!("relay,postman".parse::<Roles>().unwrap_err().contains("postman"));
        assert!("".parse::<Roles>().is_err());
    }
}
