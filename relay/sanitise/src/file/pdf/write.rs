//! A PDF written from nothing: header, objects, one table (7.5).

use super::object::{Dict, Object};
use sha2::{Digest, Sha256};

/// An object to be written; its number is its place in the list, from one.
pub(super) enum Made {
    Object(Object),
    Stream(Dict, Vec<u8>),
}

/// The file. The first object is the catalogue.
pub(super) fn file(objects: &[Made]) -> Vec<u8> {
    let size: usize =
        objects.iter().map(|made| if let Made::Stream(_, octets) = made { octets.len() + 200 } else { 100 }).sum();
    let mut out = Vec::with_capacity(size);
    // Four octets above 127 tell every transport that this is no text (7.5.2).
    out.extend_from_slice(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    let mut places = Vec::with_capacity(objects.len());
    for (made, number) in objects.iter().zip(1..) {
        places.push(out.len());
        numbered(&mut out, number, made);
    }
    let start = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes());
    for place in &places {
        out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    // Of the content alone: neither of the file that came, nor of the moment.
    let id = Object::Str(Sha256::digest(&out).iter().take(16).copied().collect());
    let trailer = Dict::of([
        ("Size", whole(places.len() + 1)),
        ("Root", Object::Ref(1)),
        ("ID", Object::Array(vec![id.clone(), id])),
    ]);
    out.extend_from_slice(b"trailer\n");
    dict(&mut out, &trailer);
    out.extend_from_slice(format!("\nstartxref\n{start}\n%%EOF\n").as_bytes());
    out
}

fn numbered(out: &mut Vec<u8>, number: usize, made: &Made) {
    out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    match made {
        Made::Object(value) => object(out, value),
        Made::Stream(entries, octets) => {
            let mut entries = entries.clone();
            entries.set("Length", whole(octets.len()));
            dict(out, &entries);
            out.extend_from_slice(b"\nstream\n");
            out.extend_from_slice(octets);
            out.extend_from_slice(b"\nendstream");
        }
    }
    out.extend_from_slice(b"\nendobj\n");
}

/// A number that counts something.
pub(super) fn whole(count: usize) -> Object {
    Object::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

/// An object in its plainest form. Of a stream, the dictionary: streams stand in no other object.
pub(super) fn object(out: &mut Vec<u8>, value: &Object) {
    match value {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Bool(true) => out.extend_from_slice(b"true"),
        Object::Bool(false) => out.extend_from_slice(b"false"),
        Object::Int(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Real(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Name(value) => name(out, value),
        Object::Str(value) => string(out, value),
        Object::Ref(number) => out.extend_from_slice(format!("{number} 0 R").as_bytes()),
        Object::Dict(value) => dict(out, value),
        Object::Stream(stream) => dict(out, &stream.dict),
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                object(out, item);
            }
            out.push(b']');
        }
    }
}

fn dict(out: &mut Vec<u8>, entries: &Dict) {
    out.extend_from_slice(b"<<");
    for (key, value) in entries.iter() {
        name(out, key);
        out.push(b' ');
        object(out, value);
    }
    out.extend_from_slice(b">>");
}

/// A name with its slash.
pub(super) fn name(out: &mut Vec<u8>, value: &[u8]) {
    out.push(b'/');
    for &octet in value {
        if octet.is_ascii_alphanumeric()
            || matches!(octet, b'-' | b'_' | b'.' | b'+' | b'*' | b',' | b':' | b'@' | b'\'')
        {
            out.push(octet);
        } else {
            out.extend_from_slice(format!("#{octet:02X}").as_bytes());
        }
    }
}

/// A literal string.
pub(super) fn string(out: &mut Vec<u8>, value: &[u8]) {
    out.push(b'(');
    for &octet in value {
        match octet {
            b'(' | b')' | b'\\' => out.extend([b'\\', octet]),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\n' => out.extend_from_slice(b"\\n"),
            _ => out.push(octet),
        }
    }
    out.push(b')');
}
