import { course } from './course.js'
import type { BrowserOutcome } from './files.js'
import { guide, others, refusals, whispers } from './rows.js'
import type { SuiteOutcome } from './run-suite.js'
import { browserTable, failures, suiteTable, tables } from './tables.js'
import type { Versions } from './versions.js'

export interface Interop {
  readonly outcomes: readonly SuiteOutcome[]
  /** By engine, by suite. */
  readonly browsers: readonly (readonly BrowserOutcome[])[]
  readonly versions: Versions
  readonly date: Date
}

const steps = (): string =>
  course
    .map(({ by, add, remove }, i) => {
      const who = add ?? remove
      const what = who ? `${add ? 'adds' : 'removes'} ${who.join(', ')}` : 'commits'
      return `${i + 1}. ${by} ${what}.`
    })
    .join('\n')

export function interopPage({ outcomes, browsers, versions, date }: Interop): string {
  return `# Live with OpenMLS

Written by \`npm run interop\` on ${date.toISOString().slice(0, 10)}: mls-targeted-messages ${versions.library}, OpenMLS ${versions.openMls} with
openmls_rust_crypto ${versions.rustCrypto}, ts-mls ${versions.tsMls1} and ${versions.tsMls2}.

The command needs cargo, builds a peer in Rust around OpenMLS as it is published (\`interop/peer\`), and runs real groups: each
member of OpenMLS is a process of its own, and members exchange serialized MLS messages and nothing else. OpenMLS has
targeted messages of its own, those of revision 01: that is *OpenMLS itself* below. *Ours for ts-mls* is this library, which
speaks for a member of ts-mls; *ours for OpenMLS* is this library again, which speaks for a member of OpenMLS, captured as
[the guide](bring-your-own-stack.md) says.

${suiteTable(outcomes)}

A suite runs in the Node that started the command, if its SubtleCrypto has the suite, and otherwise in the first that does,
fetched from the registry: ChaCha20-Poly1305, ML-KEM and ML-DSA come with Node 24, X-Wing with Node 26. The suites named *hpke-js* have
their KEM from hpke-js. Numbers of post-quantum suites are OpenMLS's; the draft has none yet. These are all that openmls_rust_crypto has: OpenMLS
knows 0x004D as well, which openmls_rust_crypto leaves out, and no suite with MLKEM768-P256 or MLKEM1024-P384.

## The groups

Olga (OpenMLS) founds the group. Tess has ts-mls ${versions.tsMls1}, Tim ts-mls ${versions.tsMls2}, Otto and Oscar OpenMLS, Tom ts-mls
${versions.tsMls1}. Each line is a commit, which brings the group into its next epoch. In a post-quantum suite all six have
OpenMLS, since those of ts-mls have other hashes, and numbers of their own.

${steps()}

## Whispers that were opened

In each of these epochs every member whispers to every other one, without authenticated data and with it. The number is of
messages that came out as they went in: content, authenticated data and sender. Where no revision is named, it is 01.

${tables(outcomes, [...whispers, ...others])}

The sizes are 0, 1, 63, 64, 16,383, 16,384, 65,535 and 65,536 bytes, each with 0, 11 and 20,000 bytes of authenticated data,
from each who speaks to each other one, in the first epoch and in the last. OpenMLS pads what Otto and Oscar seal, and not what Olga seals.

## Messages that were refused

Every bit of a message is changed, one at a time, in the first epoch and in the last; of messages over 1,000 bytes, a
thousand bits from end to end. A refusal is an error of OpenMLS's or a \`TargetedMessageError\`; a panic or any other error counts as a failure.

${tables(outcomes, refusals)}

## The guide

${tables(outcomes, guide)}

## In the browsers

A page of each engine has the built package and speaks for members of ts-mls: it opens what OpenMLS seals to them, and OpenMLS
opens what it seals, in all the sizes above.

${browserTable(browsers)}

Firefox and WebKit have no ChaCha20-Poly1305.

${failures(outcomes)}
`
}
