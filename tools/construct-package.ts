import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { builtNames } from '../infra/functions.ts'
import { readBuiltCanary } from './built-canary.ts'
import { listFiles, toCodeDigest } from './deployment.ts'

const root = join(import.meta.dirname, '..')
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')

/** Where the construct is built. */
export const constructFolder = join(root, 'dist', 'cdk')

/** The two files of types that others see; what they import besides is the CDK's own. */
const declarations = ['token-proxy.d.ts', 'stage-fields.d.ts']

/**
 * Writes the npm package of the construct: its code with all of the project that it needs, its types, and the built
 * functions, each in a folder of its own that is deployed as it is. It depends on the app's CDK alone.
 */
export async function writeConstructPackage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  await build({
    entryPoints: [join(root, 'cdk', 'token-proxy.ts')],
    outfile: join(folder, 'token-proxy.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['aws-cdk-lib', 'constructs'],
    legalComments: 'none',
  })
  for (const name of builtNames) {
    for (const file of listFiles(name)) {
      const copy = join(folder, 'functions', name, file)
      mkdirSync(dirname(copy), { recursive: true })
      cpSync(join(root, file), copy)
    }
  }
  const digests = builtNames.map((name) => [name, toCodeDigest(name)])
  writeFileSync(join(folder, 'digests.json'), JSON.stringify(Object.fromEntries(digests)))
  writeFileSync(join(folder, 'canary.js'), readBuiltCanary() ?? '')
  writeDeclarations(folder)
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(toManifest(), null, 2)}\n`)
}

function writeDeclarations(folder: string): void {
  const aside = mkdtempSync(join(tmpdir(), 'token-proxy-types-'))
  const flags = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', root]
  execFileSync(process.execPath, [tsc, '-p', join(root, 'cdk'), ...flags, '--outDir', aside])
  for (const file of declarations) cpSync(join(aside, 'cdk', file), join(folder, file))
  rmSync(aside, { recursive: true })
}

/** The project's own manifest without what only the project itself needs. */
function toManifest() {
  const text = readFileSync(join(root, 'package.json'), 'utf8')
  const { name, version, license, type, engines, peerDependencies } = JSON.parse(text)
  return {
    ...{ name, version, license, type, engines, peerDependencies },
    description: 'The token proxy as a construct of the AWS CDK',
    exports: { './cdk': { types: './token-proxy.d.ts', default: './token-proxy.js' } },
  }
}
