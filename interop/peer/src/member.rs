//! A member's way through a group.

use std::error::Error;

use openmls::prelude::{
    BasicCredential, Capabilities, Ciphersuite, CredentialWithKey, GroupId, KeyPackage,
    LeafNodeIndex, MlsGroup, MlsGroupCreateConfig, MlsGroupJoinConfig, MlsMessageBodyIn,
    MlsMessageIn, MlsMessageOut, OpenMlsProvider, PURE_CIPHERTEXT_WIRE_FORMAT_POLICY,
    ProcessedMessageContent, ProtocolVersion, StagedWelcome,
    tls_codec::{DeserializeBytes, Serialize},
};
use openmls_basic_credential::SignatureKeyPair;
use openmls_rust_crypto::OpenMlsRustCrypto;

use crate::hex_bytes::Hex;
use crate::protocol::{
    Changes, Commit, Founding, Joining, NewKeyPackage, Newcomer, Position, Received,
};

pub type Outcome<T> = Result<T, Box<dyn Error>>;

pub struct Member {
    pub provider: OpenMlsRustCrypto,
    pub signer: SignatureKeyPair,
    credential: CredentialWithKey,
    cipher_suite: Ciphersuite,
    padding: usize,
    group: Option<MlsGroup>,
}

impl Member {
    pub fn new(newcomer: Newcomer) -> Outcome<(Self, NewKeyPackage)> {
        let cipher_suite = Ciphersuite::try_from(newcomer.cipher_suite)?;
        let signer = SignatureKeyPair::new(cipher_suite.signature_algorithm())?;
        let credential = CredentialWithKey {
            credential: BasicCredential::new(newcomer.name.into_bytes()).into(),
            signature_key: signer.to_public_vec().into(),
        };
        let member = Self {
            provider: OpenMlsRustCrypto::default(),
            signer,
            credential,
            cipher_suite,
            padding: newcomer.padding,
            group: None,
        };
        let bundle = KeyPackage::builder()
            .leaf_node_capabilities(member.capabilities())
            .build(
                cipher_suite,
                &member.provider,
                &member.signer,
                member.credential.clone(),
            )?;
        let key_package = bytes_of(&bundle.key_package().clone().into())?;
        Ok((member, NewKeyPackage { key_package }))
    }

    pub fn found(&mut self, Founding { group_id }: Founding) -> Outcome<Position> {
        let config = MlsGroupCreateConfig::builder()
            .ciphersuite(self.cipher_suite)
            .capabilities(self.capabilities())
            .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
            .padding_size(self.padding)
            .use_ratchet_tree_extension(true)
            .build();
        self.group = Some(MlsGroup::new_with_group_id(
            &self.provider,
            &self.signer,
            &config,
            GroupId::from_slice(&group_id.0),
            self.credential.clone(),
        )?);
        self.position()
    }

    pub fn join(&mut self, Joining { welcome }: Joining) -> Outcome<Position> {
        let MlsMessageBodyIn::Welcome(welcome) = body_of(&welcome)? else {
            return Err("not a Welcome".into());
        };
        let config = MlsGroupJoinConfig::builder()
            .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
            .padding_size(self.padding)
            .use_ratchet_tree_extension(true)
            .build();
        let staged = StagedWelcome::new_from_welcome(&self.provider, &config, welcome, None)?;
        self.group = Some(staged.into_group(&self.provider)?);
        self.position()
    }

    pub fn commit(&mut self, Changes { add, remove }: Changes) -> Outcome<Commit> {
        let added = add
            .iter()
            .map(|key_package| self.validated(key_package))
            .collect::<Outcome<Vec<_>>>()?;
        let (group, provider, signer) = self.parts()?;
        let bundle = group
            .commit_builder()
            .force_self_update(true)
            .propose_removals(remove.into_iter().map(LeafNodeIndex::new))
            .propose_adds(added)
            .load_psks(provider.storage())?
            .use_ratchet_tree_extension(true)
            .build(provider.rand(), provider.crypto(), signer, |_| true)?
            .stage_commit(provider)?;
        group.merge_pending_commit(provider)?;
        Ok(Commit {
            commit: bytes_of(bundle.commit())?,
            welcome: bundle.to_welcome_msg().as_ref().map(bytes_of).transpose()?,
        })
    }

    pub fn process(&mut self, Received { message }: Received) -> Outcome<Position> {
        let message = message_of(&message)?.try_into_protocol_message()?;
        let (group, provider, _) = self.parts()?;
        let processed = group.process_message(provider, message)?;
        let ProcessedMessageContent::StagedCommitMessage(commit) = processed.into_content() else {
            return Err("not a commit".into());
        };
        group.merge_staged_commit(provider, *commit)?;
        self.position()
    }

    pub fn group(&self) -> Outcome<&MlsGroup> {
        self.group.as_ref().ok_or_else(|| "in no group".into())
    }

    /// What sealing and committing need at once.
    pub fn parts(&mut self) -> Outcome<(&mut MlsGroup, &OpenMlsRustCrypto, &SignatureKeyPair)> {
        let group = self.group.as_mut().ok_or("in no group")?;
        Ok((group, &self.provider, &self.signer))
    }

    fn position(&self) -> Outcome<Position> {
        let group = self.group()?;
        Ok(Position {
            epoch: group.epoch().as_u64(),
            leaf_index: group.own_leaf_index().u32(),
        })
    }

    fn validated(&self, key_package: &Hex) -> Outcome<KeyPackage> {
        let MlsMessageBodyIn::KeyPackage(key_package) = body_of(key_package)? else {
            return Err("not a KeyPackage".into());
        };
        Ok(key_package.validate(self.provider.crypto(), ProtocolVersion::Mls10)?)
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::builder()
            .ciphersuites(vec![self.cipher_suite])
            .build()
    }
}

pub fn bytes_of(message: &MlsMessageOut) -> Outcome<Hex> {
    Ok(message.tls_serialize_detached()?.into())
}

pub fn body_of(message: &Hex) -> Outcome<MlsMessageBodyIn> {
    Ok(message_of(message)?.extract())
}

/// All of the bytes.
fn message_of(message: &Hex) -> Outcome<MlsMessageIn> {
    Ok(MlsMessageIn::tls_deserialize_exact_bytes(&message.0)?)
}
