// The demonstration page: reads GET /state every second, writes with POST /send.
//
// GET /state (serde structs in relay/daemon/src/demo/page.rs):
//   { "week": "2026-W47",
//     "pairings": [ { "programme": "letters",
//                     "seeker": MAILBOX, "volunteer": MAILBOX,
//                     "ledger": { "minutes": 12.5, "cap": 60, "letters": 3 } } ],
//     "spool":  [ { "letter": "0ab…", "state": "queued", "pairing": 0, "author": "seeker", "why": null, "attempts": 1 } ],
//     "items":  [ { "item": "0ab…", "kind": "guard", "severity": "today", "state": "raised", "raised": "12:04" } ] }
//   MAILBOX: { "person": "Anna Karlsson", "address": "anna@home.example", "known_as": "Vinter",
//              "writes_to": "frida@relay.example", "language": "sv", "letters": [LETTER, …] }   newest first
//   LETTER:  { "id": "message id, no brackets", "sent": false, "from": "Frida <frida@relay.example>",
//              "to": "anna@home.example", "subject": "…", "text": "…", "at": "12:04", "raw": "whole source",
//              "removed": [ { "kind": "phones", "count": 1 } ] }                                received letters only
//
// POST /send: { "pairing": 0, "side": "seeker", "subject": "…", "text": "…", "in_reply_to": null | "message id" }
//   204 when the letter was handed to the relay's port, else 4xx with { "error": "what the relay answered" }.

"use strict";

const SIDES = ["seeker", "volunteer"];
const EVERY = 1000;

const EXAMPLES = {
  sv: {
    subject: "Tack för sist",
    text: "Hej {other}!\n\nTack för ditt brev, det betydde mycket. I går vågade jag gå till biblioteket igen, och det " +
      "gick bra. Jag satt där en hel timme.\n\nVill du ringa någon gång så är numret 070-174 06 05.\n\n" +
      "Vänliga hälsningar\n{person}\n{address}",
  },
  nb: {
    subject: "Takk for brevet",
    text: "Hei {other}!\n\nTakk for brevet. Det hjalp å få skrive om det. På lørdag gikk jeg en lang tur langs fjorden, " +
      "og for første gang på lenge sov jeg godt.\n\nDu kan også skrive rett til meg på {address}.\n\n" +
      "Vennlig hilsen\n{person}",
  },
  da: {
    subject: "Tak for dit brev",
    text: "Hej {other}!\n\nTak, fordi du skriver. Det lyder, som om ugen har været hård, og du klarede den alligevel. " +
      "Hvad gjorde du, da det var sværest?\n\nMin egen adresse er {address}, hvis det er lettere.\n\n" +
      "Kærlig hilsen\n{person}",
  },
  en: {
    subject: "Thank you",
    text: "Hello {other},\n\nThank you for your letter. I read it twice.\n\nYou can also reach me at {address}.\n\n" +
      "Best wishes\n{person}",
  },
};

// The words of a sanitise report as a newcomer reads them; null for what is counted but not taken out.
const KINDS = {
  text_parts: null, html_parts: null, forwarded: null, attached_texts: null,
  removed_pictures: "picture", removed_sound: "sound", removed_films: "film", removed_documents: "document",
  removed_archives: "archive", removed_calendars: "invitation", removed_cards: "contact card", removed_files: "file",
  removed_crypto: "signature or key file", removed_receipts: "delivery report", quoted_lines: "line of quoted history",
  signatures: "signature block", hidden: "hidden text", remote: "remote content", tracking: "tracking link",
  names: "name", addresses: "e-mail address", phones: "phone number", network_addresses: "network address",
  details: "other detail", mapped_ids: "message identifier", dropped_ids: "message identifier",
};

const byId = (id) => document.getElementById(id);
const clone = (id) => byId(id).content.firstElementChild.cloneNode(true);
const words = (kind) => kind.replaceAll("_", " ");
const leftOut = (letter) => letter.removed.filter((r) => KINDS[r.kind] !== null && r.count > 0);
const counted = ({ kind, count }) => `${KINDS[kind] ?? words(kind)} × ${count}`;
let seen = new Set();
let first = true;

/** Puts `value` in only when it differs, so that selections and screen readers are left in peace. */
function say(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

/** Makes a list show `rows`, keeping the element of every row that is still there. */
function fill(list, rows, key, make, update) {
  const old = new Map([...list.children].map((element) => [element.dataset.key, element]));
  rows.forEach((row, place) => {
    const name = String(key(row));
    const element = old.get(name) ?? make(row);
    old.delete(name);
    element.dataset.key = name;
    update?.(element, row);
    if (list.children[place] !== element) list.insertBefore(element, list.children[place] ?? null);
  });
  old.forEach((element) => element.remove());
}

function makeLetter(letter, language, answer) {
  const element = clone("t-letter");
  const article = element.querySelector("article");
  article.classList.toggle("sent", letter.sent);
  article.classList.toggle("new", !first && !letter.sent);
  say(element.querySelector(".way"), letter.sent ? "Sent to" : "From");
  say(element.querySelector(".who"), letter.sent ? letter.to : letter.from);
  say(element.querySelector("time"), letter.at);
  say(element.querySelector("h4"), letter.subject || "(no subject)");
  say(element.querySelector(".text"), letter.text);
  say(element.querySelector("pre"), letter.raw);
  for (const part of element.querySelectorAll("h4, .text")) part.lang = language;
  const button = element.querySelector(".answer");
  if (letter.sent) button.remove();
  else button.addEventListener("click", () => answer(letter));
  return element;
}

function makeMailbox(box, side) {
  const element = clone("t-mailbox");
  element.classList.add(side);
  say(element.querySelector(".side"), side === "seeker" ? "Seeker" : "Volunteer");
  say(element.querySelector("h3"), `${box.person}’s mailbox`);
  say(element.querySelector(".address"), box.address);
  say(element.querySelector(".alias"), box.writes_to);
  say(element.querySelector(".known-as"), box.known_as);
  element.querySelector(".letters").setAttribute("aria-label", `Letters of ${box.person}`);
  return element;
}

function makePairing(pairing, number) {
  const section = clone("t-pairing");
  const form = section.querySelector("form");
  say(section.querySelector("h2"), `${pairing.seeker.known_as} and ${pairing.volunteer.known_as}`);
  say(section.querySelector(".why"), `Programme: ${pairing.programme}. To each other they are only these two names.`);
  for (const side of SIDES) {
    section.querySelector(".mailboxes").append(makeMailbox(pairing[side], side));
    const choice = clone("t-choice");
    choice.querySelector("input").value = side;
    choice.querySelector("input").checked = side === "seeker";
    say(choice.querySelector("span"), `${pairing[side].person}, the ${side}`);
    form.querySelector(".who").append(choice);
  }
  form.addEventListener("change", (event) => event.target.name === "side" && offerAnswers(form, section.pairing));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, number);
  });
  form.querySelector(".example").addEventListener("click", () => writeExample(form, section.pairing));
  return section;
}

/** The letters that the chosen writer can answer. */
function offerAnswers(form, pairing) {
  const received = pairing[form.side.value].letters.filter((letter) => !letter.sent);
  const rows = [{ id: "", subject: "nothing, a new letter" }, ...received];
  const select = form.in_reply_to;
  const chosen = select.value;
  fill(select, rows, (row) => row.id, () => document.createElement("option"), (option, row) => {
    option.value = row.id;
    say(option, row.id ? `${row.subject || "(no subject)"} (${row.at})` : row.subject);
  });
  if (rows.some((row) => row.id === chosen)) select.value = chosen;
  else select.value = "";
}

function beginAnswer(section, side, letter) {
  const form = section.querySelector("form");
  form.side.value = side;
  offerAnswers(form, section.pairing);
  form.in_reply_to.value = letter.id;
  form.subject.value = /^(re|sv|vs):/i.test(letter.subject) ? letter.subject : `Re: ${letter.subject}`;
  form.text.focus();
}

function writeExample(form, pairing) {
  const [me, other] = form.side.value === "seeker" ? ["seeker", "volunteer"] : ["volunteer", "seeker"];
  const example = EXAMPLES[pairing[me].language] ?? EXAMPLES.en;
  const parts = { other: pairing[other].known_as, person: pairing[me].person, address: pairing[me].address };
  if (!form.in_reply_to.value) form.subject.value = example.subject;
  form.text.value = example.text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  form.text.focus();
}

async function send(form, pairing) {
  const button = form.querySelector("button[type=submit]");
  const told = form.querySelector("output");
  const letter = { pairing, side: form.side.value, subject: form.subject.value, text: form.text.value,
    in_reply_to: form.in_reply_to.value || null };
  button.disabled = true;
  told.className = "";
  say(told, "Handing the letter over…");
  try {
    const answer = await fetch("send", { method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify(letter) });
    if (!answer.ok) throw new Error((await answer.json()).error);
    form.subject.value = form.text.value = form.in_reply_to.value = "";
    say(told, "The relay has it.");
  } catch (error) {
    told.className = "bad";
    say(told, error.message || "The post office did not answer.");
  } finally {
    button.disabled = false;
  }
}

function showPairing(section, pairing) {
  section.pairing = pairing;
  for (const side of SIDES) {
    const box = pairing[side];
    fill(section.querySelector(`.${side} .letters`), box.letters, (letter) => `${letter.sent}${letter.id}`,
      (letter) => makeLetter(letter, box.language, (asked) => beginAnswer(section, side, asked)));
    announce(box);
  }
  offerAnswers(section.querySelector("form"), pairing);
}

function announce(box) {
  const fresh = box.letters.filter((letter) => !letter.sent && !seen.has(letter.id));
  fresh.forEach((letter) => seen.add(letter.id));
  if (!first && fresh.length > 0) say(byId("news"), `A letter has come for ${box.person}: ${fresh[0].subject}`);
}

function showUnseen(state) {
  const rows = state.pairings.flatMap((pairing, number) => SIDES.flatMap((side) => pairing[side].letters
    .filter((letter) => !letter.sent && leftOut(letter).length > 0)
    .map((letter) => ({ number, letter, reader: pairing[side].known_as }))));
  fill(byId("unseen"), rows, (row) => `${row.number}${row.letter.id}`, () => clone("t-row"), (element, row) => {
    say(element.querySelector("b"), row.letter.subject || "(no subject)");
    say(element.querySelector("span"), `to ${row.reader}, ${row.letter.at}`);
    say(element.querySelector(".more"), leftOut(row.letter).map(counted).join(", "));
  });
}

function showLedger(state) {
  say(byId("week"), state.week);
  const rows = state.pairings.map((pairing, number) => ({ pairing, number }));
  fill(byId("ledger"), rows, (row) => row.number, () => clone("t-ledger"), (element, { pairing }) => {
    const { minutes, cap, letters } = pairing.ledger;
    const meter = element.querySelector("meter");
    const name = `${pairing.seeker.known_as} and ${pairing.volunteer.known_as}`;
    const amount = `${minutes.toFixed(1)} of ${cap} min, ${letters} ${letters === 1 ? "letter" : "letters"}`;
    say(element.querySelector("b"), name);
    say(element.querySelector(".minutes"), amount);
    meter.setAttribute("aria-label", `${name}: ${amount}`);
    Object.assign(meter, { max: cap, low: 0, high: cap * 0.8, optimum: 0, value: minutes });
  });
}

function showSpool(state) {
  const counts = new Map();
  for (const row of state.spool) counts.set(row.state, (counts.get(row.state) ?? 0) + 1);
  fill(byId("spool"), [...counts], ([name]) => name, () => document.createElement("li"),
    (element, [name, count]) => say(element, `${name} ${count}`));
  const kept = state.spool.filter((row) => row.state === "held" || row.state === "quarantined");
  fill(byId("kept"), kept, (row) => row.letter, () => clone("t-row"), (element, row) => {
    const pairing = state.pairings[row.pairing];
    const author = pairing ? pairing[row.author].known_as : "somebody";
    say(element.querySelector("b"), row.state);
    say(element.querySelector("span"), row.why ? words(row.why) : "");
    say(element.querySelector(".more"), `A letter of ${author}, number ${row.letter}`);
  });
}

function showItems(state) {
  fill(byId("items"), state.items, (row) => row.item, () => clone("t-row"), (element, row) => {
    say(element.querySelector("b"), words(row.kind));
    say(element.querySelector("span"), `${row.severity}, ${row.state}`);
    say(element.querySelector(".more"), `Item ${row.item}, raised ${row.raised}`);
  });
}

function show(state) {
  const rows = state.pairings.map((pairing, number) => ({ pairing, number }));
  fill(byId("pairings"), rows, (row) => row.number, (row) => makePairing(row.pairing, row.number),
    (section, row) => showPairing(section, row.pairing));
  showUnseen(state);
  showLedger(state);
  showSpool(state);
  showItems(state);
  first = false;
}

function showLink(isUp) {
  const link = byId("link");
  link.className = isUp ? "link up" : "link down";
  say(link, isUp ? "The post office is open. This page follows by itself." : "The post office does not answer. Is it still running?");
}

async function follow() {
  try {
    const answer = await fetch("state", { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
    showLink(true);
  } catch (error) {
    showLink(false);
  }
  setTimeout(follow, EVERY);
}

follow();
