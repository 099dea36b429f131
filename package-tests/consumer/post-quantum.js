// An application with an X-Wing group, natively where the engine has it, else with hpke-js. It prints what it heard.
import { XWing } from '@hpke/hybridkem-x-wing'
import { GroupEpoch } from 'mls-targeted-messages'
import { hpkeKem } from 'mls-targeted-messages/hpke-js'
import {
  cipherSuite,
  MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519,
  mldsa65,
  mlkem768,
  mlkem768x25519,
} from 'mls-targeted-messages/post-quantum'

const { subtle } = crypto
const xwing = new XWing()
const kem = (await mlkem768x25519.isSupported()) ? mlkem768x25519 : hpkeKem(xwing)
const suite = cipherSuite({ ...MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519, id: 0xf101, kem })

const leaves = await Promise.all(
  [0, 1].map(async (leafIndex) => {
    const encryption = await xwing.generateKeyPair()
    const signature = await subtle.generateKey('Ed25519', false, ['sign', 'verify'])
    return {
      leafIndex,
      encryptionKey: new Uint8Array(await xwing.serializePublicKey(encryption.publicKey)),
      encryptionPrivateKey: new Uint8Array(await xwing.serializePrivateKey(encryption.privateKey)),
      signatureKey: new Uint8Array(await subtle.exportKey('raw', signature.publicKey)),
      signaturePrivateKey: signature.privateKey,
    }
  }),
)

const [alice, bob] = await Promise.all(
  leaves.map((self) =>
    GroupEpoch.create({
      revision: '02',
      cipherSuite: suite,
      groupId: Uint8Array.of(1, 2, 3),
      epoch: 7n,
      exporterSecret: new Uint8Array(32).fill(9),
      members: leaves,
      self,
    }),
  ),
)
const applicationData = new TextEncoder().encode('only you can read this')
const { senderLeafIndex } = await bob.open(await alice.seal({ recipientLeafIndex: 1, applicationData }))
console.log(JSON.stringify({ senderLeafIndex, names: [mlkem768.name, mldsa65.name] }))
