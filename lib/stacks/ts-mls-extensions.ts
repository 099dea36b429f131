import { checkInteger } from '../check-argument.js'
import { invalidInput } from '../errors.js'
import { type Bytes, isBytes } from '../tls/bytes.js'
import { encode, type Field, opaque, struct, uint16 } from '../tls/writer.js'

/**
 * An extension of the GroupContext as ts-mls holds it: 1.x names the type, 2.0 decodes two kinds of data. Up to
 * 2.0.0-rc.10 `external_senders` is one sender, later a list of them, as in RFC 9420 section 12.1.8.1.
 */
export type TsMlsExtension =
  | { readonly extensionType: string | number; readonly extensionData: Uint8Array }
  | {
      readonly extensionType: number
      readonly extensionData: TsMlsRequiredCapabilities | TsMlsExternalSender | readonly TsMlsExternalSender[]
    }

/** `RequiredCapabilities`, RFC 9420 section 11.1. */
export interface TsMlsRequiredCapabilities {
  /** uint16 each. */
  readonly extensionTypes: readonly number[]
  /** uint16 each. */
  readonly proposalTypes: readonly number[]
  /** uint16 each. */
  readonly credentialTypes: readonly number[]
}

/** `ExternalSender`, RFC 9420 section 12.1.8.1. */
export interface TsMlsExternalSender {
  /** Raw. */
  readonly signaturePublicKey: Uint8Array
  /** Who it is. */
  readonly credential: TsMlsCredential
}

/** `Credential`, RFC 9420 section 5.3: basic, x509, or another, whose data is opaque. */
export type TsMlsCredential =
  | { readonly credentialType: number; readonly identity: Uint8Array }
  | { readonly credentialType: number; readonly certificates: readonly Uint8Array[] }
  | { readonly credentialType: number; readonly data: Uint8Array }

/** RFC 9420 section 17.3. */
const extensionTypes = /* @__PURE__ */ new Map<string | number, number>([
  ['application_id', 1],
  ['ratchet_tree', 2],
  ['required_capabilities', 3],
  ['external_pub', 4],
  ['external_senders', 5],
])

export function extensionType(type: string | number): number {
  const number = typeof type === 'number' ? type : extensionTypes.get(type)
  if (number !== undefined) return checkType(number)
  throw invalidInput(`the GroupContext has an extension of the unknown type ${type}`)
}

export function extensionData(data: TsMlsExtension['extensionData']): Bytes {
  if (isBytes(data)) return new Uint8Array(data)
  if ('length' in data) return encode(opaque(struct(...data.map(externalSender))))
  if ('credential' in data) return encode(externalSender(data))
  if ('proposalTypes' in data) {
    return encode(types(data.extensionTypes), types(data.proposalTypes), types(data.credentialTypes))
  }
  throw invalidInput('an extension of the GroupContext has data of an unknown form')
}

const types = (list: readonly number[]): Field =>
  opaque(struct(...list.map((type) => uint16(checkType(type)))))

const checkType = (type: number): number => checkInteger(type, 'a type in the GroupContext', 0, 0xffff)

const externalSender = (sender: TsMlsExternalSender): Field =>
  struct(opaque(sender.signaturePublicKey), credential(sender.credential))

function credential(value: TsMlsCredential): Field {
  const type = uint16(checkType(value.credentialType))
  if ('identity' in value) return struct(type, opaque(value.identity))
  if ('data' in value) return struct(type, opaque(value.data))
  return struct(type, opaque(struct(...value.certificates.map((certificate) => opaque(certificate)))))
}
