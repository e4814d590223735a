//! Good and bad configurations, each bad one with the message it must earn.
use super::*;

const MINIMAL: &str = "[organisation]\ndomain = \"relay.example.org\"\n";

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, PathBuf::from("/srv"))
}

#[test]
fn the_smallest_file_is_enough() {
    let config = parse(MINIMAL).unwrap();
    assert_eq!(config.hostname().unwrap().ascii(), "relay.example.org");
    assert_eq!(config.store_url().unwrap(), "sqlite:/srv/brevbro.db");
    assert_eq!(config.smarthost().unwrap(), ("127.0.0.1".into(), 25));
}

#[test]
fn a_list_of_one_need_not_be_a_list() {
    let text = format!("{MINIMAL}[smtp]\nlisten = \"127.0.0.1:25\"\ntrusted_networks = \"127.0.0.0/8\"\n");
    let config = parse(&text).unwrap();
    assert_eq!((config.smtp.listen.len(), config.smtp.trusted_networks.len()), (1, 1));
}

#[test]
fn errors_quote_no_value() {
    let secrets = [
        "[organisation]\ndomain = 5 # anna@example.net\n",
        "[organisation]\ndomain = \"a.org\"\n[store]\nconnections = \"postgres://u:geheim@h\"\n",
        "[organisation]\ncontact = \"anna@example.net\n",
    ];
    for text in secrets {
        let error = parse(text).expect_err("a broken file").to_string();
        assert!(error.contains("line ") && !error.contains("anna") && !error.contains("geheim"), "{error}");
    }
}

#[test]
fn bad_files_are_refused_for_their_own_reason() {
    let cases = [
        ("", "organisation"),
        ("[organisation]\ndomain = \"not a domain\"\n", "is not a domain name"),
        ("[organisation]\ndomain = \"example.org\"\nlanguage = \"fr\"\n", "must be sv, nb, da or en"),
        ("[organisation]\ndomain = \"example.org\"\ntime_zone = \"Mars\"\n", "is not a known zone"),
        ("[organisation]\ndomain = \"example.org\"\ncontact = \"a@example.org\"\n", "outside the aliases' domain"),
        ("[organisation]\ndomain = \"example.org\"\ncontact = \"nobody\"\n", "is not an address"),
        ("[organisation]\ndomain = \"example.org\"\n[smtp]\nlissen = []\n", "did you mean `smtp.listen`"),
        ("[organisation]\ndomain = \"example.org\"\n[zebra]\nstripes = 3\n", "unknown key `zebra.stripes`"),
        ("[organisation]\ndomain = \"example.org\"\n[smtp]\ntls_cert = \"a.pem\"\n", "go together"),
        ("[organisation]\ndomain = \"example.org\"\n[smtp]\nlisten = [\"here\"]\n", "socket address"),
        ("[organisation]\ndomain = \"example.org\"\n[smtp]\nmax_message_bytes = 10\n", "at least 65536"),
        ("[organisation]\ndomain = \"example.org\"\n[delivery]\nsmarthost = \"mail\"\n", "host:port"),
        ("[organisation]\ndomain = \"example.org\"\n[delivery]\nusername = \"u\"\n", "both username and password_file"),
        (
            "[organisation]\ndomain = \"example.org\"\n[delivery]\nsmarthost = \"mail.example.net:25\"\ntls = \"none\"\nusername = \"u\"\npassword_file = \"p\"\n",
            "never sent without TLS",
        ),
        (
            "[organisation]\ndomain = \"example.org\"\n[programme.chattsyster]\nnme = \"x\"\n",
            "did you mean `programme.chattsyster.name`",
        ),
        ("[organisation\n", "expected"),
    ];
    for (text, expected) in cases {
        let error = parse(text).expect_err(text).to_string();
        assert!(error.contains(expected), "{text}\nsaid: {error}\nexpected: {expected}");
    }
    let store = parse(&format!("{MINIMAL}[store]\nurl = \"mysql://x\"\n")).unwrap().store_url();
    assert!(store.unwrap_err().to_string().contains("sqlite: or postgres://"));
}

#[test]
fn every_key_of_the_reference_is_understood_and_their_number_is_bounded() {
    assert!(reference::KEYS.len() <= reference::MOST_KEYS);
    for key in reference::KEYS {
        let (section, name) = key.name.rsplit_once('.').unwrap();
        if section == "organisation" && name == "domain" {
            continue;
        }
        // A value of an impossible kind: a known key complains of the kind, never of being unknown.
        let text = format!("{MINIMAL}\n[{}]\n{name} = [[1]]\n", section.replace('*', "p"));
        let text = if section == "organisation" { format!("{MINIMAL}{name} = [[1]]\n") } else { text };
        let error = parse(&text).expect_err(key.name).to_string();
        assert!(!error.contains("unknown"), "{}: {error}", key.name);
    }
}
