import ts from 'typescript'

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  // The package's own declarations must be sound as well.
  skipLibCheck: false,
  noEmit: true,
}

const resolutions = {
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
}

/** As an application's developer would have it, by one of the two ways of today to find a package. */
export const compile = (files: readonly string[], resolution: keyof typeof resolutions): ts.Program =>
  ts.createProgram(files, { ...compilerOptions, ...resolutions[resolution] })

/** As tsc would print them. */
export const toldOf = (diagnostics: readonly ts.Diagnostic[], directory: string): string =>
  ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => directory,
    getNewLine: () => '\n',
  })
