import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..', '..')
const guard = pathToFileURL(join(root, 'test', 'loopback-only.ts')).href

/** Credentials of whoever packages: they must neither be needed nor leave a trace. */
export const strayCredentials = {
  AWS_ACCESS_KEY_ID: 'stray-key-id',
  AWS_SECRET_ACCESS_KEY: 'stray-secret-key',
  AWS_PROFILE: 'no-such-profile',
}

/** A copy of the project, so that packaging does not disturb other tests' built functions. */
export interface ProjectCopy {
  readonly folder: string
  writeStage(name: string, stage: unknown): void
  /** Runs `tools/package.ts` with the network shut. */
  run(...args: string[]): Promise<{ readonly code: number | null; readonly output: string }>
  readTemplate(): Template
  remove(): void
}

/** A CloudFormation template, as far as the tests look into it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs: Readonly<Record<string, unknown>>
}

interface Resource {
  readonly Type: string
  readonly DependsOn?: string | readonly string[]
  readonly Properties: Readonly<Record<string, unknown>>
}

export function copyProject(): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), 'token-proxy-'))
  const parts = ['adapters', 'core', 'functions', 'infra', 'stages', 'tools']
  for (const part of [...parts, 'package.json', 'serverless.yml']) {
    cpSync(join(root, part), join(folder, part), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return {
    folder,
    writeStage: (name, stage) =>
      writeFileSync(join(folder, 'stages', `${name}.json`), JSON.stringify(stage)),
    run: async (...args) => {
      const child = spawn(process.execPath, [join(folder, 'tools', 'package.ts'), ...args], {
        cwd: folder,
        env: { ...process.env, ...strayCredentials, NODE_OPTIONS: `--import=${guard}` },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const [out, err, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ])
      return { code, output: out + err }
    },
    readTemplate: () =>
      JSON.parse(
        readFileSync(
          join(folder, '.serverless', 'cloudformation-template-update-stack.json'),
          'utf8',
        ),
      ),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
