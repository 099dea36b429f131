/**
 * What each folder is for, and what its files may import besides each other and packages. The longest path that a file
 * begins with decides. See docs/house.md.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const rules = {
  // The product. Arrows point one way: inbox → epoch → targeted → mls, crypto → tls.
  'lib/errors.ts': [],
  'lib/bounded-cache.ts': [],
  'lib/in-order.ts': [],
  'lib/check-argument.ts': ['lib/errors'],
  'lib/tls/': ['lib/errors'],
  'lib/crypto/': ['lib/tls/', 'lib/errors', 'lib/check-argument'],
  'lib/mls/': ['lib/tls/', 'lib/errors', 'lib/crypto/curves', 'lib/crypto/ec-point'],
  'lib/targeted/': ['lib/mls/', 'lib/crypto/', 'lib/tls/', 'lib/errors', 'lib/check-argument'],
  'lib/epoch/': [
    'lib/targeted/',
    'lib/mls/',
    'lib/crypto/',
    'lib/tls/',
    'lib/errors',
    'lib/check-argument',
    'lib/bounded-cache',
    'lib/in-order',
  ],
  'lib/inbox/': [
    'lib/epoch/',
    'lib/targeted/',
    'lib/crypto/',
    'lib/tls/',
    'lib/errors',
    'lib/check-argument',
    'lib/bounded-cache',
  ],
  'lib/stacks/': ['lib/targeted/', 'lib/mls/', 'lib/crypto/', 'lib/tls/', 'lib/errors', 'lib/check-argument'],
  'lib/index.ts': ['lib/'],

  // What shows that it works. The oracle is written from the draft alone: it must not share a fault with lib/.
  'tests/oracle/': [],
  'tests/': ['lib/', 'tests/', 'scripts/'],
  'browser-tests/': ['lib/', 'tests/', 'scripts/', 'demo/'],
  'package-tests/': ['scripts/', 'browser-tests/'],
  'runtimes/': ['tests/', 'scripts/', 'browser-tests/'],
  'interop/': ['tests/', 'scripts/', 'browser-tests/', 'runtimes/'],
  'bench/': ['lib/crypto/', 'tests/', 'scripts/', 'browser-tests/'],

  // What shows how it is used: the library by its name alone, as any application has it.
  'demo/': ['tests/support/'],
  'examples/': [],

  'scripts/': ['tests/support/', 'demo/'],
}

/** Of tests beside their source, on top of what the source may. */
export const unitTestsMay = ['lib/', 'tests/']
