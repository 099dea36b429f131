//! What goes over the lines. MLS messages are serialized MLSMessages (RFC 9420 section 6).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::hex_bytes::Hex;

/// Every other line.
#[derive(Deserialize)]
#[serde(tag = "command", rename_all = "camelCase")]
pub enum Request {
    /// Makes a group of one.
    Found(Founding),
    Join(Joining),
    /// Commits, with a new leaf key in any case, and moves on to the next epoch.
    Commit(Changes),
    /// Moves on to the next epoch with the commit of another member.
    Process(Received),
    /// Seals with OpenMLS's own targeted messages.
    Seal(Content),
    /// Opens with OpenMLS's own targeted messages.
    Open(Received),
    /// What the member knows in this epoch, as `docs/bring-your-own-stack.md` lists it.
    Capture,
    /// MLS-Exporter, RFC 9420 section 8.5.
    Export(Export),
    /// Signs the bytes as they are.
    Sign(Unsigned),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    Ok(Value),
    Error(String),
}

/// The first line.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Newcomer {
    pub name: String,
    pub cipher_suite: u16,
    /// Zero bytes that this member appends to what it seals.
    pub padding: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewKeyPackage {
    pub key_package: Hex,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Founding {
    pub group_id: Hex,
}

#[derive(Deserialize)]
pub struct Joining {
    /// With the ratchet tree in it.
    pub welcome: Hex,
}

#[derive(Deserialize)]
pub struct Changes {
    /// KeyPackages.
    pub add: Vec<Hex>,
    /// Leaf indices.
    pub remove: Vec<u32>,
}

#[derive(Deserialize)]
pub struct Received {
    pub message: Hex,
}

#[derive(Serialize)]
pub struct Commit {
    pub commit: Hex,
    pub welcome: Option<Hex>,
}

/// Where the member is now.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Position {
    pub epoch: u64,
    pub leaf_index: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    pub recipient_leaf_index: u32,
    pub application_data: Hex,
    pub authenticated_data: Hex,
}

#[derive(Serialize)]
pub struct Sealed {
    pub message: Hex,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    pub sender_leaf_index: u32,
    pub application_data: Hex,
    pub authenticated_data: Hex,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Captured {
    pub cipher_suite: u16,
    pub group_id: Hex,
    pub epoch: u64,
    pub group_context: Hex,
    pub ratchet_tree: Hex,
    pub members: Vec<CapturedMember>,
    pub own_leaf_index: u32,
    pub encryption_private_key: Hex,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CapturedMember {
    pub leaf_index: u32,
    pub encryption_key: Hex,
    pub signature_key: Hex,
}

#[derive(Deserialize)]
pub struct Export {
    pub label: String,
    pub context: Hex,
    pub length: usize,
}

#[derive(Serialize)]
pub struct Exported {
    pub secret: Hex,
}

#[derive(Deserialize)]
pub struct Unsigned {
    pub content: Hex,
}

#[derive(Serialize)]
pub struct Signed {
    pub signature: Hex,
}
