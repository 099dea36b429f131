import { unhex } from '../support/hex.js'
import file from '../vectors/hpke-pq.json' with { type: 'json' }

/** A key pair and a KEM output with what it encapsulates, of draft-ietf-hpke-pq. */
export const hpkePqVectors = file.vectors.map((vector) => ({
  id: vector.kem_id,
  privateKey: unhex(vector.skRm),
  publicKey: unhex(vector.pkRm),
  kemOutput: unhex(vector.enc),
  sharedSecret: vector.shared_secret,
}))
