//! What `GroupEpoch.create` takes, out of OpenMLS. `docs/bring-your-own-stack.md` points here.

use openmls::prelude::{
    MlsGroup, OpenMlsProvider,
    tls_codec::{Serialize as _, VLBytes},
};
use openmls_traits::signatures::Signer;
use openmls_traits::storage::{CURRENT_VERSION, Entity, StorageProvider, traits};
use openmls_traits::types::HpkePrivateKey;
use serde::{Deserialize, Serialize};

use crate::hex_bytes::Hex;
use crate::member::{Member, Outcome};
use crate::protocol::{Captured, CapturedMember, Export, Exported, Signed, Unsigned};

impl Member {
    pub fn capture(&self) -> Outcome<Captured> {
        let group = self.group()?;
        Ok(Captured {
            cipher_suite: group.ciphersuite().into(),
            group_id: group.group_id().as_slice().into(),
            epoch: group.epoch().as_u64(),
            group_context: group
                .public_group()
                .group_context()
                .tls_serialize_detached()?
                .into(),
            ratchet_tree: group.export_ratchet_tree().tls_serialize_detached()?.into(),
            members: group
                .members()
                .map(|member| CapturedMember {
                    leaf_index: member.index.u32(),
                    encryption_key: member.encryption_key.into(),
                    signature_key: member.signature_key.into(),
                })
                .collect(),
            own_leaf_index: group.own_leaf_index().u32(),
            encryption_private_key: own_private_key(group, self.provider.storage())?,
        })
    }

    pub fn export(&self, wanted: Export) -> Outcome<Exported> {
        let secret = self.group()?.export_secret(
            self.provider.crypto(),
            &wanted.label,
            &wanted.context.0,
            wanted.length,
        )?;
        Ok(Exported {
            secret: secret.into(),
        })
    }

    pub fn sign(&self, Unsigned { content }: Unsigned) -> Outcome<Signed> {
        let signature = self.signer.sign(&content.0).map_err(|e| format!("{e:?}"))?;
        Ok(Signed {
            signature: signature.into(),
        })
    }
}

/// OpenMLS has no accessor for this key, but its storage holds it: with those of the parents that the member knows.
fn own_private_key<Storage>(group: &MlsGroup, storage: &Storage) -> Outcome<Hex>
where
    Storage: StorageProvider<CURRENT_VERSION>,
    Storage::Error: 'static,
{
    let own_leaf = group.own_leaf_index();
    let own = group.member_at(own_leaf).ok_or("no longer a member")?;
    let pairs: Vec<StoredKeyPair> =
        storage.encryption_epoch_key_pairs(group.group_id(), &group.epoch(), own_leaf.u32())?;
    let pair = pairs
        .iter()
        .find(|pair| pair.public_key.key.as_slice() == own.encryption_key)
        .ok_or("the storage has no key pair for the own leaf")?;
    Ok(Hex::from(&*pair.private_key.key))
}

/// Deserializes what OpenMLS's private `EncryptionKeyPair` serializes.
#[derive(Serialize, Deserialize)]
struct StoredKeyPair {
    public_key: StoredKey<VLBytes>,
    private_key: StoredKey<HpkePrivateKey>,
}

#[derive(Serialize, Deserialize)]
struct StoredKey<Bytes> {
    key: Bytes,
}

impl Entity<CURRENT_VERSION> for StoredKeyPair {}
impl traits::HpkeKeyPair<CURRENT_VERSION> for StoredKeyPair {}
