//! The order of commands: which step a verb takes in which stage of the session (RFC 5321 §4.1.4).

/// Where a session stands. Commands are read only in the first six.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Connected, no hello yet.
    Greeted,
    /// As [`Stage::Greeted`], over TLS: nothing from before is known any more (RFC 3207 §4.2).
    Secured,
    /// The peer has said its name.
    Helloed,
    /// A reverse-path is known.
    Sender,
    /// The one recipient is known.
    Recipients,
    /// Some chunks of a letter are read, more are to come.
    Chunks,
    /// The text of a letter is being read.
    Data,
    /// The letter was handed over, its answer is owed.
    Answered,
    /// Over.
    Closed,
}

/// Commands that take the same step in every stage share a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// EHLO, HELO.
    Hello,
    /// MAIL.
    Mail,
    /// RCPT.
    Rcpt,
    /// DATA.
    Data,
    /// BDAT.
    Bdat,
    /// RSET.
    Rset,
    /// NOOP, VRFY, HELP.
    Chat,
    /// STARTTLS.
    StartTls,
    /// QUIT.
    Quit,
}

/// What to do with a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Do what it says.
    Obey,
    /// A second recipient: not in this letter.
    Full,
    /// Refuse it; nothing changes.
    Refuse(Disorder),
    /// No command is read in this stage.
    Unread,
}

/// Why a command comes at the wrong time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disorder {
    /// EHLO is missing.
    HelloFirst,
    /// MAIL is missing.
    MailFirst,
    /// RCPT is missing.
    RcptFirst,
    /// A transaction is open already.
    MailTwice,
    /// Chunks were sent: only more of them may follow.
    ChunksBegun,
    /// TLS would tear a letter's envelope apart.
    LetterBegun,
}

/// The law. A refusal never moves the session, so a transaction outlives a command at the wrong time.
pub(super) fn judge(stage: Stage, verb: Verb) -> Step {
    use Disorder::{ChunksBegun, HelloFirst, LetterBegun, MailFirst, MailTwice, RcptFirst};
    match (stage, verb) {
        (Stage::Data | Stage::Answered | Stage::Closed, _) => Step::Unread,
        // RFC 5321 §4.1.4: EHLO may come at any time and resets; so may RSET, NOOP, QUIT, HELP and VRFY.
        (_, Verb::Hello | Verb::Rset | Verb::Chat | Verb::Quit)
        | (Stage::Greeted | Stage::Secured | Stage::Helloed, Verb::StartTls)
        | (Stage::Helloed, Verb::Mail)
        | (Stage::Sender, Verb::Rcpt)
        | (Stage::Recipients, Verb::Data | Verb::Bdat)
        | (Stage::Chunks, Verb::Bdat) => Step::Obey,
        (Stage::Recipients, Verb::Rcpt) => Step::Full,
        (_, Verb::StartTls) => Step::Refuse(LetterBegun),
        (Stage::Greeted | Stage::Secured, _) => Step::Refuse(HelloFirst),
        (Stage::Chunks, _) => Step::Refuse(ChunksBegun),
        (_, Verb::Mail) => Step::Refuse(MailTwice),
        (Stage::Helloed, _) => Step::Refuse(MailFirst),
        (Stage::Sender, _) => Step::Refuse(RcptFirst),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All stages × verbs, to be read like a table. `·` is [`Step::Unread`].
    const GOLDEN: &str = "
        stage      Hello Mail  Rcpt  Data  Bdat   Rset Chat StartTls Quit
        Greeted    obey  hello hello hello hello  obey obey obey     obey
        Secured    obey  hello hello hello hello  obey obey obey     obey
        Helloed    obey  obey  mail  mail  mail   obey obey obey     obey
        Sender     obey  twice obey  rcpt  rcpt   obey obey letter   obey
        Recipients obey  twice full  obey  obey   obey obey letter   obey
        Chunks     obey  begun begun begun obey   obey obey letter   obey
        Data       ·     ·     ·     ·     ·      ·    ·    ·        ·
        Answered   ·     ·     ·     ·     ·      ·    ·    ·        ·
        Closed     ·     ·     ·     ·     ·      ·    ·    ·        ·
    ";

    const STAGES: [Stage; 9] = [
        Stage::Greeted,
        Stage::Secured,
        Stage::Helloed,
        Stage::Sender,
        Stage::Recipients,
        Stage::Chunks,
        Stage::Data,
        Stage::Answered,
        Stage::Closed,
    ];
    const VERBS: [Verb; 9] = [
        Verb::Hello,
        Verb::Mail,
        Verb::Rcpt,
        Verb::Data,
        Verb::Bdat,
        Verb::Rset,
        Verb::Chat,
        Verb::StartTls,
        Verb::Quit,
    ];

    fn word(step: Step) -> &'static str {
        match step {
            Step::Obey => "obey",
            Step::Full => "full",
            Step::Unread => "·",
            Step::Refuse(Disorder::HelloFirst) => "hello",
            Step::Refuse(Disorder::MailFirst) => "mail",
            Step::Refuse(Disorder::RcptFirst) => "rcpt",
            Step::Refuse(Disorder::MailTwice) => "twice",
            Step::Refuse(Disorder::ChunksBegun) => "begun",
            Step::Refuse(Disorder::LetterBegun) => "letter",
        }
    }

    #[test]
    fn every_stage_and_every_verb() {
        let mut table = vec![format!("stage {}", VERBS.map(|verb| format!("{verb:?}")).join(" "))];
        table.extend(STAGES.map(|stage| format!("{stage:?} {}", VERBS.map(|verb| word(judge(stage, verb))).join(" "))));
        let golden: Vec<String> = GOLDEN
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|l| !l.is_empty())
            .collect();
        assert_eq!(table, golden);
    }
}
