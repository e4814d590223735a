//! Names of glyphs (Adobe's list for new fonts), as far as European writing uses them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The letters that a glyph of this name shows.
pub(super) fn letters(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    // A suffix chooses a shape of the same letter.
    let base = name.split_once('.').map_or(name, |(base, _)| base);
    if let Some(letter) = letter(base) {
        return Some(letter.to_string());
    }
    let parts: Option<String> = base.split('_').map(letter).collect();
    parts.filter(|parts| !parts.is_empty())
}

/// The name of the glyph that shows a letter.
pub(super) fn name(letter: char) -> String {
    let known = known().iter().find(|(_, known)| **known == letter);
    known.map_or_else(|| format!("uni{:04X}", u32::from(letter)), |(name, _)| (*name).to_owned())
}

fn letter(name: &str) -> Option<char> {
    let mut letters = name.chars();
    if let (Some(single), None) = (letters.next(), letters.next()) {
        return Some(single);
    }
    if let Some(letter) = known().get(name) {
        return Some(*letter);
    }
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    let digits = digits.get(..digits.len().min(6)).filter(|digits| digits.len() >= 4)?;
    let digits = if name.starts_with("uni") { digits.get(..4)? } else { digits };
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

fn known() -> &'static BTreeMap<&'static str, char> {
    static KNOWN: OnceLock<BTreeMap<&str, char>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let entries = NAMES.split_ascii_whitespace().filter_map(|entry| entry.split_once('='));
        entries.filter_map(|(name, letter)| Some((name, written(letter)?))).collect()
    })
}

/// A letter, or its number where it cannot be seen.
fn written(letter: &str) -> Option<char> {
    match letter.strip_prefix("U+") {
        Some(digits) => char::from_u32(u32::from_str_radix(digits, 16).ok()?),
        None => letter.chars().next(),
    }
}

const NAMES: &str = "\
AE=Æ Aacute=Á Abreve=Ă Acircumflex=Â Adieresis=Ä Agrave=À Alpha=Α Alphatonos=Ά Amacron=Ā Aogonek=Ą Aring=Å \
Atilde=Ã Beta=Β Cacute=Ć Ccaron=Č Ccedilla=Ç Ccircumflex=Ĉ Cdotaccent=Ċ Chi=Χ Dcaron=Ď Dcroat=Đ Delta=∆ Eacute=É \
Ebreve=Ĕ Ecaron=Ě Ecircumflex=Ê Edieresis=Ë Edotaccent=Ė Egrave=È Emacron=Ē Eng=Ŋ Eogonek=Ę Epsilon=Ε \
Epsilontonos=Έ Eta=Η Etatonos=Ή Eth=Ð Euro=€ Gamma=Γ Gbreve=Ğ Gcircumflex=Ĝ Gdotaccent=Ġ H18533=● H22073=□ \
Hbar=Ħ Hcircumflex=Ĥ IJ=Ĳ Iacute=Í Ibreve=Ĭ Icircumflex=Î Idieresis=Ï Idotaccent=İ Igrave=Ì Imacron=Ī Iogonek=Į \
Iota=Ι Iotadieresis=Ϊ Iotatonos=Ί Itilde=Ĩ Jcircumflex=Ĵ Kappa=Κ Lacute=Ĺ Lambda=Λ Lcaron=Ľ Ldot=Ŀ Lslash=Ł Mu=Μ \
Nacute=Ń Ncaron=Ň Ntilde=Ñ Nu=Ν OE=Œ Oacute=Ó Obreve=Ŏ Ocircumflex=Ô Odieresis=Ö Ograve=Ò Ohungarumlaut=Ő \
Omacron=Ō Omega=U+2126 Omegatonos=Ώ Omicron=Ο Omicrontonos=Ό Oslash=Ø Otilde=Õ Phi=Φ Pi=Π Psi=Ψ Racute=Ŕ \
Rcaron=Ř Rho=Ρ Sacute=Ś Scaron=Š Scedilla=Ş Scircumflex=Ŝ Sigma=Σ Tau=Τ Tbar=Ŧ Tcaron=Ť Theta=Θ Thorn=Þ Uacute=Ú \
Ubreve=Ŭ Ucircumflex=Û Udieresis=Ü Ugrave=Ù Uhungarumlaut=Ű Umacron=Ū Uogonek=Ų Upsilon=Υ Upsilondieresis=Ϋ \
Upsilontonos=Ύ Uring=Ů Utilde=Ũ Wacute=Ẃ Wcircumflex=Ŵ Wdieresis=Ẅ Wgrave=Ẁ Xi=Ξ Yacute=Ý Ycircumflex=Ŷ \
Ydieresis=Ÿ Ygrave=Ỳ Zacute=Ź Zcaron=Ž Zdotaccent=Ż Zeta=Ζ aacute=á abreve=ă acircumflex=â acute=´ adieresis=ä \
ae=æ afii00208=― afii10017=А afii10018=Б afii10019=В afii10020=Г afii10021=Д afii10022=Е afii10023=Ё afii10024=Ж \
afii10025=З afii10026=И afii10027=Й afii10028=К afii10029=Л afii10030=М afii10031=Н afii10032=О afii10033=П \
afii10034=Р afii10035=С afii10036=Т afii10037=У afii10038=Ф afii10039=Х afii10040=Ц afii10041=Ч afii10042=Ш \
afii10043=Щ afii10044=Ъ afii10045=Ы afii10046=Ь afii10047=Э afii10048=Ю afii10049=Я afii10050=Ґ afii10051=Ђ \
afii10052=Ѓ afii10053=Є afii10054=Ѕ afii10055=І afii10056=Ї afii10057=Ј afii10058=Љ afii10059=Њ afii10060=Ћ \
afii10061=Ќ afii10062=Ў afii10065=а afii10066=б afii10067=в afii10068=г afii10069=д afii10070=е afii10071=ё \
afii10072=ж afii10073=з afii10074=и afii10075=й afii10076=к afii10077=л afii10078=м afii10079=н afii10080=о \
afii10081=п afii10082=р afii10083=с afii10084=т afii10085=у afii10086=ф afii10087=х afii10088=ц afii10089=ч \
afii10090=ш afii10091=щ afii10092=ъ afii10093=ы afii10094=ь afii10095=э afii10096=ю afii10097=я afii10098=ґ \
afii10099=ђ afii10100=ѓ afii10101=є afii10102=ѕ afii10103=і afii10104=ї afii10105=ј afii10106=љ afii10107=њ \
afii10108=ћ afii10109=ќ afii10110=ў afii10145=Џ afii10193=џ afii61352=№ afii61573=U+202C afii61574=U+202D \
afii61575=U+202E agrave=à alpha=α alphatonos=ά amacron=ā ampersand=& anoteleia=U+0387 aogonek=ą approxequal=≈ \
aring=å arrowdown=↓ arrowleft=← arrowright=→ arrowup=↑ asciicircum=^ asciitilde=~ asterisk=* at=@ atilde=ã \
backslash=U+005C bar=| beta=β braceleft={ braceright=} bracketleft=[ bracketright=] breve=˘ brokenbar=¦ bullet=• \
cacute=ć caron=ˇ ccaron=č ccedilla=ç ccircumflex=ĉ cdotaccent=ċ cedilla=¸ cent=¢ chi=χ circle=○ circumflex=ˆ \
colon=: comma=, copyright=© currency=¤ dagger=† daggerdbl=‡ dcaron=ď dcroat=đ degree=° delta=δ dieresis=¨ \
divide=÷ dollar=$ dotaccent=˙ dotlessi=ı dotlessj=ȷ eacute=é ebreve=ĕ ecaron=ě ecircumflex=ê edieresis=ë \
edotaccent=ė egrave=è eight=8 ellipsis=… emacron=ē emdash=— endash=– eng=ŋ eogonek=ę epsilon=ε epsilontonos=έ \
equal== estimated=℮ eta=η etatonos=ή eth=ð exclam=! exclamdbl=‼ exclamdown=¡ f_f=ﬀ f_f_i=ﬃ f_f_l=ﬄ f_i=ﬁ f_l=ﬂ \
ff=ﬀ ffi=ﬃ ffl=ﬄ fi=ﬁ filledbox=■ five=5 fl=ﬂ florin=ƒ four=4 fraction=⁄ gamma=γ gbreve=ğ gcircumflex=ĝ \
gdotaccent=ġ germandbls=ß grave=` greater=> greaterequal=≥ guillemotleft=« guillemotright=» guilsinglleft=‹ \
guilsinglright=› hbar=ħ hcircumflex=ĥ hungarumlaut=˝ hyphen=- iacute=í ibreve=ĭ icircumflex=î idieresis=ï \
igrave=ì ij=ĳ imacron=ī infinity=∞ integral=∫ iogonek=į iota=ι iotadieresis=ϊ iotadieresistonos=ΐ iotatonos=ί \
itilde=ĩ jcircumflex=ĵ kappa=κ kgreenlandic=ĸ lacute=ĺ lambda=λ lcaron=ľ ldot=ŀ less=< lessequal=≤ logicalnot=¬ \
longs=ſ lslash=ł macron=¯ minus=− minute=′ mu=µ multiply=× nacute=ń napostrophe=ŉ nbspace=U+00A0 ncaron=ň nine=9 \
notequal=≠ ntilde=ñ nu=ν numbersign=# oacute=ó obreve=ŏ ocircumflex=ô odieresis=ö oe=œ ogonek=˛ ograve=ò \
ohm=U+2126 ohungarumlaut=ő omacron=ō omega=ω omegatonos=ώ omicron=ο omicrontonos=ό one=1 onedotenleader=․ \
onehalf=½ onequarter=¼ ordfeminine=ª ordmasculine=º oslash=ø otilde=õ paragraph=¶ parenleft=( parenright=) \
partialdiff=∂ percent=% period=. periodcentered=· perthousand=‰ perthousandzero=‰ phi=φ pi=π plus=+ plusminus=± \
product=∏ psi=ψ question=? questiondown=¿ quotedbl=U+0022 quotedblbase=„ quotedblleft=“ quotedblright=” \
quoteleft=‘ quotereversed=‛ quoteright=’ quotesinglbase=‚ quotesingle=' racute=ŕ radical=√ rcaron=ř registered=® \
rho=ρ ring=˚ sacute=ś scaron=š scedilla=ş scircumflex=ŝ second=″ section=§ semicolon=; seven=7 sigma=σ sigma1=ς \
six=6 slash=/ space=U+0020 sterling=£ summation=∑ tau=τ tbar=ŧ tcaron=ť theta=θ thorn=þ three=3 threequarters=¾ \
tilde=˜ trademark=™ two=2 twodotenleader=‥ uacute=ú ubreve=ŭ ucircumflex=û udieresis=ü ugrave=ù uhungarumlaut=ű \
umacron=ū underscore=_ underscoredbl=‗ uogonek=ų upsilon=υ upsilondieresis=ϋ upsilondieresistonos=ΰ \
upsilontonos=ύ uring=ů utilde=ũ visiblespace=␣ wacute=ẃ wcircumflex=ŵ wdieresis=ẅ wgrave=ẁ xi=ξ yacute=ý \
ycircumflex=ŷ ydieresis=ÿ yen=¥ ygrave=ỳ zacute=ź zcaron=ž zdotaccent=ż zero=0 zeta=ζ";

/// A letter, or the letters of a ligature: words are searched by letters.
pub(super) fn ligature(letter: char, room: &mut [u8; 4]) -> &str {
    match letter {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        '\0' => "",
        _ => letter.encode_utf8(room),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_say_letters() {
        for (name, letters) in [
            ("Aring", "Å"),
            ("odieresis", "ö"),
            ("oslash", "ø"),
            ("A", "A"),
            ("at", "@"),
            ("space", " "),
            ("f_i", "\u{fb01}"),
            ("f_f_t", "fft"),
            ("uni00E5", "å"),
            ("u1F600", "\u{1f600}"),
            ("a.alt", "a"),
            ("afii10017", "А"),
        ] {
            assert_eq!(super::letters(name.as_bytes()).as_deref(), Some(letters), "{name}");
        }
        for name in ["", "g12", ".notdef", "unbekannt", "uni", "u"] {
            assert!(name == "u" || super::letters(name.as_bytes()).is_none(), "{name}");
        }
    }
}
