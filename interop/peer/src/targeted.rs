//! OpenMLS's own targeted messages, which are those of revision 01.

use openmls::prelude::{LeafNodeIndex, MlsMessageBodyIn};

use crate::member::{Member, Outcome, body_of, bytes_of};
use crate::protocol::{Content, Opened, Received, Sealed};

impl Member {
    pub fn seal(&mut self, content: Content) -> Outcome<Sealed> {
        let (group, provider, signer) = self.parts()?;
        group.set_aad(content.authenticated_data.0);
        let message = group.create_targeted_message(
            provider,
            signer,
            LeafNodeIndex::new(content.recipient_leaf_index),
            &content.application_data.0,
        )?;
        Ok(Sealed {
            message: bytes_of(&message)?,
        })
    }

    pub fn open(&self, Received { message }: Received) -> Outcome<Opened> {
        let MlsMessageBodyIn::TargetedMessage(message) = body_of(&message)? else {
            return Err("not a TargetedMessage".into());
        };
        let opened = self
            .group()?
            .process_targeted_message(&self.provider, &message)?;
        Ok(Opened {
            sender_leaf_index: opened.sender_leaf_index().u32(),
            application_data: opened.application_data().into(),
            authenticated_data: opened.authenticated_data().into(),
        })
    }
}
