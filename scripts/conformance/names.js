import ts from 'typescript'

/** @type {Map<string, ReadonlySet<string>>} */
const known = new Map()

/**
 * Everything that a source file declares, at the top and inside: functions, classes, methods, variables, types, and
 * the properties of objects.
 *
 * @param {string} path
 * @param {string} source
 */
export function declaredNames(path, source) {
  const before = known.get(path)
  if (before) return before
  /** @type {Set<string>} */
  const names = new Set()
  const visit = (/** @type {ts.Node} */ node) => {
    if (isNamed(node)) names.add(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest))
  known.set(path, names)
  return names
}

/**
 * @param {ts.Node} node
 * @returns {node is ts.Node & { name: ts.Identifier | ts.PrivateIdentifier | ts.StringLiteral }}
 */
function isNamed(node) {
  if (!('name' in node) || ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) return false
  const name = /** @type {ts.Node | undefined} */ (node.name)
  return (
    name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name))
  )
}
