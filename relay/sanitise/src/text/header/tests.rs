//! Header blocks and drawn lines of the common clients, and words that only look like them.

use super::*;

#[test]
fn header_blocks_in_several_languages() {
    let block = |text: &str| read(text.split('\n'), Above::Words).map(|b| b.lines);
    assert_eq!(block("Från: Anna <a@b>\nSkickat: den 3 november\nTill: Frida\nÄmne: Sv: hej\n\ntext"), Some(4));
    assert_eq!(block("*From:* A\n*Sent:* x\n*To:* B\n*Subject:* FW: hi\ntext"), Some(4));
    assert_eq!(block("Fra: A\nDato: x\nTil: b@c;\n d@e\nEmne: Re"), Some(5));
    assert_eq!(block("Lähettäjä: A\n\nLähetetty: x\n\nVastaanottaja: B\n\nAihe: x\n\ntext"), Some(7));
    assert_eq!(block("Till: mamma\nFrån: mig"), None);
    assert_eq!(block("Från: mig till dig\nHej"), None);
}

#[test]
fn marks_of_older_letters() {
    assert_eq!(mark("-----Ursprungligt meddelande-----"), Some(Mark::Original));
    assert_eq!(mark("-------- Original Message --------"), Some(Mark::Original));
    assert_eq!(mark("---------- Forwarded message ---------"), Some(Mark::Forwarded));
    assert_eq!(mark("Begin forwarded message:"), Some(Mark::Forwarded));
    assert_eq!(mark("Original message"), None);
    assert_eq!(mark("Ett vidarebefordrat meddelande"), None);
}
