//! The letters of a drawing: what it writes, without what it only says about itself.

use resvg::usvg::roxmltree::{Document, Node};

/// Elements whose text nobody sees.
const UNSEEN: [&str; 6] = ["title", "desc", "metadata", "script", "style", "defs"];
/// Elements that begin a line.
const LINES: [&str; 8] = ["text", "p", "div", "li", "br", "tr", "h1", "foreignObject"];

/// The words of a drawing, a line for each piece of text.
pub(super) fn of(document: &Document<'_>) -> String {
    let mut words = String::new();
    // Without recursion: how deep a text may be nested is not asked here.
    let mut open = vec![(document.root_element(), false)];
    while let Some((node, is_text)) = open.pop() {
        if let Some(text) = node.text().filter(|_| node.is_text() && is_text) {
            words.push_str(text);
            continue;
        }
        let name = node.tag_name().name();
        if !node.is_element() || UNSEEN.contains(&name) || is_hidden(node) {
            continue;
        }
        let begins_line = LINES.contains(&name);
        let moves = name == "tspan" && ["x", "y", "dy"].iter().any(|place| node.attribute(*place).is_some());
        if begins_line || moves {
            words.push('\n');
        }
        let is_text = is_text || matches!(name, "text" | "foreignObject");
        // Of several forms of the same, the first one that says anything.
        let mut children: Vec<Node<'_, '_>> = node.children().collect();
        if name == "switch" {
            children.retain(Node::is_element);
            children.truncate(1);
        }
        open.extend(children.into_iter().rev().map(|child| (child, is_text)));
    }
    let lines = words.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).fold(String::new(), |all, line| all + &line + "\n")
}

fn is_hidden(node: Node<'_, '_>) -> bool {
    let is_none = |name: &str, value: &str| node.attribute(name).is_some_and(|said| said.trim() == value);
    let style: String = node.attribute("style").unwrap_or_default().split_whitespace().collect();
    is_none("display", "none")
        || is_none("visibility", "hidden")
        || ["display:none", "visibility:hidden"].iter().any(|hidden| style.contains(hidden))
}
