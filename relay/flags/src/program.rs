//! Patterns as they are run: words are numbers of classes, sets are shared, and each pattern knows its anchor.

mod alarm;

use crate::lexicon::{ClassId, Known, Lexicon, WordId};
use crate::pattern::{Choice, Part, parse};
use crate::vocabulary::Vocabulary;
use alarm::Alarm;
pub(crate) use alarm::{Pass, Woken};
use brevbro_core::party::Language;
use std::collections::{BTreeMap, BTreeSet};

/// A number of one pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PatternId(pub(crate) u32);

impl PatternId {
    /// A pattern that was left out.
    pub(crate) const NEVER: Self = Self(u32::MAX);
}

/// A number of the phrases of one set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PhrasesId(u32);

/// One step of a pattern.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Word(ClassId),
    /// A word of the class, or one of the phrases of these sets.
    Among(Option<ClassId>, Box<[PhrasesId]>),
    Phrases(Phrases),
    Maybe(Box<Node>),
    Any,
    Gap(u8),
    Start,
    End,
}

/// Phrases of which one may stand at a place. The class each begins with is kept beside them: most are passed over by it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    firsts: Box<[Option<ClassId>]>,
    all: Box<[Box<[Node]>]>,
}

impl Phrases {
    fn of(all: Vec<Box<[Node]>>) -> Self {
        let first = |phrase: &[Node]| match phrase.first() {
            Some(Node::Word(class)) => Some(*class),
            _ => None,
        };
        Self { firsts: all.iter().map(|phrase| first(phrase)).collect(), all: all.into() }
    }

    /// Each phrase with the class it begins with, where it begins with one.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Option<ClassId>, &[Node])> {
        self.firsts.iter().copied().zip(self.all.iter().map(AsRef::as_ref))
    }
}

/// No match is longer, in words; positions are bits of one number.
pub(crate) const LONGEST_MATCH: u8 = 60;

/// A pattern with what must be there for it to match.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) nodes: Box<[Node]>,
    /// How many sentences it may touch.
    pub(crate) within: u8,
    /// Classes that wake it: one of them is in every match.
    pub(crate) anchors: Box<[ClassId]>,
    /// How far behind the start of a match its anchor can be: at least, at most.
    pub(crate) anchor_at: (u8, u8),
    /// Classes of which each is in every match.
    pub(crate) demands: Box<[ClassId]>,
}

/// All patterns, and which of them each class wakes.
#[derive(Default)]
pub(crate) struct Program {
    pub(crate) patterns: Vec<Pattern>,
    /// Words in the longest match there can be.
    pub(crate) longest: u8,
    alarms: [Alarm; 2],
    phrases: Vec<Phrases>,
}

impl Program {
    pub(crate) fn pattern(&self, id: PatternId) -> Option<&Pattern> {
        self.patterns.get(id.0 as usize)
    }

    /// The patterns a class wakes in a pass.
    pub(crate) fn woken(&self, pass: Pass, class: ClassId) -> &[Woken] {
        self.alarms.get(pass as usize).map(|alarm| alarm.woken(class)).unwrap_or_default()
    }

    /// Whether any pattern of a pass may reach into the next sentence.
    pub(crate) fn has_reaching(&self, pass: Pass) -> bool {
        self.alarms.get(pass as usize).is_some_and(|alarm| alarm.has_reaching)
    }

    /// Says which patterns a pass runs, once all are known.
    pub(crate) fn arrange(&mut self, pass: Pass, patterns: &BTreeSet<PatternId>, classes: usize) {
        let patterns = patterns.iter().filter_map(|id| Some((*id, self.pattern(*id)?)));
        let alarm = Alarm::of(patterns, classes);
        if let Some(place) = self.alarms.get_mut(pass as usize) {
            *place = alarm;
        }
    }

    pub(crate) fn phrases(&self, id: PhrasesId) -> Option<&Phrases> {
        self.phrases.get(id.0 as usize)
    }
}

/// A set that has been read.
#[derive(Debug, Clone, Default)]
struct Set {
    words: Vec<WordId>,
    phrases: Vec<PhrasesId>,
    extent: Option<Extent>,
}

/// How long a part can be, in words: at least, at most.
type Extent = (usize, usize);

/// An anchor: classes of which one must be there, where, and how often they must be expected.
#[derive(Debug, Clone)]
struct Anchor {
    classes: Vec<ClassId>,
    at: Extent,
    cost: u32,
}

/// A pattern's nodes with what is known of them.
struct Compiled {
    nodes: Vec<Node>,
    extent: Extent,
    anchor: Option<Anchor>,
}

/// Compiles the patterns of one file into a programme shared by all files.
pub(crate) struct Compiler<'p> {
    pub(crate) program: &'p mut Program,
    pub(crate) lexicon: &'p mut Lexicon,
    language: Language,
    chat: BTreeMap<String, Vec<String>>,
    vocabulary: Option<&'p Vocabulary>,
    sets: BTreeMap<String, Set>,
    /// Sets that may match the letter.
    awake: BTreeSet<String>,
    known: [Known<Box<str>, PatternId>; 2],
    phrase_anchors: BTreeMap<PhrasesId, (Option<Anchor>, Extent)>,
}

impl<'p> Compiler<'p> {
    /// For a language, with what people type there for what they mean, and for one letter alone or for all.
    pub(crate) fn new(
        program: &'p mut Program,
        lexicon: &'p mut Lexicon,
        language: Language,
        chat: BTreeMap<String, Vec<String>>,
        vocabulary: Option<&'p Vocabulary>,
    ) -> Self {
        Self {
            program,
            lexicon,
            language,
            chat,
            vocabulary,
            sets: BTreeMap::new(),
            awake: BTreeSet::new(),
            known: Default::default(),
            phrase_anchors: BTreeMap::new(),
        }
    }

    /// Takes in a set whose inner sets are known already.
    pub(crate) fn set(&mut self, name: &str, members: &[Vec<Part>]) -> Result<(), String> {
        let mut set = Set::default();
        let mut phrases = Vec::new();
        for member in members {
            match member.as_slice() {
                [Part::Words(choices)] => self.gather(choices, &mut set)?,
                parts => phrases.push(self.sequence(parts)?),
            }
        }
        if !set.words.is_empty() {
            set.extent = Some(join(set.extent, (1, 1)));
        }
        if !phrases.is_empty() {
            let id = PhrasesId(u32::try_from(self.program.phrases.len()).unwrap_or(u32::MAX));
            let (anchor, extent) = either(phrases.iter().map(|p| (p.anchor.as_ref(), p.extent)));
            if extent.0 == 0 {
                return Err("has a member that can match nothing".to_owned());
            }
            set.extent = Some(join(set.extent, extent));
            set.phrases.push(id);
            self.phrase_anchors.insert(id, (anchor, extent));
            self.program.phrases.push(Phrases::of(phrases.into_iter().map(|p| p.nodes.into()).collect()));
        }
        if set.extent.is_none() {
            return Err("has no members".to_owned());
        }
        self.sets.insert(name.to_owned(), set);
        if members.iter().any(|member| self.may_match(member)) {
            self.awake.insert(name.to_owned());
        }
        Ok(())
    }

    /// Whether a pattern may match the letter, by the words that must be there.
    fn may_match(&self, parts: &[Part]) -> bool {
        let Some(vocabulary) = self.vocabulary else { return true };
        parts.iter().all(|part| match part {
            Part::Words(choices) => choices.iter().any(|choice| match choice {
                Choice::Word(spelling) => vocabulary.may_hold(spelling, &self.chat),
                Choice::Set(name) => self.awake.contains(name) || !self.sets.contains_key(name),
            }),
            Part::Phrases(phrases) => phrases.iter().any(|phrase| self.may_match(phrase)),
            Part::Maybe(_) | Part::Any | Part::Gap(_) | Part::Start | Part::End => true,
        })
    }

    /// Takes in a pattern; the answer says what is wrong with it.
    pub(crate) fn pattern(&mut self, text: &str, within: u8) -> Result<PatternId, String> {
        let twin = self.known.get_mut(usize::from(within > 1)).and_then(|known| known.get(text));
        if let Some(&known) = twin {
            return Ok(known);
        }
        let parts = parse(text)?;
        if !self.may_match(&parts) {
            return Ok(PatternId::NEVER);
        }
        let compiled = self.sequence(&parts)?;
        if compiled.extent.0 == 0 {
            return Err("can match nothing at all".to_owned());
        }
        if compiled.extent.1 > usize::from(LONGEST_MATCH) {
            return Err(format!("can be longer than {LONGEST_MATCH} words"));
        }
        let Anchor { classes: mut anchors, at, .. } =
            compiled.anchor.ok_or("has no anchor: no word in it is always there")?;
        anchors.sort_unstable();
        anchors.dedup();
        let small = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        self.program.longest = self.program.longest.max(small(compiled.extent.1));
        let id = PatternId(u32::try_from(self.program.patterns.len()).unwrap_or(u32::MAX));
        let demands = self.demands(&compiled.nodes);
        let nodes = compiled.nodes.into();
        let anchor_at = (small(at.0), small(at.1));
        self.program.patterns.push(Pattern { nodes, within, anchors: anchors.into(), anchor_at, demands });
        if let Some(known) = self.known.get_mut(usize::from(within > 1)) {
            known.insert(text.into(), id);
        }
        Ok(id)
    }

    /// The classes that must each be there, the rarest first.
    fn demands(&self, nodes: &[Node]) -> Box<[ClassId]> {
        let must = nodes.iter().filter_map(|node| match node {
            Node::Word(class) => Some(*class),
            _ => None,
        });
        let mut demands: Vec<ClassId> = must.collect();
        demands.sort_by_key(|class| (self.lexicon.cost(*class), *class));
        demands.dedup();
        demands.into()
    }

    fn gather(&mut self, choices: &[Choice], into: &mut Set) -> Result<(), String> {
        for choice in choices {
            match choice {
                Choice::Word(spelling) => {
                    into.words.push(self.lexicon.word(self.language, spelling, &self.chat));
                    into.extent = Some(join(into.extent, (1, 1)));
                }
                Choice::Set(name) => {
                    let inner =
                        self.sets.get(name).ok_or_else(|| format!("names the set @{name}, which is not there"))?;
                    into.words.extend(&inner.words);
                    into.phrases.extend(&inner.phrases);
                    into.extent = inner.extent.map(|extent| join(into.extent, extent)).or(into.extent);
                }
            }
        }
        into.phrases.sort_unstable();
        into.phrases.dedup();
        Ok(())
    }

    fn sequence(&mut self, parts: &[Part]) -> Result<Compiled, String> {
        let mut all = Compiled { nodes: Vec::new(), extent: (0, 0), anchor: None };
        for part in parts {
            let one = self.part(part)?;
            let before = all.extent;
            all.extent = (before.0 + one.extent.0, before.1 + one.extent.1);
            all.nodes.extend(one.nodes);
            let Some(mut anchor) = one.anchor else { continue };
            anchor.at = (before.0 + anchor.at.0, before.1 + anchor.at.1);
            if all.anchor.as_ref().is_none_or(|known| anchor.cost < known.cost) {
                all.anchor = Some(anchor);
            }
        }
        Ok(all)
    }

    fn part(&mut self, part: &Part) -> Result<Compiled, String> {
        let bare = |node, extent| Compiled { nodes: vec![node], extent, anchor: None };
        Ok(match part {
            Part::Any => bare(Node::Any, (1, 1)),
            Part::Gap(n) => bare(Node::Gap(*n), (0, usize::from(*n))),
            Part::Start => bare(Node::Start, (0, 0)),
            Part::End => bare(Node::End, (0, 0)),
            Part::Maybe(inner) => {
                let mut inner = self.part(inner)?;
                let node = match inner.nodes.pop() {
                    Some(only) if inner.nodes.is_empty() => only,
                    Some(last) => {
                        inner.nodes.push(last);
                        Node::Phrases(Phrases::of(vec![inner.nodes.into()]))
                    }
                    None => return Err("has an empty part".to_owned()),
                };
                bare(Node::Maybe(Box::new(node)), (0, inner.extent.1))
            }
            Part::Words(choices) => self.words(choices)?,
            Part::Phrases(phrases) => self.phrases(phrases)?,
        })
    }

    /// Phrases of one word are one class together: most brackets hold little else.
    fn phrases(&mut self, phrases: &[Vec<Part>]) -> Result<Compiled, String> {
        let (mut singles, mut compiled) = (Vec::new(), Vec::new());
        for phrase in phrases {
            match phrase.as_slice() {
                [Part::Words(choices)] => singles.extend_from_slice(choices),
                longer => compiled.push(self.sequence(longer)?),
            }
        }
        if !singles.is_empty() {
            compiled.push(self.words(&singles)?);
        }
        if compiled.len() == 1 {
            return Ok(compiled.swap_remove(0));
        }
        let (anchor, extent) = either(compiled.iter().map(|one| (one.anchor.as_ref(), one.extent)));
        let phrases = Phrases::of(compiled.into_iter().map(|one| one.nodes.into()).collect());
        Ok(Compiled { nodes: vec![Node::Phrases(phrases)], extent, anchor })
    }

    fn words(&mut self, choices: &[Choice]) -> Result<Compiled, String> {
        let mut set = Set::default();
        self.gather(choices, &mut set)?;
        let class = if set.words.is_empty() { None } else { Some(self.lexicon.class(set.words)) };
        let word = class.map(|class| {
            let anchor = Anchor { classes: vec![class], at: (0, 0), cost: self.lexicon.cost(class) };
            (Some(anchor), (1, 1))
        });
        let phrases = set.phrases.iter().filter_map(|id| self.phrase_anchors.get(id)).cloned();
        let ways: Vec<(Option<Anchor>, Extent)> = word.into_iter().chain(phrases).collect();
        let (anchor, extent) = either(ways.iter().map(|(anchor, extent)| (anchor.as_ref(), *extent)));
        let node = match class {
            Some(class) if set.phrases.is_empty() => Node::Word(class),
            class => Node::Among(class, set.phrases.into()),
        };
        Ok(Compiled { nodes: vec![node], extent, anchor })
    }
}

fn join(known: Option<Extent>, more: Extent) -> Extent {
    known.map_or(more, |(least, most)| (least.min(more.0), most.max(more.1)))
}

/// One of several ways: an anchor for each, or none for all.
fn either<'a>(ways: impl Iterator<Item = (Option<&'a Anchor>, Extent)>) -> (Option<Anchor>, Extent) {
    let mut all: Option<Extent> = None;
    let mut anchor: Option<Anchor> = None;
    let mut is_sure = true;
    for (one, extent) in ways {
        all = Some(join(all, extent));
        match (one, &mut anchor) {
            (None, _) => is_sure = false,
            (Some(one), Some(known)) => {
                known.classes.extend(&one.classes);
                known.at = (known.at.0.min(one.at.0), known.at.1.max(one.at.1));
                known.cost = known.cost.saturating_add(one.cost);
            }
            (Some(one), empty) => *empty = Some(one.clone()),
        }
    }
    (anchor.filter(|_| is_sure), all.unwrap_or((0, 0)))
}
