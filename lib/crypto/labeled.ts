import { ascii, type Field, struct, uint16 } from '../tls/writer.js'

/** `labeled_ikm` of LabeledExtract, RFC 9180 section 4. */
export const labeledIkm = (suiteId: Field, label: string, ikm: Field): Field =>
  struct(ascii('HPKE-v1'), suiteId, ascii(label), ikm)

/** `labeled_info` of LabeledExpand, RFC 9180 section 4, for `length` bytes. */
export const labeledInfo = (suiteId: Field, label: string, info: Field, length: number): Field =>
  struct(uint16(length), labeledIkm(suiteId, label, info))
