import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Metafile } from 'esbuild'

/** Licences that ask for no more than to be named. Another one is a decision for a person. */
export const allowedLicences: readonly string[] = [
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'],
]

/** A package whose code is in a bundle. */
export interface BundledPackage {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** Its licence and its notices in full. */
  readonly text: string
}

/**
 * Lists the packages whose code reached an output of esbuild, each version once, by name.
 *
 * It throws where a licence is not allowed or has no text, so that no package leaves without one.
 *
 * @param root the folder that the paths of the metafile are relative to
 */
export function listBundledPackages(metafile: Metafile, root: string): readonly BundledPackage[] {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
  const folders = new Set(inputs.flatMap((input) => toPackageFolder(input) ?? []))
  const packages = [...folders].map((folder) => readPackage(join(root, folder), root))
  const byKey = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]))
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one)
}

/** Writes the notices: packages that share a text stand above it together. */
export function toNotices(packages: readonly BundledPackage[]): string {
  const groups = Map.groupBy(packages, ({ text }) => text)
  const sections = [...groups].map(([text, sharing]) => {
    const names = sharing.map(({ name, version, licence }) => `${name} ${version} (${licence})`)
    return `${'='.repeat(80)}\n${names.join('\n')}\n${'-'.repeat(80)}\n\n${text}\n`
  })
  return `The functions contain code of these packages.\n\n${sections.join('\n')}`
}

/** The folder of the package that a bundled file belongs to; undefined for the project's own files. */
function toPackageFolder(input: string): string | undefined {
  return /^.*(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0]
}

function readPackage(folder: string, root: string): BundledPackage {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  if (!allowedLicences.includes(license)) {
    throw new Error(
      `${name} ${version} has the licence ${license}: replace it, or decide that its licence is fine`,
    )
  }
  const own = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)\b/i.test(file))
    .sort()
    .map((file) => readFileSync(posix.join(folder, file), 'utf8').trim())
  const text = own.length > 0 ? own.join('\n\n') : toStandardText(license, author, root)
  return { name, version, licence: license, text }
}

/** The text of the SPDX list, for a package that names its licence and does not carry it. */
function toStandardText(licence: string, author: unknown, root: string): string {
  const file = join(root, 'node_modules', 'spdx-license-list', 'licenses', `${licence}.json`)
  const { licenseText } = JSON.parse(readFileSync(file, 'utf8'))
  return `The package carries no text of its licence. It names ${toName(author)} as its author. This is the
text of the SPDX licence list.

${licenseText.trim()}`
}

function toName(author: unknown): string {
  if (typeof author === 'string') return author
  const isNamed = typeof author === 'object' && author !== null && 'name' in author
  return isNamed ? String(author.name) : 'nobody'
}
