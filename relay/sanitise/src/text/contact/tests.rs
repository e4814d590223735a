//! Lines of signatures, and words that only look like them.

use super::*;

#[test]
fn lines_of_signatures_are_told_from_words() {
    for (line, wanted) in [
        ("Tel: 070-174 06 05", Trait::Contact),
        ("Mobil 0701740605", Trait::Contact),
        ("+46 70 174 06 05", Trait::Contact),
        ("www.example.org", Trait::Page),
        ("anna@example.net", Trait::Contact),
        ("<mailto:anna@example.net>", Trait::Contact),
        ("Storgatan 12", Trait::Contact),
        ("Storgatan 12, 652 24 Karlstad", Trait::Contact),
        ("652 24 Karlstad", Trait::Contact),
        ("0150 Oslo", Trait::Contact),
        ("Anna K. | Kurator | 070-174 06 05", Trait::Contact),
        ("E-post: anna@example.net | Webb: www.example.org", Trait::Contact),
        ("Leg. psykolog", Trait::Title),
        ("Exempelbolaget AB", Trait::Title),
        ("Socialtjänsten i Karlstad", Trait::Title),
        ("Anna Karlsson", Trait::Short),
        ("Kvinnofridslinjen: 020-50 50 50", Trait::Short),
        ("Ring mig på 070-174 06 05.", Trait::Words),
        ("Jag är kurator", Trait::Words),
        ("Min chef", Trait::Words),
        ("toimistosihteeri", Trait::Title),
        ("Acme Widgets Inc.", Trait::Title),
        ("054-12 34 56 (vard. 8-16)", Trait::Contact),
        ("Solvej 4, 2. tv.", Trait::Contact),
        ("- mjölk", Trait::Words),
        ("så går en dag än från vår tid", Trait::Words),
        ("Kommer du?", Trait::Words),
        ("Mötet är den 12 november.", Trait::Words),
    ] {
        assert_eq!(kind(line), wanted, "{line}");
    }
}
