import ts from 'typescript'
import type { Manifest, SourceFile } from '../workspace.js'

const FOUNDATION = ['kernel', 'contracts']
const MODELS = ['router', 'dyno-manifold', 'logplex', 'addons', 'workers']
const PLATFORM = [...FOUNDATION, ...MODELS, 'platform']

/** Which packages a package may know. Apps may know all of them. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  contracts: [],
  ...Object.fromEntries(MODELS.map((model) => [model, FOUNDATION])),
  platform: [...FOUNDATION, ...MODELS],
  calibration: PLATFORM,
  experiments: PLATFORM,
  report: [...FOUNDATION, 'platform'],
}

const SCOPE = '@celadon/'

/** A package as the rule sees it: where it lies, what it declares and what it imports. */
export interface Dependent {
  readonly folder: string
  readonly manifest: Manifest
  readonly sources: readonly SourceFile[]
}

/**
 * Violations of the direction of dependency, in package.json and in import statements. Imports of
 * siblings that package.json does not declare, and relative ones that leave the package, count too.
 */
export function directionViolations({ folder, manifest, sources }: Dependent): string[] {
  const isApp = folder.startsWith('apps/')
  const allowed = MAY_KNOW[folder.slice('packages/'.length)]
  if (!isApp && allowed === undefined) return [`${folder} has no place in the order of packages`]
  const forbids = (name: string): boolean =>
    !isApp && name.startsWith(SCOPE) && !allowed?.includes(name.slice(SCOPE.length))
  const violations: string[] = []
  const declared = {
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
    ...manifest.peerDependencies,
    ...manifest.dependencies,
  }
  for (const name of Object.keys(declared)) {
    if (forbids(name)) violations.push(`${folder}/package.json must not depend on ${name}`)
  }
  for (const { path, text } of sources) {
    for (const specifier of importsOf(text)) {
      const name = specifier.split('/').slice(0, 2).join('/')
      if (leavesPackage(path, specifier, folder)) {
        violations.push(`${path} leaves its package by ${specifier}`)
      } else if (name !== manifest.name && forbids(name)) {
        violations.push(`${path} must not import ${name}`)
      } else if (name !== manifest.name && name.startsWith(SCOPE) && !(name in declared)) {
        violations.push(`${path} imports ${name}, which ${folder}/package.json does not declare`)
      }
    }
  }
  return violations
}

/** What a module imports or re-exports, types included. */
export function importsOf(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
}

function leavesPackage(path: string, specifier: string, folder: string): boolean {
  if (!specifier.startsWith('.')) return false
  const target = new URL(specifier, `file:///${path}`).pathname
  return !target.startsWith(`/${folder}/`)
}
