// The one list of revisions and of RFC 9420's cipher suites for tests, bench, demo and scripts. It is JavaScript, because
// `npm start` reads its options before anything is installed.

/** All revisions of the draft. */
export const revisions = /** @type {const} */ (['00', '01', '02'])

/** The suites that SubtleCrypto runs in every engine. */
export const promisedSuites = /** @type {const} */ ([1, 2, 5, 7])

/** With suite 3, for engines that have ChaCha20-Poly1305. */
export const allSuites = /** @type {const} */ ([1, 2, 3, 5, 7])

/** One suite of each kind of curve: enough where only the surroundings differ. */
export const bothCurves = /** @type {const} */ ([1, 2])
